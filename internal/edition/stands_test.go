package edition_test

import (
	"fmt"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/markdown"
	"broadsheet/internal/source"
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

// A text that was not there for a moment may have another version shown in its place,
// also once it is there again.
func TestEditionThatMissedATextDoesNotStand(t *testing.T) {
	posts, away := many(30), false
	in := input(posts...)
	in.Settings.Pages = true
	in.Whole = func(p *blog.Post) (*blog.Post, error) {
		if away && p == posts[29] {
			return nil, fmt.Errorf("gone: %w", source.ErrChanged)
		}
		return p, nil
	}
	e := edition.New(in)
	e.Publish(now)
	if !e.Stands() {
		t.Fatal("nothing was missed, and it does not stand")
	}
	away = true
	for _, d := range e.Documents() {
		_, _ = d.Content()
	}
	away = false
	if e.Stands() {
		t.Error("a text was missed, and it stands")
	}
}
