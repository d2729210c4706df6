package config

import (
	"cmp"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"broadsheet/internal/blog"
)

// parseAuthors reads what one line says of several people, with semicolons
// between them.
func parseAuthors(raw string) ([]blog.Author, error) {
	var list []blog.Author
	for part := range strings.SplitSeq(raw, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		a, err := parseAuthor(part)
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// parseAuthor reads "Name <mail> <URL>", of which any part may be missing, but not
// all. An address that stands alone needs no brackets.
func parseAuthor(raw string) (blog.Author, error) {
	value, err := oneLine(raw)
	if err != nil {
		return blog.Author{}, err
	}
	parts := strings.Split(value, "<")
	a := blog.Author{Name: strings.TrimSpace(parts[0])}
	for _, part := range parts[1:] {
		part, closed := strings.CutSuffix(strings.TrimSpace(part), ">")
		switch u, err := url.Parse(part); {
		case closed && isMail(part):
			a.Email = part
		case closed && err == nil && isWeb(u):
			a.URL = part
		default:
			return a, fmt.Errorf("%q holds %q; expected an e-mail address or a URL in angle brackets", value, part)
		}
	}
	switch u, err := url.Parse(a.Name); {
	case isMail(a.Name):
		a.Email, a.Name = cmp.Or(a.Email, a.Name), ""
	case err == nil && isWeb(u):
		a.URL, a.Name = cmp.Or(a.URL, a.Name), ""
	}
	if a = a.Named(); a.Name == "" {
		return a, fmt.Errorf("%q names nobody; expected Name <name@example.org>", value)
	}
	return a, nil
}

// isMail says whether s is an e-mail address and nothing more.
func isMail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Name == "" && a.Address == s
}

// formatAuthors is the reverse of parseAuthors.
func formatAuthors(list []blog.Author) string {
	parts := make([]string, len(list))
	for i, a := range list {
		parts[i] = inOneLine(a.Name, a.Email, a.URL)
	}
	return strings.Join(parts, "; ")
}

func inOneLine(name string, extras ...string) string {
	for _, extra := range extras {
		if extra != "" {
			name += " <" + extra + ">"
		}
	}
	return name
}

// people sets the authors from the file's forms: one author or a list, each a
// line of text or a mapping of name, email and url.
func (l *loader) people(w setting, n *yaml.Node, at place) {
	entries := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		entries = n.Content
	}
	found := len(l.problems)
	var list []blog.Author
	for _, entry := range entries {
		a, err := l.person(follow(entry), at.name)
		if err != nil {
			l.complain(place{at.name, entry.Line}, w.key+": "+err.Error())
		}
		list = slices.Concat(list, a)
	}
	if len(l.problems) == found {
		l.settings.Authors, l.from[w.key] = list, at
	}
}

func (l *loader) person(n *yaml.Node, file string) ([]blog.Author, error) {
	switch n.Kind {
	case yaml.ScalarNode:
		return parseAuthors(n.Value)
	case yaml.MappingNode:
		parts := map[string]string{}
		l.mapping(n, file, []string{"name", "email", "url"}, func(key string, v *yaml.Node, at place) {
			if parts[key] = v.Value; v.Kind != yaml.ScalarNode {
				l.complain(at, fmt.Sprintf("author: %s: found %s; expected text", key, kindName(v)))
			}
		})
		a, err := parseAuthor(inOneLine(parts["name"], parts["email"], parts["url"]))
		return []blog.Author{a}, err
	}
	return nil, fmt.Errorf("found %s; expected a name, or a mapping of name, email and url", kindName(n))
}
