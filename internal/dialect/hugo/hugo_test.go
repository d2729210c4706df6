package hugo_test

import (
	"html"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/dialect/hugo"
	dt "broadsheet/internal/dialect/internal/dialecttest"
)

const page = "content/Posts/2026/Hello World.md"

func front(lines ...string) string {
	return dt.Front(append([]string{"date: 2026-03-02"}, lines...)...)
}

func TestPermalinks(t *testing.T) {
	for setting, want := range map[string]string{
		"":                          "/posts/2026/hello-world/",
		"disablePathToLower = true": "/Posts/2026/Hello-World/",
		"uglyURLs = true":           "/posts/2026/hello-world.html",

		"[permalinks]\nPosts = '/:year/:month/:day/:slug/'":            "/2026/03/02/ab-c/", // without a slug the title
		"[permalinks.page]\nPosts = '/:title/'":                        "/ab-c/",
		"[permalinks]\nPosts = '/:sections/:contentbasename/'":         "/posts/hello-world/", // a folder without a page of its own is no section
		"[permalinks]\nPosts = '/:sections[1:]/:filename/'":            "/hello-world/",
		"[permalinks]\nPosts = '/:slugorfilename'":                     "/hello-world/",
		"[permalinks]\nPosts = '/:section/:monthname/:weekdayname/'":   "/posts/march/monday/",
		"[permalinks]\nPosts = '/:yearday/:weekday/:contentbasename/'": "/61/1/hello-world/",
		"[permalinks]\nnotes = '/:title/'":                             "/posts/2026/hello-world/",
	} {
		p := dt.Folder{Settings: setting}.Post(t, hugo.Dialect, page, front(`title: "Ab  c!"`))
		if p.URL != dt.URL+want || p.ID != p.URL {
			t.Errorf("%q: %s with id %s, want %s", setting, p.URL, p.ID, dt.URL+want)
		}
	}
	for line, want := range map[string]string{
		"slug: my own":             "/posts/2026/my-own/",
		"url: /x/y":                "/x/y/",
		"url: x/y.html":            "/x/y.html",
		"url: /:year/:month":       "/2026/03/",
		"permalink: /x/":           "/posts/2026/hello-world/", // no key of Hugo
		"title: A":                 "/posts/2026/hello-world/",
		"publishDate: 2027-01-01":  "/posts/2026/hello-world/",
		"aliases: [/old/, ../two]": "/posts/2026/hello-world/",
	} {
		if p := (dt.Folder{}).Post(t, hugo.Dialect, page, front(line)); p.URL != dt.URL+want {
			t.Errorf("%q: %s, want %s", line, p.URL, dt.URL+want)
		}
	}
}

// A folder below the topmost one is a section only if it has a page of its own.
func TestSectionsInPermalinks(t *testing.T) {
	const name = "content/a/b/c/trip/index.md"
	for _, test := range []struct{ pages, pattern, want string }{
		{"", ":sections", "/a/trip/"},
		{"a", ":sections", "/a/trip/"},
		{"a/b", ":sections", "/a/b/trip/"},
		{"a/b/c", ":sections", "/a/b/c/trip/"}, // whatever lies above
		{"a/b/c", ":sections[last]", "/c/trip/"},
		{"a/b/c", ":sections[1]", "/b/trip/"},
		{"a/b/c", ":sections[1:]", "/b/c/trip/"},
		{"a/b/c", ":sections[:last]", "/a/b/trip/"},
		{"a/b/c", ":sections[7]", "/trip/"},
		{"x/y", ":sections", "/a/trip/"},
	} {
		f := dt.Folder{
			Settings: "[permalinks]\na = '/" + test.pattern + "/:contentbasename/'",
			Data:     map[string]string{"content/" + test.pages + "/_index.md": "---\ntitle: A\n---\n", name: ""},
		}
		if p := f.Post(t, hugo.Dialect, name, front()); p.URL != dt.URL+test.want {
			t.Errorf("%s with a page of %q: %s, want %s", test.pattern, test.pages, p.URL, dt.URL+test.want)
		}
	}
}

