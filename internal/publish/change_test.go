package publish

import (
	"testing"

	"broadsheet/internal/blog"
)

func TestChangeIsCountedByID(t *testing.T) {
	post := func(id, path, text string) *blog.Post {
		p := &blog.Post{ID: id, Path: path, Body: []byte(text)}
		p.Key = blog.KeyOf(p)
		return p
	}
	one, two := post("1", "one.md", "One"), post("2", "two.md", "Two")
	edited, renamed, twin := post("1", "one.md", "Once more"), post("2", "elsewhere.md", "Two"), post("1", "twin.md", "Twin")
	for _, test := range []struct {
		what          string
		before, after []*blog.Post
		want          Change
	}{
		{"the first publication", nil, []*blog.Post{two, one}, Change{2, 0, 0}},
		{"nothing", []*blog.Post{two, one}, []*blog.Post{two, one}, Change{}},
		{"the same, read anew", []*blog.Post{two, one}, []*blog.Post{post("2", "two.md", "Two"), one}, Change{}},
		{"an edit", []*blog.Post{two, one}, []*blog.Post{two, edited}, Change{0, 1, 0}},
		{"another name", []*blog.Post{two, one}, []*blog.Post{renamed, one}, Change{0, 1, 0}},
		{"one for another", []*blog.Post{one}, []*blog.Post{two}, Change{1, 0, 1}},
		{"two that claim one id", []*blog.Post{one}, []*blog.Post{twin, edited}, Change{1, 1, 0}},
	} {
		if got := compare(test.before, test.after); got != test.want {
			t.Errorf("%s: %v, want %v", test.what, got, test.want)
		}
	}
}
