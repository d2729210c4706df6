package values

import (
	"cmp"
	"path"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter/meta"
)

// Transcripts takes an address, a map of url, type and language, or a list of
// either.
func Transcripts(v meta.Value) []blog.Transcript {
	var all []blog.Transcript
	switch v.Kind {
	case meta.List:
		for _, one := range v.List {
			all = append(all, Transcripts(one)...)
		}
	case meta.Map:
		t := blog.Transcript{URL: TextIn(v.Map, "url", "src", "file"), Type: MIMEType(TextIn(v.Map, "type")), Language: TextIn(v.Map, "language", "lang"), Relation: TextIn(v.Map, "rel")}
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

// People takes a name, a map with name, role, url and image, or a list of either. Role
// is that of those that have none of their own.
func People(v meta.Value, role string) []blog.Person {
	members := v.List
	if v.Kind != meta.List {
		members = []meta.Value{v}
	}
	var all []blog.Person
	for _, one := range members {
		p := blog.Person{Name: Title(one.Text), Role: role}
		if one.Kind == meta.Map {
			p = blog.Person{
				Name: Title(TextIn(one.Map, "name")), Role: cmp.Or(strings.ToLower(TextIn(one.Map, "role")), role),
				URL: TextIn(one.Map, "url", "href"), Image: TextIn(one.Map, "image", "img"),
			}
		}
		if p.Name != "" {
			all = append(all, p)
		}
	}
	return all
}
