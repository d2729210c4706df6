package post

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/generator"
	"broadsheet/internal/liquid"
	"broadsheet/internal/markdown"

	"golang.org/x/text/unicode/norm"
)

// Templates renders what posts hold of a generator's template language. It is
// safe for concurrent use.
type Templates struct {
	liquid *liquid.Renderer
	base   string // of addresses, which templates put in front themselves
}

// hasTemplates reports whether a text may hold template text of Jekyll.
func hasTemplates(text []byte) bool {
	return bytes.Contains(text, []byte("{{")) || bytes.Contains(text, []byte("{%"))
}

// NewTemplates returns the templates of a Jekyll site. URLs are the addresses of
// its posts, by file; isFile tells of its other files.
func NewTemplates(site blog.Site, g generator.Site, data map[string][]byte, urls map[string]string, isFile func(string) bool) *Templates {
	base := strings.Trim(g.Text("baseurl"), "/")
	if base != "" {
		base = "/" + base
	}
	origin := strings.TrimSuffix(site.URL, base)
	local := func(file string) (string, bool) {
		at, ok := urls[file]
		return strings.TrimPrefix(at, origin), ok
	}
	named, composed, renderer := byName(urls), composedNames(urls), sync.OnceValue(func() *markdown.Renderer { return markdown.New(markdown.Options{}) })
	s := liquid.Site{
		Vars: varsOf(g.Settings), Includes: map[string]string{}, URL: origin, BaseURL: base, Zone: site.Zone,
		PostURL: func(name string) (string, bool) { return local(named[norm.NFC.String(name)]) },
		LinkURL: func(file string) (string, bool) {
			file = strings.TrimPrefix(file, "/")
			if isFile(file) {
				return base + "/" + file, true
			}
			if _, spelled := urls[file]; !spelled {
				file = composed[norm.NFC.String(file)]
			}
			return local(file)
		},
		Markdown: func(text string) string {
			content, err := renderer().Render(markdown.Source{Text: []byte(text), Base: site.URL + "/"})
			if err != nil {
				return text
			}
			return content.HTML
		},
	}
	s.Vars["data"] = dataVars(data)
	for name, text := range data {
		if below, ok := strings.CutPrefix(name, "_includes/"); ok {
			s.Includes[norm.NFC.String(below)] = string(text)
		}
	}
	return &Templates{liquid.New(s), site.URL}
}

// byName maps what post_url may call a post to its file: the path below _posts,
// and the bare name, without extension. Of several files with one name it is the
// first by path. The names are composed (Unicode NFC).
func byName(urls map[string]string) map[string]string {
	named := make(map[string]string, 2*len(urls))
	bare := map[string]string{}
	for _, file := range slices.Sorted(maps.Keys(urls)) {
		_, below, found := strings.Cut("/"+file, "/_posts/")
		if !found {
			continue
		}
		below = norm.NFC.String(strings.TrimSuffix(below, path.Ext(below)))
		if named[below] == "" {
			named[below] = file
		}
		if name := path.Base(below); bare[name] == "" {
			bare[name] = file
		}
	}
	for name, file := range bare {
		if named[name] == "" {
			named[name] = file
		}
	}
	return named
}

// composedNames maps the composed forms of the posts' files to the files.
func composedNames(urls map[string]string) map[string]string {
	named := make(map[string]string, len(urls))
	for _, file := range slices.Sorted(maps.Keys(urls)) {
		if name := norm.NFC.String(file); named[name] == "" {
			named[name] = file
		}
	}
	return named
}

// dataVars are the data files, by folder and name.
func dataVars(data map[string][]byte) map[string]any {
	vars := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(data)) {
		below, ok := strings.CutPrefix(name, "_data/")
		if !ok {
			continue
		}
		v, _, err := frontmatter.ParseData(name, data[name])
		if err != nil {
			continue
		}
		in := vars
		folders := strings.Split(strings.TrimSuffix(below, path.Ext(below)), "/")
		for _, folder := range folders[:len(folders)-1] {
			next, ok := in[folder].(map[string]any)
			if !ok {
				next = map[string]any{}
				in[folder] = next
			}
			in = next
		}
		in[folders[len(folders)-1]] = varOf(v)
	}
	return vars
}

// Render renders the body of a post, and its excerpt.
func (t *Templates) Render(p *blog.Post, meta frontmatter.Pairs) (body, excerpt []byte, problems []blog.Problem) {
	page := varsOf(meta)
	for key, value := range map[string]any{
		"title": p.Title, "url": strings.TrimPrefix(p.URL, t.base), "path": p.Path, "slug": p.Slug, "id": strings.TrimPrefix(p.ID, t.base), "date": p.Published,
	} {
		page[key] = value
	}
	body, problems = t.liquid.Render(p.Body, page, p.Path, p.BodyLine)
	if p.Excerpt != nil {
		excerpt, _ = t.liquid.Render(p.Excerpt, page, p.Path, p.BodyLine)
		excerpt = afterTemplates(p, excerpt)
	}
	return afterTemplates(p, body), excerpt, problems
}

// afterTemplates takes out what is for kramdown to read, and what nobody is to read:
// templates may have brought more of it.
func afterTemplates(p *blog.Post, text []byte) []byte {
	text, _ = markdown.WithoutUnseen(text, markdown.Languages{Kramdown: true, HTML: p.Markup == blog.HTML})
	return withoutAttributes(text)
}

// varsOf makes of metadata what templates work with.
func varsOf(m frontmatter.Pairs) map[string]any {
	vars := make(map[string]any, len(m))
	for _, pair := range m {
		vars[pair.Key] = varOf(pair.Value)
	}
	return vars
}

func varOf(v frontmatter.Value) any {
	switch v.Kind {
	case frontmatter.Null:
		return nil
	case frontmatter.Map:
		return varsOf(v.Map)
	case frontmatter.List:
		list := make([]any, len(v.List))
		for i, one := range v.List {
			list[i] = varOf(one)
		}
		return list
	case frontmatter.Bool:
		value, _ := v.Bool()
		return value
	case frontmatter.Number:
		if n, err := strconv.Atoi(v.Text); err == nil {
			return n
		}
		if n, err := strconv.ParseFloat(v.Text, 64); err == nil {
			return n
		}
	}
	if d, err := frontmatter.ParseDate(v.Text, time.UTC); err == nil && d.HasClock && !v.Quoted {
		return d.Time
	}
	return v.Text
}
