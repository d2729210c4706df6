package parse

import (
	"bytes"
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/media"
)

// namesOf returns what may be names of media files in what a file holds for readers,
// in the text that a dialect made of it, and in what its front matter came to,
// defaults included.
func namesOf(r dialect.Result) []string {
	p := r.Post
	if p == nil {
		return nil
	}
	var names []string
	for _, text := range r.Written {
		names = append(names, media.Names(text)...)
	}
	if r.Meta == nil && !bytes.Equal(p.Body, r.Written[len(r.Written)-1]) {
		names = append(names, media.Names(p.Body)...)
	}
	for _, ref := range append(References(p), Enclosed(p)...) {
		if ref != "" {
			names = append(names, ref)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// References lists the files that the front matter of a post, as parsed, names,
// apart from its enclosures.
func References(p *blog.Post) []string {
	refs := []string{p.Image().URL, p.Told().Image, p.Told().Chapters}
	for _, t := range p.Told().Transcripts {
		refs = append(refs, t.URL)
	}
	for _, person := range p.Told().People {
		refs = append(refs, person.Image)
	}
	return refs
}

// Enclosed lists the enclosures of a post, as parsed.
func Enclosed(p *blog.Post) []string {
	var refs []string
	for _, e := range p.Enclosures() {
		refs = append(refs, e.URL)
	}
	return refs
}
