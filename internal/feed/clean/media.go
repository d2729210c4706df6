package clean

import (
	"regexp"
	"slices"
	"strings"

	"broadsheet/internal/blog"
)

var mime = regexp.MustCompile(`^[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*$`)

// MIME returns a media type without parameters (RFC 6838 section 4.2), or "".
func MIME(s string) string { return matching(mime, strings.ToLower(s)) }

// enclosures returns those that can be fetched, without repeats.
func enclosures(all []blog.Enclosure) []blog.Enclosure {
	var out []blog.Enclosure
	for _, e := range all {
		e = blog.Enclosure{URL: URL(e.URL), Type: MIME(e.Type), Size: max(e.Size, 0), Duration: max(e.Duration, 0), Title: Line(e.Title)}
		if e.Type == "" {
			e.Type = "application/octet-stream" // RFC 2046 section 4.5.1: any file
		}
		if e.URL != "" && !slices.ContainsFunc(out, func(o blog.Enclosure) bool { return o.URL == e.URL }) {
			out = append(out, e)
		}
	}
	return out
}

func episode(e blog.Episode) blog.Episode {
	out := e
	out.Title, out.Location, out.SeasonName = Line(e.Title), Line(e.Location), Line(e.SeasonName)
	out.Image, out.Chapters = URL(e.Image), URL(e.Chapters)
	out.Transcripts, out.People = nil, nil
	for _, t := range e.Transcripts {
		t.URL, t.Type, t.Language = URL(t.URL), MIME(t.Type), Language(t.Language)
		if t.Relation != "captions" { // the one value that Podcasting 2.0 knows
			t.Relation = ""
		}
		if t.URL != "" && t.Type != "" {
			out.Transcripts = append(out.Transcripts, t)
		}
	}
	for _, p := range e.People {
		p = blog.Person{Name: Line(p.Name), Role: Line(p.Role), URL: URL(p.URL), Image: URL(p.Image)}
		if p.Name != "" && !slices.Contains(out.People, p) {
			out.People = append(out.People, p)
		}
	}
	return out
}

// Podcast returns what a site says of itself as a podcast, fit to print.
func Podcast(p blog.Podcast) blog.Podcast {
	p.Kind, p.Image, p.GUID = Line(p.Kind), URL(p.Image), Line(p.GUID)
	p.Categories = Lines(p.Categories)
	if owner := People([]blog.Author{p.Owner}); len(owner) > 0 {
		p.Owner = owner[0]
	} else {
		p.Owner = blog.Author{}
	}
	funding := p.Funding
	p.Funding = nil
	for _, link := range funding {
		if link = (blog.Link{URL: URL(link.URL), Text: Line(link.Text)}); link.URL != "" {
			p.Funding = append(p.Funding, link)
		}
	}
	return p
}

// Lines returns the texts fit to print, without repeats and empty ones.
func Lines(texts []string) []string {
	var out []string
	for _, s := range texts {
		if s = Line(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
