package markdown_test

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"broadsheet/internal/markdown"
)

var (
	eventHandler = regexp.MustCompile(`^on`)
	absolute     = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:[!-~]*$`)
	scripting    = regexp.MustCompile(`^(?i)(javascript|vbscript|livescript|file|blob):`)
)

var neverPublished = []string{
	"script", "style", "form", "input", "button", "select", "textarea", "iframe", "object", "embed", "svg", "math",
	"noscript", "template", "title", "link", "meta", "base", "xmp", "plaintext", "frame", "frameset",
}

// faults says in what respects c is not fit for every feed, by reading its
// HTML as a reader would.
func faults(r *markdown.Renderer, c markdown.Content, base string) []string {
	var found []string
	for what, text := range map[string]string{"HTML": c.HTML, "summary": c.Summary} {
		if fault := forbiddenIn(text); fault != "" {
			found = append(found, what+" holds "+fault)
		}
	}
	again, err := r.Render(markdown.Source{Text: []byte(c.HTML), HTML: true, Base: base})
	if err != nil || again.HTML != c.HTML {
		found = append(found, fmt.Sprintf("rendered again it changes (%v):\n%s", err, again.HTML))
	}
	if strings.ContainsAny(c.Summary, "\n\t") || utf8.RuneCountInString(c.Summary) > 300 {
		found = append(found, fmt.Sprintf("summary is not one short line: %q", c.Summary))
	}
	return append(found, elementFaults(c.HTML)...)
}

func forbiddenIn(text string) string {
	if !utf8.ValidString(text) {
		return "invalid UTF-8"
	}
	for _, r := range text {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return fmt.Sprintf("the forbidden character %U", r)
		}
	}
	return ""
}

func elementFaults(fragment string) []string {
	body := &html.Node{Type: html.ElementNode, DataAtom: atom.Body, Data: "body"}
	nodes, err := html.ParseFragment(strings.NewReader(fragment), body)
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	for _, top := range nodes {
		for n := range top.Descendants() {
			found = append(found, nodeFaults(n)...)
		}
		found = append(found, nodeFaults(top)...)
	}
	return found
}

func nodeFaults(n *html.Node) []string {
	var found []string
	if n.Type == html.CommentNode || n.Type == html.ElementNode && slices.Contains(neverPublished, n.Data) {
		found = append(found, fmt.Sprintf("node %q is left", n.Data))
	}
	for _, a := range n.Attr {
		switch {
		case eventHandler.MatchString(a.Key), a.Key == "style", strings.HasPrefix(a.Key, "data-"):
			found = append(found, fmt.Sprintf("attribute %s=%q is left", a.Key, a.Val))
		case slices.Contains([]string{"href", "src", "cite", "poster"}, a.Key):
			found = append(found, addressFault(a.Val)...)
		case a.Key == "srcset":
			for _, candidate := range strings.Split(a.Val, ", ") {
				found = append(found, addressFault(strings.Fields(candidate)[0])...)
			}
		}
	}
	return found
}

func addressFault(address string) []string {
	if !absolute.MatchString(address) || scripting.MatchString(address) {
		return []string{fmt.Sprintf("address %q is relative, not a URI, or runs a script", address)}
	}
	if u, err := url.Parse(address); err == nil && u.Host != strings.ToLower(u.Host) && strings.HasPrefix(u.Scheme, "http") {
		return []string{fmt.Sprintf("address %q has an upper-case host", address)}
	}
	return nil
}

func mustRender(t *testing.T, r *markdown.Renderer, s markdown.Source) markdown.Content {
	t.Helper()
	c, err := r.Render(s)
	if err != nil {
		t.Fatalf("Render: %v", err)
	}
	return c
}
