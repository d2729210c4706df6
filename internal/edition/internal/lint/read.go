package lint

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// templateTag matches what site generators fill in: tags of Liquid, Nunjucks, Tera,
// Handlebars and ERB, shortcodes of Hugo and Zola, and values such as {{ page.title }};
// and the marks of other dialects of Markdown. Formulas have doubled braces too, but no
// single words between spaces in them.
var templateTag = regexp.MustCompile(strings.Join([]string{
	`\{\{[<%]\s*/?\s*[\w-][^{}]*[>%]\}\}`,                                                // {{< figure src="a.png" >}}
	`\{%[-~]?\s*[A-Za-z_]\w*[^{}%]*[-~]?%\}`,                                             // {%- if x -%}
	`\{\{[-~]?\s+[A-Za-z_.$"'][^{}]*\s[-~]?\}\}`,                                         // {{ page.title }}
	`\{\{[A-Za-z_]\w*(?:\.\w+|\()[^{}]*\}\}`,                                             // {{page.title}}, {{youtube(id="x")}}
	`\{\{[#/>^][ \t]*[A-Za-z_][^{}]*\}\}`,                                                // {{#if x}}
	`<%[-=]?\s*[A-Za-z_@][^%]*[-_]?%>`,                                                   // <%= x %>
	`!?\[\[(?:\pL|[^\s\[\]][^\[\]\n]*\pL)[^\[\]\n]+\]\]`,                                 // [[Another note]], ![[a.png]]
	`\{:[ \t]*(?:[.#][\w-]+|[\w-]+=(?:"[^"{}\n]*"|'[^'{}\n]*')|toc)(?:[ \t][^{}\n]*)?\}`, // {: .class}
	`(?m:^:::[ \t]*\{?\.?[a-z][\w-]*)`,                                                   // :::tip
	`(?m:^(?:!!!|\?\?\?\+?) (?:note|abstract|info|tip|success|question|warning|failure|danger|bug|example|quote|important|caution)\b)`,
	`(?m:^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\])`,
	`(?m:^\[(?:TOC|toc)\]$)`,
	`(?m:^import .{1,200} from ['"][^'"]+['"];?$)`,
}, "|"))

// findings are what the HTML of a post holds.
type findings struct {
	ids   map[string]bool
	links []link   // those with a fragment, each once
	tags  []string // template tags outside of code, each once
}

// link is a link to an id in a page.
type link struct {
	address, fragment string
	within            bool // the page is that of the text itself
}

// read returns what the HTML of the post at an address holds.
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
				f.links = append(f.links, link{to, decoded, to == address})
			}
		}
	}
}
