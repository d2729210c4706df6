package config

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"broadsheet/internal/blog"
)

// list is the field of several values, with semicolons between them. In the
// file it may be a list.
func list[T any](at func(*Settings) *[]T, parse func(string) (T, error), show func(T) string) field {
	f := of(at, func(raw string) ([]T, error) {
		var all []T
		for part := range strings.SplitSeq(raw, ";") {
			if part = strings.TrimSpace(part); part == "" {
				continue
			}
			one, err := parse(part)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
		return all, nil
	}, func(all []T) string {
		texts := make([]string, len(all))
		for i, one := range all {
			texts[i] = show(one)
		}
		return strings.Join(texts, "; ")
	})
	f.many = true
	return f
}

func plainText(s string) string { return s }

// termKinds are the words that a term may be given its kind with.
var termKinds = map[string]blog.Kind{"category": blog.Category, "tag": blog.Tag}

// parseTerm reads "tag:Name", "category:Name", or a name of either kind.
func parseTerm(raw string) (blog.Term, error) {
	value, err := oneLine(raw)
	if err != nil {
		return blog.Term{}, err
	}
	if prefix, name, ok := strings.Cut(value, ":"); ok {
		if kind := termKinds[strings.ToLower(prefix)]; kind != "" {
			if name = strings.TrimSpace(name); name == "" {
				return blog.Term{}, fmt.Errorf("%q names no %s", raw, kind)
			}
			return blog.Term{Kind: kind, Name: name}, nil
		}
	}
	return blog.Term{Name: value}, nil
}

func formatTerm(t blog.Term) string {
	if t.Kind == "" {
		return t.Name
	}
	return string(t.Kind) + ":" + t.Name
}

// podcast is the choice that means no podcast by an empty kind.
func podcast(at func(*Settings) *string) field {
	f := choice(at, "no", "episodic", "serial")
	known, get := f.set, f.get
	f.set = func(s *Settings, raw string) error {
		if err := known(s, raw); err != nil {
			return err
		}
		if *at(s) == "no" {
			*at(s) = ""
		}
		return nil
	}
	f.get = func(s Settings) string {
		if kind := get(s); kind != "" {
			return kind
		}
		return "no"
	}
	return f
}

func parseOwner(raw string) (blog.Author, error) {
	if raw == "" {
		return blog.Author{}, nil
	}
	owner, err := parseAuthor(raw)
	if err == nil && owner.Email == "" {
		err = fmt.Errorf("%q has no e-mail address; expected Name <name@example.org>", raw)
	}
	return owner, err
}

func formatOwner(a blog.Author) string { return inOneLine(a.Name, a.Email, a.URL) }

// parseFunding reads "Text <URL>".
func parseFunding(raw string) (blog.Link, error) {
	value, err := oneLine(raw)
	if err != nil {
		return blog.Link{}, err
	}
	text, address, _ := strings.Cut(value, "<")
	address, closed := strings.CutSuffix(strings.TrimSpace(address), ">")
	text = strings.TrimSpace(text)
	u, err := url.Parse(address)
	if err != nil || !closed || !isWeb(u) || text == "" {
		return blog.Link{}, fmt.Errorf("%q is no text with a URL in angle brackets, such as Support us <https://example.org/support>", raw)
	}
	return blog.Link{URL: address, Text: text}, nil
}

func formatFunding(l blog.Link) string { return inOneLine(l.Text, l.URL) }

var uuidForm = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// uuid accepts a UUID in its usual form (RFC 9562 section 4), in lower case.
func uuid(raw string) (string, error) {
	value := strings.ToLower(raw)
	if value != "" && !uuidForm.MatchString(value) {
		return "", fmt.Errorf("%q is no UUID, such as 9b024349-ccf0-5f69-a609-6b82873eab3c", raw)
	}
	return value, nil
}

// parsePath reads a path below the site.
func parsePath(raw string) (string, error) {
	if !strings.HasPrefix(raw, "/") || strings.ContainsFunc(raw, unicode.IsSpace) {
		return "", fmt.Errorf("%q is no path that starts with a slash", raw)
	}
	return raw, nil
}

// mediaFolder reads a path below the posts folder.
func mediaFolder(raw string) (string, error) {
	name := path.Clean(strings.Trim(raw, "/ "))
	if raw == "/" {
		name = "."
	}
	if !filepath.IsLocal(name) || strings.ContainsAny(raw, "\\\x00") {
		return "", fmt.Errorf("%q is no folder below that of the posts, such as images", raw)
	}
	return name, nil
}

// parseMove reads "OLD NEW": a path, and a path or an absolute URL.
func parseMove(raw string) (blog.Move, error) {
	parts := strings.Fields(raw)
	if len(parts) != 2 {
		return blog.Move{}, fmt.Errorf("%q is no old path with a new one after a space, such as /old/ /new/", raw)
	}
	from, err := parsePath(parts[0])
	if err != nil {
		return blog.Move{}, err
	}
	m := blog.Move{From: from, To: parts[1]}
	if _, err := reference(m.To); err != nil || m.Covers(m.To) {
		return blog.Move{}, fmt.Errorf("%q does not lead to another path or an absolute http or https URL", raw)
	}
	if u, err := url.Parse(strings.TrimSuffix(m.To, "*")); err != nil || u.Host != "" && strings.HasSuffix(m.To, "*") && !strings.HasSuffix(u.Path, "/") {
		return blog.Move{}, fmt.Errorf("%q: the star of a URL must stand behind a slash, such as https://example.org/*", raw)
	}
	return m, nil
}

func formatMove(m blog.Move) string { return m.From + " " + m.To }
