package blog_test

import (
	"slices"
	"testing"

	"broadsheet/internal/blog"
)

func TestResolveMakesReferencesAbsolute(t *testing.T) {
	site := blog.Site{URL: "https://example.org/blog"}
	for ref, want := range map[string]string{
		"":                          "",
		"  ":                        "",
		"assets/a.jpg":              "https://example.org/blog/assets/a.jpg",
		"/assets/a b.jpg":           "https://example.org/blog/assets/a%20b.jpg",
		"a%20b.jpg?v=1#x":           "https://example.org/blog/a%20b.jpg?v=1#x",
		"bilder/ü.jpg":              "https://example.org/blog/bilder/%C3%BC.jpg",
		"//cdn.example/a.jpg":       "https://cdn.example/a.jpg",
		"https://cdn.example/a.jpg": "https://cdn.example/a.jpg",
		"100%.jpg":                  "https://example.org/blog/100%25.jpg",
	} {
		if got := site.Resolve(ref); got != want {
			t.Errorf("Resolve(%q) = %q, want %q", ref, got, want)
		}
	}
}

func TestProblemSaysWhere(t *testing.T) {
	for want, p := range map[string]blog.Problem{
		"a.md:3: no date": {File: "a.md", Line: 3, Message: "no date"},
		"a.md: no date":   {File: "a.md", Message: "no date"},
		"no folder":       {Message: "no folder"},
	} {
		if got := p.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestProblemsAreSortedByPlace(t *testing.T) {
	want := []blog.Problem{{File: "a.md", Line: 2}, {File: "a.md", Line: 10}, {File: "b.md", Line: 1, Message: "x"}, {File: "b.md", Line: 1, Message: "y"}}
	got := slices.Clone(want)
	slices.Reverse(got)
	blog.SortProblems(got)
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}
