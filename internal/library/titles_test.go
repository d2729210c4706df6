package library_test

import "testing"

// TestTitlesFromHeadings holds the title of a body's first line, by CommonMark.
func TestTitlesFromHeadings(t *testing.T) {
	for line, want := range map[string]string{
		"# Learning C#": "Learning C#", "# C# ##": "C#", "# F# and C#   ": "F# and C#", "# #": "", "#\tTab heading": "Tab heading",
		" # One space": "One space", "   # Three ###\t": "Three", "    # Code": "", "#No space": "", "## Second": "", "# A #b": "A #b",
		"# Hash \\#": "Hash #", "# A \\# ##": "A #", "# ## #": "", "#": "", "# Anchor {#top}": "Anchor", "# Braces {x}": "Braces {x}",
		"# ?a=1&copy=2 &amp; Vec<T>": "?a=1&copy=2 & Vec<T>", "# A <!-- secret --> b": "A b", "# C#\r": "C#",
	} {
		l := read(line + "\n\nWords.\n")
		if len(l.Posts) != 1 || l.Posts[0].Title != want {
			t.Errorf("%q: got %q, want %q; %v", line, l.Posts[0].Title, want, l.Problems)
		}
	}
}

// TestReferencesWithoutSemicolonAreText holds titles and terms as authors wrote
// them.
func TestReferencesWithoutSemicolonAreText(t *testing.T) {
	l := read("---\ntitle: '?a=1&copy=2&reg=3 &times &copy; &#169; &#xA9; &nosuch;'\ntags: ['R&D', 'a&copyb', 'x &lt; y']\nauthor: 'Ben &amp co &amp; sons'\n---\nWords.\n")
	p := l.Posts[0]
	if want := "?a=1&copy=2&reg=3 &times © © © &nosuch;"; p.Title != want {
		t.Errorf("title %q, want %q", p.Title, want)
	}
	if len(p.Terms) != 3 || p.Terms[0].Name != "R&D" || p.Terms[1].Name != "a&copyb" || p.Terms[2].Name != "x < y" {
		t.Errorf("terms %v", p.Terms)
	}
	if want := "Ben &amp co & sons"; p.Authors[0].Name != want {
		t.Errorf("author %q, want %q", p.Authors[0].Name, want)
	}
}

// TestTitlesFromUnderlinedHeadings holds the title of a body that begins with a
// setext heading, by CommonMark.
func TestTitlesFromUnderlinedHeadings(t *testing.T) {
	for body, want := range map[string]string{
		"A Title\n=======\n\nWords.\n": "A Title", "  Two *lines*\nof it\r\n   ==  \nWords.\n": "Two *lines* of it", "C#\n=\nWords.\n": "C#",
		"Second level\n---\n\nWords.\n": "", "Words.\n\n===\n": "", "=====\n\nWords.\n": "", "- item\n====\n": "", "    code\n====\n": "", "> quote\n====\n": "",
		"Words.\n": "", "1. one\n===\n": "", "```\ncode\n===\n```\n": "", "Open {#top}\n====\nWords.\n": "Open",
	} {
		l := read("---\ndate: 2026-01-01\n---\n" + body)
		if len(l.Posts) != 1 || l.Posts[0].Title != want {
			t.Errorf("%q: got %q, want %q; %v", body, l.Posts[0].Title, want, l.Problems)
		}
	}
	l := read("---\ndate: 2026-01-01\n---\n\nA Title\n=======\nWords.\n")
	if p := l.Posts[0]; string(p.Body) != "Words.\n" || p.BodyLine != 7 {
		t.Errorf("body %q from line %d", p.Body, p.BodyLine)
	}
}
