package edition

import (
	"strings"
	"time"

	"broadsheet/internal/feed"
)

// plan lists the documents of the edition, the main feeds first.
func (e *Edition) plan() []*Document {
	var documents []*Document
	for _, f := range feed.Formats {
		documents = append(documents, e.mainFeed(f))
	}
	return append(documents, e.home())
}

// mainFeed is the feed of the newest posts. What it needs is taken out of the
// edition here: the document may outlive it.
func (e *Edition) mainFeed(f feed.Format) *Document {
	posts, texts, channel := e.newest(), e.texts, e.channel(f)
	return &Document{
		Path:        "/" + f.File,
		ContentType: f.ContentType,
		Link:        "<" + channel.SelfURL + `>; rel="self"; type="` + f.MediaType + `"`,
		eager:       true,
		posts:       posts,
		in:          e.in,
		check:       f.Check,
		render: func(updated time.Time) ([]byte, error) {
			entries, err := texts.entries(posts)
			if err != nil {
				return nil, err
			}
			channel := channel
			channel.Updated = updated
			return f.Render(channel, entries)
		},
	}
}

// channel returns what the main feed says of itself in format f.
func (e *Edition) channel(f feed.Format) feed.Channel {
	s := e.in.site
	return feed.Channel{
		ID:          s.URL + "/",
		Title:       s.Title,
		Description: s.Description,
		Language:    s.Language,
		Copyright:   s.Copyright,
		HomeURL:     s.URL + "/",
		SelfURL:     s.URL + "/" + f.File,
		Authors:     s.Authors,
		Icon:        s.Icon,
	}
}

// aliases are the paths under which feeds are asked for besides their own.
// They answer with the same bytes rather than a redirect, which most readers
// would follow anew at every poll.
var aliases = map[string][]string{
	"/": {"/index.html"},
	"/rss.xml": {
		"/feed", "/rss", "/index.xml", "/index.rss", "/feed.xml", "/feed.rss", "/feed/rss", "/rss2.xml",
		"/blog/feed",
	},
	"/atom.xml":  {"/atom", "/feed/atom", "/index.atom", "/feeds/posts/default"},
	"/feed.json": {"/feed/json", "/index.json"},
}

// aliasTable maps every folded path, canonical ones included, to its document.
func aliasTable(documents map[string]*Document) map[string]*Document {
	table := make(map[string]*Document, 2*len(documents))
	for canonical, others := range aliases {
		for _, alias := range others {
			table[alias] = documents[canonical]
		}
	}
	for path, d := range documents {
		table[fold(path)] = d
	}
	return table
}

// Find returns the document of a request's path, be it a canonical one or an
// alias; letter case, doubled and trailing slashes do not matter. It returns
// nil for a path that the edition does not have.
func (e *Edition) Find(path string) *Document {
	if d := e.documents[path]; d != nil {
		return d
	}
	return e.aliases[fold(path)]
}

// fold gives all spellings of a path that Find takes for the same one form.
func fold(path string) string {
	if len(path) > 1024 {
		return ""
	}
	segments := strings.FieldsFunc(strings.ToLower(path), func(r rune) bool { return r == '/' })
	return "/" + strings.Join(segments, "/")
}
