package page_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/page"

	"golang.org/x/net/html"
)

// parsed reads a page as a browser does.
func parsed(t testing.TB, document []byte) *html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// all returns the elements of a name; of every name for "".
func all(root *html.Node, name string) []*html.Node {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (name == "" || n.Data == name) {
			found = append(found, n)
		}
	}
	return found
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func TestHeadingsFollowEachOther(t *testing.T) {
	theme := load(t)
	for _, s := range samples(t) {
		level, tops := 0, 0
		for _, n := range all(parsed(t, render(t, theme, s)), "") {
			if len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
				continue
			}
			next := int(n.Data[1] - '0')
			if next > level+1 {
				t.Errorf("%s: h%d follows h%d", s.name, next, level)
			}
			if next == 1 {
				tops++
			}
			level = next
		}
		if tops != 1 {
			t.Errorf("%s has %d h1", s.name, tops)
		}
	}
}

func TestLanguagesAreMarked(t *testing.T) {
	theme := load(t)
	for _, c := range []struct{ name, sample, element, text, lang, dir string }{
		{"the page", "fa-index", "html", "", "fa", "rtl"},
		{"a post of another language in a list", "en-index", "h2", "العلم نور", "ar", "rtl"},
		{"a post of another language on its own page", "en-post-2-arabic", "h1", "العلم نور", "ar", "rtl"},
		{"a post of the site's language", "en-index", "h2", "The quiet work", "", ""},
		{"English in a page of Persian", "fa-index", "h2", "The quiet work", "en", "ltr"},
		{"words in a language that the theme lacks", "sv-index", "nav", "Archive", "en", "ltr"},
		{"the same site's own texts", "sv-index", "h1", "Den tysta", "", ""},
		{"words in the language of the site", "ja-index", "nav", "購読", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, s := range samples(t) {
				if s.name != c.sample {
					continue
				}
				for _, n := range all(parsed(t, render(t, theme, s)), c.element) {
					if strings.Contains(text(n), c.text) {
						if attribute(n, "lang") != c.lang || attribute(n, "dir") != c.dir {
							t.Errorf("lang=%q dir=%q, expected %q and %q", attribute(n, "lang"), attribute(n, "dir"), c.lang, c.dir)
						}
						return
					}
				}
			}
			t.Errorf("found no %s with %q", c.element, c.text)
		})
	}
}

var reloads = regexp.MustCompile(`<script data-shows="[0-9a-f]{64}" data-from="/blog/_reload">{[^<]+new EventSource\(from\)`)

func TestOnlyAPreviewReloadsItself(t *testing.T) {
	theme := load(t)
	for _, s := range samples(t) {
		if document := render(t, theme, s); bytes.Contains(document, []byte("EventSource")) || bytes.Contains(document, []byte(page.ReloadPath)) {
			t.Errorf("%s reloads itself", s.name)
		}
		s.page.Preview, s.page.Site.URL = true, base+"/blog"
		if document := render(t, theme, s); !reloads.Match(document) {
			t.Errorf("%s does not reload itself in a preview", s.name)
		}
	}
}

func TestScriptsAreSmallAndAllowed(t *testing.T) {
	theme := load(t)
	for _, preview := range []bool{false, true} {
		for _, s := range samples(t) {
			s.page.Preview = preview
			for _, n := range all(parsed(t, render(t, theme, s)), "script") {
				source := text(n)
				if attribute(n, "type") == "application/ld+json" {
					continue
				}
				hash := sha256.Sum256([]byte(source))
				if allowed := "'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"; !slices.Contains(page.Scripts(preview), allowed) {
					t.Errorf("%s: a script that no policy allows: %s", s.name, source)
				}
				if len(source) > 1024 {
					t.Errorf("%s: a script of %d bytes", s.name, len(source))
				}
			}
		}
	}
}

func TestStyleSheetsAreSmall(t *testing.T) {
	theme := load(t)
	sheet := asset(t, theme, "page.css")
	if len(sheet) > 15_000 {
		t.Errorf("the style sheet has %d bytes; at most 15,000 are allowed", len(sheet))
	}
	if len(all(parsed(t, render(t, theme, samples(t)[0])), "style")) > 0 {
		t.Error("a page has a style of its own")
	}
	style, err := theme.FeedStyle(site("fa", "حاشیهٔ آرام"))
	if err != nil {
		t.Fatal(err)
	}
	if len(style) > 5_000 || !bytes.Contains(style, []byte("direction: rtl")) || !bytes.Contains(style, []byte("این یک خوراک است")) {
		t.Errorf("the style sheet for feeds of a Persian site:\n%s", style)
	}
}

func asset(t testing.TB, theme *page.Theme, name string) []byte {
	t.Helper()
	for _, a := range theme.Assets() {
		if a.Name == name {
			return a.Data
		}
	}
	t.Fatalf("the theme has no %s", name)
	return nil
}

