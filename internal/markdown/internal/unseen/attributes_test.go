package unseen_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/markdown/internal/unseen"
)

var word = regexp.MustCompile(`\bW\d+\b`)

// wordsIn returns the numbered words of a text, each once.
func wordsIn(text string) string {
	all := word.FindAllString(text, -1)
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " ")
}

// hiding are texts, and the words of them that kramdown shows.
var hiding = []struct{ text, shows string }{
	{"W1\n\nW2\n{: .a}\n{: style=\"display:none\"}\n\nW3\n", "W1 W3"},
	{"W1\n\nW2\n{: style=\"display:none\"}\n{: .a}\n\nW3\n", "W1 W3"},
	{"W1\n\nW2\n{: .a}\n{: #b}\n{: style=\"display:none\"}\n\nW3\n", "W1 W3"},
	{"W1\n\nW2\n{: .a}\n\n{: style=\"display:none\"}\n\nW3\n", "W1 W2"},
	{"W1\n\nW2\n\n{: .a}\n{: style=\"display:none\"}\n\nW3\n", "W1 W2"},
	{"W1\n\nW2\n\n{: .a}\n\n{: style=\"display:none\"}\nW3\n\nW4\n", "W1 W2 W4"},
	{"W1\n\nW2\n   {: .a}\n  {: style=\"display:none\"}\n\nW3\n", "W1 W3"},
	{"W1\n\nW2\n{: .a}\nW3\n{: style=\"display:none\"}\n\nW4\n", "W1 W2 W4"},
	{"W1\n\n## W2\n{: .a}\n{: style=\"display:none\"}\n\nW3\n", "W1 W3"},
	{"W1\n\nW2\n---\n{: .a}\n{: style=\"display:none\"}\n\nW3\n", "W1 W3"},
	{"W1\n\n~~~\nW2\n\nW3\n~~~\n{: .a}\n{: style=\"display:none\"}\n\nW4\n", "W1 W4"},
	{"W1\n\n    W2\n\n    W3\n{: .a}\n{: style=\"display:none\"}\n\nW4\n", "W1 W4"},
	{"W1\n\n| W2 | W3 |\n|--|--|\n| W4 | x |\n{: .a}\n{: style=\"display:none\"}\n\nW5\n", "W1 W5"},
	{"W1\n\n<div>\nW2\n\nW3\n</div>\n{: .a}\n{: style=\"display:none\"}\n\nW4\n", "W1 W4"},
	{"W1\n\nW2\n: W3\n{: .a}\n{: style=\"display:none\"}\n\nW4\n", "W1 W4"},
	{"W1\n\nW2\n: W3\n\nW4\n: W5\n{: style=\"display:none\"}\n\nW6\n", "W1 W6"},
	{"W1\n\n{: style=\"display:none\"}\n\nW2\n: W3\n\nW4\n: W5\n\nW6\n", "W1 W6"},
	{"W1\n\n* W2\n* W3\n{: .a}\n{: style=\"display:none\"}\n\nW4\n", "W1 W4"},
	{"W1\n\n* W2\n\n  W3\n  {: .a}\n  {: style=\"display:none\"}\n\n  W4\n\nW5\n", "W1 W2 W4 W5"},
	{"W1\n\n* W2\n  {: .a}\n\n  W3\n* W4\n{: style=\"display:none\"}\n\nW5\n", "W1 W5"},
	{"W1\n\n* W2\n\n  * W3\n  * W4\n  {: style=\"display:none\"}\n\n  W5\n\nW6\n", "W1 W2 W5 W6"},
	{"W1\n\n1. W2\n\n   W3\n\n   {: .a}\n   {: style=\"display:none\"}\n\n   W4\n\nW5\n", "W1 W2 W3 W5"},
	{"W1\n\n* W2\n\n1. W3\n{: style=\"display:none\"}\n\nW4\n", "W1 W2 W4"},
	{"W1\n\n* W2\n\n{: style=\"display:none\"}\n* W3\n\nW4\n", "W1 W2 W4"},
	{"W1\n\n> W2\n>\n> W3\n> {: .a}\n> {: style=\"display:none\"}\n>\n> W4\n\nW5\n", "W1 W2 W4 W5"},
	{"W1\n\n> W2\n> {: .a}\n{: style=\"display:none\"}\n\nW3\n", "W1 W3"},
	{"W1\n\n> W2\n>\n> {: .a}\n> {: style=\"display:none\"}\n>\n> W3\n\nW4\n", "W1 W2 W4"},
	{"W1\n\n> > W2\n> >\n> > W3\n> > {: .a}\n> {: style=\"display:none\"}\n>\n> W4\n\nW5\n", "W1 W4 W5"},
	{"W1\n\n> * W2\n>\n>   W3\n>   {: .a}\n>   {: style=\"display:none\"}\n>\n> W4\n\nW5\n", "W1 W2 W4 W5"},
	{"{: style=\"display:none\"}\nW1\n\nW2\n", "W2"},
	{"{: .a}\n{: style=\"display:none\"}\nW1\n\nW2\n", "W2"},
	{"{:x: style=\"display:none\"}\n\nW1\n\nW2\n{: .a}\n{: x}\n\nW3\n", "W1 W3"},
	{"W1\n\nW2\n{: .a}\n{:x}\n\nW3\n\n{:x: hidden=\"hidden\"}\n", "W1 W3"},
	{"W1\n\nW2\n{:x: hidden=\"hidden\"}\n{:x}\nW3\n\nW4\n", "W1 W2 W4"},
	{"W1\n\n{::comment}\nx\n{:/comment}\n\nW2\n{: .a}\n{: style=\"display:none\"}\n\nW3\n", "W1 W3"},
	{"W1\n\nW2\n{: .a}\n{: style=\"display:none\"}\n\n{::comment}\nx\n{:/comment}\n\nW3\n", "W1 W3"},
	{"* x\n{:toc}\n{: style=\"display:none\"}\n\n## W1\n\nW2\n", "W1 W2"},
	{"W1\n\n* x\n{: .a}\n{: style=\"display:none\"}\n{:toc}\n\nW2\n\n# W3\n", "W1 W2 W3"},
	{"W1\n\nW2\n{: style=\"display:none\"}\nW3\n{: .a}\n\nW4\n", "W1 W3 W4"},
	{"W1\n\nW2\n{: x}\n{: hidden=\"hidden\"}\n\nW3\n", "W1 W3"},
	{"W1\n\nW2\n{: x}\n{:style=\"visibility: hidden\"}\n\nW3\n", "W1 W3"},
}

func TestListsHideWhatKramdownHides(t *testing.T) {
	for _, c := range hiding {
		text, _ := unseen.Without(c.text, unseen.Languages{Kramdown: true})
		if got := wordsIn(text); got != c.shows {
			t.Errorf("of %q readers see %s, and with kramdown %s", c.text, got, c.shows)
		}
	}
}

// A span is hidden by the last of many lists, however many there are.
func TestTheLastOfManyListsHides(t *testing.T) {
	text := "W1 *W2*" + strings.Repeat("{: .x}", 2000) + "{:hidden} W3"
	got, _ := unseen.Without(text, unseen.Languages{Kramdown: true})
	if wordsIn(got) != "W1 W3" || len(got) > 10 {
		t.Errorf("%d bytes are left, with the words %s", len(got), wordsIn(got))
	}
}
