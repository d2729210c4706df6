package blog_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"broadsheet/internal/blog"
)

func TestLongSegmentsAreShortenedAndStayApart(t *testing.T) {
	for _, short := range []string{"", "a", strings.Repeat("x", blog.MaxSegment)} {
		if got := blog.Segment(short); got != short {
			t.Errorf("%q became %q", short, got)
		}
	}
	seen := map[string]bool{}
	for n := range 8 {
		for _, rune := range []string{"x", "é", "長", "😀"} {
			long := strings.Repeat("a", n) + strings.Repeat(rune, 300)
			for _, name := range []string{long, long + "1", long + "2"} {
				got := blog.Segment(name)
				if len(got) > blog.MaxSegment || len(got) < 200 || !utf8.ValidString(got) || seen[got] || blog.Segment(got) != got {
					t.Errorf("%d %s: %q", n, rune, got)
				}
				seen[got] = true
			}
		}
	}
}
