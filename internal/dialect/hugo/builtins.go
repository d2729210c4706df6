package hugo

import (
	"cmp"
	"fmt"
	"html"
	"strings"

	"broadsheet/internal/dialect/hugo/layout"
	"broadsheet/internal/dialect/hugo/shortcode"
	"broadsheet/internal/markdown"
)

// builtins are the shortcodes that Hugo brings along. What needs a browser is a link here.
var builtins = map[string]func(x *showing, t *shortcode.Tag, inner string) string{
	"figure":         figure,
	"youtube":        func(_ *showing, t *shortcode.Tag, _ string) string { return youtube(t) },
	"vimeo":          vimeo,
	"vimeo_simple":   vimeo,
	"gist":           gist,
	"tweet":          status,
	"twitter":        status,
	"twitter_simple": status,
	"x":              status,
	"x_simple":       status,
	"instagram":      instagram, "instagram_simple": instagram,
	"ref": nil, "relref": nil, "highlight": nil, // see show
	"param":   param,
	"details": details,
	"qr":      qr,
	"comment": func(*showing, *shortcode.Tag, string) string { return "" },
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

func youtube(t *shortcode.Tag) string {
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

func vimeo(_ *showing, t *shortcode.Tag, _ string) string {
	id := argument(t, "id", 0)
	if id == "" {
		return ""
	}
	return linkTo("https://vimeo.com/"+id, argument(t, "title", -1))
}

func gist(_ *showing, t *shortcode.Tag, _ string) string {
	user, id := argument(t, "user", 0), argument(t, "id", 1)
	if user == "" || id == "" {
		return ""
	}
	return linkTo("https://gist.github.com/"+user+"/"+id, "")
}

func status(_ *showing, t *shortcode.Tag, _ string) string {
	id := argument(t, "id", 0)
	if id == "" {
		return ""
	}
	return linkTo("https://x.com/"+cmp.Or(argument(t, "user", -1), "i")+"/status/"+id, "")
}

func instagram(_ *showing, t *shortcode.Tag, _ string) string {
	id := argument(t, "id", 0)
	if id == "" {
		return ""
	}
	return linkTo("https://www.instagram.com/p/"+id+"/", "")
}

// param is a parameter of the page, else of the site.
func param(x *showing, t *shortcode.Tag, _ string) string {
	v := x.env().Page.Param(argument(t, "name", 0))
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// details is a text that opens.
func details(x *showing, t *shortcode.Tag, inner string) string {
	open := ""
	if argument(t, "open", -1) == "true" {
		open = " open"
	}
	shown, err := x.markdown(inner)
	if err != nil {
		shown = html.EscapeString(inner)
	}
	return "<details" + open + "><summary>" + x.run.Inline(cmp.Or(argument(t, "summary", 0), "Details")) + "</summary>" + shown + "</details>"
}

// qr is a picture of a text, which is shown instead: feeds have no use for the picture.
func qr(_ *showing, t *shortcode.Tag, inner string) string {
	text := strings.TrimSpace(cmp.Or(argument(t, "text", 0), inner))
	if strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://") {
		return linkTo(text, "")
	}
	return html.EscapeString(text)
}

func figure(x *showing, t *shortcode.Tag, _ string) string {
	get := func(name string) string { return argument(t, name, -1) }
	attribute := func(name, value string) string {
		if value == "" {
			return ""
		}
		return " " + name + `="` + html.EscapeString(value) + `"`
	}
	caption := x.run.Inline(get("caption"))
	alt := cmp.Or(get("alt"), markdown.Plain(caption, 0))
	img := "<img" + attribute("src", argument(t, "src", 0)) + attribute("alt", alt) + attribute("width", get("width")) + attribute("height", get("height")) + ">"
	if link := get("link"); link != "" {
		img = "<a" + attribute("href", link) + ">" + img + "</a>"
	}
	return "<figure>" + img + figureCaption(x, get, caption) + "</figure>"
}

func figureCaption(x *showing, get func(string) string, caption string) string {
	title, attr := get("title"), x.run.Inline(get("attr"))
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

// highlighted is code: a fence where one may stand, so that it gets the colours of all code.
func highlighted(t *shortcode.Tag, at shortcode.Spot) (string, form) {
	code, language := strings.Trim(t.Raw, "\r\n"), argument(t, "lang", 0)
	if at != shortcode.Alone {
		return layout.Code(code, language), asHTML
	}
	fence := "````````"
	for strings.Contains(code, fence) {
		fence += "`"
	}
	return fence + language + "\n" + code + "\n" + fence + strings.Repeat("\n", max(strings.Count(t.Raw, "\n")-strings.Count(code, "\n")-2, 0)), asIs
}