func TestTextStandsOutFromItsGround(t *testing.T) {
	theme := load(t)
	feeds, err := theme.FeedStyle(site("en", ""))
	if err != nil {
		t.Fatal(err)
	}
	for name, sheet := range map[string][]byte{"page.css": asset(t, theme, "page.css"), "feed.css": feeds} {
		light, dark, found := strings.Cut(string(sheet), "prefers-color-scheme: dark")
		if !found {
			t.Fatalf("%s knows no dark", name)
		}
		dark, _, _ = strings.Cut(dark, "}\n}")
		for scheme, rules := range map[string]string{"light": light, "dark": dark} {
			colours := map[string]float64{}
			for _, m := range regexp.MustCompile(`--(\w+): #(\w{6})`).FindAllStringSubmatch(rules, -1) {
				colours[m[1]] = luminance(t, m[2])
			}
			if len(colours) < 6 {
				t.Fatalf("%s, %s: found only %d colours", name, scheme, len(colours))
			}
			for colour, l := range colours {
				for _, ground := range []string{"paper", "tint"} {
					if colour == "paper" || colour == "tint" || colour == "line" {
						continue
					}
					if contrast := (max(l, colours[ground]) + .05) / (min(l, colours[ground]) + .05); contrast < 4.5 {
						t.Errorf("%s, %s: --%s on --%s has a contrast of %.2f; WCAG AA asks for 4.5", name, scheme, colour, ground, contrast)
					}
				}
			}
		}
	}
}

// luminance is WCAG's relative luminance of a colour.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	part := func(shift int, weight float64) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= .04045 {
			return weight * c / 12.92
		}
		return weight * math.Pow((c+.055)/1.055, 2.4)
	}
	return part(16, .2126) + part(8, .7152) + part(0, .0722)
}

func TestLinkedDataSaysWhatThePostSays(t *testing.T) {
	entry := page.Entry{Title: `</script><b>"A" & 'B'`, URL: base + "/a/", Summary: "\u2028 <!--", Authors: []page.Listed{{Name: "A & B"}}}
	document := render(t, load(t), sample{"post", page.Post, page.Page{Site: site("en", "S"), Post: &entry}})
	var found int
	for _, n := range all(parsed(t, document), "script") {
		var data struct{ Headline, Description, InLanguage string }
		if err := json.Unmarshal([]byte(text(n)), &data); err != nil {
			t.Fatal(err)
		}
		if data.Headline != entry.Title || data.Description != entry.Summary || data.InLanguage != "en" {
			t.Errorf("%+v", data)
		}
		found++
	}
	if found != 1 {
		t.Errorf("%d scripts; expected the linked data alone", found)
	}
}

func TestLinksOfTheSiteLoseItsHost(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org":         "/",
		"https://example.org/a/?b#c":  "/a/?b#c",
		"https://example.org#c":       "/#c",
		"https://example.org.evil/a":  "https://example.org.evil/a",
		"https://example.org//evil/a": "https://example.org//evil/a",
		"http://example.org/a":        "http://example.org/a",
	} {
		got := string(page.Content(`<a href="`+address+`">x</a>`, base+"/post/", nil))
		if got != `<a href="`+want+`">x</a>` {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

func TestContentFitsThePage(t *testing.T) {
	size := func(src string) (int, int) {
		if src == base+"/a.jpg" {
			return 3, 2
		}
		return 0, 0
	}
	for _, c := range []struct{ name, content, want string }{
		{"headings", "<h3>a</h3><h6>b</h6><h4>c</h4><h1>d</h1>", "<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2>"},
		{"a picture of known size", `<img src="` + base + `/a.jpg">`, `<img src="/a.jpg" alt="" width="3" height="2" loading="lazy"/>`},
		{"a picture of another host", `<img src="https://x.example/b.jpg" alt="b">`, `<img src="https://x.example/b.jpg" alt="b" loading="lazy"/>`},
		{"a picture with a size", `<img src="/a.jpg" alt="a" width="9">`, `<img src="/a.jpg" alt="a" width="9" loading="lazy"/>`},
		{"code", "<pre><code>x</code></pre>", `<pre tabindex="0" dir="ltr"><code>x</code></pre>`},
		{"a table", `<table><tbody><tr><td align="right" valign="top">1</td></tr></tbody></table>`, `<div class="wide" tabindex="0"><table><tbody><tr><td class="align-right">1</td></tr></tbody></table></div>`},
		{"elements of the past", "<tt>a</tt><strike>b</strike><main>c</main>", "<code>a</code><s>b</s><div>c</div>"},
		{"ids", `<h2 id="a">1</h2><h2 id="a">2</h2><h2 id="_main">3</h2>`, `<h2 id="a">1</h2><h2>2</h2><h2 id="post_main">3</h2>`},
		{"text in a list", "<ul><li>a</li> b<ul><li>c</li></ul>d</ul>", "<ul><li>a</li><li> b</li><li><ul><li>c</li></ul></li><li>d</li></ul>"},
		{"paragraphs in code", "<pre><p>a</p></pre>", `<pre tabindex="0" dir="ltr"><span>a</span></pre>`},
		{"an item without a list", `<div><li value="2">a</li></div>`, "<div><div>a</div></div>"},
		{"a mistyped address", `<a href="http:///example.org">a</a>`, "<a>a</a>"},
		{"notes", `<a href="` + base + `/post/#fn">1</a>`, `<a href="#fn">1</a>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(page.Content(c.content, base+"/post/", size)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAThemeServesManyAtOnce(t *testing.T) {
	theme, list := load(t), samples(t)
	var all sync.WaitGroup
	for _, s := range list {
		want := string(render(t, theme, s))
		for range 4 {
			all.Go(func() {
				if got, err := theme.Render(s.kind, s.page); err != nil || string(got) != want {
					t.Errorf("%s differs: %v", s.name, err)
				}
			})
		}
	}
	all.Wait()
}

func BenchmarkRender(b *testing.B) {
	theme := load(b)
	for _, s := range samples(b) {
		if strings.HasPrefix(s.name, "en-") {
			b.Run(s.name, func(b *testing.B) {
				for b.Loop() {
					render(b, theme, s)
				}
			})
		}
	}
}

// shape is the elements of a page and their attributes' names, which no text may change.
func shape(root *html.Node) string {
	var b strings.Builder
	for _, n := range all(root, "") {
		fmt.Fprintf(&b, "%s", n.Data)
		for _, a := range n.Attr {
			fmt.Fprintf(&b, " %s", a.Key)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// FuzzTextStaysText holds that whatever a title, a name or an address is, it
// makes no element and no attribute.
func FuzzTextStaysText(f *testing.F) {
	for _, seed := range []string{
		"plain", `"><script>alert(1)</script>`, "</title><b>", "javascript:alert(1)", "' onload='x", "</script>", "<!--", "]]>", "{{.}}", "\x00\xff", "`${x}`", "*/ } body { display: none",
	} {
		f.Add(seed)
	}
	theme := load(f)
	f.Fuzz(func(t *testing.T, evil string) {
		if strings.TrimSpace(evil) == "" {
			return
		}
		for _, kind := range page.Kinds {
			plain := parsed(t, render(t, theme, sample{"plain", kind, written("x", "https://example.org/x")}))
			document := parsed(t, render(t, theme, sample{"evil", kind, written(evil, evil)}))
			if want, got := shape(plain), shape(document); got != want {
				t.Fatalf("%s: %q changes the page:\n%s\ninstead of\n%s", kind, evil, got, want)
			}
			for _, n := range all(document, "") {
				for _, key := range []string{"href", "src"} {
					if value := strings.ToLower(strings.TrimSpace(attribute(n, key))); strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "vbscript:") {
						t.Fatalf("%s: %s=%q", kind, key, value)
					}
				}
			}
		}
		style, err := theme.FeedStyle(page.Site{Subscribe: evil})
		if err != nil || bytes.Count(style, []byte("{")) != bytes.Count(style, []byte("}")) && !strings.ContainsAny(evil, "{}") {
			t.Fatalf("%v\n%s", err, style)
		}
	})
}

