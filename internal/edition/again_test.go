package edition_test

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/media"
)

// An edition that follows another has the documents of one that is made of
// nothing: the same paths, bytes and dates, whatever posts came, changed or went.
func TestEditionThatFollowsIsLikeANewOne(t *testing.T) {
	many := uint64(16)
	if testing.Short() {
		many = 2
	}
	for seed := range many {
		dice := rand.New(rand.NewPCG(seed, 2))
		posts := map[int]*blog.Post{}
		for n := range 12 {
			posts[n+1] = randomPost(dice, n+1)
		}
		var follows *edition.Edition
		dates := edition.Dates{}
		for step := range 6 {
			in := input(newestFirst(posts)...)
			in.Now = now.Add(time.Duration(step) * time.Minute)
			in.Settings.Items, in.Settings.ArchiveItems, in.Settings.Pages = 3, 2, seed%2 == 0
			in.Settings.Typography, in.Book = dice.IntN(4) == 0, randomBook(dice, posts)
			in.Dates = dates.Of
			alone := edition.New(in)
			if next := after(follows, in); next.Cache != nil {
				edition.New(next) // nobody publishes this one
				follows = edition.New(next)
			} else {
				follows = edition.New(in)
			}
			if dice.IntN(3) == 0 {
				follows.LimitMemory(1 << dice.IntN(20)) // much is forgotten
			}
			compare(t, fmt.Sprintf("seed %d, step %d", seed, step), alone, follows)
			maps.Copy(dates, follows.Dates()) // a date stays known when its document goes
			for range dice.IntN(3) {
				if n := dice.IntN(16) + 1; dice.IntN(3) == 0 {
					delete(posts, n)
				} else {
					posts[n] = randomPost(dice, n)
				}
			}
		}
	}
}

// randomBook knows some of the pictures and posts that texts refer to, each time at
// another place or of another size.
func randomBook(dice *rand.Rand, posts map[int]*blog.Post) *address.Book {
	o := address.Options{Site: site, Posts: map[string]*blog.Post{}, Facts: map[string]media.Facts{}}
	var files []blog.Media
	for _, name := range []string{"a.png", "b.png", "sub/c.png"} {
		if dice.IntN(3) > 0 {
			files = append(files, blog.Media{Path: name, Type: "image/png"})
			o.Facts[name] = media.Facts{Width: dice.IntN(3), Height: 2}
		}
	}
	for n := range 17 {
		if p := posts[n]; p != nil && dice.IntN(4) > 0 {
			o.Posts[p.Path] = p
		}
	}
	o.Files = address.NewFiles(files)
	return address.New(o)
}

// randomPost has terms that others share, in several spellings.
func randomPost(dice *rand.Rand, n int) *blog.Post {
	p := newPost(n, strings.Repeat("\"word\" ", dice.IntN(5)+1)+
		[]string{"", "![](a.png)", "![](/b.png) ![](sub/c.png)", "[x](post-3.md)", "[x](post-5.md#y) ![](a.png)"}[dice.IntN(5)])
	for _, name := range []string{"Go", "go", "GO lang", "go-lang", "Ümläut", "C++"} {
		if dice.IntN(3) == 0 {
			p.Terms = append(p.Terms, blog.Term{Kind: blog.Tag, Name: name})
		}
	}
	if dice.IntN(2) == 0 {
		p.Terms = append(p.Terms, blog.Term{Kind: blog.Category, Name: "News"})
	}
	p.Extra().Language = []string{"", "", "de"}[dice.IntN(3)]
	p.Section = []string{"", "notes"}[dice.IntN(2)]
	switch dice.IntN(12) { // the address of another post, or of a page
	case 0:
		p.URL = site.URL + "/post-3/"
	case 1:
		p.URL = site.URL + "/tags/go/"
	case 2:
		p.URL = "https://elsewhere.example/x/"
	}
	if dice.IntN(4) == 0 {
		p.Published = p.Published.Add(-time.Duration(dice.IntN(9)) * 24 * time.Hour)
	}
	return p
}

func newestFirst(posts map[int]*blog.Post) []*blog.Post {
	var all []*blog.Post
	for _, p := range posts {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *blog.Post) int {
		if d := b.Published.Compare(a.Published); d != 0 {
			return d
		}
		return strings.Compare(a.Path, b.Path)
	})
	return all
}

func compare(t *testing.T, where string, want, got *edition.Edition) {
	t.Helper()
	if len(want.Documents()) != len(got.Documents()) {
		t.Fatalf("%s: %d documents, want %d", where, len(got.Documents()), len(want.Documents()))
	}
	for i, d := range want.Documents() {
		other := got.Documents()[i]
		if d.Path != other.Path || d.Link() != other.Link() {
			t.Fatalf("%s: %s in place of %s", where, other.Path, d.Path)
		}
		if got.Find(strings.ToUpper(d.Path)) != other {
			t.Errorf("%s: %s is not found by its alias", where, d.Path)
		}
		a, err := d.Content()
		if err != nil {
			t.Fatal(err)
		}
		b, err := other.Content()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Body, b.Body) || !a.Modified.Equal(b.Modified) {
			t.Fatalf("%s: %s differs:\n%s\nwant\n%s", where, d.Path, b.Body, a.Body)
		}
	}
}
