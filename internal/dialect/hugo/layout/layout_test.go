package layout_test

import (
	"html/template"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/dialect/hugo/layout"
)

// run returns a run of layouts by their files, of which the site's are in no theme.
func run(files map[string]string) *layout.Run {
	texts := map[string][]byte{}
	for name, text := range files {
		texts[name] = []byte(text)
	}
	site := layout.NewSite(layout.Site{Title: "Site", Params: map[string]any{"color": "red"}}, "https://example.org/blog")
	return layout.New(texts, []string{"near", "far"}).NewRun(layout.Env{
		Site: site, Now: time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC), Markdown: func(text string) (string, error) { return "<p>" + text + "</p>\n", nil },
		Page: &layout.Page{
			Title: "Page", Site: site, Params: map[string]any{"size": 3}, Address: func() string { return "https://example.org/blog/a/" },
			Reference: func(path, _ string) string { return "/" + path }, Date: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC),
		},
	})
}

// show shows a layout that is called with an argument, "arg".
func show(text string) (string, error) {
	r := run(map[string]string{"layouts/shortcodes/a.html": text, "layouts/partials/p.html": "p:{{ . }}", "layouts/partials/deep.html": `{{ partial "deep" . }}`})
	return r.Shortcode("a", &layout.Call{Name: "a", Args: layout.Args{List: []any{"arg"}}, Inner: template.HTML("<i>in</i>")})
}

func TestFunctions(t *testing.T) {
	for text, want := range map[string]string{
		`{{ .Get 0 }} {{ .Inner }} {{ .Page.Title }} {{ site.Title }} {{ page.Title }}`:                               "arg <i>in</i> Page Site Page",
		`{{ .Page.Params.Size }} {{ .Page.Param "color" }}`:                                                           "3 red",
		`{{ add 1 2 }} {{ sub 5 2 }} {{ div 7 2 }} {{ mod 7 3 }} {{ math.Max 1 2 }}`:                                  "3 3 3 1 2",
		`{{ upper "a" }} {{ strings.ToLower "B" }} {{ title "the sea" }}`:                                             "A b The Sea",
		`{{ range seq 3 }}{{ . }}{{ end }} {{ range seq 3 1 }}{{ . }}{{ end }} {{ range seq 1 2 5 }}{{ . }}{{ end }}`: "123 321 135",
		`{{ delimit (slice "a" "b" "c") ", " " and " }}`:                                                              "a, b and c",
		`{{ $d := dict "b" 1 "a" 2 }}{{ index $d "b" }} {{ delimit $d "," }}`:                                         "1 2,1",
		`{{ index (slice "a" "b") 1 }}{{ index (slice "a") 9 }}`:                                                      "b",
		`{{ first 2 (slice 1 2 3) }} {{ last 1 (slice 1 2 3) }} {{ after 1 (slice 1 2 3) }}`:                          "[1 2] [3] [2 3]",
		`{{ sort (slice 3 1 2) }} {{ sort (slice 3 1 2) "value" "desc" }}`:                                            "[1 2 3] [3 2 1]",
		`{{ range sort (slice (dict "n" 2) (dict "n" 1)) "n" }}{{ .n }}{{ end }}`:                                     "12",
		`{{ uniq (slice 1 2 1) }} {{ collections.Reverse (slice 1 2) }} {{ append 3 (slice 1 2) }}`:                   "[1 2] [2 1] [1 2 3]",
		`{{ in (slice "a" "b") "b" }} {{ in "abc" "bc" }} {{ in (slice 1) 2 }}`:                                       "true true false",
		`{{ with merge (dict "a" 1) (dict "a" 2 "b" 3) }}{{ .a }}{{ .b }}{{ end }}`:                                   "23",
		`{{ replace "aXbX" "X" "-" }} {{ replace "aXbX" "X" "-" 1 }} {{ replaceRE "(\\w)X" "X$1" "aXbX" }}`:           "a-b- a-bX XaXb",
		`{{ findRE "[ab]" "cabd" }} {{ findRE "[ab]" "cabd" 1 }}`:                                                     "[a b] [a]",
		`{{ printf "%d-%s" 3 "a" }} {{ print "a" 1 }}`:                                                                "3-a a1",
		`{{ jsonify (dict "b" 1 "a" "x") }}`:                                                                          `{"a":"x","b":1}`,
		`{{ markdownify "a" }} {{ plainify "<b>a</b>" }} {{ htmlEscape "<" | safeHTML }}`:                             "a a &lt;",
		`{{ highlight "x < y" "go" }}`:                                                                                "<pre><code class=\"language-go\">x &lt; y\n</code></pre>",
		`{{ absURL "b" }} {{ relURL "b" }} {{ ref . "b.md" }}`:                                                        "https://example.org/blog/b /blog/b /b.md",
		`{{ now.Year }} {{ dateFormat "2006-01-02" .Page.Date }} {{ time.Format ":date_long" "2026-01-02" }}`:         "2026 2026-03-02 January 2, 2026",
		`{{ partial "p.html" 3 }} {{ partial "P" 4 }} {{ partialCached "p" 5 "key" }}`:                                "p:3 p:4 p:5",
		`{{ if eq .Name "a" }}yes{{ else }}no{{ end }} {{ cond true 1 2 }} {{ default "d" "" }}`:                      "yes 1 d",
		`{{ $x := 1 }}{{ range slice 1 2 }}{{ $x = add $x . }}{{ end }}{{ $x }}`:                                      "4",
		`{{ .Scratch.Set "k" 1 }}{{ .Scratch.Get "k" }} {{ hugo.Environment }} {{ hugo.IsServer }}`:                   "1 production false",
		`{{ define "t" }}t{{ . }}{{ end }}{{ template "t" 1 }}`:                                                       "t1",
		`{{ safeHTML "<b>" }} {{ "<b>" | safeHTML }} {{ warnf "%s" "a" }}`:                                            "<b> <b> ",
		`{{ strings.Repeat 3 "a" }} {{ substr "abc" 1 }} {{ countwords "a b" }} {{ path.Join "a" "b" }}`:              "aaa bc 2 a/b",
	} {
		got, err := show(text)
		if err != nil || template.HTML(got) != template.HTML(want) {
			t.Errorf("%s: %q, %v; want %q", text, got, err, want)
		}
	}
}

