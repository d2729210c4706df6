// Package attach looks up the files that the front matter of posts refers to. In go a post
// as parsed, and what is known of the folder; out come absolute addresses, types, sizes and
// durations, and what is not there.
package attach

import (
	"cmp"
	"fmt"
	"slices"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/media"
)

// Folder is what is known of a folder of media files.
type Folder struct {
	Site  blog.Site
	Book  *address.Book
	Facts map[string]media.Facts // by path; of others nothing is known
}

// Files is what the front matter of a post refers to, with absolute
// addresses, and with what is known of the files that lie in the folder.
type Files struct {
	Image      blog.Image
	Enclosures []blog.Enclosure
	Episode    blog.Episode
}

// Same reports whether a post, as given out, has these already.
func (a Files) Same(p *blog.Post) bool {
	return a.Image == p.Image() && slices.Equal(a.Enclosures, p.Enclosures()) && a.sameEpisode(p.Told())
}

func (a Files) sameEpisode(e blog.Episode) bool {
	b := a.Episode
	return b.Number == e.Number && b.Season == e.Season && b.SeasonName == e.SeasonName && b.Kind == e.Kind && b.Title == e.Title && b.Explicit == e.Explicit &&
		b.Image == e.Image && b.Chapters == e.Chapters && b.Location == e.Location &&
		slices.Equal(b.Transcripts, e.Transcripts) && slices.Equal(b.People, e.People)
}

// To looks up what a post, as parsed, refers to.
func (f Folder) To(p *blog.Post) Files {
	a := Files{Image: p.Image(), Episode: p.Told()}
	if p.Image().URL != "" {
		file, at := f.Book.Media(p.Path, p.Image().URL)
		a.Image.URL, a.Image.Type, a.Image.Size = at, file.Type, file.Size
	}
	for _, e := range p.Enclosures() {
		file, at := f.Book.Media(p.Path, e.URL)
		if file.Path == "" && f.Site.MediaURL != "" {
			at = blog.Site{URL: f.Site.MediaURL}.Resolve(e.URL)
		}
		e.URL, e.Size = at, cmp.Or(file.Size, e.Size)
		if e.Duration == 0 && file.Path != "" {
			e.Duration = f.Facts[file.Path].Duration
		}
		a.Enclosures = append(a.Enclosures, e)
	}
	f.attachEpisode(p, &a.Episode)
	return a
}

func (f Folder) attachEpisode(p *blog.Post, e *blog.Episode) {
	_, e.Image = f.Book.Media(p.Path, e.Image)
	_, e.Chapters = f.Book.Media(p.Path, e.Chapters)
	e.Transcripts, e.People = nil, nil
	for _, t := range p.Told().Transcripts {
		_, t.URL = f.Book.Media(p.Path, t.URL)
		e.Transcripts = append(e.Transcripts, t)
	}
	for _, person := range p.Told().People {
		_, person.Image = f.Book.Media(p.Path, person.Image)
		person.URL = f.Site.Resolve(person.URL)
		e.People = append(e.People, person)
	}
}

// Lost returns what the front matter of a post, as parsed, names as files that are not in
// the folder.
func (f Folder) Lost(raw *blog.Post) []blog.Problem {
	var problems []blog.Problem
	refs := parse.References(raw)
	if f.Site.MediaURL == "" {
		refs = append(refs, parse.Enclosed(raw)...)
	}
	for _, ref := range refs {
		if file, at := f.Book.Media(raw.Path, ref); file.Path == "" && f.Book.Paths(raw.Path, ref) != nil {
			problems = append(problems, blog.Problem{File: raw.Path, Severity: blog.Warning, Cause: blog.MissingFile(at),
				Message: fmt.Sprintf("%q is not in the folder, nor will it be found at %s", ref, at)})
		}
	}
	return problems
}
