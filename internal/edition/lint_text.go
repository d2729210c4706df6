package edition

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"

	"golang.org/x/net/html"
)

// templateTag matches what site generators fill in: tags of Liquid, Nunjucks and
// Tera, shortcodes of Hugo and Zola, and values such as {{ page.title }}. Formulas
// have doubled braces too, but no lone words between spaces in them.
var templateTag = regexp.MustCompile(`\{\{[<%]\s*/?\s*[\w-][^{}]*[>%]\}\}|\{%[-~]?\s*[A-Za-z_]\w*[^{}%]*[-~]?%\}|\{\{[-~]?\s+[A-Za-z_.$"'][^{}]*\s[-~]?\}\}|\{\{[A-Za-z_]\w*(?:\.\w+|\()[^{}]*\}\}`)

// lintText returns the template text in what a post says that nothing filled in.
func (e *Edition) lintText(p *blog.Post, found findings) []blog.Problem {
	var problems []blog.Problem
	if dialect.Kind(e.in.settings.Dialect).Bare() {
		for _, tag := range found.tags {
			problems = append(problems, warningAt(p, tag, fmt.Sprintf("readers will see the template text %q: nothing fills it in here", tag)))
		}
	}
	return problems
}

// warningAt is a warning about what stands in the body of a post.
func warningAt(p *blog.Post, source, message string) blog.Problem {
	line := 0
	if at := bytes.Index(p.Body, []byte(source)); at >= 0 {
		line = p.BodyLine + bytes.Count(p.Body[:at], []byte("\n"))
	}
	return blog.Problem{File: p.Path, Line: line, Severity: blog.Warning, Message: message}
}

// places are the ids in posts, and the links to them.
type places struct {
	posts map[string]*blog.Post // by address
	ids   map[*blog.Post]map[string]bool
	links []placeLink
}

type placeLink struct {
	from *blog.Post
	lead
}

func (s *places) add(p *blog.Post, found findings) {
	if s.posts == nil {
		s.posts, s.ids = map[string]*blog.Post{}, map[*blog.Post]map[string]bool{}
	}
	if s.posts[bare(p.URL)] == nil {
		s.posts[bare(p.URL)] = p
	}
	s.ids[p] = found.ids
	for _, l := range found.leads {
		s.links = append(s.links, placeLink{p, l})
	}
}

// lint returns the links to places that there are not. What other documents than
// posts hold is not known.
func (s *places) lint() []blog.Problem {
	var problems []blog.Problem
	for _, l := range s.links {
		to := l.from
		if !l.within {
			to = s.posts[bare(l.address)]
		}
		if to == nil || s.ids[to][l.fragment] {
			continue
		}
		where, link := "the post", "#"+l.fragment
		if to != l.from {
			where, link = to.Path, l.address+"#"+l.fragment
		}
		problems = append(problems, warningAt(l.from, "#"+l.fragment, fmt.Sprintf("the link %q leads to no place in %s", link, where)))
	}
	return problems
}

// findings are what a text was found to hold.
type findings struct {
	ids   map[string]bool
	leads []lead   // links to places in a page, each once
	tags  []string // template tags outside of code, each once
}

// lead is a link to a place in a page.
type lead struct {
	address, fragment string
	within            bool // the page is that of the text itself
}

// read goes through the HTML of a post at an address.
func read(content, address string) findings {
	f := findings{ids: map[string]bool{"": true, "top": true}}
	once := map[string]bool{}
	code := 0
	for z := html.NewTokenizer(strings.NewReader(content)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return f
		case html.TextToken:
			if code == 0 {
				f.text(string(z.Text()), once)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); isCode(string(name)) {
				code--
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if isCode(t.Data) {
				code++
			}
			f.attributes(t.Attr, address, once)
		}
	}
}

func isCode(element string) bool { return element == "code" || element == "pre" }

func (f *findings) text(text string, once map[string]bool) {
	for _, tag := range templateTag.FindAllString(text, -1) {
		if !once[tag] {
			once[tag] = true
			f.tags = append(f.tags, tag)
		}
	}
}

func (f *findings) attributes(all []html.Attribute, address string, once map[string]bool) {
	for _, a := range all {
		switch a.Key {
		case "id":
			f.ids[a.Val] = true
		case "href":
			to, fragment, found := strings.Cut(a.Val, "#")
			decoded, err := url.PathUnescape(fragment)
			if found && err == nil && !strings.HasPrefix(decoded, ":~:") && !once[to+"#"+decoded] {
				once[to+"#"+decoded] = true
				f.leads = append(f.leads, lead{to, decoded, to == address})
			}
		}
	}
}