func TestPagesOfLanguages(t *testing.T) {
	const two = "defaultContentLanguage = 'en'\n[languages.en]\n[languages.fr]\n[languages.de]\ncontentDir = 'deutsch'\n"
	for _, test := range []struct{ settings, name, url, language string }{
		{two, "content/a.md", "/a/", ""},
		{two, "content/a.en.md", "/a/", "en"},
		{two, "content/a.fr.md", "/fr/a/", "fr"},
		{two, "deutsch/a.md", "/de/a/", "de"},
		{"defaultContentLanguageInSubdir = true\n" + two, "content/a.en.md", "/en/a/", "en"},
		{"", "content/a.fr.md", "/a.fr/", ""}, // a site with one language
	} {
		p := dt.Folder{Settings: test.settings}.Post(t, hugo.Dialect, test.name, front())
		if p.URL != dt.URL+test.url || p.Language() != test.language {
			t.Errorf("%s: %s in %q, want %s in %q", test.name, p.URL, p.Language(), dt.URL+test.url, test.language)
		}
	}
}

func TestDates(t *testing.T) {
	const byName = "[frontmatter]\ndate = [':filename', ':default']\n"
	for _, test := range []struct{ settings, name, front, published, updated, expires string }{
		{"", page, "date: 2026-03-02", "2026-03-02", "2026-03-02", ""},
		{"", page, "DATE: 2026-03-02", "2026-03-02", "2026-03-02", ""},
		{"", page, "date: 2026-03-02\npublishDate: 2026-03-05", "2026-03-05", "2026-03-05", ""},
		{"", page, "date: 2026-03-02\nlastmod: 2026-04-01", "2026-03-02", "2026-04-01", ""},
		{"", page, "date: 2026-03-02\nlastmod: 2026-01-01", "2026-03-02", "2026-03-02", ""},
		{"", page, "lastmod: 2026-04-01", "2026-04-01", "2026-04-01", ""},
		{"", page, "date: 2026-03-02\nexpiryDate: 2026-05-01", "2026-03-02", "2026-03-02", "2026-05-01"},
		{"buildExpired = true", page, "date: 2026-03-02\nexpiryDate: 2026-05-01", "2026-03-02", "2026-03-02", ""},
		{"", page, "date: soon\npubdate: 2026-03-03", "2026-03-03", "2026-03-03", ""},
		{byName, "content/2026-03-02-a.md", "title: A", "2026-03-02", "2026-03-02", ""},
		{byName, "content/2026-03-02-a.md", "date: 2026-01-01", "2026-01-01", "2026-01-01", ""}, // as Hugo's feeds have it
		{"[frontmatter]\ndate = ['written']\n", page, "written: 2026-03-02", "2026-03-02", "2026-03-02", ""},
	} {
		p := dt.Folder{Settings: test.settings}.Post(t, hugo.Dialect, test.name, dt.Front(test.front))
		expires := ""
		if !p.Expires().IsZero() {
			expires = p.Expires().Format(time.DateOnly)
		}
		if p.Published.Format(time.DateOnly) != test.published || p.Updated.Format(time.DateOnly) != test.updated || expires != test.expires {
			t.Errorf("%q with %q: %s, updated %s, expires %q", test.front, test.settings, p.Published, p.Updated, expires)
		}
		if _, offset := p.Published.Zone(); offset != 2*60*60 {
			t.Errorf("%q is not in the site's zone: %s", test.front, p.Published)
		}
	}
}

