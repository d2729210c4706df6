package markdown_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/blog"
	"broadsheet/internal/markdown"
)

func ExampleRenderer_Render() {
	r := markdown.New(markdown.Options{})
	c, err := r.Render(markdown.Source{
		Text: []byte("Read *[more](/about)*.\n"),
		Base: "https://example.org/2024/post/",
	})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Print(c.HTML)
	fmt.Println(c.Summary)
	// Output:
	// <p>Read <em><a href="https://example.org/about">more</a></em>.</p>
	// Read more.
}

func TestBaseMustBeAbsolute(t *testing.T) {
	for _, base := range []string{"", "/post/", "example.org", "ftp://example.org/", "https://", "https://exa mple.org/", "https://example.org:x/"} {
		_, err := markdown.New(markdown.Options{}).Render(markdown.Source{Text: []byte("a"), Base: base})
		if err == nil || !strings.Contains(err.Error(), "base URL") {
			t.Errorf("base %q: error %v, want one about the base URL", base, err)
		}
	}
}

func TestSourceIsNotWrittenTo(t *testing.T) {
	text := "a\x02b \xff\r\n\r\n```go\nx\n```\n"
	s := markdown.Source{Text: []byte(text), Base: "https://example.org/"}
	mustRender(t, markdown.New(markdown.Options{Highlight: true, Typographer: true}), s)
	if string(s.Text) != text {
		t.Errorf("the source became %q", s.Text)
	}
}

func TestInvalidBytesAreRepaired(t *testing.T) {
	got := mustRender(t, markdown.New(markdown.Options{}), markdown.Source{Text: []byte("a\xffb\x00c\xed\xa0\x80d"), Base: "https://example.org/"})
	if want := "<p>a\uFFFDbc\uFFFDd</p>\n"; got.HTML != want {
		t.Errorf("got %q, want %q", got.HTML, want)
	}
}

func TestLineEndingsDoNotMatter(t *testing.T) {
	r := markdown.New(markdown.Options{})
	unix := mustRender(t, r, markdown.Source{Text: []byte("a\nb\n\n- c\n"), Base: "https://example.org/"})
	dos := mustRender(t, r, markdown.Source{Text: []byte("a\r\nb\r\n\r\n- c\r\n"), Base: "https://example.org/"})
	if diff := cmp.Diff(unix, dos); diff != "" {
		t.Error(diff)
	}
}

func TestFootnotesOfTwoPostsDoNotShareIDs(t *testing.T) {
	r := markdown.New(markdown.Options{})
	text := []byte("a[^1]\n\n[^1]: b\n")
	one := mustRender(t, r, markdown.Source{Text: text, Base: "https://example.org/one/"})
	two := mustRender(t, r, markdown.Source{Text: text, Base: "https://example.org/two/"})
	for _, id := range idsOf(one.HTML) {
		if strings.Contains(two.HTML, id) {
			t.Errorf("both posts have %s", id)
		}
		target := strings.TrimSuffix(strings.TrimPrefix(id, `id="`), `"`)
		if !strings.Contains(one.HTML, `href="https://example.org/one/#`+target+`"`) {
			t.Errorf("nothing leads to %s in\n%s", id, one.HTML)
		}
	}
}

func idsOf(html string) []string {
	var ids []string
	for _, field := range strings.FieldsFunc(html, func(r rune) bool { return r == ' ' || r == '>' }) {
		if strings.HasPrefix(field, `id="`) {
			ids = append(ids, field)
		}
	}
	return ids
}

func TestFootnoteHasTwoIDs(t *testing.T) {
	c := mustRender(t, markdown.New(markdown.Options{}), markdown.Source{Text: []byte("a[^1]\n\n[^1]: b\n"), Base: "https://example.org/"})
	if ids := idsOf(c.HTML); len(ids) != 2 {
		t.Errorf("ids %q, want one for the note and one for its reference", ids)
	}
}

