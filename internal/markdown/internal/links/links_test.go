package links_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/blog"
	"broadsheet/internal/markdown/internal/dom"
	"broadsheet/internal/markdown/internal/links"
)

const base = "https://Example.ORG/2024/a%20post/?draft=1"

// absolutise returns the fragment with its addresses made absolute.
func absolutise(t *testing.T, p *links.Page, fragment string) string {
	t.Helper()
	root, err := dom.Parse(fragment)
	if err != nil {
		t.Fatal(err)
	}
	p.Absolutise(root)
	out, err := dom.Render(root)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func page(t *testing.T, source string) *links.Page {
	t.Helper()
	p, err := links.New(base, source, 5, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestLinks(t *testing.T) {
	for _, c := range []struct{ href, want, complaint string }{
		{"", "https://example.org/2024/a%20post/?draft=1", ""},
		{"  ", "https://example.org/2024/a%20post/?draft=1", ""},
		{"#fn:1", "https://example.org/2024/a%20post/?draft=1#fn:1", ""},
		{"#", "https://example.org/2024/a%20post/?draft=1", ""},
		{"?p=2", "https://example.org/2024/a%20post/?p=2", ""},
		{"/", "https://example.org/", ""},
		{"/about me", "https://example.org/about%20me", ""},
		{"other.html", "https://example.org/2024/a%20post/other.html", ""},
		{"./other.html", "https://example.org/2024/a%20post/other.html", ""},
		{"../../../x", "https://example.org/x", ""},
		{"12:30.html", "https://example.org/2024/a%20post/12:30.html", ""},
		{":x", "https://example.org/2024/a%20post/:x", ""},
		{"//CDN.example.org/X", "https://cdn.example.org/X", ""},
		{"HTTP://EXAMPLE.com/A", "http://example.com/A", ""},
		{"https://example.com", "https://example.com", ""},
		{"https://example.com:8080/a/./b/../c", "https://example.com:8080/a/c", ""},
		{"https://example.com//../../a//../b", "https://example.com/a/b", ""},
		{"https://ada:s%20x@example.com/", "https://ada:s%20x@example.com/", ""},
		{"https://[2001:DB8::1]:80/x", "https://[2001:db8::1]:80/x", ""},
		{"https://bücher.example:81/ü?ü#ü", "https://xn--bcher-kva.example:81/%C3%BC?%C3%BC#%C3%BC", ""},
		{"https://例え.jp/日本", "https://xn--r8jz45g.jp/%E6%97%A5%E6%9C%AC", ""},
		{"/100%", "https://example.org/100%25", ""},
		{"/%zz%20%e2", "https://example.org/%25zz%20%e2", ""},
		{`/a\b<c>"d"{e}|f^g` + "`h", "https://example.org/a%5Cb%3Cc%3E%22d%22%7Be%7D%7Cf%5Eg%60h", ""},
		{"/a[1]?b[2]#c[3]#d", "https://example.org/a%5B1%5D?b%5B2%5D#c%5B3%5D%23d", ""},
		{"/a+b?c+d&e=f;g", "https://example.org/a+b?c+d&e=f;g", ""},
		{" \n/line\n break\t ", "https://example.org/line%20break", ""},
		{"mailto:ada@example.org?subject=Hello you", "mailto:ada@example.org?subject=Hello%20you", ""},
		{"tel:+1 (23)", "tel:+1%20(23)", ""},
		{"magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a", "magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88a", ""},
		{"IRC://irc.example.org/room", "IRC://irc.example.org/room", ""},
		{"feed:https://example.org/feed.xml", "feed:https://example.org/feed.xml", ""},
		{"chrome://flags", "chrome://flags", ""},

		{"ttps://example.org/ä", "", `unknown scheme "ttps"`},
		{"htps://example.org/", "", `unknown scheme "htps"`},
		{"hhttps://example.org/", "", `unknown scheme "hhttps"`},
		{"mail-to:ada@example.org", "", `unknown scheme "mail-to"`},
		{"ttps://ü@[::1]/", "", `unknown scheme "ttps"`},
		{"localhost:8080/x", "", `unknown scheme "localhost"`},
		{"http:/example.org", "http:/example.org", "no host name"},
		{"http:page.html", "http:page.html", "no host name"},
		{"https://", "https://", "no host name"},
		{"https://example.org:port/", "https://example.org:port/", "not a valid URL"},
		{"https://exa mple.org/", "https://exa%20mple.org/", "not a valid URL"},
		{"https://a_b.ü_/", "https://a_b.%C3%BC_/", "host name is not valid"},
		{"{{ site.url }}/x", "https://example.org/2024/a%20post/%7B%7B%20site.url%20%7D%7D/x", "template text"},
		{"%7B%7Bsite.url%7D%7D/x", "https://example.org/2024/a%20post/%7B%7Bsite.url%7D%7D/x", "template text"},
		{"{% link x.md %}", "https://example.org/2024/a%20post/%7B%25%20link%20x.md%20%25%7D", "template text"},
		{"@/blog/x.md", "https://example.org/2024/a%20post/@/blog/x.md", "internal link"},

		{"javascript:alert(1)", "", `"javascript" has no place`},
		{"feed:javascript:alert(1)", "", `has no place`},
		{"feed:https://a.example/x", "feed:https://a.example/x", ""},
		{" JaVa\nScRiPt:alert(1)", "", `"javascript" has no place`},
		{"vbscript:x", "", `"vbscript" has no place`},
		{"data:text/html,<script>", "", `"data" has no place`},
		{"data:image/png;base64,AAAA", "", `"data" has no place`},
		{"file:///etc/passwd", "", `"file" has no place`},
	} {
		t.Run(c.href, func(t *testing.T) { checkLink(t, c.href, c.want, c.complaint) })
	}
}

func checkLink(t *testing.T, href, want, complaint string) {
	p := page(t, "")
	got := absolutise(t, p, fmt.Sprintf(`<a href="%s">x</a>`, escapeAttribute(href)))
	element := `<a href="` + escapeAttribute(want) + `">x</a>`
	if want == "" {
		element = "<a>x</a>"
	}
	if got != element {
		t.Errorf("got  %s\nwant %s", got, element)
	}
	var found string
	for _, problem := range p.Problems {
		found += problem.Message
	}
	if complaint == "" && found != "" || !strings.Contains(found, complaint) {
		t.Errorf("problem %q, want %q", found, complaint)
	}
	if again := absolutise(t, page(t, ""), got); again != got {
		t.Errorf("made absolute again it becomes %s", again)
	}
}

func escapeAttribute(value string) string {
	return strings.NewReplacer("&", "&amp;", `"`, "&#34;", "<", "&lt;", ">", "&gt;").Replace(value)
}

func TestEveryAttributeWithAnAddress(t *testing.T) {
	in := `<blockquote cite="/1"></blockquote><q cite="2">q</q><img src="3"/><video src="/4" poster="5"></video>` +
		`<picture><source srcset="6 2x"/></picture><ins cite="#7"></ins>`
	want := `<blockquote cite="B/1"></blockquote><q cite="B/2024/a%20post/2">q</q><img src="B/2024/a%20post/3"/>` +
		`<video src="B/4" poster="B/2024/a%20post/5"></video>` +
		`<picture><source srcset="B/2024/a%20post/6 2x"/></picture><ins cite="B/2024/a%20post/?draft=1#7"></ins>`
	if diff := cmp.Diff(strings.ReplaceAll(want, "B", "https://example.org"), absolutise(t, page(t, ""), in)); diff != "" {
		t.Error(diff)
	}
}

func TestSourceSets(t *testing.T) {
	for set, want := range map[string]string{
		"/a.png":                         "B/a.png",
		"/a.png, /b.png 2x":              "B/a.png, B/b.png 2x",
		"/a.png 1x,/b.png 2x":            "B/a.png 1x, B/b.png 2x",
		"/a,b.png 1.5x , , //h/c 3x":     "B/a,b.png 1.5x, https://h/c 3x",
		"/a.png,\n\t/b.png\n300w":        "B/a.png, B/b.png 300w",
		"/a.png nonsense, /b.png 2x":     "B/a.png, B/b.png 2x",
		"/a.png 100w 50h":                "B/a.png 100w 50h",
		"data:image/gif;base64,AA== 1x":  "data:image/gif;base64,AA== 1x",
		"javascript:x 1x, /b.png 2x":     "B/b.png 2x",
		"/w_1,h_2/a.png 1x, /w_2/b.png,": "B/w_1,h_2/a.png 1x, B/w_2/b.png",
	} {
		got := absolutise(t, page(t, ""), `<img src="/x" srcset="`+set+`"/>`)
		element := strings.ReplaceAll(`<img src="B/x" srcset="`+want+`"/>`, "B/", "https://example.org/")
		if got != element {
			t.Errorf("%q:\ngot  %s\nwant %s", set, got, element)
		}
		if again := absolutise(t, page(t, ""), got); again != got {
			t.Errorf("%q: made absolute again it becomes %s", set, again)
		}
	}
}

func TestImageWithoutAnAddressBecomesItsText(t *testing.T) {
	for in, want := range map[string]string{
		`<img alt="Chart"/>`:                                         "Chart",
		`<img src="" alt="A &amp; B"/>`:                              "A &amp; B",
		`<img src="javascript:x"/>`:                                  "",
		`<img srcset=" , " alt="C"/>`:                                "C",
		`<img srcset="/a.png 2x" alt="D"/>`:                          `<img srcset="https://example.org/a.png 2x" alt="D"/>`,
		`<video><source/><track/></video>`:                           "<video></video>",
		`<img src="data:image/png;base64,AAAA"/>`:                    `<img src="data:image/png;base64,AAAA"/>`,
		`<img src="data:image/svg+xml;base64,AAAA" alt="E"/>`:        "E",
		`<img src="data:image/png,raw" alt="F"/>`:                    "F",
		`<img src="data:image/png;base64,` + big() + `" alt="Big"/>`: "Big",
	} {
		if got := absolutise(t, page(t, ""), in); got != want {
			t.Errorf("%.80s gives %s, want %s", in, got, want)
		}
	}
}

func big() string { return strings.Repeat("AAAA", 10_000) }

func TestProblemNamesTheLine(t *testing.T) {
	source := "\n[a](ttps://one)\n<a href=\"ttps://two?a&amp;b\">\n[c](<ttps://three/ä b>)\n"
	p := page(t, source)
	absolutise(t, p, `<a href="ttps://one">a</a><a href="ttps://two?a&amp;b">b</a><a href="ttps://three/%C3%A4%20b">c</a><a href="ttps://four">d</a>`)
	got := map[string]int{}
	for _, problem := range p.Problems {
		if problem.Severity != blog.Warning {
			t.Errorf("%v is no warning", problem)
		}
		got[strings.Split(problem.Message, `"`)[1]] = problem.Line
	}
	want := map[string]int{"ttps://one": 6, "ttps://two?a&b": 7, "ttps://three/%C3%A4%20b": 8, "ttps://four": 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSilentPageIsTheSamePage(t *testing.T) {
	p := page(t, "")
	absolutise(t, p.Silent(), `<a href="ttps://one">a</a>`)
	if len(p.Problems) != 0 {
		t.Errorf("reported %v", p.Problems)
	}
	if got := absolutise(t, p.Silent(), `<a href="/x">a</a>`); got != `<a href="https://example.org/x">a</a>` {
		t.Errorf("got %s", got)
	}
}

func FuzzLinks(f *testing.F) {
	for _, seed := range []string{"/x", "//h:x/", "http:", "a:b", "https://[::1%25e]/", "%", "#\x01", "{{", "https://u@ü/..//../", "?#?"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, href string) {
		in := `<a href="` + escapeAttribute(href) + `">x</a>`
		got := absolutise(t, page(t, ""), in)
		if again := absolutise(t, page(t, ""), got); again != got {
			t.Errorf("%q becomes\n%s and then\n%s", href, got, again)
		}
		address, found := strings.CutPrefix(strings.TrimSuffix(got, `">x</a>`), `<a href="`)
		if scheme, _, _ := strings.Cut(address, ":"); found && (strings.ContainsAny(scheme, "/?#") || strings.EqualFold(scheme, "javascript")) {
			t.Errorf("%q becomes %s", href, got)
		}
		if i := strings.IndexFunc(address, func(r rune) bool { return r <= ' ' || r > '~' }); found && i >= 0 {
			t.Errorf("%q becomes %q, which is no URI", href, address)
		}
		if u, err := url.Parse(address); found && err == nil && u.Scheme == "" {
			t.Errorf("%q becomes %q, which is relative", href, address)
		}
	})
}