func TestStates(t *testing.T) {
	const date = "date: 2026-03-02\n"
	bundle := map[string]string{"content/a/index.md": ""}
	for _, test := range []struct {
		name, front, settings string
		data                  map[string]string
		want                  string
	}{
		{page, date, "", nil, "public"},
		{"content/a.html", date, "", nil, "public"},
		{page, "title: documentation", "", nil, "other"},
		{"other/a.md", date, "", nil, "other"},
		{"content/_index.md", date, "", nil, "other"},
		{"content/a/index.md", date, "", bundle, "public"},
		{"content/a/b.md", date, "", bundle, "other"},
		{"content/a/b/c.md", date, "", bundle, "other"},
		{page, date + "draft: true", "", nil, "draft"},
		{page, date + "draft: maybe", "", nil, "draft"}, // when in doubt, it is not public
		{page, date + "Draft: yes", "", nil, "draft"},
		{page, date + "draft: true", "buildDrafts = true", nil, "public"},
		{page, date + "headless: true", "", nil, "draft"},
		{page, date + "build: {render: never}", "", nil, "draft"},
		{page, date + "_build: {render: link}", "", nil, "draft"},
		{page, date + "build: {list: never}", "", nil, "unlisted"},
		{page, date + "status: draft", "", nil, "public"},
		{page, date, "ignoreFiles = ['Hello']", nil, "other"},
		{page, date, "[[cascade]]\ndraft = true\n", nil, "draft"},
		{page, date + "draft: false", "[[cascade]]\ndraft = true\n[cascade._target]\nkind = 'page'\n", nil, "public"},
		{page, date + "draft: false", "[[cascade]]\ndraft = true\n", nil, "draft"}, // so is its section
		{page, date, "", map[string]string{"content/Posts/_index.md": "---\ncascade: {draft: true}\n---\n"}, "draft"},
		{page, date, "", map[string]string{"content/notes/_index.md": "---\ncascade: {draft: true}\n---\n"}, "public"},
		{page, date, "[[cascade]]\ndraft = 'maybe'\n", nil, "draft"},
		{page, date, "[[cascade]]\n_build = 'maybe'\n", nil, "draft"},
		{page, date, "cascade = 'draft'\n", nil, "draft"},
		{page, date + "build: never", "", nil, "draft"}, // nobody knows what it never does
		{page, date, "", map[string]string{"content/Posts/_INDEX.md": "---\ndraft: true\n---\n"}, "draft"},
		{page, date, "", map[string]string{"content/Posts/_index.html": "---\ndraft: true\n---\n"}, "draft"},
		{page, date, "", map[string]string{"content/Posts/_index.org": "#+title: A\n#+DRAFT: t\n"}, "draft"},
		{page, date, "", map[string]string{"content/Posts/_index.adoc": "= A\n:draft:\n"}, "draft"},
		{page, date, "", map[string]string{"content/Posts/_index.rst": "+++\ndraft = true\n+++\n"}, "draft"},
		{page, date, "", map[string]string{"content/Posts/_index.org": "#+title: A\n#+date: <2020-01-02 Thu 10:00>\n#+draft: false\n"}, "public"},
		{page, date, "", map[string]string{"content/Posts/_index.adoc": "= A\n:author: draft\n:draft: false\n"}, "public"},
		{page, date, "", map[string]string{"content/Posts/_index.md": "---\ntitle: A\n---\n", "content/Posts/_index.org": "#+draft: true\n"}, "draft"},
		{page, date, "", map[string]string{"content/Posts/_index.png": "draft: true\n"}, "public"},
		{"content/_INDEX.md", date, "", nil, "other"},
		{"content/a.org", date, "", nil, "other"},
		{"articles/a.md", date, "contentDir = 'articles'", nil, "public"},
		{page, date, "contentDir = 'articles'", nil, "other"},
	} {
		r := dt.Folder{Settings: test.settings, Data: test.data}.Read(t, hugo.Dialect, test.name, dt.Front(test.front))
		if dt.States[r.State] != test.want {
			t.Errorf("%s with %q and %q is %s, want %s: %v", test.name, test.front, test.settings, dt.States[r.State], test.want, r.Problems)
		}
	}
}

