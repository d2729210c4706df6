package marks_test

import (
	"strings"
	"testing"
	"testing/quick"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/marks"
)

// measured are texts, each with what a function should measure of it.
type measured map[string]int

func (m measured) hold(t *testing.T, name string, measure func(text string) int) {
	t.Helper()
	for text, want := range m {
		if got := measure(text); got != want {
			t.Errorf("%s of %q: %d, want %d", name, text, got, want)
		}
	}
}

func TestHeadings(t *testing.T) {
	measured{
		"# a": 1, "###### a": 6, "####### a": 0, "#a": 0, "#\ta": 1, "#": 0, "# ": 0, "#  \na": 0, "": 0, " # a": 0, "## # a\n": 2,
	}.hold(t, "Heading", marks.Heading)
	for text, want := range map[string][2]string{
		"A {#b}": {"A", "b"}, "A {#b-c:d_e}  ": {"A", "b-c:d_e"}, "A{#b}": {"A{#b}", ""}, "{#b}": {"{#b}", ""}, "A {#1b}": {"A {#1b}", ""}, "A {#b c}": {"A {#b c}", ""},
		"A {#}": {"A {#}", ""}, "A {#b} c": {"A {#b} c", ""}, "A {#b} {#c}": {"A {#b}", "c"}, "A\t{#b}": {"A", "b"}, "": {"", ""},
	} {
		if text, id := marks.HeadingID(text); text != want[0] || id != want[1] {
			t.Errorf("%q with id %q, want %q", text, id, want)
		}
	}
}

func TestRules(t *testing.T) {
	measured{
		"---": 3, "***\na": 4, "_ _ _": 5, "   ---": 6, "--": 0, "-*-": 0, "--- a": 0, "": 0, "\n": 0, "- - -\t": 6, "+++": 0,
	}.hold(t, "Rule", marks.Rule)
}

func TestItems(t *testing.T) {
	measured{
		"* a": 1, "+ a": 1, "- a": 1, "-\ta": 1, "   - a": 4, "    - a": 0, "-a": 0, "-": 0, "": 0, "-| a": 1, "1. a": 0,
	}.hold(t, "Bullet", func(text string) int { return marks.Bullet(text, 3) })
	measured{
		"1. a": 2, "12. a": 3, "   1. a": 5, "    1. a": 0, "1.a": 0, "1) a": 0, "1.": 0, ". a": 0, "": 0, "1": 0, "1.\ta": 2,
	}.hold(t, "Number", func(text string) int { return marks.Number(text, 3) })
	measured{": a": 1, "   : a": 4, "    : a": 0, ":a": 0, ":": 0, "": 0, ":\ta": 1}.hold(t, "Meaning", marks.Meaning)
	measured{" : a": 0, ": a": 1}.hold(t, "Colon without spaces", func(text string) int { return marks.Colon(text, 0) })
	for text, want := range map[string]bool{"* a": true, "1. a": true, "a": false, ": a": false, "    * a": false, "": false} {
		if marks.OpensList(text) != want {
			t.Errorf("%q opens a list: not %v", text, want)
		}
	}
}

func TestTasks(t *testing.T) {
	for text, want := range map[string]struct {
		done, ok bool
		rest     string
	}{
		"[ ] a": {false, true, "a"}, "[x] a": {true, true, "a"}, "[X]  a b": {true, true, "a b"}, "[x]a": {false, false, "[x]a"}, "[y] a": {false, false, "[y] a"},
		"[ ]": {false, false, "[ ]"}, "": {false, false, ""}, "[x]\na": {true, true, "a"},
	} {
		if done, rest, ok := marks.Task(text); done != want.done || rest != want.rest || ok != want.ok {
			t.Errorf("%q: done %v, %q, %v", text, done, rest, ok)
		}
	}
}

