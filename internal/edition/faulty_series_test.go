package edition_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/markdown"
)

// failing is a renderer with faults that words in a body show.
type failing struct{ *markdown.Renderer }

func (f failing) Render(s markdown.Source) (markdown.Content, error) {
	switch text := string(s.Text); {
	case strings.Contains(text, "panics"):
		panic("no luck")
	case strings.Contains(text, "fails"):
		return markdown.Content{}, errors.New("no luck")
	}
	find := s.Find
	s.Find = func(ref string) (string, bool) {
		if ref == "fault.png" {
			panic("no luck")
		}
		return find(ref)
	}
	return f.Renderer.Render(s)
}

// faultySeries is a series of posts of which some are edited into ones that cannot
// be rendered, and mended, and what is to be seen of them.
type faultySeries struct {
	dice   *rand.Rand
	posts  []*blog.Post
	texts  []string // of each post
	good   []string // the last good text that an edition had, empty if there is none
	broken []bool
	serial int
}

// edit gives a post another text, in one of these ways.
func (s *faultySeries) edit(i int) {
	s.serial++
	text := fmt.Sprintf("Version %d.", s.serial)
	way := s.dice.IntN(5)
	s.texts[i], s.broken[i] = text, way < 3
	text += []string{" It panics.", " It fails.", " ![](fault.png)", "", " Another."}[way]
	s.posts = edited(s.posts, i, text)
}

func (s *faultySeries) input() edition.Input {
	for i, text := range s.texts {
		if !s.broken[i] {
			s.good[i] = text
		}
	}
	return faultyInput(failing{markdown.New(markdown.Options{})}, s.posts)
}

// check holds an edition against what is known of the posts.
func (s *faultySeries) check(t *testing.T, e *edition.Edition) {
	t.Helper()
	for _, d := range e.Documents() {
		if c, err := d.Content(); err == nil && len(c.Body) == 0 {
			t.Errorf("%s is empty", d.Path)
		}
	}
	for i, p := range s.posts {
		page := ""
		if d := e.Find(strings.TrimPrefix(p.URL, site.URL)); d != nil {
			if c, err := d.Content(); err == nil {
				page = string(c.Body)
			}
		}
		if s.good[i] == "" && page != "" || !strings.Contains(page, s.good[i]) {
			t.Errorf("%s: want %q in its page, which says %.500q", p.Path, s.good[i], page)
		}
		if got := told(e, p.Path); strings.Contains(got, "no luck") != s.broken[i] {
			t.Errorf("%s: broken %v, told %q", p.Path, s.broken[i], got)
		}
	}
}

// TestFaultsStayWithTheirPosts breaks and mends posts at random. BROADSHEET_SEED makes
// it one series, that of this number.
func TestFaultsStayWithTheirPosts(t *testing.T) {
	first, count := rand.Uint64(), 60
	if testing.Short() {
		count = 6
	}
	if seed, err := strconv.ParseUint(os.Getenv("BROADSHEET_SEED"), 10, 64); err == nil {
		first, count = seed, 1
	}
	for n := range count {
		seed := first + uint64(n)
		s := &faultySeries{
			dice: rand.New(rand.NewPCG(seed, 1)), posts: series(6),
			texts: make([]string, 6), good: make([]string, 6), broken: make([]bool, 6),
		}
		for i := range s.posts {
			s.edit(i)
		}
		var e *edition.Edition
		for range 6 {
			e = edition.New(after(e, s.input()))
			s.check(t, e)
			for range 1 + s.dice.IntN(3) {
				s.edit(s.dice.IntN(6))
			}
		}
		if t.Failed() {
			t.Fatalf("BROADSHEET_SEED=%d shows it again", seed)
		}
	}
}