func TestPageWithoutDateIsTold(t *testing.T) {
	r := (dt.Folder{}).Read(t, hugo.Dialect, page, dt.Front("title: A"))
	want := blog.Problem{File: page, Line: 1, Severity: blog.Warning, Cause: "page without a date",
		Message: `the page has no date, and so is no post: expected "date" in its front matter`}
	if len(r.Problems) != 1 || r.Problems[0] != want {
		t.Errorf("told %v", r.Problems)
	}
}

func TestTermsAreThoseOfTheTaxonomies(t *testing.T) {
	for _, test := range []struct{ settings, front, want string }{
		{"", "tags: [b, a]\ncategories: [c]", "category c, tag b, tag a"},
		{"", "Tags: [a]", "tag a"},
		{"", "series: [a]", ""},
		{"[taxonomies]\nserie = 'series'", "series: [a]\ntags: [b]", "tag a, tag b"},
		{"[taxonomies]\nauthor = 'authors'", "authors: [Ada]", ""},
	} {
		if p := (dt.Folder{Settings: test.settings}).Post(t, hugo.Dialect, page, front(test.front)); dt.Terms(p) != test.want {
			t.Errorf("%q with %q: %q, want %q", test.front, test.settings, dt.Terms(p), test.want)
		}
	}
}

func TestSummaries(t *testing.T) {
	for _, test := range []struct{ front, body, summary, excerpt, description string }{
		{"summary: '*Said.*'", "One.", "", "*Said.*", ""},
		{"title: A", "One.\n\n<!--more-->\nTwo.", "", "One.\n\n", ""},
		{"summary: Said.", "One.\n<!--more-->\nTwo.", "", "One.\n", ""},
		{"description: For machines.", "One.", "", "", "For machines."},
	} {
		p := (dt.Folder{}).Post(t, hugo.Dialect, page, "---\ndate: 2026-03-02\n"+test.front+"\n---\n"+test.body)
		words := 0
		if test.excerpt == "" {
			words = 70
		}
		if p.Summary() != test.summary || string(p.Excerpt()) != test.excerpt || p.Description() != test.description || p.SummaryWords() != words {
			t.Errorf("%q: summary %q, excerpt %q, description %q, %d words", test.front, p.Summary(), p.Excerpt(), p.Description(), p.SummaryWords())
		}
	}
}

