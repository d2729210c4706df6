package edition_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
)

// addresses are permalinks that are spelled alike, or are those of other documents.
var addresses = []string{
	"/a/", "/A/", "/a", "/b/", "/%62/", "/page/2/", "/archive/", "/years/2026/", "/rss.xml", "/tags/x/", "/tags/x/rss.xml", "/tags/y/page/2/", "/c/?d", "/../e/",
}

// rearranged is a list of posts of which some are edited, come, go, or change their order.
type rearranged struct {
	dice  *rand.Rand
	posts []*blog.Post
	made  int
}

func (r *rearranged) post(id int) *blog.Post {
	r.made++
	p := newPost(1, fmt.Sprint("Text ", r.made))
	p.Path, p.ID = fmt.Sprintf("%d.md", id), fmt.Sprintf("tag:example.org,2026:%d", id)
	p.Published = p.Published.Add(time.Duration(r.dice.IntN(3)) * time.Hour)
	p.Updated, p.File = p.Published, blog.StampOf(p.Published)
	p.URL = fmt.Sprintf("%s/post-%d/", site.URL, id)
	if r.dice.IntN(3) == 0 {
		p.URL = site.URL + addresses[r.dice.IntN(len(addresses))]
	}
	p.Terms = nil
	for _, name := range []string{"x", "X", "y", "z"} {
		if r.dice.IntN(3) == 0 {
			p.Terms = append(p.Terms, blog.Term{Kind: blog.Tag, Name: name})
		}
	}
	if r.dice.IntN(3) == 0 {
		p.Authors, p.Section, p.Extra().Language = []blog.Author{{Name: "Ann"}}, "notes", "de"
	}
	p.Text = p.TextKey()
	p.Key = blog.KeyOf(p)
	return p
}

// like gives a post another text alone, as most edits do.
func (r *rearranged) like(p *blog.Post) *blog.Post {
	r.made++
	q := *p
	q.Body = fmt.Append(nil, "Text ", r.made)
	q.Text = q.TextKey()
	q.Key = blog.KeyOf(&q)
	return &q
}

func (r *rearranged) step() {
	r.posts = slices.Clone(r.posts)
	i := r.dice.IntN(len(r.posts))
	switch r.dice.IntN(6) {
	case 0:
		id, _ := strconv.Atoi(strings.TrimSuffix(r.posts[i].Path, ".md"))
		r.posts[i] = r.post(id)
	case 1:
		r.posts = append(r.posts, r.post(100+r.made))
	case 2:
		if len(r.posts) > 5 {
			r.posts = slices.Delete(r.posts, i, i+1)
		}
	default:
		r.posts[i] = r.like(r.posts[i])
	}
	slices.SortFunc(r.posts, func(a, b *blog.Post) int {
		if c := b.Published.Compare(a.Published); c != 0 {
			return c
		}
		return strings.Compare(a.Path, b.Path)
	})
}

// says returns what each path of an edition says.
func says(t *testing.T, e *edition.Edition) map[string]string {
	t.Helper()
	e.Publish(now)
	all := map[string]string{}
	for _, d := range e.Documents() {
		c, err := d.Content()
		if err != nil {
			t.Fatal(err)
		}
		all[d.Path] = string(c.Body)
	}
	for _, at := range append([]string{"/post-1/", "/POST-2/"}, addresses...) {
		if d := e.Find(at); d != nil {
			all["find "+at] = d.Path
		}
	}
	return all
}

// An edition that takes the layout of another says what one says that makes its own,
// however the posts, their terms and their addresses change. BROADSHEET_SEED makes the
// first series that of a seed.
func TestLayoutOfTheEditionBeforeChangesNothing(t *testing.T) {
	first, _ := strconv.ParseUint(os.Getenv("BROADSHEET_SEED"), 10, 64)
	many := uint64(6)
	if testing.Short() {
		many = 1
	}
	for seed := first; seed < first+many; seed++ {
		r := &rearranged{dice: rand.New(rand.NewPCG(seed, 3))}
		for id := range 9 {
			r.posts = append(r.posts, r.post(id))
		}
		cache := edition.NewCache(0)
		for step := range 10 {
			r.step()
			in := input(r.posts...)
			in.Settings.Pages, in.Settings.Items, in.Settings.ArchiveItems = true, 3, 2
			if n := len(r.posts); r.dice.IntN(3) == 0 {
				in.Posts, in.Unlisted = r.posts[:n-1], r.posts[n-1:]
			}
			want := says(t, edition.New(in))
			in.Cache = cache
			got := says(t, edition.New(in))
			for path, body := range want {
				if got[path] != body {
					t.Errorf("seed %d, step %d: %s:\n%s\nwant\n%s", seed, step, path, got[path], body)
				}
			}
			if len(got) != len(want) {
				t.Errorf("seed %d, step %d: %d documents, want %d", seed, step, len(got), len(want))
			}
			if t.Failed() {
				t.FailNow()
			}
		}
	}
}
