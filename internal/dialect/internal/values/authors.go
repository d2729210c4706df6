package values

import (
	"cmp"
	"net/mail"
	"net/url"
	"regexp"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter/meta"
)

// Authors takes a name, a map, or a list of either.
func Authors(v meta.Value) []blog.Author {
	var authors []blog.Author
	switch v.Kind {
	case meta.List:
		for _, one := range v.List {
			authors = append(authors, Authors(one)...)
		}
	case meta.Map:
		if a := Author(v.Map); a != (blog.Author{}) {
			return []blog.Author{a}
		}
		authors = authorsByKey(v.Map)
	default:
		for _, name := range v.Strings() {
			authors = append(authors, namedAuthor(name))
		}
	}
	return authors
}

// Author returns the author that a mapping describes.
func Author(m meta.Pairs) blog.Author {
	get := func(keys ...string) string {
		for _, key := range keys {
			if v, ok := m.Get(key); ok && !v.Empty() {
				return strings.TrimSpace(First(v.Strings()))
			}
		}
		return ""
	}
	return blog.Author{
		Name:  get("name", "title", "display_name", "full_name", "fullname"),
		Email: strings.TrimPrefix(get("email", "mail", "e-mail"), "mailto:"),
		URL:   get("url", "uri", "link", "site", "website", "homepage", "web", "href"),
	}
}

// authorsByKey reads a map of maps: each is an author, known by its key if it has
// no name.
func authorsByKey(m meta.Pairs) []blog.Author {
	var authors []blog.Author
	for _, pair := range m {
		if pair.Value.Kind == meta.Map {
			a := Author(pair.Value.Map)
			a.Name = cmp.Or(a.Name, pair.Key)
			authors = append(authors, a)
		}
	}
	return authors
}

// linkedAuthor matches a name that is a link in Markdown.
var linkedAuthor = regexp.MustCompile(`^\[([^\[\]]+)\]\(\s*<?([^()<>\s]+)>?\s*\)$`)

// angled matches what stands in angle brackets behind a name, and is no tag.
var angled = regexp.MustCompile(`\s*<([^<>\s]*(?:@|://|mailto:)[^<>\s]*)>`)

// namedAuthor reads a name, an e-mail address or a URL, and both of these behind a
// name: "Name <mail> <URL>", "[Name](URL)".
func namedAuthor(text string) blog.Author {
	text = strings.TrimSpace(text)
	if link := linkedAuthor.FindStringSubmatch(text); link != nil {
		return WithAddress(blog.Author{Name: Title(link[1])}, link[2])
	}
	if a := WithAddress(blog.Author{}, text); a.Email != "" || a.URL != "" {
		return a
	}
	var a blog.Author
	for _, found := range angled.FindAllStringSubmatch(text, -1) {
		a = WithAddress(a, found[1])
	}
	a.Name = Title(angled.ReplaceAllString(text, ""))
	if quoted, ok := strings.CutPrefix(a.Name, `"`); ok && a.Email != "" { // as in the header of a mail
		a.Name = strings.TrimSuffix(quoted, `"`)
	}
	return a
}

// WithAddress adds an e-mail address or a URL to an author, if the text is one.
func WithAddress(a blog.Author, text string) blog.Author {
	bare := strings.TrimPrefix(text, "mailto:")
	if m, err := mail.ParseAddress(bare); err == nil && m.Name == "" && m.Address == bare {
		a.Email = bare
	} else if u, err := url.Parse(text); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
		a.URL = text
	}
	return a
}
