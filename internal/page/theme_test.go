package page_test

import (
	"html/template"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/internal/page"
)

func folder(files map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestOverridesOfAThemeAreUsed(t *testing.T) {
	for _, c := range []struct {
		name, file, content string
		kind                page.Kind
		want, also          string // also: of the built-in theme, still there
	}{
		{"a part of one kind", "post.html", `{{define "main"}}<h1>Mine: {{.Post.Title}}</h1>{{end}}`, page.Post, "<h1>Mine: T</h1>", "og:title"},
		{"a part of all kinds", "base.html", `{{define "footer"}}<footer>Mine</footer>{{end}}`, page.Archive, "<footer>Mine</footer>", "og:title"},
		{"a whole document", "404.html", `<!DOCTYPE html><title>{{.T "lost"}}</title>{{template "masthead" .}}`, page.NotFound, "<title>Page not found</title>", "masthead"},
		{"the whole base", "base.html", `<html>{{template "main" .}}</html>`, page.Index, "<html>", "entries"},
		{"words of a language", "words/en.json", `{"words": {"subscribe": "Follow"}}`, page.Index, ">Follow</a>", "Archive"},
		{"another language", "words/sv.json", `{"words": {"subscribe": "Prenumerera"}}`, page.Index, "Subscribe", "Archive"},
		{"nothing", "post.html", " \n", page.Post, "<h1>T</h1>", "og:title"},
	} {
		t.Run(c.name, func(t *testing.T) {
			theme, problems := page.Load(folder(map[string]string{c.file: c.content}), "theme")
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			p := page.Page{Site: site("en", "S"), Post: &page.Entry{Title: "T"}}
			document := string(render(t, theme, sample{c.name, c.kind, p}))
			if !strings.Contains(document, c.want) || !strings.Contains(document, c.also) {
				t.Errorf("expected %q and %q in\n%s", c.want, c.also, document)
			}
			if theme.Hash() == load(t).Hash() {
				t.Error("the theme has the hash of the built-in one")
			}
		})
	}
}

func TestWordsOfANewLanguageAreUsed(t *testing.T) {
	theme, problems := page.Load(folder(map[string]string{"words/sv.json": `{"date": "{day} {month} {year}", "words": {"subscribe": "Prenumerera"}}`}), "theme")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	document := string(render(t, theme, sample{"sv", page.Index, page.Page{Site: site("sv-SE", "S")}}))
	if !strings.Contains(document, "Prenumerera") || strings.Contains(document, `lang="en"`) {
		t.Errorf("got\n%s", document)
	}
}

func TestFilesOfAThemeAreHandedOut(t *testing.T) {
	theme, problems := page.Load(folder(map[string]string{"page.css": "body{}", "fonts/a.woff2": "font", ".git/config": "no", "feed.css": "rss{}"}), "theme")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var names []string
	for _, a := range theme.Assets() {
		names = append(names, a.Name)
	}
	if got := strings.Join(names, " "); got != "fonts/a.woff2 icon.svg page.css" {
		t.Errorf("handed out: %s", got)
	}
	if got := string(asset(t, theme, "page.css")); got != "body{}" {
		t.Errorf("page.css is %q", got)
	}
	if style, err := theme.FeedStyle(page.Site{}); string(style) != "rss{}" || err != nil {
		t.Errorf("feed.css is %q, %v", style, err)
	}
}

func TestBrokenOverridesAreProblems(t *testing.T) {
	builtIn, all, want := load(t), samples(t), map[string]string{}
	for _, s := range all {
		want[s.name] = string(render(t, builtIn, s))
	}
	for _, c := range []struct {
		name, file, content string
		line                int
		message             string
	}{
		{"a template that does not parse", "index.html", "\n{{if}}", 2, "missing value for if"},
		{"a template that asks for what is not there", "post.html", `{{define "main"}}` + "\n\n{{.Post.Nonsense}}{{end}}", 3, "Nonsense"},
		{"a template that breaks out of its place", "term.html", `{{define "main"}}<a href="{{if .URL}}"{{end}}>{{end}}`, 1, "different contexts"},
		{"a template that expects a value", "archive.html", `{{define "main"}}{{(index .Years 0).Year}}{{end}}`, 1, "index out of range"},
		{"a call of a part that is missing", "author.html", `{{define "main"}}{{template "nowhere" .}}{{end}}`, 1, "no such template"},
		{"a base that does not parse", "base.html", "<html>\n<body>{{range}}", 2, "missing value for range"},
		{"a base that fails with some kinds", "base.html", "{{.Post.Title}}", 1, "nil pointer"},
		{"words that are no JSON", "words/en.json", "{", 0, "unexpected EOF"},
		{"words with too few months", "words/sv.json", `{"months": ["januari"]}`, 0, "1 months; expected 12"},
		{"words of no language", "words/nonsense!.json", `{}`, 0, "named after no language"},
		{"a key of words that nobody knows", "subscribe.html", `{{define "main"}}{{.T "nonsense"}}{{end}}`, 1, `no words for "nonsense"`},
		{"a template of no kind", "posts.html", "x", 0, "no page is made from this template"},
		{"a style sheet that does not parse", "feed.css", "a {\n{{end}}", 2, "unexpected {{end}}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			theme, problems := page.Load(folder(map[string]string{c.file: c.content}), "my/theme")
			if len(problems) != 1 {
				t.Fatalf("%d problems: %v", len(problems), problems)
			}
			if p := problems[0]; p.File != "my/theme/"+c.file || p.Line != c.line || !strings.Contains(p.Message, c.message) {
				t.Errorf("problem: %v", p)
			}
			for _, s := range all {
				if got := render(t, theme, s); string(got) != want[s.name] {
					t.Fatalf("%s is not that of the built-in theme:\n%s", s.name, got)
				}
			}
		})
	}
}

