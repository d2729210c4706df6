package clean_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed/clean"
	"github.com/google/go-cmp/cmp"
)

// compare runs a function of one string over pairs of input and result, and
// again over the results, which must not change any more.
func compare(t *testing.T, f func(string) string, pairs [][2]string) {
	t.Helper()
	for _, p := range pairs {
		if got := f(p[0]); got != p[1] {
			t.Errorf("%q became %q, want %q", p[0], got, p[1])
		}
		if got := f(p[1]); got != p[1] {
			t.Errorf("the result %q became %q the second time", p[1], got)
		}
	}
}

func TestTextKeepsWhatFeedsCanCarry(t *testing.T) {
	compare(t, clean.Text, [][2]string{
		{"", ""},
		{"plain, with “quotes”, 日本語, עברית and 🎉", "plain, with “quotes”, 日本語, עברית and 🎉"},
		{"tab\tand\nline", "tab\tand\nline"},
		{" \n around\u00a0 ", "around"},
		{"dos\r\nmac\runix\n\r\n.", "dos\nmac\nunix\n\n."},
		{"nul\x00 bell\x07 escape\x1b[0m form\ffeed", "nul bell escape[0m formfeed"},
		{"del\x7f, c1 \u0080\u0085\u009f", "del, c1"},
		{"noncharacters \ufffe\uffff.", "noncharacters ."},
		{"broken \xff\xc3 and surrogate \xed\xa0\x80", "broken \ufffd\ufffd and surrogate \ufffd\ufffd\ufffd"},
		{"bidi \u202eoverride\u202c and \ufffd stay", "bidi \u202eoverride\u202c and \ufffd stay"},
	})
}

