package kramdown_test

import (
	"strings"
	"testing"

	"broadsheet/internal/dialect/jekyll/kramdown"
	"broadsheet/internal/markdown"

	"golang.org/x/net/html"
)

// What the author of a text hides by a bare name is hidden, and where a list stands between two
// blocks it may be meant for either. A list of that name is one like all others.
func TestBareNamesHide(t *testing.T) {
	for text, want := range map[string]string{
		"secret\n{:hidden}\n\nseen":                              "seen",
		"# secret\n{: Hidden}\n\nseen":                           "seen",
		"seen *secret*{:hidden} too":                             "seen  too",
		"* seen\n* {:hidden} secret":                             "seen",
		"secret\n{:hidden}\n: secret\n\nseen":                    "seen",
		"secret\n\n{:hidden}\n: secret\n\nseen":                  "seen",
		"term\n: seen\n\n{:hidden}\n: secret\n\nseen":            "term seen seen",
		"term\n: {:hidden} secret\n\nseen":                       "term seen",
		"{:hidden} secret\n: seen":                               "seen",
		"term\n: seen\n\n{:hidden}\nsecret\n: secret":            "term seen",
		"secret\n: secret\n{: hidden=\"hidden\"}\n: secret":      "",
		"secret\n: secret\n{: style=\"display:none\"}\n: secret": "",
		"seen\n{:hidden}\n\n{:hidden: .x}":                       "seen",
		"term\n: seen\n{: .x}\n: seen":                           "term seen : seen",
	} {
		shown, err := markdown.New(markdown.Options{Syntax: kramdown.Default()}).Fragment(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(strings.Fields(visible(t, shown)), " "); got != strings.Join(strings.Fields(want), " ") {
			t.Errorf("%q shows %q, want %q:\n%s", text, got, want, shown)
		}
	}
}

// visible is the text of a fragment that a browser shows.
func visible(t *testing.T, fragment string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for _, a := range n.Attr {
			if a.Key == "hidden" || a.Key == "style" && strings.Contains(a.Val, "none") {
				return
			}
		}
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	walk(root)
	return text.String()
}
