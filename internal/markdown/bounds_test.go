package markdown_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/markdown"
)

// rendering renders a body at an address where no files are found.
func rendering(text string, html bool) (markdown.Content, error) {
	return markdown.New(markdown.Options{}).Render(markdown.Source{
		Text: []byte(text), HTML: html, Base: "https://example.org/a/", Find: func(string) (string, bool) { return "", false },
	})
}

// TestHostileBodiesComeToAnEnd renders patterns at which work grew with its square:
// it took minutes and gigabytes.
func TestHostileBodiesComeToAnEnd(t *testing.T) {
	for _, pattern := range []string{"**a_", "*a_ ", "_*", "~~a", "[", "![", "[a]\n", "[a](", "[[]]", "[a]: b\n", "# a\n", "> ", "- a\n", "`` ` ", "|a\n", "<a ", "&a"} {
		body := strings.Repeat(pattern, 64<<10/len(pattern))
		if _, err := rendering(body, false); err != nil {
			t.Errorf("64 KiB of %q: %v", pattern, err)
		}
		body = strings.Repeat(pattern, 4<<20/len(pattern))
		if _, err := rendering(body, false); !errors.Is(err, markdown.ErrTooMuch) {
			t.Errorf("4 MiB of %q: %v, want ErrTooMuch", pattern, err)
		}
	}
}

func TestMarksBeyondTheBoundStayText(t *testing.T) {
	for pattern, want := range map[string]string{
		"**a** ": "<strong>a</strong>", "*a* ": "<em>a</em>", "~~a~~ ": "<del>a</del>", "[a](b) ": `<a href="https://example.org/a/b">a</a>`,
	} {
		c, err := rendering(strings.Repeat(pattern, 8000)+"\n\n"+pattern, false)
		if err != nil {
			t.Fatalf("%q: %v", pattern, err)
		}
		if n := strings.Count(c.HTML, want); n < 5000 || n > 5001 {
			t.Errorf("%q: %d of 8000 and one in the next paragraph", pattern, n)
		}
		if !strings.Contains(c.HTML, strings.TrimSpace(pattern)) {
			t.Errorf("%q: none stayed text", pattern)
		}
		if !strings.HasSuffix(strings.TrimSpace(c.HTML), "<p>"+want+"</p>") {
			t.Errorf("%q: the next paragraph ends in %q", pattern, c.HTML[len(c.HTML)-100:])
		}
	}
}

func TestFootnotesBeyondTheBoundStayText(t *testing.T) {
	const all, most = 5500, 5000
	var called, noted strings.Builder
	for i := range all {
		fmt.Fprintf(&called, "[^n%d]\n", i)
		fmt.Fprintf(&noted, "[^n%d]: Note %d.\n\n", i, i)
	}
	for name, c := range map[string]struct {
		text              string
		references, notes int
		left              string // the first that stays text
	}{
		"many of each":    {called.String() + "\n" + noted.String(), most, most, "[^n5000]"},
		"called later":    {noted.String() + called.String(), most - 500, most - 500, "[^n5000]: Note 5000."}, // 500 were looked for in vain
		"one, called":     {"[^a]: Note.\n\n" + strings.Repeat("a[^a] ", all), most, 1, "a[^a]"},
		"in other blocks": {strings.Repeat("> [^a]\n\n", all) + "[^a]: Note.\n", most, 1, "[^a]"},
		"none":            {strings.Repeat("[^a] ", all), 0, 0, "[^a]"},
	} {
		got, err := rendering(c.text, false)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if n := strings.Count(got.HTML, `class="footnote-ref"`); n != c.references {
			t.Errorf("%s: %d references, want %d", name, n, c.references)
		}
		if n := strings.Count(got.HTML, `id="p`) - c.references; n != c.notes {
			t.Errorf("%s: %d notes, want %d", name, n, c.notes)
		}
		if !strings.Contains(got.HTML, c.left) {
			t.Errorf("%s: %q is lost", name, c.left)
		}
	}
}