func TestCleanTextIsNotCopied(t *testing.T) {
	s := strings.Repeat("Clean “text” in 日本語. ", 1000) + "End."
	if n := testing.AllocsPerRun(10, func() { clean.Text(s) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestLineHasNoBreaks(t *testing.T) {
	compare(t, clean.Line, [][2]string{
		{"one\ntwo\r\nthree\tfour  five", "one two three four five"},
		{" \t\n", ""},
		{"no-break\u00a0space stays", "no-break\u00a0space stays"},
	})
}

func TestLanguageIsATagOrNothing(t *testing.T) {
	compare(t, clean.Language, [][2]string{
		{"en", "en"}, {"pt-BR", "pt-BR"}, {" zh-Hant-TW ", "zh-Hant-TW"}, {"en_US", "en-US"}, {"fil", "fil"},
		{"english", ""}, {"english please", ""}, {"e", ""}, {"en-", ""}, {"C", ""}, {"en_US.UTF-8", ""}, {"日本語", ""},
	})
}

func TestEmailIsAnAddressOrNothing(t *testing.T) {
	compare(t, clean.Email, [][2]string{
		{" ada@example.org ", "ada@example.org"}, {"ada.b+c@mail.example.org", "ada.b+c@mail.example.org"},
		{"Ada <ada@example.org>", ""}, {"ada", ""}, {"@ada", ""}, {"ada@example", ""}, {"ada at example.org", ""}, {"a@b@example.org", ""},
	})
}

func TestURLIsCanonicalOrNothing(t *testing.T) {
	compare(t, clean.URL, [][2]string{
		{"https://example.org/a/b?c=d&e=f#g", "https://example.org/a/b?c=d&e=f#g"},
		{"https://example.org", "https://example.org/"},
		{"https://example.org?q", "https://example.org/?q"},
		{"HTTPS://EXAMPLE.Org/Path", "https://example.org/Path"},
		{" https://example.org/a b\n", "https://example.org/a%20b"},
		{"http://example.org:80/", "http://example.org/"},
		{"https://example.org:443/", "https://example.org/"},
		{"https://example.org:/", "https://example.org/"},
		{"http://example.org:443/", "http://example.org:443/"},
		{"http://localhost:8080/rss.xml", "http://localhost:8080/rss.xml"},
		{"http://[::1]:8080/a", "http://[::1]:8080/a"},
		{"http://[2001:DB8:0::1]/", "http://[2001:db8::1]/"},
		{"https://user:word@example.org/", "https://user:word@example.org/"},
		{"https://Müller.example/ü?ü#ü", "https://xn--mller-kva.example/%C3%BC?%C3%BC#%C3%BC"},
		{"https://例え.テスト/日本", "https://xn--r8jz45g.xn--zckzah/%E6%97%A5%E6%9C%AC"},
		{"https://a_b.example.org/", "https://a_b.example.org/"},
		{"https://example.org/%7Eada/%e4%2f%zz%", "https://example.org/~ada/%E4%2F%25zz%25"},
		{"https://example.org/a/./b/../c/..", "https://example.org/a/"},
		{"https://example.org/../a//b", "https://example.org/a//b"},
		{"https://example.org/a?x[]=1#b#c", "https://example.org/a?x%5B%5D=1#b%23c"},
		{"https://example.org/\"<>\\^`{|}", "https://example.org/%22%3C%3E%5C%5E%60%7B%7C%7D"},
		{"https://example.org/@a/b:c;d,e!(f)*'", "https://example.org/@a/b:c;d,e!(f)*'"},
		{"", ""}, {"/path", ""}, {"path", ""}, {"//example.org/", ""}, {"example.org", ""},
		{"https:///path", ""}, {"https:example.org", ""}, {"https://", ""}, {"https://exa mple.org/", ""},
		{"https://example.org:port/", ""}, {"http://[fe80::1%25eth0]/", ""}, {"http://[::x]/", ""}, {"https://-..-/", ""},
		{"ttps://example.org/", ""}, {"ftp://example.org/", ""}, {"javascript:alert(1)", ""}, {"mailto:ada@example.org", ""},
	})
}

func TestIRIsStayAndOtherIDsBecomeUUIDs(t *testing.T) {
	compare(t, clean.IRI, [][2]string{
		{"tag:example.org,2024:a", "tag:example.org,2024:a"},
		{"tag:blogger.com,1999:blog-1.post-2", "tag:blogger.com,1999:blog-1.post-2"},
		{"urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6", "urn:uuid:60a76c80-d399-11d9-b93C-0003939e0af6"},
		{"https://Example.org", "https://Example.org"},
		{"https://example.org/é%C3%A9#a", "https://example.org/é%C3%A9#a"},
		{"python.org", "urn:uuid:7af94e2b-4dd9-50f0-9c9a-8a48519bdef0"}, // as uuid5(NAMESPACE_URL, ...) of Python has it
	})
	for _, id := range []string{"post 1", "42", "tag:example.org,2024:a b", "tag:x,2024:100%", "a:b#c#d", "https:///a", "http:a", "<a:b>"} {
		if got := clean.IRI(id); !strings.HasPrefix(got, "urn:uuid:") || !clean.IsIRI(got) {
			t.Errorf("%q became %q", id, got)
		}
	}
}

func TestHTMLShowsTheText(t *testing.T) {
	tests := []struct{ text, want string }{
		{"AT&T, R&D: 1 < 2 > 1", "AT&amp;T, R&amp;D: 1 &lt; 2 > 1"},
		{"a <b> c", "a &lt;b> c"},
		{"</p>", "&lt;/p>"},
		{"<!-- & -->", "&lt;!-- &amp; -->"},
		{"&amp;", "&amp;amp;"},
		{"&copy 2024", "&amp;copy 2024"},
		{"&#65;", "&amp;#65;"},
		{"I <3 you", "I &lt;3 you"},
	}
	for _, test := range tests {
		got := clean.HTML(test.text)
		if got != test.want {
			t.Errorf("%q became %q, want %q", test.text, got, test.want)
		}
		if tree, err := nethtml.Parse(strings.NewReader(got)); err != nil || textOf(tree) != test.text {
			t.Errorf("%q shows %q (%v)", got, textOf(tree), err)
		}
	}
}

func textOf(n *nethtml.Node) string {
	var text string
	for child := range n.Descendants() {
		if child.Type == nethtml.TextNode {
			text += child.Data
		}
	}
	return text
}

func TestPostIsMendedInACopy(t *testing.T) {
	zone := time.FixedZone("", -8*3600)
	dirty := &blog.Post{
		Path: "a.md", ID: " a ", Title: "A\nB", URL: "https://Example.org", Extras: &blog.Extras{ExternalURL: "here", Language: "de_DE", Image: blog.Image{URL: "a.png", Alt: "\x00A"}},
		Published: time.Date(2024, 5, 1, 20, 0, 0, 5, zone), Updated: time.Date(2024, 1, 1, 0, 0, 0, 0, zone),
		Authors: []blog.Author{{Name: "Ada"}, {Name: "Ada "}, {}, {Email: "ben@example.org"}, {URL: "https://cy.example/"}},
		Terms:   []blog.Term{{Kind: blog.Tag, Name: "x "}, {Kind: blog.Tag, Name: "x"}, {Kind: blog.Category, Name: "x"}, {Kind: blog.Tag}},
	}
	before := *dirty
	got, err := clean.Post(dirty)
	if err != nil {
		t.Fatal(err)
	}
	date := time.Date(2024, 5, 2, 4, 0, 0, 0, time.UTC)
	want := &blog.Post{
		Path: "a.md", ID: "a", Title: "A B", URL: "https://example.org/", Extras: &blog.Extras{Language: "de-DE", Image: blog.Image{Alt: "A"}}, Published: date, Updated: date,
		Authors: []blog.Author{{Name: "Ada"}, {Name: "ben@example.org", Email: "ben@example.org"}, {Name: "cy.example", URL: "https://cy.example/"}},
		Terms:   []blog.Term{{Kind: blog.Tag, Name: "x"}, {Kind: blog.Category, Name: "x"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(&before, dirty); diff != "" {
		t.Errorf("the post itself was changed:\n%s", diff)
	}
	if diff := cmp.Diff([]string{"x"}, clean.Names(got.Terms)); diff != "" {
		t.Error(diff)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "a", "https://Ü.example:80/%7e/../[]#a#b", "http://a@[::1]:1/%2e%2E/..", "\xff\r\u0085 ", "en_US", "a@b.cd", "tag:a,2024:b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for name, clean := range map[string]func(string) string{
			"Text": clean.Text, "Line": clean.Line, "URL": clean.URL, "Language": clean.Language, "Email": clean.Email, "IRI": clean.IRI,
		} {
			once := clean(s)
			if twice := clean(once); twice != once {
				t.Errorf("%s: %q becomes %q, then %q", name, s, once, twice)
			}
			if name != "IRI" && !utf8.ValidString(once) {
				t.Errorf("%s: %q becomes invalid UTF-8", name, s)
			}
		}
	})
}