func TestShortcodes(t *testing.T) {
	layouts := map[string]string{
		"layouts/shortcodes/box.html":  `<div class="{{ .Get "kind" | default "note" }}">{{ .Inner }}</div>`,
		"layouts/shortcodes/loop.html": `{{ range .Params }}x{{ end }}`,
		"layouts/shortcodes/file.html": `{{ readFile "secret.txt" }}`,
		"layouts/shortcodes/gone.html": `{{ .Site.RegularPages }}`,
		"layouts/shortcodes/year.html": `{{ now.Year }}`,
	}
	for body, want := range map[string]string{
		`{{< youtube abc >}}`:                           `<a href="https://www.youtube.com/watch?v=abc">https&#58;//www&#46;youtube&#46;com/watch?v&#61;abc</a>`,
		`{{< youtube >}}`:                               ``,
		`{{< vimeo 12 >}}`:                              `<a href="https://vimeo.com/12">https&#58;//vimeo&#46;com/12</a>`,
		`{{< gist ada 12 >}}`:                           `<a href="https://gist.github.com/ada/12">https&#58;//gist&#46;github&#46;com/ada/12</a>`,
		`{{< x user="ada" id="12" >}}`:                  `<a href="https://x.com/ada/status/12">https&#58;//x&#46;com/ada/status/12</a>`,
		`{{< qr text="https://a.example" />}}`:          `<a href="https://a.example">https&#58;//a&#46;example</a>`,
		`{{< figure src="a.png" caption="B" >}}`:        `<figure><img src="a.png" alt="B"><figcaption><p>B</p></figcaption></figure>`,
		`[x]({{< ref "b.md#c" >}})`:                     `[x](b.md#c)`,
		`[x]({{% relref "/posts/b" %}})`:                `[x](/content/posts/b.md)`,
		"{{< highlight go >}}\nx\n{{< /highlight >}}":   "````````go\nx\n````````",
		`a{{< comment >}}secret{{< /comment >}}b`:       `a<!---->b`,
		`{{</* youtube abc */>}}`:                       `{{< youtube abc >}}`,
		`{{< box >}}in{{< /box >}}`:                     `<div class="note">in</div>`,
		`{{% box kind="tip" %}}in{{% /box %}} out`:      `<div class="tip">in</div> out`,
		`{{< loop >}}`:                                  ``,
		`{{< loop a b >}}`:                              `xx`,
		`{{< param title >}}`:                           `Ab`,
		`{{< year >}}`:                                  `2026`,
		`{{< details summary="S" >}}in{{< /details >}}`: `<details><summary>S</summary><p>in</p>&#10;</details>`,
		`{{< nobody >}}left{{< /nobody >}}`:             `left`,
		`{{< file >}}left{{< /file >}}`:                 `left`,
		`{{< gone >}}left *too*{{< /gone >}}`:           `left *too*`,
	} {
		f := dt.Folder{Data: layouts, Settings: "[markup.goldmark.renderer]\nunsafe = true\n"}
		r := f.Read(t, hugo.Dialect, page, "---\ndate: 2026-03-02\ntitle: Ab\n---\n"+body)
		if r.Post == nil || strings.ReplaceAll(string(r.Post.Body), " x-x>", ">") != want {
			t.Errorf("%s: %s, want %q", body, r.Post.Body, want)
		}
		told := strings.Contains(body, "nobody") || strings.Contains(body, "file") || strings.Contains(body, "gone") || strings.Contains(body, "year")
		if len(r.Problems) > 0 != told {
			t.Errorf("%s: told %v", body, r.Problems)
		}
	}
}

// TestLayoutsAreBounded holds that a layout, however it loops, ends soon and shows little.
func TestLayoutsAreBounded(t *testing.T) {
	for name, layout := range map[string]string{
		"loops":     `{{ range seq 9999 }}{{ range seq 9999 }}x{{ end }}{{ end }}`,
		"doubling":  `{{ $s := "x" }}{{ range seq 60 }}{{ $s = print $s $s }}{{ end }}{{ $s }}`,
		"lists":     `{{ $s := slice 1 }}{{ range seq 60 }}{{ $s = slice $s $s }}{{ end }}{{ $s }}`,
		"appending": `{{ $s := slice 1 }}{{ range seq 60 }}{{ $s = append $s $s }}{{ end }}{{ len $s }}`,
		"replacing": `{{ $s := "aaaa" }}{{ range seq 60 }}{{ $s = replace $s "a" "aa" }}{{ end }}{{ $s }}`,
		"widths":    `{{ range seq 999 }}{{ printf "%0999999d" 1 }}{{ end }}`,
		"repeating": `{{ strings.Repeat 999999999 "x" }}`,
		"calls":     `{{ partial "self.html" . }}`,
		"templates": `{{ define "a" }}{{ template "b" }}{{ template "b" }}{{ end }}{{ define "b" }}{{ template "a" }}{{ template "a" }}{{ end }}{{ template "a" }}`,
		"asterisk":  `{{ $x := printf "%*d" 999999 1 }}{{ $y := printf "%.99999f" 1.0 }}`,
		"counting":  `{{ $s := strings.Repeat 500000 "a " }}{{ range seq 9999 }}{{ $x := countwords $s }}{{ end }}`,
		"matching":  `{{ $s := strings.Repeat 500000 "a " }}{{ range seq 9999 }}{{ $x := findRE "b$" $s }}{{ end }}`,
		"escaping":  `{{ $s := strings.Repeat 500000 "<" }}{{ range seq 9999 }}{{ $x := len (html $s) }}{{ end }}`,
	} {
		f := dt.Folder{Data: map[string]string{"layouts/shortcodes/a.html": layout, "layouts/partials/self.html": `{{ partial "self.html" . }}{{ partial "self.html" . }}`}}
		r := f.Read(t, hugo.Dialect, page, "---\ndate: 2026-03-02\n---\n"+strings.Repeat("{{< a >}} ", 10))
		if len(r.Post.Body) > 1000 || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Message, "it does too much") {
			t.Errorf("%s: %d bytes, told %v", name, len(r.Post.Body), r.Problems)
		}
	}
}

