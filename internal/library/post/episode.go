package post

import (
	"cmp"
	"path"
	"strconv"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/markdown"
)

// episode fills in what the post says of itself as part of a podcast. The
// addresses stay as written; see attached.
func (r *reader) episode() {
	e := &r.post.Episode
	e.Number, e.Season = r.count(frontmatter.Episode), r.count(frontmatter.Season)
	if v, _, ok := r.find(frontmatter.Season); ok && v.Kind == frontmatter.Map && e.Season > 0 {
		e.SeasonName = markdown.Written(textIn(v.Map, "name", "title"))
	}
	e.Title = markdown.Plain(r.text(frontmatter.EpisodeTitle), 0)
	e.Image, e.Chapters = r.text(frontmatter.EpisodeImage), r.text(frontmatter.Chapters)
	r.unread(frontmatter.Chapters, e.Chapters, "the address of a file in JSON")
	e.Location = markdown.Plain(r.text(frontmatter.Location), 0)
	switch kind := strings.ToLower(r.text(frontmatter.EpisodeType)); kind {
	case "full", "trailer", "bonus":
		e.Kind = kind
	}
	switch strings.ToLower(r.text(frontmatter.Explicit)) {
	case "true", "yes", "on", "explicit":
		e.Explicit = "true"
	case "false", "no", "off", "clean", "none":
		e.Explicit = "false"
	}
	if v, _, ok := r.find(frontmatter.Transcripts); ok {
		e.Transcripts = transcriptsOf(v)
	}
	e.People = append(e.People, r.cast(frontmatter.Hosts, "host")...)
	e.People = append(e.People, r.cast(frontmatter.Guests, "guest")...)
	e.People = append(e.People, r.cast(frontmatter.People, "")...)
}

// unread warns where a field is written and nothing was read from it.
func (r *reader) unread(f frontmatter.Field, read, wanted string) {
	if v, key, ok := r.find(f); ok && read == "" {
		r.warn(v.Line, key+" is left out: it must be "+wanted)
	}
}

// count reads a number from 1 on, which may be part of a map with a name; 0 is
// none.
func (r *reader) count(f frontmatter.Field) int {
	v, _, ok := r.find(f)
	if !ok {
		return 0
	}
	text := firstOf(v.Strings())
	if v.Kind == frontmatter.Map {
		text = textIn(v.Map, "number", "no", "value")
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1e6 {
		return 0
	}
	return n
}

// transcriptsOf takes an address, a map of url, type and language, or a list of
// either.
func transcriptsOf(v frontmatter.Value) []blog.Transcript {
	var all []blog.Transcript
	switch v.Kind {
	case frontmatter.List:
		for _, one := range v.List {
			all = append(all, transcriptsOf(one)...)
		}
	case frontmatter.Map:
		t := blog.Transcript{URL: textIn(v.Map, "url", "src", "file"), Type: mimeOf(textIn(v.Map, "type")), Language: textIn(v.Map, "language", "lang"), Relation: textIn(v.Map, "rel")}
		if t.URL != "" {
			t.Type = cmp.Or(t.Type, transcriptType(t.URL))
			all = append(all, t)
		}
	default:
		if ref := strings.TrimSpace(v.Text); isAddress(ref) || isPage(ref) {
			all = append(all, blog.Transcript{URL: ref, Type: transcriptType(ref)})
		}
	}
	return all
}

// isPage tells a file in HTML, which transcripts may be, and enclosures not.
func isPage(ref string) bool {
	extension := strings.ToLower(path.Ext(ref))
	return extension == ".html" || extension == ".htm"
}

// transcriptType is that of the file's name, else that of pages.
func transcriptType(ref string) string { return cmp.Or(typeOf(ref), "text/html") }

// cast reads people: names, or maps with name, role, url and image.
func (r *reader) cast(f frontmatter.Field, role string) []blog.Person {
	v, _, ok := r.find(f)
	if !ok {
		return nil
	}
	members := v.List
	if v.Kind != frontmatter.List {
		members = []frontmatter.Value{v}
	}
	var all []blog.Person
	for _, one := range members {
		p := blog.Person{Name: plainTitle(one.Text), Role: role}
		if one.Kind == frontmatter.Map {
			p = blog.Person{
				Name: plainTitle(textIn(one.Map, "name")), Role: cmp.Or(strings.ToLower(textIn(one.Map, "role")), role),
				URL: textIn(one.Map, "url", "href"), Image: textIn(one.Map, "image", "img"),
			}
		}
		if p.Name != "" {
			all = append(all, p)
		}
	}
	return all
}
