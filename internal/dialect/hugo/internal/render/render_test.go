package render_test

import (
	"html/template"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/dialect/hugo/internal/render"
	"broadsheet/internal/dialect/hugo/layout"
)

var layouts = map[string][]byte{
	"layouts/shortcodes/box.html":     []byte(`<div>{{ .Inner }}</div>`),
	"layouts/shortcodes/where.html":   []byte(`{{ .Ordinal }}{{ with .Parent }} in {{ .Name }}{{ end }}`),
	"layouts/shortcodes/year.html":    []byte(`{{ now.Year }}`),
	"layouts/shortcodes/figure.html":  []byte(`own figure`),
	"layouts/shortcodes/broken.html":  []byte(`{{ if }}`),
	"layouts/shortcodes/asks.html":    []byte(`{{ .Site.RegularPages }}`),
	"layouts/shortcodes/title.html":   []byte(`{{ .Page.Title }} of {{ site.Title }}, {{ .Page.RenderString "*a*" }}`),
	"layouts/shortcodes/twice.html":   []byte(`{{ .Inner }}{{ .Inner }}`),
	"layouts/shortcodes/partial.html": []byte(`{{ partial "p.html" 3 }}`),
	"layouts/partials/p.html":         []byte(`p{{ . }}`),
	"layouts/shortcodes/refers.html":  []byte(`{{ ref . "a.md" }}`),
}

// show shows a body, and returns what was reported too: the tag, a colon and the message.
func show(body string) (shown string, told []string) {
	site := layout.NewSite(layout.Site{Title: "Site"}, "https://example.org")
	shown = string(render.Body([]byte(body), render.Page{
		Layouts: layout.New(layouts, nil),
		Env: layout.Env{
			Page: &layout.Page{Title: "Page", Params: map[string]any{"color": "red"}, Address: func() string { return "https://example.org/a/" }}, Site: site,
			Now: time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC),
			Markdown: func(text string) (string, error) {
				return "<p>" + strings.ReplaceAll(text, "*a*", "<em>a</em>") + "</p>", nil
			},
		},
		Reference: func(path, language string) string { return "/" + path + language },
		Report:    func(tag, message string) { told = append(told, tag+": "+message) },
	}))
	for _, invisible := range []string{"<x-x></x-x>", " x-x"} {
		shown = strings.ReplaceAll(shown, invisible, "")
	}
	return template.HTMLEscapeString(shown), told
}

func TestShortcodesAreShown(t *testing.T) {
	for body, want := range map[string]string{
		"text":                         "text",
		"a {{< box >}}b{{< /box >}} c": "a <div>b</div> c",
		"{{< box >}}{{< where >}} {{< where >}}{{< /box >}}":    "<div>0 in box 1 in box</div>",
		"{{< where >}} {{< where >}}":                           "0 2", // what stands between counts too
		"{{< figure src=\"a.png\" >}}":                          "own figure",
		"{{< title >}}":                                         "Page of Site, <em>a</em>",
		"{{% title %}}":                                         "Page of Site, <em>a</em>",
		"{{< partial >}}":                                       "p3",
		"{{< param color >}}":                                   "red",
		"[x]({{< ref \"a.md\" >}})":                             "[x](/a.md)",
		"[x]({{< relref path=\"a.md\" lang=\"de\" >}})":         "[x](/a.mdde)",
		"{{< refers >}}":                                        "/a&#46;md",
		"`{{< box >}}b{{< /box >}}`":                            "`b`",
		"{{</* box */>}}":                                       "{{< box >}}",
		"{{< box >}}{{< twice >}}b{{< /twice >}}{{< /box >}}":   "<div>bb</div>",
		"{{< box >}}{{% twice %}}*a*{{% /twice %}}{{< /box >}}": "<div><em>a</em><em>a</em></div>",
		"{{% box %}}*a*{{% /box %}}":                            "<div>*a*</div>", // Markdown, which the page is read as later
	} {
		shown, told := show(body)
		if shown != template.HTMLEscapeString(want) || len(told) > 0 {
			t.Errorf("%s: %s, told %q", body, shown, told)
		}
	}
}

// What cannot be shown is told with its tag, and what stands between its tags stays.
func TestWhatCannotBeShownIsTold(t *testing.T) {
	for body, want := range map[string][2]string{
		"a {{< nobody >}}*b*{{< /nobody >}} c": {"a *b* c", `{{< nobody >}}: unknown shortcode "nobody": its tags are left out, what stands between them stays`},
		"{{< asks >}}b{{< /asks >}}":           {"b", `{{< asks >}}: the shortcode "asks" is not shown: it asks for ".RegularPages", which only Hugo has; what stands between its tags stays`},
		"{{< Broken >}}b{{< /Broken >}}":       {"b", `{{< Broken >}}: the shortcode "Broken" is not shown: its layout is no template`},
		"{{< year >}}":                         {"2026", `: a shortcode shows the present moment ("now"): feeds show that of the post's last change instead`},
		"{{< year >}} {{< year >}}":            {"2026 2026", `: a shortcode shows the present moment`},
		"{{< no >}}{{< no >}}{{< no >}}":       {"", `{{< no >}}: unknown shortcode "no"`},
	} {
		shown, told := show(body)
		if shown != want[0] || len(told) != 1 || !strings.HasPrefix(told[0], want[1]) {
			t.Errorf("%s: %q, told %q", body, shown, told)
		}
	}
}

func TestFewMessagesAreTold(t *testing.T) {
	var body strings.Builder
	for c := 'a'; c <= 'z'; c++ {
		body.WriteString("{{< no" + string(c) + " >}}")
	}
	if _, told := show(body.String()); len(told) != 20 || !strings.Contains(told[0], `"noa"`) {
		t.Errorf("%d are told: %q", len(told), told)
	}
}

func TestShortcodesInsideOfShortcodesAreBounded(t *testing.T) {
	deep := strings.Repeat("{{< box >}}", 40) + "b" + strings.Repeat("{{< /box >}}", 40)
	shown, told := show(deep)
	if strings.Count(shown, "&lt;div&gt;") != 32 || strings.Contains(shown, "b") || !slices.ContainsFunc(told, func(s string) bool { return strings.Contains(s, "enclose each other too often") }) {
		t.Errorf("%s, told %q", shown, told)
	}
	doubled := strings.Repeat("{{< twice >}}", 30) + "b" + strings.Repeat("{{< /twice >}}", 30)
	if shown, told := show(doubled); len(shown) > 16<<20 || len(told) == 0 {
		t.Errorf("%d bytes, told %q", len(shown), told)
	}
}

func TestBodiesWithoutShortcodesAreKnown(t *testing.T) {
	for body, want := range map[string]bool{"": false, "a {{ b }}": false, "{ {<": false, "a {{< b": true, "{{% c %}}": true, "{{</* d */>}}": true} {
		if render.Holds([]byte(body)) != want {
			t.Errorf("%q: not %v", body, want)
		}
	}
}