// TestLayoutsShowNothingOfTheMachine holds that no layout shows addresses in memory or the zone
// of the machine, which are others each time.
func TestLayoutsShowNothingOfTheMachine(t *testing.T) {
	before := time.Local
	time.Local = time.FixedZone("Elsewhere", 9*3600)
	defer func() { time.Local = before }()
	for layout, want := range map[string]string{
		`{{ . }}`:     "a",
		`{{ .Page }}`: "Ab",
		`{{ .Site }}`: "",
		`{{ printf "%v %p %#v %d" .Page .Page .Page .Page }}`:                                             `Ab %!p(string=Ab) "Ab" %!d(string=Ab)`,
		`{{ printf "%v" (dict "p" .Page) }}`:                                                              "map[p:Ab]",
		`{{ printf "%v" .Page.Address }}`:                                                                 "",
		`{{ .Page.Date.Local.Format "15:04" }}`:                                                           "00:00",
		`{{ $d := .Page.Date }}{{ $d.Local.Format "15:04" }}{{ (.Page.Date).Local.Hour }}`:                "00:000",
		`{{ with .Page.Date.Local }}{{ .Local.Day }}{{ end }}{{ range slice . }}{{ end }}{{ int 1e300 }}`: "",
	} {
		f := dt.Folder{Data: map[string]string{"layouts/shortcodes/a.html": layout}, Settings: "[markup.goldmark.renderer]\nunsafe = true\n"}
		r := f.Read(t, hugo.Dialect, page, "---\ndate: 2026-03-02\ntitle: Ab\n---\n{{% a %}}")
		if got := html.UnescapeString(string(r.Post.Body)); got != want {
			t.Errorf("%s: %q, want %q", layout, got, want)
		}
	}
}

// TestShortcodesThatEncloseEachOther holds that texts of many tags are read in time that
// grows with their length.
func TestShortcodesThatEncloseEachOther(t *testing.T) {
	layouts := map[string]string{"layouts/shortcodes/a.html": `{{ .Inner }}{{ .Inner }}`}
	for _, body := range []string{
		strings.Repeat("{{< a >}}", 30) + "x" + strings.Repeat("{{< /a >}}", 30),
		strings.Repeat("{{< a >}}", 20000), strings.Repeat("{{< /a >}}", 20000), strings.Repeat("{{< a \"", 20000),
		strings.Repeat("{{< a `", 20001), strings.Repeat("{{</* ", 20000), strings.Repeat("{{< a ", 20000), strings.Repeat("{{", 40000),
	} {
		r := dt.Folder{Data: layouts}.Read(t, hugo.Dialect, page, "---\ndate: 2026-03-02\n---\n"+body)
		if r.Post == nil || len(r.Post.Body) > 16<<20 {
			t.Errorf("%.20s...: %v", body, r.Problems)
		}
	}
}

func TestTitlesOfSectionsAndTerms(t *testing.T) {
	f := dt.Folder{Settings: "defaultContentLanguage = 'en'\n[languages.en]\n[languages.fr]\n", Data: map[string]string{
		"content/notes/_index.md":    "---\ntitle: My Notes\n---\n",
		"content/notes/_index.fr.md": "---\ntitle: Mes notes\n---\n",
		"content/tags/go/_index.md":  "---\ntitle: The Go Language\n---\n",
		"content/a/b/_index.md":      "---\ntitle: Deep\n---\n",
		"content/tags/_index.md":     "---\ntitle: All tags\n---\n",
	}}
	titles := f.Titles(t, hugo.Dialect)
	if len(titles) != 2 || titles["sections/notes"] != "My Notes" || titles["tags/go"] != "The Go Language" {
		t.Errorf("titles %v", titles)
	}
}