// An error says what the layout asks for, and not where in a template that stands.
func TestErrorsNameWhatIsMissing(t *testing.T) {
	for text, want := range map[string]string{
		`{{ readFile "a" }}`:               `it asks for "readFile", which only Hugo has`,
		`{{ resources.Get "a" }}`:          `it asks for "resources.Get", which only Hugo has`,
		`{{ .Site.RegularPages }}`:         `it asks for ".RegularPages", which only Hugo has`,
		`{{ partial "none.html" }}`:        `there is no partial "none.html"`,
		`{{ div 1 0 }}`:                    `it divides by zero`,
		`{{ errorf "stop" }}`:              `stop`,
		`{{ if }}`:                         `its layout is no template`,
		`{{ range seq 99999 }}{{ end }}`:   `it does too much`,
		`{{ partial "deep" . }}`:           `it does too much`,
		`{{ strings.Repeat 9999999 "a" }}`: `it does too much`,
		`{{ dict "a" }}`:                   `it makes a map of 1 values`,
		`{{ merge 1 }}`:                    `it merges int, which is no map`,
		`{{ seq 1 2 3 4 }}`:                `it counts by 4 numbers`,
		`{{ append 1 2 }}`:                 `it appends to int, which is no list`,
	} {
		if got, err := show(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %q, %v; want %q", text, got, err, want)
		}
	}
	if _, err := show(strings.Repeat("a", 65<<10)); err == nil || err.Error() != "its layout is longer than 64 KiB" {
		t.Errorf("a long layout: %v", err)
	}
}

func TestLayoutsOfTheSiteComeFirst(t *testing.T) {
	files := map[string]string{
		"layouts/_shortcodes/a.html": "new", "layouts/shortcodes/a.html": "old", "themes/near/layouts/shortcodes/a.html": "theme", "layouts/shortcodes/a.fr.html": "french",
		"themes/near/layouts/shortcodes/b.html": "near", "themes/far/layouts/shortcodes/b.html": "far", "themes/other/layouts/shortcodes/c.html": "unused",
		"layouts/shortcodes/d.xml": "xml", "layouts/shortcodes/D.html": "html", "layouts/shortcodes/sub/e.html": "below", "layouts/_default/single.html": "page",
	}
	set := layout.New(map[string][]byte{"layouts/shortcodes/a.html": []byte("{{ .Inner }}"), "layouts/shortcodes/b.html": nil}, nil)
	if !set.Has("a") || set.Has("c") || !set.Encloses("a") || set.Encloses("b") || set.Encloses("c") {
		t.Error("layouts are not told from each other")
	}
	r := run(files)
	for name, want := range map[string]string{"a": "new", "b": "near", "d": "html", "sub/e": "below"} {
		if got, err := r.Shortcode(name, &layout.Call{}); got != want || err != nil {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
	if got, err := r.Shortcode("c", &layout.Call{}); err == nil {
		t.Errorf("a theme that is not the site's: %q", got)
	}
}

func TestFilesOfLayouts(t *testing.T) {
	for file, want := range map[string]bool{
		"layouts/shortcodes/a.html": true, "layouts/_shortcodes/a.html": true, "layouts/partials/a.html": true, "layouts/_partials/b/a.html": true, "themes/x/layouts/partials/a.html": true,
		"layouts/_default/a.html": false, "shortcodes/a.html": false, "themes/x/a.html": false, "content/a.md": false, "themes/x": false,
	} {
		if layout.IsOne(file) != want {
			t.Errorf("%s: not %v", file, want)
		}
	}
	for folder, want := range map[string]bool{
		"layouts": false, "themes": false, "themes/x": false, "themes/x/layouts": false, "themes/x/layouts/shortcodes": false, "themes/x/layouts/partials/b": false,
		"themes/x/static": true, "themes/x/layouts/_default": true, "content": false,
	} {
		if layout.Ignores(folder) != want {
			t.Errorf("%s is ignored: not %v", folder, want)
		}
	}
}

// All shortcodes of a page share what they may cost.
func TestRunsAreBoundedAsAWhole(t *testing.T) {
	r := run(map[string]string{"layouts/shortcodes/a.html": `{{ range seq 5000 }}x{{ end }}`})
	var err error
	shown := 0
	for range 10 {
		var text string
		if text, err = r.Shortcode("a", &layout.Call{}); err != nil {
			break
		}
		shown += len(text)
	}
	if err == nil || shown != 15000 {
		t.Errorf("%d bytes, then %v", shown, err)
	}
}