func TestAnOverrideThatFailsLaterIsReplaced(t *testing.T) {
	theme, problems := page.Load(folder(map[string]string{"index.html": `{{define "main"}}{{if eq .Site.Title "Late"}}{{index .Posts 99}}{{end}}{{end}}`}), "theme")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	document, err := theme.Render(page.Index, page.Page{Site: site("en", "Late")})
	if err == nil || !strings.HasPrefix(err.Error(), "theme/index.html:1: ") {
		t.Errorf("the error is %v", err)
	}
	if !strings.Contains(string(document), "Nothing has been published yet.") {
		t.Errorf("the page is %s", document)
	}
}

func TestAMissingFolderIsNoProblem(t *testing.T) {
	if _, problems := page.Load(fstest.MapFS{}, "theme"); len(problems) > 0 {
		t.Error(problems)
	}
}

// Programs that look for feeds compare types letter by letter.
func TestPlusSignsStandAsTheyAre(t *testing.T) {
	theme, problems := page.Load(folder(map[string]string{"404.html": `{{define "main"}}<p title="{{.Title}}">{{.Title}}</p>
{{range .PageFeeds}}<a type="{{.Type}}" href="{{.URL}}">feed</a>{{end}}
<script>var escape = "&#43;", title = {{.Title}};</script><style>p::after { content: "&#43;" }</style>{{end}}`}), "theme")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	document, err := theme.Render(page.NotFound, page.Page{
		Title: "C++ & more", Feeds: []page.Feed{{Format: "RSS 2.0", Type: "application/rss+xml", URL: "https://example.org/tags/C++/rss.xml"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<link rel="alternate" type="application/rss+xml" title=" (RSS 2.0)" href="https://example.org/tags/C++/rss.xml">`,
		`<p title="C++ &amp; more">C++ &amp; more</p>`, `<a type="application/rss+xml" href="https://example.org/tags/C++/rss.xml">`,
		`var escape = "&#43;", title = "C++ \u0026 more";`, `content: "&#43;"`,
	} {
		if !strings.Contains(string(document), want) {
			t.Errorf("%s is not in\n%s", want, document)
		}
	}
}

func TestAPostWithoutATextShowsItsSummary(t *testing.T) {
	for _, c := range []struct{ content, want string }{{"", "<p>In &lt;short&gt;</p>"}, {"<p>At length</p>", "\n<p>At length</p>\n"}} {
		p := page.Page{Site: site("en", "S"), Post: &page.Entry{Title: "T", Summary: "In <short>", Content: template.HTML(c.content)}}
		if document := string(render(t, load(t), sample{"post", page.Post, p})); !strings.Contains(document, c.want) {
			t.Errorf("%q is not in\n%s", c.want, document)
		}
	}
}
