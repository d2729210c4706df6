package kramdown_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"broadsheet/internal/dialect/jekyll/kramdown"
	"broadsheet/internal/markdown"
)

// patterns are what takes long where work grows with the square of a text's size.
var patterns = []string{
	"**a_", "*a ", "_a *b ", "***a", "~~a", "~~ a", "[", "![", "[a](", "[a](b \"", "[[]]", "[a][", "[a]: b\n", "[^1]", "[^1]: a\n", "# a\n",
	"> ", "> a\n", "- a\n", "- ", "1. ", "  - a\n", "* a\n\n", "`", "`` ` ", "``` ", "```\n", "~~~\n", "|a\n", "|a|`\n", "a|b\n-|-\n", "<a ", "<a>", "<a b=\"", "<div>", "<div\n",
	"</div>", "<!--", "<script>", "<span>*", "<b markdown=\"1\">", "<div markdown=\"1\">\n", "&a", "{:", "{: a\n", "{:a: b\n", "{::comment}\n", "{::nomarkdown}", "{:/",
	"$$", "$$a\n\n", "\\$$", "\"", "a'", "--", "a\n: b\n", ": a\n", "*[a]: b\n", "a\n===\n", "    a\n", "    a\nb\n", "\t", "^\n", "* {:toc}\n", "a  \n", "\\\n", "<http://", "a\n<x \n", "<code>|", "<details>\n\n",
}

// FuzzParse holds that no text is a fault, and that each is read the same by many at once.
func FuzzParse(f *testing.F) {
	for _, pattern := range patterns {
		f.Add(pattern, pattern)
	}
	for _, seed := range []string{
		"- a\n  - b\n\n  c\n", "| a | b |\n|---|---|\n| 1 |\n", "<div markdown=\"1\">\n*a*\n</div>\n", "a[^1]\n\n[^1]: b[^1]\n", "{:a: b}\n{:b: a}\n\nx\n{: a}\n",
	} {
		f.Add(seed, "")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		text := a + b + a
		c := example{text: text}
		want := c.render(t)
		if got := c.render(t); got != want {
			t.Errorf("%q is read in two ways", text)
		}
		c.options = []option{{"input", "kramdown"}, {"parse_block_html", "true"}}
		c.render(t)
	})
}

func TestManyReadAtOnce(t *testing.T) {
	r := markdown.New(markdown.Options{Syntax: kramdown.Default(), Highlight: true})
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			text := fmt.Sprintf("# A%d\n\n*b*[^1]\n\n```go\nx := 1\n```\n\n[^1]: c\n", i)
			for range 20 {
				content, err := r.Render(markdown.Source{Text: []byte(text), Base: "https://example.org/"})
				if err != nil || !strings.Contains(content.HTML, fmt.Sprintf("A%d", i)) {
					t.Errorf("%q, %v", content.HTML, err)
				}
			}
		})
	}
	group.Wait()
}

// TestPosts shows what becomes of a text on its whole way.
func TestPosts(t *testing.T) {
	r := markdown.New(markdown.Options{Syntax: kramdown.Default(), Highlight: true, Emoji: true, Typographer: true})
	for text, want := range map[string]string{
		"Call `render({:action => \"show\"})`.\n{: .note}\n":  "<p>Call <code>render({:action =&gt; &#34;show&#34;})</code>.</p>",
		"```ruby,ignore\nx = {:a => 1}\n```\n":                `<span class="ss">:a</span>`,
		"I :heart: `:heart:` code\n":                          "<p>I ❤️ <code>:heart:</code> code</p>",
		"a[^x]\n\n[^x]: b\n":                                  `class="footnote-ref"`,
		"- [ ] open\n- [x] done\n":                            "☑",
		"| a |\n|:-:|\n| b |\n":                               `<th align="center">a</th>`,
		"<figure>\n\n    <img src=\"/a.png\">\n\n</figure>\n": `<img src="https://example.org/a.png"/>`,
	} {
		content, err := r.Render(markdown.Source{Text: []byte(text), Base: "https://example.org/post/"})
		if err != nil || !strings.Contains(content.HTML, want) {
			t.Errorf("%q: %q, %v; want %q", text, content.HTML, err, want)
		}
	}
}

// TestNotesHaveIDsOfTheirPost holds that entries of one page do not share ids.
func TestNotesHaveIDsOfTheirPost(t *testing.T) {
	r := markdown.New(markdown.Options{Syntax: kramdown.Default()})
	ids := map[string]bool{}
	for _, base := range []string{"https://example.org/a/", "https://example.org/b/"} {
		content, err := r.Render(markdown.Source{Text: []byte("a[^x]\n\n[^x]: b\n"), Base: base})
		if err != nil {
			t.Fatal(err)
		}
		_, id, _ := strings.Cut(content.HTML, `<li id="`)
		id, _, _ = strings.Cut(id, `"`)
		if id == "" || ids[id] || !strings.Contains(content.HTML, `href="`+base+`#`+id+`"`) && !strings.Contains(content.HTML, `href="#`+id+`"`) {
			t.Errorf("id %q in %q", id, content.HTML)
		}
		ids[id] = true
	}
}

func TestKeysTellOptionsApart(t *testing.T) {
	seen := map[string]string{}
	for _, set := range []option{
		{}, {"hard_wrap", "true"}, {"auto_ids", "false"}, {"input", "kramdown"}, {"parse_block_html", "true"}, {"smart_quotes", "apos,apos,quot,quot"},
		{"footnote_backlink", ""}, {"toc_levels", "2..3"}, {"math_engine", ""}, {"auto_id_prefix", "x"},
	} {
		o := kramdown.Default()
		o.Set(set.name, set.value)
		key := fmt.Sprintf("%s %s", set.name, set.value)
		if other, ok := seen[o.Key()]; ok {
			t.Errorf("%q and %q have one key", key, other)
		}
		seen[o.Key()] = key
		if once, again := o.Key(), o.Key(); once != again {
			t.Error("keys differ from one call to the next")
		}
	}
}
