package edition

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/opml"
	"broadsheet/internal/edition/internal/paths"
)

// output is a document of the whole site that is neither a feed nor a page.
type output struct {
	path        string
	contentType string
	posts       func(*Edition) []*blog.Post // whose texts it is made of; nil: none
	extra       func(*Edition) blog.Key     // of what it is made of besides
	render      func(*Edition) ([]byte, error)
	check       func(document []byte) error // nil: nothing can be wrong with it
}

// outputs are all of them. A new one is a row, and a package that writes it.
var outputs = []output{
	{
		path: paths.OPML, contentType: opml.ContentType, posts: (*Edition).newest, check: opml.Check,
		extra:  func(e *Edition) blog.Key { return e.writer.Catalogue.Key },
		render: func(e *Edition) ([]byte, error) { return opml.Render(e.inputs.Site, e.writer.Catalogue) },
	},
}

// outputDocuments returns the documents of outputs.
func (e *Edition) outputDocuments() []*Document {
	all := make([]*Document, len(outputs))
	for i, o := range outputs {
		d := &Document{Path: o.path, ContentType: o.contentType, edition: e, extra: o.extra(e), check: o.check, when: lately}
		d.render = func() ([]byte, error) { return o.render(e) }
		if o.posts != nil {
			d.posts = o.posts(e)
		}
		all[i] = d
	}
	return all
}

// outputPaths returns the paths of outputs.
func outputPaths() []string {
	var all []string
	for _, o := range outputs {
		all = append(all, o.path)
	}
	return all
}
