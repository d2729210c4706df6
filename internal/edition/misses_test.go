package edition_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/source"
)

// A feed that misses the text of a post is not taken for the whole one later, though the
// text came back, for somebody else, while the feed was rendered.
func TestFeedThatMissedATextIsRenderedAgain(t *testing.T) {
	for what, failure := range map[string]error{"lost": errors.New("it cannot be read"), "changed": fmt.Errorf("x: %w", source.ErrChanged)} {
		posts := many(30)
		for _, p := range posts {
			p.Terms = []blog.Term{{Kind: blog.Tag, Name: "x"}}
			p.Text = p.TextKey()
			p.Key = blog.KeyOf(p)
		}
		in := input(posts...)
		in.Settings.Items, in.Settings.ArchiveItems, in.Cache = 5, 10, edition.NewCache(0)
		var e *edition.Edition
		missing := false
		in.Whole = func(p *blog.Post) (*blog.Post, error) {
			switch {
			case missing && p == posts[20]:
				return nil, failure
			case missing && p == posts[21]: // it comes after that one
				missing = false
				if _, _, err := e.Texts(posts[20]); err != nil {
					t.Error(err)
				}
			}
			return p, nil
		}
		shows := func() bool {
			c, err := e.Find("/tags/x/archive/1/feed.json").Content()
			if err != nil && !errors.Is(err, source.ErrChanged) {
				t.Fatal(err)
			}
			return err == nil && strings.Contains(string(c.Body), string(posts[20].Body))
		}
		e = edition.New(in)
		e.Publish(now)
		missing = true
		if shows() {
			t.Errorf("%s: the feed has what was missing", what)
		}
		missing = false
		e = edition.New(in)
		e.Publish(now)
		if !shows() {
			t.Errorf("%s: the post does not come back", what)
		}
	}
}