// written is a page with one text and one address in every place.
func written(text, address string) page.Page {
	link, listed := page.Link{URL: address, Text: text}, page.Listed{Kind: "tag", Name: text, URL: address, Home: address, Count: 2}
	feed := page.Feed{Title: text, Format: text, Type: text, URL: address}
	entry := page.Entry{
		Title: text, URL: address, ExternalURL: address, Authors: []page.Listed{listed}, Terms: []page.Listed{listed}, Summary: text,
		Image: page.Image{URL: address, Alt: text}, Enclosures: []blog.Enclosure{{URL: address, Type: text, Title: text}},
	}
	return page.Page{
		Site: page.Site{Site: blog.Site{Title: text, Description: text, URL: base, Copyright: text, Image: address, Icon: address},
			Feeds: []page.Feed{{Format: text, Type: text, URL: "https://example.org/rss.xml"}}, Nav: []page.Link{link}, Archive: address, Subscribe: address, Me: []page.Link{link}},
		URL: address, Description: text, Feeds: []page.Feed{feed}, Newer: link, Older: link, Posts: []page.Entry{entry}, Post: &entry, Term: listed,
		Lists: []page.List{{Kind: "tags", Items: []page.Listed{listed}}}, Years: []page.Year{{Year: 2026, URL: address, Posts: []page.Entry{entry}}},
		Subscribe: page.Feeds{OPML: address, Groups: []page.FeedGroup{{Kind: "tags", Rows: []page.FeedRow{{Listed: listed, Feeds: []page.Feed{feed}}}}}},
	}
}

// FuzzContentFits holds that no HTML makes Content panic, or put a heading out
// of order.
func FuzzContentFits(f *testing.F) {
	for _, seed := range []string{"<h3>a<h1>b", "<table><ul>a<td><pre><p>x", "<img src=/a.jpg><li>", `<a href="//x" id=a id=_a>`, "<svg><h2><math><li>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, fragment string) {
		fit := page.Content(fragment, base+"/post/", func(string) (int, int) { return 3, 2 })
		level := 1
		for _, n := range all(parsed(t, []byte("<!DOCTYPE html><body>"+fit)), "") {
			if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' && n.Namespace == "" {
				if next := int(n.Data[1] - '0'); next < 2 || next > level+1 {
					t.Fatalf("h%d follows h%d in %s", next, level, fit)
				} else {
					level = next
				}
			}
		}
	})
}