// A section whose front matter cannot be read keeps its pages back, and is told once, by its own
// file. A mistake elsewhere in it keeps back nothing.
func TestSectionsThatCannotBeRead(t *testing.T) {
	const kept = ", so the pages of the section are kept back"
	for _, test := range []struct {
		text   string
		public bool
		told   string // by the section
	}{
		{"---\ntitle: A\n---\n", true, ""},
		{"---\ntitle: A\ndraft: true\n---\n", false, ""},
		{"---\ntitle: [\n---\n", true, ""},
		{"---\ntitle: [\ndraft: false\n---\n", true, ""},
		{"---\ntitle: [\ndraft: true\n---\n", false, ""},
		{"---\ntitle: [\nDraft: yes\n---\n", false, ""},
		{"---\ndraft: [\n---\n", false, `2: draft: "[" cannot be read; expected true or false` + kept},
		{"+++\ntitle = [\ndraft = true\n+++\n", false, "3: " + kept},
		{"{\"title\": [,\n\"draft\": true}\n", false, "1: " + kept},
		{"+++\ntitle = [\n+++\n", false, "2: " + kept}, // it may say anything
	} {
		f := dt.Folder{Data: map[string]string{"content/posts/_index.md": test.text}}
		r := f.Read(t, hugo.Dialect, "content/posts/a.md", front())
		if got := r.Post != nil && r.State == dialect.Public; got != test.public {
			t.Errorf("%q: public %v, want %v", test.text, got, test.public)
		}
		told := toldBy(t, f, "content/posts/_index.md")
		line, message, _ := strings.Cut(test.told, " ")
		if test.told == "" && told != "" || !strings.HasPrefix(told, line) || !strings.HasSuffix(told, message) || strings.Count(told, kept) > 1 {
			t.Errorf("%q: told %q, want %q", test.text, told, test.told)
		}
		if told != "" && len(r.Problems) > 0 {
			t.Errorf("%q: told again %v", test.text, r.Problems)
		}
	}
}

// toldBy is what is wrong with a file, with its lines.
func toldBy(t *testing.T, f dt.Folder, name string) string {
	t.Helper()
	var all []string
	for _, p := range f.Read(t, hugo.Dialect, name, f.Data[name]).Problems {
		if p.File != name || p.Severity != blog.Error {
			t.Errorf("told %v", p)
		}
		all = append(all, strconv.Itoa(p.Line)+": "+p.Message)
	}
	return strings.Join(all, "\n")
}

