package segment_test

import (
	"fmt"
	"slices"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/segment"
	"broadsheet/internal/edition/internal/term"
)

func posts(n int) []*blog.Post {
	all := make([]*blog.Post, n)
	for i := range all {
		all[i] = &blog.Post{ID: fmt.Sprint(n - i)} // the newest has the highest
	}
	return all
}

// describe returns the root and the ids of each segment.
func describe(all []segment.Segment) []string {
	var lines []string
	for _, s := range all {
		line := s.Root
		for _, p := range s.Posts {
			line += " " + p.ID
		}
		lines = append(lines, line)
	}
	return lines
}

func TestSplit(t *testing.T) {
	for name, c := range map[string]struct {
		posts, newest, full int
		want                []string
	}{
		"nothing":               {0, 0, 2, []string{"/tags/a/"}},
		"all fit":               {2, 2, 2, []string{"/tags/a/ 2 1"}},
		"one is older":          {3, 2, 2, []string{"/tags/a/ 3 2", "/tags/a/archive/2/", "/tags/a/archive/1/ 1"}},
		"one archive is full":   {4, 2, 2, []string{"/tags/a/ 4 3", "/tags/a/archive/2/", "/tags/a/archive/1/ 2 1"}},
		"one more":              {5, 2, 2, []string{"/tags/a/ 5 4", "/tags/a/archive/2/ 3", "/tags/a/archive/1/ 2 1"}},
		"two archives are full": {6, 2, 2, []string{"/tags/a/ 6 5", "/tags/a/archive/3/", "/tags/a/archive/2/ 4 3", "/tags/a/archive/1/ 2 1"}},
	} {
		got := segment.Split(&term.Term{Key: term.Key{Kind: "tags", Slug: "a"}, Name: "A", Posts: posts(c.posts)}, c.newest, c.full)
		if !slices.Equal(describe(got), c.want) {
			t.Errorf("%s: %q, want %q", name, describe(got), c.want)
		}
		if n := 1 + segment.Archives(c.posts-c.newest, c.full); n != len(got) {
			t.Errorf("%s: %d segments are counted, %d made", name, n, len(got))
		}
	}
}

// A full archive stays as it is when posts come; the links lead from each segment to the
// one before and the one after it.
func TestArchivesStayAndAreLinked(t *testing.T) {
	full := map[string]string{}
	for n := 1; n < 40; n++ {
		all := segment.Split(&term.Term{Posts: posts(n)}, min(n, 3), 4)
		for i, s := range all {
			if s.Archive && len(s.Posts) == 4 {
				line := describe(all)[i] + " after " + s.Previous
				if before := full[s.Root]; before != "" && before != line {
					t.Errorf("%s was %q, and is %q with %d posts", s.Root, before, line, n)
				}
				full[s.Root] = line
			}
			if i > 0 && all[i-1].Previous != s.Root || i > 1 && s.Next != all[i-1].Root || i == 1 && s.Next != "" {
				t.Errorf("with %d posts, %s has the previous %q and the next %q", n, s.Root, s.Previous, s.Next)
			}
			if s.Archive != (i > 0) || s.Complete() != (len(all) == 1) || (s.Current == "/") != s.Archive {
				t.Errorf("with %d posts, %s: archive %v, complete %v, current %q", n, s.Root, s.Archive, s.Complete(), s.Current)
			}
		}
		if last := all[len(all)-1]; last.Previous != "" {
			t.Errorf("with %d posts, the oldest archive has the previous %q", n, last.Previous)
		}
	}
	if len(full) < 8 {
		t.Errorf("only %d archives were full", len(full))
	}
}

func TestFit(t *testing.T) {
	for name, c := range map[string]struct{ posts, entries, bytes, want int }{
		"none": {0, 5, 100, 0}, "few": {3, 5, 100, 3}, "many": {9, 5, 100, 5}, "heavy": {9, 5, 35, 3},
		"to the byte": {9, 5, 30, 3}, "one is too heavy": {9, 5, 5, 1}, "no limit": {9, 5, -1, 5},
	} {
		if got := segment.Fit(posts(c.posts), c.entries, c.bytes, func(*blog.Post) int { return 10 }); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
