package permalink_test

import (
	"path"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"broadsheet/internal/dialect/hugo/internal/permalink"
)

var names = permalink.Names{
	Date: time.Date(2026, 3, 2, 23, 30, 0, 0, time.FixedZone("", -5*3600)), Section: "posts", Sections: []string{"posts", "2026", "spring"},
	Title: "A Day / Night", Slug: "", File: "Hello World",
}

func fill(pattern string, n permalink.Names) string {
	return permalink.Fill(pattern, func() permalink.Names { return n })
}

func TestTokens(t *testing.T) {
	for pattern, want := range map[string]string{
		"/:year/:month/:day/": "/2026/03/02/", ":yearday": "61", ":weekday": "1", ":weekdayname": "Monday", ":monthname": "March",
		":section": "posts", ":sections": "posts/2026/spring", ":sectionslug": "posts", ":sectionslugs": "posts/2026/spring",
		":title": "A-Day-Night", ":filename": "Hello-World", ":contentbasename": "Hello-World",
		":slug": "A-Day-Night", ":slugorfilename": "Hello-World", ":slugorcontentbasename": "Hello-World",
		"/a:b/": "/a:b/", ":": ":", "": "", ":years": "2026s", ":sections/x": "posts/2026/spring/x", ":year:month": "202603",
	} {
		if got := fill(pattern, names); got != want {
			t.Errorf("%q: %q, want %q", pattern, got, want)
		}
	}
	stated := names
	stated.Slug = "my own/one"
	for pattern, want := range map[string]string{":slug": "my-own-one", ":slugorfilename": "my-own-one", ":title": "A-Day-Night", ":filename": "Hello-World"} {
		if got := fill(pattern, stated); got != want {
			t.Errorf("%q with a slug: %q, want %q", pattern, got, want)
		}
	}
	nameless := names
	nameless.Title = ""
	if got := fill(":slug", nameless); got != "Hello-World" {
		t.Errorf("without a title: %q", got)
	}
}

func TestIndexesOfSections(t *testing.T) {
	for index, want := range map[string]string{
		"": "posts/2026/spring", "[0]": "posts", "[1]": "2026", "[last]": "spring", "[1:]": "2026/spring", "[:1]": "posts", "[:last]": "posts/2026",
		"[1:last]": "2026", "[0:2]": "posts/2026", "[2:1]": "", "[7]": "", "[:7]": "posts/2026/spring", "[-3:]": "posts/2026/spring", "[:]": "posts/2026/spring", "[x]": "posts",
	} {
		if got := fill(":sections"+index, names); got != want {
			t.Errorf("%q: %q, want %q", index, got, want)
		}
	}
	for _, c := range []struct {
		sections []string
		index    string
		want     string
	}{{nil, "[last]", ""}, {nil, "[0]", ""}, {nil, "", ""}, {[]string{"a"}, "[last]", ""}, {[]string{"a"}, "[0]", "a"}, {[]string{"a"}, "[:last]", ""}} {
		if got := fill(":sections"+c.index, permalink.Names{Sections: c.sections}); got != c.want {
			t.Errorf("%v%s: %q, want %q", c.sections, c.index, got, c.want)
		}
	}
}

// Names are not asked for where a pattern has no tokens: asking may find mistakes of the page.
func TestNamesAreAskedForOnlyByTokens(t *testing.T) {
	asked := 0
	ask := func() permalink.Names { asked++; return names }
	if permalink.Fill("/about/:x/", ask); asked != 0 {
		t.Errorf("asked %d times", asked)
	}
	if permalink.Fill("/:year/", ask); asked == 0 {
		t.Error("not asked")
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"Ab  c!": "Ab-c", " a ": "a", "Grüße aus Köln": "Grüße-aus-Köln", "a -b": "a-b", "a- b": "a-b", "a - b": "a-b", "100%": "100", "a%20b": "a%20b", "a%2": "a2",
		"C++ & C#": "C++-C#", "a.b_c~d@e\\f": "a.b_c~d@e\\f", "नमस्ते": "नमस्ते", "«»": "", "": "", "a\tb\nc": "a-b-c", "/a/b c/": "/a/b-c/",
	} {
		if got := permalink.Clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestCollapse(t *testing.T) {
	for in, want := range map[string]string{"": "/", "a": "/a", "/a": "/a", "//a///b//": "/a/b/", "/": "/"} {
		if got := permalink.Collapse(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// What is clean stays as it is, and holds nothing that would end the path of an address but #,
// which is escaped later; what is collapsed is an absolute path.
func TestCleanIsStable(t *testing.T) {
	stable := func(s string) bool {
		clean, at := permalink.Clean(s), permalink.Collapse(s)
		return permalink.Clean(clean) == clean && !strings.ContainsAny(clean, " \t\r\n?<>\"&") && path.IsAbs(at) && !strings.Contains(at, "//") && permalink.Collapse(at) == at
	}
	if err := quick.Check(stable, nil); err != nil {
		t.Error(err)
	}
}

// A title is one segment, whatever stands in it.
func TestTitlesMakeOneSegment(t *testing.T) {
	one := func(title string) bool { return !strings.Contains(fill(":title", permalink.Names{Title: title}), "/") }
	if err := quick.Check(one, nil); err != nil {
		t.Error(err)
	}
	for _, title := range []string{"a/b", "//", "/a/"} {
		if !one(title) {
			t.Errorf("%q makes several", title)
		}
	}
}