func TestHeadingIDsAreUnique(t *testing.T) {
	text := "# A\n# A\n# A-1\n# A {#a-2}\n# !\n# ?\n# Ünï côde_x\n"
	c := mustRender(t, markdown.New(markdown.Options{}), markdown.Source{Text: []byte(text), Base: "https://example.org/"})
	want := []string{`id="a"`, `id="a-1"`, `id="a-1-1"`, `id="a-2"`, `id="heading"`, `id="heading-1"`, `id="ünï-côde-x"`}
	got := idsOf(strings.ReplaceAll(c.HTML, "<h1 ", " "))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestProblemIsReportedOnceOnItsLine(t *testing.T) {
	s := markdown.Source{Text: []byte("a\n\n[b](ttps://x/?a&b) [c](ttps://x/?a&b)\n"), Line: 7, Base: "https://example.org/"}
	want := []blog.Problem{{Line: 9, Severity: blog.Warning,
		Message: `URL "ttps://x/?a&b": unknown scheme "ttps", expected https, http or mailto; the address was left out`}}
	if diff := cmp.Diff(want, mustRender(t, markdown.New(markdown.Options{}), s).Problems); diff != "" {
		t.Error(diff)
	}
}

func TestManyProblemsAreNotAllNamed(t *testing.T) {
	var b strings.Builder
	for i := range 50 {
		fmt.Fprintf(&b, "[a](ttps://x/%d)\n", i)
	}
	got := mustRender(t, markdown.New(markdown.Options{}), markdown.Source{Text: []byte(b.String()), Base: "https://example.org/"}).Problems
	if last := got[len(got)-1]; len(got) != 21 || !strings.Contains(last.Message, "more URLs") {
		t.Errorf("%d problems, the last %v; want 20 and a last one for the rest", len(got), last)
	}
}

func TestSummaryLengthIsHonoured(t *testing.T) {
	r := markdown.New(markdown.Options{SummaryLength: 12})
	for text, want := range map[string]string{
		"one two three four":             "one two…",
		"twelve runes":                   "twelve runes",
		"<!--more-->":                    "",
		"a long teaser here <!--more-->": "a long…",
	} {
		if got := mustRender(t, r, markdown.Source{Text: []byte(text), Base: "https://example.org/"}).Summary; got != want {
			t.Errorf("summary of %q is %q, want %q", text, got, want)
		}
	}
}

func TestPostBeyondParsersIsPlainText(t *testing.T) {
	text := strings.Repeat("<div>", 600) + "a &lt;b&gt; <script>c</script> d"
	got := mustRender(t, markdown.New(markdown.Options{}), markdown.Source{Text: []byte(text), HTML: true, Base: "https://example.org/"})
	if got.HTML != "a &lt;b&gt; d" || got.Summary != "a <b> d" || len(got.Problems) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestOneRendererServesManyAtOnce(t *testing.T) {
	r := markdown.New(markdown.Options{Typographer: true, Highlight: true})
	render := func(i int) string {
		text := fmt.Sprintf("# %d\n\nA[^n] ```x``` \"%d\"\n\n```go\nvar x = %d\n```\n\n[^n]: note\n", i, i, i)
		c, err := r.Render(markdown.Source{Text: []byte(text), Base: fmt.Sprintf("https://example.org/%d/", i)})
		if err != nil {
			t.Errorf("post %d: %v", i, err)
		}
		return c.HTML
	}
	var alone, together [20]string
	for i := range alone {
		alone[i] = render(i)
	}
	var wait sync.WaitGroup
	for i := range together {
		wait.Go(func() { together[i] = render(i) })
	}
	wait.Wait()
	if diff := cmp.Diff(alone, together); diff != "" {
		t.Error(diff)
	}
}

func TestPlain(t *testing.T) {
	for _, c := range []struct {
		fragment string
		limit    int
		want     string
	}{
		{"", 0, ""},
		{"no markup, a < b & c", 0, "no markup, a < b & c"},
		{"<p>a</p>\n<p>b<br>c</p>", 0, "a b c"},
		{"w<b>or</b>d &amp; &#8217;&lt;tag&gt;", 0, "word & ’<tag>"},
		{"a<!-- b --><script>c</script><style>d</style><textarea>e</textarea>f", 0, "a f"},
		{"<select><option>a</select>b", 0, "b"},
		{"cut in the mid <a href=\"htt", 0, "cut in the mid"},
		{"a\x02b&#2;\xff", 0, "ab\uFFFD"},
		{"one two three", 8, "one two…"},
	} {
		if got := markdown.Plain(c.fragment, c.limit); got != c.want {
			t.Errorf("Plain(%q, %d) = %q, want %q", c.fragment, c.limit, got, c.want)
		}
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("<p>a <b>b</b>", 3)
	f.Add("👩‍👩‍👧 e\u0301 🇬🇧🇫🇷 日本語", 4)
	f.Fuzz(func(t *testing.T, fragment string, limit int) {
		got := markdown.Plain(fragment, limit)
		if fault := forbiddenIn(got); fault != "" {
			t.Errorf("%q holds %s", got, fault)
		}
		if n := utf8.RuneCountInString(got); limit > 0 && n > limit {
			t.Errorf("%q has %d runes, more than %d", got, n, limit)
		}
	})
}

func BenchmarkRender(b *testing.B) {
	paragraph := strings.Repeat("Some *words* of a post with a [link](/about/page.html) and `code` in it.\n", 5)
	section := "## A heading\n\n" + paragraph + "\n- one item\n- two items\n\n![An image](img/a.png)\n\n"
	text := []byte(strings.Repeat(section, 10)) // about 800 words
	r := markdown.New(markdown.Options{Typographer: true})
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := r.Render(markdown.Source{Text: text, Base: "https://example.org/post/"}); err != nil {
			b.Fatal(err)
		}
	}
}