func TestUnindented(t *testing.T) {
	for text, want := range map[string]string{
		"    a\n      b\n": "a\n  b\n", "\ta\n\t\tb": "a\n\tb", "a\n    b": "a\nb", "": "", "    \n    a": "\na", "   a": "   a",
	} {
		if got := marks.Unindented(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestListsOfAttributes(t *testing.T) {
	measured{"{: .a}\n": 7, "{:.a #b}\nc": 9, "  {: .a}\n": 9, "{: .a} b": 0, "{::a /}": 0, "{a}": 0, "": 0, "{: .a": 0}.hold(t, "List", marks.List)
	measured{"{: .a}\n": 7, "{:ref: .a}\n": 11, "{a}": 0}.hold(t, "AnyList", marks.AnyList)
	for text, want := range map[string][2]string{
		"{: .a} b": {"b", " .a"}, " {:.a}b": {"b", ".a"}, "b {: .a}": {"b {: .a}", ""}, "": {"", ""}, "{: .a": {"{: .a", ""},
	} {
		if rest, attributes := marks.LeadingList(text); rest != want[0] || attributes != want[1] {
			t.Errorf("%q: %q with %q, want %q", text, rest, attributes, want)
		}
	}
}

func TestTargetsOfLinks(t *testing.T) {
	for text, want := range map[string]struct {
		address, title string
		hasTitle       bool
	}{
		"/a": {"/a", "", false}, `/a "B"`: {"/a", "B", true}, `/a 'B'`: {"/a", "B", true}, `/a "B'`: {`/a "B'`, "", false}, `<a b>`: {"a b", "", false}, `<a b> "C"`: {"a b", "C", true},
		`<a>"C"`: {`<a>"C"`, "", false}, `/a "B" c"`: {"/a", `B" c`, true}, "": {"", "", false}, "<a": {"<a", "", false}, `/a"B"`: {`/a"B"`, "", false},
	} {
		if address, title, hasTitle := marks.Target(text); address != want.address || title != want.title || hasTitle != want.hasTitle {
			t.Errorf("%q: %q, %q, %v", text, address, title, hasTitle)
		}
	}
}

func TestEndsOfParagraphs(t *testing.T) {
	for text, want := range map[string][2]bool{ // whether it ends any, and one of GitHub's
		"": {true, false}, "\na": {true, false}, "a": {false, false}, "^\n": {true, false}, "^ a": {false, false}, "{: .a}\n": {true, false}, "{a}": {false, false},
		"<div>": {true, false}, "<em>": {false, false}, "</div>": {true, false}, "</em>": {false, false}, "<a": {false, false}, "<3": {false, false},
		"* a": {false, true}, "1. a": {false, true}, "1 a": {false, false}, "# a": {false, true}, " # a": {false, false}, "> a": {false, true}, "```": {false, true}, "~~~": {false, true}, "``": {false, false},
	} {
		if marks.EndsLazily(text) != want[0] {
			t.Errorf("%q ends any paragraph: not %v", text, want[0])
		}
		if text != "" && marks.OpensBlock(text) != want[1] {
			t.Errorf("%q opens a block: not %v", text, want[1])
		}
	}
	for text, want := range map[string]bool{"<div>": true, "</div>": true, "</div": false, "<script>": false, "<span>": false, "<p-x>": true, "< p>": false} {
		if marks.EndsAtTag(text) != want {
			t.Errorf("%q is a tag of a block: not %v", text, want)
		}
	}
}

// No text is measured beyond its end, and none that is no text at all.
func TestMarksLieInTheText(t *testing.T) {
	const signs = " \t\n#*-_+1.:|{}<>/=^`~[]x\"'a"
	inside := func(draws []byte) bool {
		var b strings.Builder
		for _, d := range draws {
			b.WriteByte(signs[int(d)%len(signs)])
		}
		text := b.String()
		lengths := []int{
			marks.Heading(text), marks.Rule(text), marks.Bullet(text, 3), marks.Number(text, 3), marks.Meaning(text), marks.List(text), marks.AnyList(text),
		}
		for _, n := range lengths {
			if n < 0 || n > len(text) {
				t.Logf("%q: %v", text, lengths)
				return false
			}
		}
		marks.EndsLazily(text)
		address, title, _ := marks.Target(text)
		_, rest, _ := marks.Task(text)
		return len(address)+len(title) <= len(text) && strings.HasSuffix(text, rest) && len(marks.Unindented(text)) <= len(text)
	}
	if err := quick.Check(inside, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}