// The pages of a section are public only if each value that decides on that can be read.
func TestSpellingsOfSections(t *testing.T) {
	for _, test := range []struct {
		lines   string // separated by semicolons
		want    string // of the pages
		told    bool   // whether the section is said to be wrong
		setting string
	}{
		{"draft: false; draft: 0; draft: off; draft: 'no'; draft: ''; draft: ~; draft: N", "public", false, ""},
		{"draft: 1; draft: yes; draft: 'true'; draft: T; DRAFT: true; draft: '1'; draft: “true”; published: 0; published: false; published: no", "draft", false, ""},
		{"draft: maybe; draft: [x]; draft: []; draft: {a: b}; draft: 2; draft: tru; draft: -1; published: nope; published: [x]; published: 2; published: 2099-02-31", "draft", true, ""},
		{"draft: true; draft: maybe; published: nope; published: 0", "public", false, "buildDrafts = true"},
		{"date: 2020-01-02; publishDate: 2020-01-02T10:00:00Z; published: 2020-01-02; date: 0001-01-01T00:00:00Z; date: 0001-01-01; date: 1577836800; date: ''; lastmod: soon", "public", false, ""},
		{"publishDate: 2099-02-31; publishDate: 2099-01-01 25:00; publishdate: soon; pubdate: 2099; date: 1e9; date: 01/02/2099; date: [2020-01-02]; date: {a: b}; date: yes", "draft", true, ""},
		{"publishDate: 2099-02-31; date: soon", "public", false, "buildFuture = true"},
		{"expiryDate: 2020-02-31; expirydate: soon; unpublishdate: [x]; expiryDate: false", "draft", true, ""},
		{"expiryDate: soon", "public", false, "buildExpired = true"},
		{"written: soon; date: 2020-01-02", "public", false, ""},
		{"written: 2099-02-31", "draft", true, "[frontmatter]\npublishDate = ['written', ':default']"},
		{"build: {render: never}; _build: {list: never, render: link}; build: {publishResources: false}; build: ~; _build: {}; build: {render: true}", "public", false, ""},
		{"build: maybe; _build: [never]; build: {render: maybe}; _build: {list: [x]}; _build: {publishResources: maybe}; _build: 1", "draft", true, ""},
		{"cascade: {draft: false}; cascade: {title: A}; cascade: ~; cascade: []; cascade: {build: {render: always}}", "public", false, ""},
		{"cascade: {draft: true}; cascade: [{draft: yes}]; cascade: {_build: {render: never}}", "draft", false, ""},
		{"cascade: {draft: maybe}; cascade: [{title: A}, {draft: [x]}]; cascade: {published: nope}; cascade: maybe; cascade: [draft]; cascade: {_build: maybe}", "draft", true, ""},
		{"cascade: {draft: maybe, _target: {path: /notes/**}}", "public", true, ""},
	} {
		for line := range strings.SplitSeq(test.lines, "; ") {
			f := dt.Folder{Settings: test.setting, Data: map[string]string{"content/posts/_index.md": dt.Front(line)}}
			for _, name := range []string{"content/posts/a.md", "content/posts/deep/b.md"} {
				r := f.Read(t, hugo.Dialect, name, front())
				if got := dt.States[r.State]; got != test.want || test.told && len(r.Problems) > 0 {
					t.Errorf("%q: %s is %s, want %s; told %v", line, name, got, test.want, r.Problems)
				}
			}
			told := toldBy(t, f, "content/posts/_index.md")
			if (told != "") != test.told || test.told && (!strings.HasPrefix(told, "2: ") || strings.Contains(told, "\n")) {
				t.Errorf("%q: told %q", line, told)
			}
			home := dt.Folder{Settings: test.setting, Data: map[string]string{"content/_index.md": dt.Front(line)}}
			if got := dt.States[home.Read(t, hugo.Dialect, "content/posts/a.md", front()).State]; got != test.want && !strings.Contains(line, "/notes/") {
				t.Errorf("%q of the home page: %s, want %s", line, got, test.want)
			}
		}
	}
}

// What a section hands down and nobody can read hides the pages that say nothing of their own.
func TestCascadesOfDatesThatCannotBeRead(t *testing.T) {
	for line, want := range map[string]string{
		"title: A":                              "9999-12-30",
		"publishDate: 2026-03-02":               "2026-03-02",
		"publishDate: 2026-03-02\ndraft: false": "2026-03-02",
		"draft: false":                          "9999-12-30",
	} {
		f := dt.Folder{Data: map[string]string{"content/notes/_index.md": "---\ncascade: {publishDate: 2099-02-31, _target: {kind: page}}\n---\n"}}
		p := f.Post(t, hugo.Dialect, "content/notes/a.md", front(line))
		if got := p.Published.Format(time.DateOnly); got != want {
			t.Errorf("%q: public from %s on, want %s", line, got, want)
		}
	}
	f := dt.Folder{Data: map[string]string{"content/notes/_index.md": "---\ncascade: {expiryDate: soon, _target: {kind: page}}\n---\n"}}
	if p := f.Post(t, hugo.Dialect, "content/notes/a.md", front()); p.Expires().Year() != 1970 {
		t.Errorf("public until %s", p.Expires())
	}
}
