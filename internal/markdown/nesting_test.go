package markdown_test

import (
	"strings"
	"testing"

	"broadsheet/internal/markdown"
)

// TestDeepNestingEnds renders what is nested ten thousand deep. That each case
// comes back is the point; its text must still be there.
func TestDeepNestingEnds(t *testing.T) {
	t.Parallel()
	const depth = 10_000
	table := "|" + strings.Repeat("a|", depth) + "\n|" + strings.Repeat("-|", depth) + "\n" + strings.Repeat("|x|\n", 1000)
	for name, c := range map[string]struct {
		text  string
		plain bool // no parser can follow it
	}{
		"quotes":              {strings.Repeat(">", depth) + "needle", false},
		"quotes in lines":     {strings.Repeat(strings.Repeat(">", 200)+"a\n", 500) + "\nneedle", false},
		"bullets":             {strings.Repeat("- ", depth) + "needle", false},
		"numbers":             {strings.Repeat("1. ", depth) + "needle", false},
		"brackets":            {strings.Repeat("[", depth) + "needle", false},
		"closed brackets":     {strings.Repeat("[", depth) + "needle" + strings.Repeat("](x)", depth), false},
		"images":              {strings.Repeat("![", depth) + "needle" + strings.Repeat("](x)", depth), false},
		"unclosed links":      {strings.Repeat("[a](", depth) + "\n\nneedle", false},
		"unclosed addresses":  {strings.Repeat("[a](<b", depth) + "\n\nneedle", false},
		"emphasis":            {strings.Repeat("*a **b ", depth/10) + "needle" + strings.Repeat("** *", depth/10), false},
		"backticks":           {strings.Repeat("`a``", depth) + "needle", false},
		"wide table":          {table + "\nneedle", false},
		"same headings":       {strings.Repeat("# a\n", depth) + "needle", false},
		"footnotes":           {"needle " + strings.Repeat("[^1]", depth/10) + "\n\n[^1]: a", false},
		"divisions":           {strings.Repeat("<div>", depth) + "needle", true},
		"bold":                {strings.Repeat("<b>", depth) + "needle", true},
		"bold in paragraphs":  {strings.Repeat("<b><p>", depth) + "needle", false},
		"tables in tables":    {strings.Repeat("<table><tr><td>", depth) + "needle", true},
		"links in links":      {strings.Repeat("<a href=x>", depth) + "needle", false},
		"closing tags":        {strings.Repeat("</div>", depth) + "needle", false},
		"objects":             {strings.Repeat("<object data=x>", 200) + "needle<img src=y>", false},
		"noscripts":           {strings.Repeat("<noscript>", 300) + "needle", false},
		"comments":            {strings.Repeat("<!-- -->", depth) + "needle", false},
		"spaces":              {"a" + strings.Repeat(" ", depth*10) + "needle", false},
		"broken addresses":    {strings.Repeat("[a](ttps:x) ", depth) + "needle", false},
		"distinct broken":     {distinctAddresses(depth) + "needle", false},
		"one very long line":  {strings.Repeat("word ", depth*20) + "needle", false},
		"one very long word":  {strings.Repeat("w", depth*20) + "needle", false},
		"emphasis marks only": {strings.Repeat("_*", depth) + "needle", false},
	} {
		t.Run(name, func(t *testing.T) {
			got := mustRender(t, markdown.New(markdown.Options{}), markdown.Source{Text: []byte(c.text), Base: "https://example.org/"})
			if !strings.Contains(got.HTML, "needle") {
				t.Errorf("the text is lost; %d bytes are left", len(got.HTML))
			}
			plain := len(got.Problems) == 1 && strings.Contains(got.Problems[0].Message, "plain text")
			if plain != c.plain {
				t.Errorf("published as plain text: %v, want %v; problems %v", plain, c.plain, got.Problems)
			}
			if len(got.Problems) > 21 {
				t.Errorf("%d problems about one post", len(got.Problems))
			}
		})
	}
}

func distinctAddresses(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("[a](ttps:" + strings.Repeat("x", i%100) + ") ")
	}
	return b.String()
}

func TestNestingThatPeopleWriteStays(t *testing.T) {
	got := mustRender(t, markdown.New(markdown.Options{}), markdown.Source{Text: []byte("> > - 1. *a **b***\n"), Base: "https://example.org/"})
	want := "<blockquote>\n<blockquote>\n<ul>\n<li>\n<ol>\n<li><em>a <strong>b</strong></em></li>\n</ol>\n</li>\n</ul>\n</blockquote>\n</blockquote>\n"
	if got.HTML != want {
		t.Errorf("got %q, want %q", got.HTML, want)
	}
}

func TestLinkWithParenthesesStays(t *testing.T) {
	for _, c := range []string{"[a](/b_(c))", "[a](</b_(c)>)", "[a](/b_(c) \"(((\")"} {
		got := mustRender(t, markdown.New(markdown.Options{}), markdown.Source{Text: []byte(c), Base: "https://example.org/"})
		if !strings.Contains(got.HTML, `href="https://example.org/b_(c)"`) {
			t.Errorf("%s gives %s", c, got.HTML)
		}
	}
}
