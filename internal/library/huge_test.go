package library_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library"
	"broadsheet/internal/source"
)

// huge is far larger than posts are. Work that grows with its square takes minutes
// on such inputs.
const huge = 1 << 20

// alone reads a site of one post.
func alone(t *testing.T, kind dialect.Kind, name, text string, others ...source.File) (*blog.Post, []blog.Problem) {
	t.Helper()
	files := append([]source.File{{Path: name, Data: []byte(text)}}, others...)
	l := library.Build(nil, files, library.Options{
		Site: blog.Site{URL: "https://example.org", Authority: "example.org", Permalink: "/:slug/", Zone: time.UTC},
		Now:  time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), Generator: dialect.Site{Kind: kind},
	})
	if len(l.Posts) != 1 {
		t.Fatalf("%d posts, told %v", len(l.Posts), l.Problems)
	}
	return l.Posts[0], l.Problems
}

func TestHugeJekyllPostsAreRead(t *testing.T) {
	const head = "---\ntitle: A\n---\n"
	for name, test := range map[string]struct{ body, want string }{
		"a list that does not end": {"{: " + strings.Repeat("x", huge), "{: " + strings.Repeat("x", huge)},
		"many that do not end":     {strings.Repeat("{:", huge/2), strings.Repeat("{:", huge/2)},
		"many that do":             {strings.Repeat("a{: .b}", huge/7) + "{: c", strings.Repeat("a{: .b}", huge/7) + "{: c"},
		"in code":                  {strings.Repeat("`{:}`", huge/5), strings.Repeat("`{:}`", huge/5)},
	} {
		// Template text has attribute lists looked at, too.
		p, _ := alone(t, "jekyll", "_posts/2026-01-01-a.md", head+"{% comment %}{% endcomment %}"+test.body)
		q, _ := alone(t, "jekyll", "_posts/2026-01-01-a.md", head+test.body)
		if string(p.Body) != test.want || string(q.Body) != test.want {
			t.Errorf("%s: the bodies have %d and %d bytes, want %d", name, len(p.Body), len(q.Body), len(test.want))
		}
	}
}

func TestOnlyFirstNamesAreTaken(t *testing.T) {
	numbered := func(n int, form string) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(form, i))
		}
		return strings.Join(list, ", ")
	}
	for kind, name := range map[dialect.Kind]string{"plain": "2026-01-01-a.md", "jekyll": "_posts/2026-01-01-a.md", "hugo": "content/a.md"} {
		head := "---\ntitle: A\ndate: 2026-01-01\n"
		for key, test := range map[string]struct {
			value string
			count func(p *blog.Post) int
		}{
			"tags":       {"[" + numbered(9000, "t%d") + "]", func(p *blog.Post) int { return len(p.Terms) }},
			"categories": {"[" + numbered(9000, "c%d") + "]", func(p *blog.Post) int { return len(p.Terms) }},
			"authors":    {"[" + numbered(9000, "Name %d") + "]", func(p *blog.Post) int { return len(p.Authors) }},
			"enclosures": {"[" + numbered(5000, "https://example.org/%d.mp3") + "]", func(p *blog.Post) int { return len(p.Enclosures()) }},
		} {
			p, told := alone(t, kind, name, head+key+": "+test.value+"\n---\nText.\n")
			if n := test.count(p); n != 1000 {
				t.Errorf("%s: %d %s, want the first thousand", name, n, key)
			}
			if len(told) != 1 || !strings.HasPrefix(told[0].Message, "more than 1000 ") || told[0].File != name {
				t.Errorf("%s, %s: told %v", name, key, told)
			}
		}
		if kind == "plain" {
			p, _ := alone(t, kind, name, head+"tags: "+numbered(30_000, "%d")+"\n---\nText.\n")
			if n := len(p.Terms); n != 1000 || p.Terms[999].Name != "999" {
				t.Errorf("a text with commas: %d tags", n)
			}
		}
	}
}

func TestHugeHugoPagesAreRead(t *testing.T) {
	const head = "---\ntitle: A\ndate: 2026-01-01\n---\n"
	var unknown strings.Builder
	for i := 0; unknown.Len() < huge/4; i++ {
		fmt.Fprintf(&unknown, "{{< a%d >}}", i)
	}
	_, told := alone(t, "hugo", "content/a.md", head+unknown.String())
	if len(told) != 20 {
		t.Errorf("%d unknown shortcodes are named, want the first 20", len(told))
	}
	// Each of forty shortcodes shows twice what it encloses: a terabyte in all.
	var open, closing string
	var layouts []source.File
	for i := range 40 {
		name := fmt.Sprintf("a%d", i)
		open, closing = open+"{{< "+name+" >}}", "{{< /"+name+" >}}"+closing
		layouts = append(layouts, source.File{Path: "layouts/shortcodes/" + name + ".html", Data: []byte("{{ .Inner }}{{ .Inner }}")})
	}
	p, _ := alone(t, "hugo", "content/a.md", head+open+"x"+closing, layouts...)
	if len(p.Body) > 4*huge {
		t.Errorf("shortcodes show %d bytes", len(p.Body))
	}
}
