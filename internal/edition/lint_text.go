package edition

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"broadsheet/internal/blog"

	"golang.org/x/net/html"
)

// templateTag matches what site generators fill in: tags of Liquid, Nunjucks and
// Tera, shortcodes of Hugo and Zola, and values such as {{ page.title }}. Formulas
// have doubled braces too, but no lone words between spaces in them.
var templateTag = regexp.MustCompile(`\{\{[<%]\s*/?\s*[\w-][^{}]*[>%]\}\}|\{%[-~]?\s*[A-Za-z_]\w*[^{}%]*[-~]?%\}|\{\{[-~]?\s+[A-Za-z_.$"'][^{}]*\s[-~]?\}\}|\{\{[A-Za-z_]\w*(?:\.\w+|\()[^{}]*\}\}`)

// lintText returns what is wrong with what a post says: template text that nothing
// filled in, and links to places in the post that there are not.
func (e *Edition) lintText(p *blog.Post, content string) []blog.Problem {
	var problems []blog.Problem
	warn := func(source, message string) {
		line := 0
		if at := strings.Index(string(p.Body), source); at >= 0 {
			line = p.BodyLine + strings.Count(string(p.Body[:at]), "\n")
		}
		problems = append(problems, blog.Problem{File: p.Path, Line: line, Severity: blog.Warning, Message: message})
	}
	found := read(content, p.URL)
	if generatorFeeds[e.in.settings.Dialect].main == nil {
		for _, tag := range found.tags {
			warn(tag, fmt.Sprintf("readers will see the template text %q: nothing fills it in here", tag))
		}
	}
	if e.in.settings.Pages {
		for _, fragment := range found.leads {
			if !found.ids[fragment] {
				warn("#"+fragment, fmt.Sprintf("the link %q leads to no place in the post", "#"+fragment))
			}
		}
	}
	return problems
}

// findings are what a text was found to hold.
type findings struct {
	ids   map[string]bool
	leads []string // fragments that links lead to within it, each once
	tags  []string // template tags outside of code, each once
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
		fragment, within := strings.CutPrefix(a.Val, address+"#")
		decoded, err := url.PathUnescape(fragment)
		switch {
		case a.Key == "id":
			f.ids[a.Val] = true
		case a.Key == "href" && within && err == nil && !strings.HasPrefix(decoded, ":~:") && !once["#"+decoded]:
			once["#"+decoded] = true
			f.leads = append(f.leads, decoded)
		}
	}
}