func TestBareAddressesBeyondTheBoundStayText(t *testing.T) {
	c, err := rendering(strings.Repeat("See http://a.example here.\n\n", 11_000)+"[But](http://b.example) <http://c.example>", false)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(c.HTML, `<a href="http://a.example"`); n != 10_000 {
		t.Errorf("%d addresses are links", n)
	}
	if n := strings.Count(c.HTML, "<p>See http://a.example here.</p>"); n != 1000 {
		t.Errorf("%d addresses stayed text", n)
	}
	for _, want := range []string{`<a href="http://b.example"`, `<a href="http://c.example"`} {
		if !strings.Contains(c.HTML, want) {
			t.Errorf("%s is not in it", want)
		}
	}
}

func TestCodeBeyondTheBoundHasNoColours(t *testing.T) {
	block := func(name string, size int) string {
		return "```go\nvar " + name + " int\n" + strings.Repeat("x\n", size/2) + "```\n\n"
	}
	text := block("first", 20<<10) + block("second", 20<<10) + block("third", 1<<10) + "```\nfourth\n```\n"
	c, err := markdown.New(markdown.Options{Highlight: true}).Render(markdown.Source{Text: []byte(text), Base: "https://example.org/"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<span class="nx">first</span>`, `<pre><code class="language-go">var second int`,
		`<span class="nx">third</span>`, "fourth\n</code>",
	} {
		if !strings.Contains(c.HTML, want) {
			t.Errorf("%q is not in it", want)
		}
	}
}

func TestBooksAreRendered(t *testing.T) {
	book := strings.Repeat("It was the best of times, it was the worst of times; \"so\" said *she*.\nAnd [they](b) went.\n\n", 20_000)
	c, err := rendering(book, false)
	if err == nil || !errors.Is(err, markdown.ErrTooMuch) {
		t.Errorf("1.9 MB of dense text: %v, %d bytes", err, len(c.HTML))
	}
	if _, err := rendering(book[:len(book)/5], false); err != nil {
		t.Errorf("a novel: %v", err)
	}
	if _, err := rendering(strings.Repeat("word ", 800_000), false); err != nil {
		t.Errorf("4 MB of words: %v", err)
	}
}

func TestHugeAttributesAreRead(t *testing.T) {
	set := `<img srcset="` + strings.Repeat("a.png, ", 64<<10) + `" src="b.png">`
	c, err := rendering(set, true)
	if err != nil || strings.Count(c.HTML, "https://example.org/a/a.png") != 64<<10 {
		t.Errorf("%d candidates, %v", strings.Count(c.HTML, "https://example.org/a/a.png"), err)
	}
	one := `<img srcset="` + strings.Repeat("a", 1<<20) + `" src="b.png">`
	if c, err = rendering(one, true); err != nil || len(c.HTML) < 1<<20 {
		t.Errorf("one long address: %d bytes, %v", len(c.HTML), err)
	}
	missing := strings.Repeat(`<img src="a&#98;.png">`, 40_000)
	if c, err = rendering(missing, true); err != nil || len(c.Lost) != 1 || c.Lost[0].Ref != "ab.png" {
		t.Errorf("lost %v, %v", c.Lost, err)
	}
}

// FuzzRepeated grows one input: whatever is repeated ends, or is refused.
func FuzzRepeated(f *testing.F) {
	for _, pattern := range []string{"**a_", "[a]: b\n", "[", "> ", "a\n: b\n", "<b><p>", "[^1]", "| a |\n|---|\n"} {
		f.Add(pattern, uint16(1000))
	}
	f.Fuzz(func(t *testing.T, pattern string, n uint16) {
		body := strings.Repeat(pattern, int(n)+1)
		if len(body) > 512<<10 {
			body = body[:512<<10]
		}
		for _, html := range []bool{false, true} {
			if _, err := rendering(body, html); err != nil && !errors.Is(err, markdown.ErrTooMuch) {
				t.Errorf("%q %d times: %v", pattern, n, err)
			}
		}
	})
}
