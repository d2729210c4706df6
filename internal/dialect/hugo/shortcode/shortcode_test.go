package shortcode_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/quick"

	"broadsheet/internal/dialect/hugo/shortcode"
)

// outline writes nodes as a reader would say what they are: words as they stand, tags in brackets
// with what they enclose.
func outline(nodes []shortcode.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		if n.Tag == nil {
			b.WriteString(n.Text)
			continue
		}
		b.WriteString("[" + n.Tag.Name)
		if n.Tag.Markdown {
			b.WriteString("%")
		}
		if n.Tag.Closed {
			b.WriteString(":" + outline(n.Tag.Inner))
		}
		b.WriteString("]")
	}
	return b.String()
}

func TestTagsEncloseWhatStandsBetweenThem(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		"a {{ b }} c":                   "a {{ b }} c",
		"a {{< b >}} c":                 "a [b] c",
		"{{% b %}}":                     "[b%]",
		"{{<b>}}":                       "[b]",
		"{{< B/c-d.e_f >}}":             "[b/c-d.e_f]",
		"{{< b >}}c{{< /b >}}d":         "[b:c]d",
		"{{< b />}}c{{< /b >}}":         "[b]c",
		"{{< b >}}{{< b >}}c{{< /b >}}": "[b][b:c]",
		"{{< b >}}{{< c >}}d{{< /c >}}{{< /b >}}": "[b:[c:d]]",
		"{{< b >}}{{< c >}}d{{< /b >}}{{< /c >}}": "[b:[c:]d]", // what closes nothing is left out
		"{{< /b >}}c":           "c",
		"{{< b >}}c{{% /b %}}":  "[b:c]",
		"{{< B >}}c{{< / b >}}": "[b:c]",
		"{{< b":                 "{{< b",
		"{{< b %}}":             "{{< b %}}",
		"{{< >}}":               "{{< >}}",
		"{{</* b */>}}":         "{{< b >}}",
		"{{%/* b */%}}":         "{{% b %}}",
		"{{</* b >}}":           "{{</* b >}}",
		"{{< b\n  c=1\n>}}":     "[b]",
		"{{":                    "{{",
		"{{<":                   "{{<",
	} {
		if got := outline(shortcode.Parse(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestArguments(t *testing.T) {
	for text, want := range map[string]struct {
		named map[string]any
		list  []any
	}{
		`{{< b >}}`:                        {},
		`{{< b c "d e" >}}`:                {list: []any{"c", "d e"}},
		`{{< b 1 2.5 true false x1 >}}`:    {list: []any{1, 2.5, true, false, "x1"}},
		`{{< b "1" "true" >}}`:             {list: []any{"1", "true"}},
		`{{< b c=d E="f" >}}`:              {named: map[string]any{"c": "d", "e": "f"}},
		`{{< b c = "d" >}}`:                {named: map[string]any{"c": "d"}},
		`{{< b c="a \"q\" z" >}}`:          {named: map[string]any{"c": `a "q" z`}},
		"{{< b c=`a \"q\"` >}}":            {named: map[string]any{"c": `a "q"`}},
		`{{< b https://a.example/?c=d >}}`: {list: []any{"https://a.example/?c=d"}},
		`{{< b c=1 />}}`:                   {named: map[string]any{"c": 1}},
		`{{< b inf nan >}}`:                {list: []any{"inf", "nan"}},
		`{{< b "a>}}b" >}}`:                {list: []any{"a>}}b"}},
		`{{< b c="" >}}`:                   {named: map[string]any{"c": ""}},
	} {
		tag := shortcode.Parse(text)[0].Tag
		if tag == nil || !reflect.DeepEqual(tag.Args.Named, want.named) || !reflect.DeepEqual(tag.Args.List, want.list) {
			t.Errorf("%s: %+v", text, tag)
		}
	}
	for _, text := range []string{`{{< b "c >}}`, "{{< b `c >}}", `{{< b c= >}}`} {
		if tag := shortcode.Parse(text)[0].Tag; tag != nil {
			t.Errorf("%s is the tag %+v", text, tag.Args)
		}
	}
	if tag := shortcode.Parse("{{< b " + strings.Repeat("c ", 600) + ">}}")[0].Tag; tag != nil {
		t.Error("600 arguments are read")
	}
}

func TestTagsKnowTheirPlaceAndTheirText(t *testing.T) {
	tag := shortcode.Parse("one\n{{< Box\n a=1 >}}\n two\n{{< /box >}} three")[1].Tag
	if tag.Name != "box" || tag.Written != "Box" || tag.At != 4 || tag.Raw != "\n two\n" || tag.Lines != 3 || !tag.Closed {
		t.Errorf("%+v", tag)
	}
}

// Of any text nothing is lost but what closes nothing: pieces that are no tags stand in it in order.
func TestWordsStay(t *testing.T) {
	pieces := []string{"a", " ", "\n", "{{<", "{{%", ">}}", "%}}", "/", " b ", `"`, "`", "=", "{{< b >}}", "{{< /b >}}", "{{</* c */>}}"}
	stay := func(draws []byte) bool {
		var b strings.Builder
		for _, d := range draws {
			b.WriteString(pieces[int(d)%len(pieces)])
		}
		text, words := b.String(), ""
		var walk func(nodes []shortcode.Node)
		walk = func(nodes []shortcode.Node) {
			for _, n := range nodes {
				words += n.Text
				if n.Tag != nil {
					walk(n.Tag.Inner)
				}
			}
		}
		walk(shortcode.Parse(text))
		rest := text
		for _, c := range words { // all signs of words stand in the text, in this order
			at := strings.IndexRune(rest, c)
			if at < 0 {
				t.Logf("%q became %q", text, words)
				return false
			}
			rest = rest[at+1:]
		}
		return true
	}
	if err := quick.Check(stay, &quick.Config{MaxCount: 1000}); err != nil {
		t.Error(err)
	}
}

func TestPlacesInMarkdown(t *testing.T) {
	for _, c := range []struct {
		before, next string
		want         shortcode.Spot
	}{
		{"", "", shortcode.Alone}, {"", "\n\nb", shortcode.Alone}, {"a\n\n", "\n\nb", shortcode.Alone}, {"a\n\n  ", "  \n", shortcode.Alone},
		{"a ", " b", shortcode.InText}, {"a\n", "\n", shortcode.InText}, {"", "\nb", shortcode.InText}, {"", " b", shortcode.InText},
		{"```\n", "\n```", shortcode.InCode}, {"~~~go\n", "", shortcode.InCode}, {"```\na\n```\n\n", "", shortcode.Alone}, {"````\n```\n", "", shortcode.InCode},
		{"```a`\n\n", "", shortcode.Alone}, {"> ```\n> ", "", shortcode.InCode}, {"```\n~~~\n", "", shortcode.InCode},
		{"`a ", " b` c", shortcode.InCode}, {"`a` ", " b", shortcode.InText}, {"`a ", " b", shortcode.InText}, {"``a ` ", "``", shortcode.InCode},
		{"[a](", ")", shortcode.Address}, {"![a](<", ">)", shortcode.Address}, {"[a](b ", ")", shortcode.InText},
	} {
		p := shortcode.NewPlace()
		p.Pass(c.before)
		if got := p.Of(c.next); got != c.want {
			t.Errorf("after %q and before %q: %d, want %d", c.before, c.next, got, c.want)
		}
	}
}

func TestShortcodeOnALineIsSomethingOnIt(t *testing.T) {
	p := shortcode.NewPlace()
	p.Pass("a\n\n")
	p.Stand()
	if got := p.Of(""); got != shortcode.InText {
		t.Errorf("behind another it stands at %d", got)
	}
	p.Pass("\n\n")
	if got := p.Of(""); got != shortcode.Alone {
		t.Errorf("after a blank line it stands at %d", got)
	}
}

// Pieces of a text come to the same as the whole.
func TestPlaceDoesNotDependOnPieces(t *testing.T) {
	signs := []string{"a", " ", "\n", "`", "```", "~~~", "](", ">", "<", "\t"}
	same := func(draws []byte, at byte) bool {
		var b strings.Builder
		for _, d := range draws {
			b.WriteString(signs[int(d)%len(signs)])
		}
		text := b.String()
		cut := int(at) % (len(text) + 1)
		if cut > 0 && cut < len(text) && text[cut-1] == '`' && text[cut] == '`' {
			return true // a shortcode between two backticks separates them
		}
		whole, parts := shortcode.NewPlace(), shortcode.NewPlace()
		whole.Pass(text)
		parts.Pass(text[:cut])
		parts.Pass(text[cut:])
		return whole.Of(" b`") == parts.Of(" b`") && whole.Of("\n") == parts.Of("\n")
	}
	if err := quick.Check(same, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

func TestFrozenIsNoMarkdown(t *testing.T) {
	for _, c := range []struct {
		shown string
		at    shortcode.Spot
		want  string
	}{
		{"<b>a</b>", shortcode.InCode, "a"}, {" <p>a\nb</p> ", shortcode.InCode, "a\nb"}, {"a&amp;b c", shortcode.Address, "a&#38;b%20c"},
		{"a *b* _c_", shortcode.InText, "a &#42;b&#42; &#95;c&#95;"}, {"a &lt; b", shortcode.InText, "a &#60; b"}, {"1. a", shortcode.InText, "1&#46; a"}, {"", shortcode.InText, ""},
		{"<b>*a*\n</b>", shortcode.Alone, "<b KEPT>&#42;a&#42;&#10;</b>"}, {"<i>a</i>", shortcode.InText, "<x-x></x-x><i KEPT>a</i>"},
		{"<script>a</script><b>c</b>", shortcode.Alone, "<b KEPT>c</b>"}, {"<style>a</style>b", shortcode.Alone, "b"}, {"<!-- a --><b>c</b>", shortcode.Alone, "<b KEPT>c</b>"},
		{"<img src=\"a\nb\" alt='\"'>", shortcode.Alone, `<img src="a&#10;b" alt="&#34;" KEPT>`}, {"<b @click=\"x\" c>d</b>", shortcode.Alone, `<b c="" KEPT>d</b>`},
		{"<a_b>c</a_b>", shortcode.Alone, "c"},
	} {
		got := shortcode.Frozen(c.shown, c.at)
		got = strings.ReplaceAll(got, " x-x>", " KEPT>")
		if got != c.want {
			t.Errorf("%q at %d: %q, want %q", c.shown, c.at, got, c.want)
		}
	}
}

// Frozen HTML is one line, whatever it holds, so that the lines behind it keep their numbers.
func TestFrozenIsOneLine(t *testing.T) {
	oneLine := func(shown string) bool {
		for _, wrap := range []string{"%s", "<p>%s</p>", "<a title=\"%s\">b</a>"} {
			if strings.ContainsAny(shortcode.Frozen(fmt.Sprintf(wrap, shown), shortcode.Alone), "\r\n") {
				return false
			}
		}
		return true
	}
	if err := quick.Check(oneLine, nil); err != nil {
		t.Error(err)
	}
	for _, shown := range []string{"a\nb", "a\r\nb", "<\n>", "a\n\n\nb"} {
		if !oneLine(shown) {
			t.Errorf("%q is several lines", shown)
		}
	}
}
