package hugo

import (
	"cmp"
	"fmt"
	"html"
	"path"
	"regexp"
	"strings"

	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/text"
	"broadsheet/internal/dialect/internal/values"
)

// Shortcodes are Hugo's template text in pages: those that it brings along are
// rendered, of others what stands between their tags stays.

// shortcode matches a tag: {{< name args >}}, {{% name args %}}, with a slash
// before the name that closes one, or one behind the arguments. What is commented
// out, {{</* name */>}}, shows as a tag.
var (
	shortcode    = regexp.MustCompile(`(?s)\{\{([<%])\s*(/?)\s*([\w./-]+)((?:\s+(?:[\w-]+=)?(?:"(?:[^"\\]|\\.)*"|` + "`[^`]*`" + `|[^\s"` + "`" + `]+))*?)\s*(/?)\s*([>%])\}\}`)
	commentedOut = regexp.MustCompile(`(?s)\{\{([<%])/\*(.*?)\*/([>%])\}\}`)
	argument     = regexp.MustCompile("(?s)(?:([\\w-]+)=)?(?:\"((?:[^\"\\\\]|\\\\.)*)\"|`([^`]*)`|([^\\s\"`]+))")
)

// arguments of a shortcode: named ones, and others by position.
type arguments struct {
	named map[string]string
	list  []string
}

func argumentsOf(text string) arguments {
	a := arguments{named: map[string]string{}}
	for _, m := range argument.FindAllStringSubmatch(text, -1) {
		value := strings.ReplaceAll(m[2], `\"`, `"`) + m[3] + m[4]
		if m[1] != "" {
			a.named[strings.ToLower(m[1])] = value
			continue
		}
		a.list = append(a.list, value)
	}
	return a
}

// get returns the argument of a name, or of a position.
func (a arguments) get(name string, position int) string {
	if v := a.named[name]; v != "" || position >= len(a.list) {
		return v
	}
	return a.list[position]
}

// render renders the shortcodes of the body.
func (h hugo) render(r *rules.Reading, body []byte) []byte {
	shown := string(body)
	if !strings.Contains(shown, "{{<") && !strings.Contains(shown, "{{%") {
		return body
	}
	unknown := map[string]bool{}
	shown = text.WithoutComments(shown)
	shown = h.shortcodes.render(shown)
	shown = shortcode.ReplaceAllStringFunc(shown, func(tag string) string {
		m := shortcode.FindStringSubmatch(tag)
		if m[1] == "<" != (m[6] == ">") {
			return tag
		}
		name, closing := strings.ToLower(m[3]), m[2] != ""
		render, known := builtins[name]
		if !known {
			if !unknown[name] && len(unknown) < maxUnknown {
				unknown[name] = true
				r.Warn(r.LineOf(tag), fmt.Sprintf("unknown shortcode %q: its tags are left out, what stands between them stays", m[3]))
			}
			return ""
		}
		return render(h, r, argumentsOf(m[4]), closing)
	})
	return []byte(commentedOut.ReplaceAllString(shown, "{{$1$2$3}}"))
}

// maxUnknown bounds how many unknown shortcodes of a page are named.
const maxUnknown = 20

// builtins are the shortcodes that Hugo brings along.
var builtins = map[string]func(hugo, *rules.Reading, arguments, bool) string{
	"figure": func(_ hugo, _ *rules.Reading, a arguments, _ bool) string { return figure(a) },
	"youtube": func(_ hugo, _ *rules.Reading, a arguments, _ bool) string {
		return linkTo("https://www.youtube.com/watch?v=" + a.get("id", 0))
	},
	"vimeo": func(_ hugo, _ *rules.Reading, a arguments, _ bool) string {
		return linkTo("https://vimeo.com/" + a.get("id", 0))
	},
	"gist": func(_ hugo, _ *rules.Reading, a arguments, _ bool) string {
		return linkTo("https://gist.github.com/" + a.get("user", 0) + "/" + a.get("id", 1))
	},
	"tweet": status,
	"x":     status,
	"instagram": func(_ hugo, _ *rules.Reading, a arguments, _ bool) string {
		return linkTo("https://www.instagram.com/p/" + a.get("id", 0) + "/")
	},
	"ref":    reference,
	"relref": reference,
	"param": func(_ hugo, r *rules.Reading, a arguments, _ bool) string {
		return html.EscapeString(values.TextIn(r.Block.Meta, a.get("name", 0)))
	},
	"highlight": fence,
	"details": func(_ hugo, _ *rules.Reading, a arguments, closing bool) string {
		if closing {
			return "\n\n</details>\n\n"
		}
		return "\n\n<details><summary>" + html.EscapeString(a.get("summary", 0)) + "</summary>\n\n"
	},
	"qr":      func(hugo, *rules.Reading, arguments, bool) string { return "" },
	"comment": func(hugo, *rules.Reading, arguments, bool) string { return "" },
}

func status(_ hugo, _ *rules.Reading, a arguments, _ bool) string {
	user, id := a.named["user"], a.get("id", 0)
	if user == "" {
		user = "i"
	}
	return linkTo("https://x.com/" + user + "/status/" + id)
}

// linkTo is a link that shows its address. What Markdown would make something of
// there, a second link before all, is written in another way.
func linkTo(url string) string {
	return `<a href="` + html.EscapeString(url) + `">` + notMarkdown.Replace(html.EscapeString(url)) + `</a>`
}

var notMarkdown = strings.NewReplacer(":", "&#58;", "_", "&#95;", "*", "&#42;", "~", "&#126;", "[", "&#91;", "`", "&#96;")

func figure(a arguments) string {
	var out strings.Builder
	out.WriteString("<figure>")
	img := fmt.Sprintf(`<img src="%s" alt="%s">`, html.EscapeString(a.get("src", 0)), html.EscapeString(cmp.Or(a.named["alt"], a.named["caption"])))
	if link := a.named["link"]; link != "" {
		img = `<a href="` + html.EscapeString(link) + `">` + img + `</a>`
	}
	out.WriteString(img)
	if title, caption := a.named["title"], a.named["caption"]; title != "" || caption != "" {
		out.WriteString("<figcaption>")
		if title != "" {
			out.WriteString("<h4>" + html.EscapeString(title) + "</h4>")
		}
		if caption != "" {
			out.WriteString("<p>" + html.EscapeString(caption) + "</p>")
		}
		out.WriteString("</figcaption>")
	}
	return out.String() + "</figure>"
}

// reference leads to another page, named as its file: the address of a Markdown
// link, which is found as any other one to a file is.
func reference(h hugo, _ *rules.Reading, a arguments, _ bool) string {
	ref := a.get("path", 0)
	file, fragment, found := strings.Cut(ref, "#")
	if file == "" {
		return ref
	}
	if path.Ext(file) == "" {
		file += ".md"
	}
	if strings.HasPrefix(file, "/") {
		file = "/" + h.contents[len(h.contents)-1].folder + strings.TrimPrefix(file, "/")
	}
	if found {
		file += "#" + fragment
	}
	return strings.ReplaceAll(file, " ", "%20")
}

func fence(_ hugo, _ *rules.Reading, a arguments, closing bool) string {
	if closing {
		return "\n````````\n"
	}
	return "\n````````" + a.get("lang", 0) + "\n"
}
