package library

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/media"
)

// attachments is what the front matter of a post refers to, with absolute
// addresses, and with what is known of the files that lie in the folder.
type attachments struct {
	image      blog.Image
	enclosures []blog.Enclosure
	episode    blog.Episode
}

func (a attachments) same(p *blog.Post) bool {
	return a.image == p.Image && slices.Equal(a.enclosures, p.Enclosures) && a.sameEpisode(p.Told())
}

func (a attachments) sameEpisode(e blog.Episode) bool {
	b := a.episode
	return b.Number == e.Number && b.Season == e.Season && b.SeasonName == e.SeasonName && b.Kind == e.Kind && b.Title == e.Title && b.Explicit == e.Explicit &&
		b.Image == e.Image && b.Chapters == e.Chapters && b.Location == e.Location &&
		slices.Equal(b.Transcripts, e.Transcripts) && slices.Equal(b.People, e.People)
}

// attached looks up what a post, as parsed, refers to.
func (l *Library) attached(p *blog.Post) attachments {
	a := attachments{image: p.Image, episode: p.Told()}
	if p.Image.URL != "" {
		file, at := l.book.Media(p.Path, p.Image.URL)
		a.image.URL, a.image.Type, a.image.Size = at, file.Type, file.Size
	}
	for _, e := range p.Enclosures {
		file, at := l.book.Media(p.Path, e.URL)
		if file.Path == "" && l.site.MediaURL != "" {
			at = blog.Site{URL: l.site.MediaURL}.Resolve(e.URL)
		}
		e.URL, e.Size = at, cmp.Or(file.Size, e.Size)
		if e.Duration == 0 && file.Path != "" {
			e.Duration = l.facts[file.Path].Duration
		}
		a.enclosures = append(a.enclosures, e)
	}
	l.attachEpisode(p, &a.episode)
	return a
}

// measureEnclosures has the files measured whose durations the posts of claims do not
// say.
func (l *Library) measureEnclosures(claims []*claim, o Options) {
	var files []string
	for _, c := range claims {
		for _, e := range c.post.Enclosures {
			if file, _ := l.book.Media(c.post.Path, e.URL); file.Path != "" && e.Duration == 0 {
				files = append(files, file.Path)
			}
		}
	}
	l.measure(files, o)
}

// measureShown has the pictures measured that posts show.
func (l *Library) measureShown(posts []string, o Options) {
	var files []string
	for _, post := range posts {
		if l.linked[post] == nil {
			continue
		}
		for _, file := range l.shows[post] {
			if isPicture(file) {
				files = append(files, file)
			}
		}
	}
	l.measure(files, o)
}

func isPicture(file string) bool { return strings.HasPrefix(media.TypeOf(file), "image/") }

// measure adds the facts of these files to those that are known.
func (l *Library) measure(files []string, o Options) {
	files = slices.DeleteFunc(files, func(file string) bool { _, known := l.facts[file]; return known })
	if len(files) == 0 || o.Measure == nil {
		return
	}
	slices.Sort(files)
	facts := maps.Clone(l.facts)
	if facts == nil {
		facts = map[string]media.Facts{}
	}
	maps.Copy(facts, o.Measure(slices.Compact(files)))
	l.facts = facts
}

func (l *Library) attachEpisode(p *blog.Post, e *blog.Episode) {
	_, e.Image = l.book.Media(p.Path, e.Image)
	_, e.Chapters = l.book.Media(p.Path, e.Chapters)
	e.Transcripts, e.People = nil, nil
	for _, t := range p.Told().Transcripts {
		_, t.URL = l.book.Media(p.Path, t.URL)
		e.Transcripts = append(e.Transcripts, t)
	}
	for _, person := range p.Told().People {
		_, person.Image = l.book.Media(p.Path, person.Image)
		person.URL = l.site.Resolve(person.URL)
		e.People = append(e.People, person)
	}
}

// Lost returns what the front matter of public posts names as files that are
// not in the folder.
func (l *Library) Lost() []blog.Problem {
	var problems []blog.Problem
	for _, p := range l.Posts {
		raw := l.parsed[p.Path].post
		refs := references(raw)
		if l.site.MediaURL == "" {
			refs = append(refs, enclosed(raw)...)
		}
		for _, ref := range refs {
			if file, at := l.book.Media(raw.Path, ref); file.Path == "" && l.book.Paths(raw.Path, ref) != nil {
				problems = append(problems, blog.Problem{File: p.Path, Severity: blog.Warning, Cause: blog.MissingFile(at),
					Message: fmt.Sprintf("%q is not in the folder, nor will it be found at %s", ref, at)})
			}
		}
	}
	return problems
}

// references lists the files that the front matter of a post, as parsed, names,
// apart from its enclosures.
func references(p *blog.Post) []string {
	refs := []string{p.Image.URL, p.Told().Image, p.Told().Chapters}
	for _, t := range p.Told().Transcripts {
		refs = append(refs, t.URL)
	}
	for _, person := range p.Told().People {
		refs = append(refs, person.Image)
	}
	return refs
}

// enclosed lists the enclosures of a post, as parsed.
func enclosed(p *blog.Post) []string {
	var refs []string
	for _, e := range p.Enclosures {
		refs = append(refs, e.URL)
	}
	return refs
}
