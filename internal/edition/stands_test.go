package edition_test

import (
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/markdown"
)

// An edition stays as long as all of it can be rendered: what failed is tried again with
// the next one.
func TestEditionWithAFaultDoesNotStand(t *testing.T) {
	for _, test := range []struct {
		newest, oldest string
		stands         bool
	}{
		{"Words.", "Words.", true},
		{"It panics.", "Words.", false},
		{"Words.", "It fails.", false},
	} {
		posts := many(30)
		for i, text := range map[int]string{0: test.newest, 29: test.oldest} {
			posts[i].Body = []byte(text)
			posts[i].Text = posts[i].TextKey()
			posts[i].Key = blog.KeyOf(posts[i])
		}
		in := input(posts...)
		in.Settings.Pages = true
		in.Renderer = failing{markdown.New(markdown.Options{})}
		e := edition.New(in)
		e.Publish(now)
		for _, d := range e.Documents() {
			_, _ = d.Content()
		}
		if e.Stands() != test.stands {
			t.Errorf("%q and %q: stands is %v", test.newest, test.oldest, !test.stands)
		}
	}
}
