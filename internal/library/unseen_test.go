package library_test

import (
	"strings"
	"testing"

	"broadsheet/internal/library"
)

// TestWhatNothingClosesIsNamed: what takes the rest of a post with it is told with
// its line in the file.
func TestWhatNothingClosesIsNamed(t *testing.T) {
	const jekyll, hugo = "_config.yml=title: x\n", "hugo.toml=title = \"x\"\n"
	for _, c := range []struct{ settings, path, body, told string }{
		{"", "a.md", "seen\n\n<!-- secret\n", `a.md:7: nothing closes "<!--", so the rest of the post is kept back`},
		{"", "a.html", "seen\n    <div hidden>secret\n", `a.html:6: nothing closes "<div hidden>secret", so the rest of the post is kept back`},
		{"", "a.md", "seen {% comment %} secret", `a.md:5: nothing closes "{% comment %}", so the rest of the post is kept back`},
		{jekyll, "_posts/2026-01-02-a.md", "seen {::comment}\n\nsecret", `_posts/2026-01-02-a.md:5: nothing closes "{::comment}", so the rest of the post is kept back`},
		{hugo, "content/posts/a.md", "seen\n\n{{< comment >}} secret", `content/posts/a.md:7: nothing closes "{{< comment >}}", so the rest of the post is kept back`},
	} {
		files := map[string]string{c.path: "---\ntitle: Hello\ndate: 2026-01-02\n---\n" + c.body}
		if name, text, ok := strings.Cut(c.settings, "="); ok {
			files[name] = text
		}
		o := options()
		o.Generator = generatorOf(t, files)
		l := library.Build(nil, folder(files), o)
		if len(l.Posts) != 1 || strings.Contains(string(l.Posts[0].Body), "secret") || !strings.Contains(string(l.Posts[0].Body), "seen") {
			t.Fatalf("%s: posts %v, problems %v", c.path, l.Posts, l.Problems)
		}
		if len(l.Problems) != 1 || l.Problems[0].Error() != c.told {
			t.Errorf("%s: got %v, want %s", c.path, l.Problems, c.told)
		}
	}
}

// TestKramdownHidesBlocks: Jekyll posts are without what kramdown hides, the
// beginning that stands for a summary included.
func TestKramdownHidesBlocks(t *testing.T) {
	files := map[string]string{"_config.yml": "title: x\n", "_posts/2026-01-02-a.md": "---\ntitle: Hello\n---\n* secret\n\n* secret\n{: hidden}\n\nseen *secret*{: style=\"display:none\"} and\n{: .x}\n\n{: hidden=\"hidden\"}\nsecret {{ page.title }}\n"}
	o := options()
	o.Generator = generatorOf(t, files)
	l := library.Build(nil, folder(files), o)
	if len(l.Posts) != 1 {
		t.Fatal(l.Problems)
	}
	p := l.Posts[0]
	if all := string(p.Body) + string(p.Excerpt()); strings.Contains(all, "secret") || strings.Contains(all, "style") || strings.Contains(all, "{: hidden") || !strings.Contains(all, "seen  and\n") {
		t.Errorf("body %q, excerpt %q", p.Body, p.Excerpt())
	}
}
