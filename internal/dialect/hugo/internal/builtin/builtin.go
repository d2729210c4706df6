// Package builtin shows the shortcodes that Hugo brings along. In go the tag and what it encloses;
// out comes HTML. What needs a browser is a link here, since feeds run no script.
package builtin

import (
	"cmp"
	"fmt"
	"html"
	"strings"

	"broadsheet/internal/dialect/hugo/layout"
	"broadsheet/internal/dialect/hugo/shortcode"
	"broadsheet/internal/markdown"
)

// Page is what shortcodes ask of the page that they stand in.
type Page interface {
	Param(key string) any                          // a parameter of the page, else of the site; nil: there is none
	Markdown(text string) (html string, err error) // converts Markdown
	Inline(text string) (html string)              // the same without the paragraph where it is but one
}

// shortcodes are those that come to HTML. Highlight and references are shown otherwise.
var shortcodes = map[string]func(p Page, t *shortcode.Tag, inner string) string{
	"figure":           figure,
	"youtube":          youtube,
	"vimeo":            vimeo,
	"vimeo_simple":     vimeo,
	"gist":             gist,
	"tweet":            status,
	"twitter":          status,
	"twitter_simple":   status,
	"x":                status,
	"x_simple":         status,
	"instagram":        instagram,
	"instagram_simple": instagram,
	"param":            param,
	"details":          details,
	"qr":               qr,
	"comment":          func(Page, *shortcode.Tag, string) string { return "" },
}

// Show returns the HTML of a shortcode, whose name is in lower case; false if Hugo brings none of
// this name along.
func Show(p Page, t *shortcode.Tag, inner func() string) (shown string, known bool) {
	show, known := shortcodes[t.Name]
	if !known {
		return "", false
	}
	return show(p, t, inner()), true
}

// IsReference reports whether a shortcode leads to another page.
func IsReference(name string) bool { return name == "ref" || name == "relref" }

// Reference returns which page a reference leads to, and in which language; empty: that of its page.
func Reference(t *shortcode.Tag) (path, language string) {
	return argument(t, "path", 0), argument(t, "lang", -1)
}

// argument is one of a shortcode, by name or by position.
func argument(t *shortcode.Tag, name string, position int) string {
	if v, ok := t.Args.Named[name]; ok {
		return fmt.Sprint(v)
	}
	if position < 0 || position >= len(t.Args.List) {
		return ""
	}
	return fmt.Sprint(t.Args.List[position])
}

// linkTo is a link that shows its address, or a text.
func linkTo(url, text string) string {
	return `<a href="` + html.EscapeString(url) + `">` + html.EscapeString(cmp.Or(text, url)) + `</a>`
}

func youtube(_ Page, t *shortcode.Tag, _ string) string {
	id := argument(t, "id", 0)
	if id == "" {
		return ""
	}
	url := "https://www.youtube.com/watch?v=" + id
	if start := argument(t, "start", -1); start != "" && start != "0" {
		url += "&t=" + start
	}
	return linkTo(url, argument(t, "title", -1))
}

func vimeo(_ Page, t *shortcode.Tag, _ string) string {
	id := argument(t, "id", 0)
	if id == "" {
		return ""
	}
	return linkTo("https://vimeo.com/"+id, argument(t, "title", -1))
}

func gist(_ Page, t *shortcode.Tag, _ string) string {
	user, id := argument(t, "user", 0), argument(t, "id", 1)
	if user == "" || id == "" {
		return ""
	}
	return linkTo("https://gist.github.com/"+user+"/"+id, "")
}

func status(_ Page, t *shortcode.Tag, _ string) string {
	id := argument(t, "id", 0)
	if id == "" {
		return ""
	}
	return linkTo("https://x.com/"+cmp.Or(argument(t, "user", -1), "i")+"/status/"+id, "")
}

func instagram(_ Page, t *shortcode.Tag, _ string) string {
	id := argument(t, "id", 0)
	if id == "" {
		return ""
	}
	return linkTo("https://www.instagram.com/p/"+id+"/", "")
}

// param is a parameter of the page, else of the site.
func param(p Page, t *shortcode.Tag, _ string) string {
	v := p.Param(argument(t, "name", 0))
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// details is a text that opens.
func details(p Page, t *shortcode.Tag, inner string) string {
	open := ""
	if argument(t, "open", -1) == "true" {
		open = " open"
	}
	shown, err := p.Markdown(inner)
	if err != nil {
		shown = html.EscapeString(inner)
	}
	return "<details" + open + "><summary>" + p.Inline(cmp.Or(argument(t, "summary", 0), "Details")) + "</summary>" + shown + "</details>"
}

// qr is a picture of a text, which is shown instead: feeds have no use for the picture.
func qr(_ Page, t *shortcode.Tag, inner string) string {
	text := strings.TrimSpace(cmp.Or(argument(t, "text", 0), inner))
	if strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") {
		return linkTo(text, "")
	}
	return html.EscapeString(text)
}

func figure(p Page, t *shortcode.Tag, _ string) string {
	get := func(name string) string { return argument(t, name, -1) }
	attribute := func(name, value string) string {
		if value == "" {
			return ""
		}
		return " " + name + `="` + html.EscapeString(value) + `"`
	}
	caption := p.Inline(get("caption"))
	alt := cmp.Or(get("alt"), markdown.Plain(caption, 0))
	img := "<img" + attribute("src", argument(t, "src", 0)) + attribute("alt", alt) + attribute("width", get("width")) + attribute("height", get("height")) + ">"
	if link := get("link"); link != "" {
		img = "<a" + attribute("href", link) + ">" + img + "</a>"
	}
	return "<figure>" + img + figureCaption(p, get, caption) + "</figure>"
}

func figureCaption(p Page, get func(string) string, caption string) string {
	title, attr := get("title"), p.Inline(get("attr"))
	if title == "" && caption == "" && attr == "" {
		return ""
	}
	shown := "<figcaption>"
	if title != "" {
		shown += "<h4>" + html.EscapeString(title) + "</h4>"
	}
	if link := get("attrlink"); link != "" && attr != "" {
		attr = `<a href="` + html.EscapeString(link) + `">` + attr + "</a>"
	}
	if caption != "" || attr != "" {
		shown += "<p>" + caption + attr + "</p>"
	}
	return shown + "</figcaption>"
}

// Highlight is code: a fence in Markdown where one may stand, so that it gets the colours of all
// code, else HTML.
func Highlight(t *shortcode.Tag, at shortcode.Spot) (shown string, isMarkdown bool) {
	code, language := strings.Trim(t.Raw, "\r\n"), argument(t, "lang", 0)
	if at != shortcode.Alone {
		return layout.Code(code, language), false
	}
	fence := "````````"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	lines := strings.Count(t.Raw, "\n") - strings.Count(code, "\n") - 2 // so that line numbers behind it stay
	return fence + language + "\n" + code + "\n" + fence + strings.Repeat("\n", max(lines, 0)), true
}
