package dom_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"broadsheet/internal/markdown/internal/dom"
)

func parse(t *testing.T, fragment string) *html.Node {
	t.Helper()
	root, err := dom.Parse(fragment)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func render(t *testing.T, root *html.Node) string {
	t.Helper()
	out, err := dom.Render(root)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func first(t *testing.T, root *html.Node, wanted atom.Atom) *html.Node {
	t.Helper()
	for n := range root.Descendants() {
		if n.DataAtom == wanted {
			return n
		}
	}
	t.Fatalf("no %v", wanted)
	return nil
}

func TestFragmentsPassUnchanged(t *testing.T) {
	for _, fragment := range []string{
		"", "text", "<p>a</p>\n<p>b &amp; c</p>", "<pre>\n\nx</pre>", "<noscript><p>a</p></noscript>", "<!-- a -->b",
		`<img src="a" alt="&#34;"/>`,
	} {
		if got := render(t, parse(t, fragment)); got != fragment {
			t.Errorf("%q becomes %q", fragment, got)
		}
	}
}

func TestEntitiesBringNothingForbiddenIn(t *testing.T) {
	got := render(t, parse(t, `a&#1;b&#xFFFE;<i title="c&#xB;d&#9;e">&#xFFFF;f&#13;</i>`))
	if want := "ab<i title=\"cd\te\">f&#13;</i>"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTooDeepIsAnError(t *testing.T) {
	if _, err := dom.Parse(strings.Repeat("<div>", 600)); err == nil {
		t.Error("600 levels were read")
	}
	if _, err := dom.Parse(strings.Repeat("<div>", 400)); err != nil {
		t.Errorf("400 levels: %v", err)
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "",
		"tab\tline\r\n":              "tab\tline\r\n",
		"\x00\x01\x08\x0b\x0c\x1f":   "",
		"a\uFFFEb\uFFFFc\uFFFDd":     "abc\uFFFDd",
		"\u202e\u200b\u00a0\ufeff":   "\u202e\u200b\u00a0\ufeff",
		"\xff\xed\xa0\x80\U0001F600": "\uFFFD\U0001F600",
		"\x7f\u0085\u2028":           "\x7f\u0085\u2028",
	} {
		if got := dom.Printable(text); got != want {
			t.Errorf("Printable(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestAttributes(t *testing.T) {
	n := first(t, parse(t, `<a href="x" title>y</a>`), atom.A)
	dom.SetAttr(n, "href", "z")
	dom.SetAttr(n, "rel", "me")
	for key, want := range map[string]string{"href": "z", "title": "", "rel": "me"} {
		if got, ok := dom.Attr(n, key); !ok || got != want {
			t.Errorf("%s is %q (%v), want %q", key, got, ok, want)
		}
	}
	if _, ok := dom.Attr(n, "id"); ok {
		t.Error("an id that nobody gave")
	}
}

func TestMoves(t *testing.T) {
	for name, c := range map[string]struct {
		move func(*html.Node)
		want string
	}{
		"remove":             {dom.Remove, "<p>ad</p>"},
		"unwrap":             {dom.Unwrap, "<p>ab<i>c</i>d</p>"},
		"replace":            {func(n *html.Node) { dom.Replace(n, dom.Text("<")) }, "<p>a&lt;d</p>"},
		"replace by nothing": {func(n *html.Node) { dom.Replace(n, nil) }, "<p>ad</p>"},
	} {
		root := parse(t, "<p>a<b>b<i>c</i></b>d</p>")
		bold := first(t, root, atom.B)
		c.move(bold)
		if got := render(t, root); got != c.want {
			t.Errorf("%s gives %s, want %s", name, got, c.want)
		}
		c.move(bold) // it has no parent any more
	}
}

func TestLookingAround(t *testing.T) {
	root := parse(t, "<p>a<b>b<i>c</i></b>d</p>")
	italic, paragraph := first(t, root, atom.I), first(t, root, atom.P)
	if !dom.Within(italic, atom.P) || dom.Within(paragraph, atom.P) {
		t.Error("Within does not tell what is inside a paragraph")
	}
	if !dom.Has(paragraph, atom.A, atom.I) || dom.Has(italic, atom.I) {
		t.Error("Has does not tell what is below an element")
	}
	if got := dom.TextOf(paragraph); got != "abcd" {
		t.Errorf("text %q", got)
	}
}
