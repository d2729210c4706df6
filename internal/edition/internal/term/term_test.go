package term_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/term"
)

// tagged returns a post of day n with tags.
func tagged(n int, tags ...string) *blog.Post {
	p := &blog.Post{ID: fmt.Sprint(n), Published: time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC)}
	for _, tag := range tags {
		p.Terms = append(p.Terms, blog.Term{Kind: blog.Tag, Name: tag})
	}
	return p
}

func TestSlugs(t *testing.T) {
	for name, want := range map[string]string{
		"Machine Learning": "machine-learning", "machine_learning ": "machine-learning", "a - b": "a-b", "AC/DC": "ac-dc", `a\b`: "a-b",
		"C": "c", "C++": "c++", "C#": "c#", ".net": ".net",
		"Café": "café", "Cafe\u0301": "café", "cafe": "cafe", "Straße": "strasse", "ΕΛΛΗΝΙΚΆ": "ελληνικά", "日本語": "日本語", "😀": "😀",
		".": "dot", "..": "dotdot", "...": "dotdotdot", "": "", " ": "", "-": "", "\x00": "", "/": "",
	} {
		if got := term.Slug(name); got != want {
			t.Errorf("the slug of %q is %q, want %q", name, got, want)
		}
	}
	long := term.Slug(strings.Repeat("long ", 200))
	if len(long) > 255 || long == "" || long != term.Slug(strings.Repeat("LONG_", 200)) {
		t.Errorf("a long name has the slug %q", long)
	}
}

func TestSortGroupsSpellings(t *testing.T) {
	newest, middle, oldest := tagged(3, "web dev", "Go"), tagged(2, "Web-Dev", "web_dev", " "), tagged(1, "Go")
	oldest.Authors, oldest.Section, oldest.Extra().Language = []blog.Author{{Name: "Ada"}}, "notes", "fr"
	oldest.Terms = append(oldest.Terms, blog.Term{Kind: blog.Category, Name: "Go"})
	titles := term.Titles(map[string]string{"sections/Notes": "My notes", "tags/none": "Nothing"})
	got := term.Sort([]*blog.Post{newest, middle, oldest}, blog.Site{Language: "en"}, titles)
	want := []*term.Term{
		{Key: term.Key{Kind: "categories", Slug: "go"}, Name: "Go", Names: []string{"Go"}, Posts: []*blog.Post{oldest}},
		{Key: term.Key{Kind: "tags", Slug: "go"}, Name: "Go", Names: []string{"Go"}, Posts: []*blog.Post{newest, oldest}},
		{Key: term.Key{Kind: "tags", Slug: "web-dev"}, Name: "web dev", Names: []string{"web dev", "Web-Dev", "web_dev"}, Posts: []*blog.Post{newest, middle}},
		{Key: term.Key{Kind: "authors", Slug: "ada"}, Name: "Ada", Names: []string{"Ada"}, Posts: []*blog.Post{oldest}},
		{Key: term.Key{Kind: "languages", Slug: "en"}, Name: "en", Posts: []*blog.Post{newest, middle}},
		{Key: term.Key{Kind: "languages", Slug: "fr"}, Name: "fr", Posts: []*blog.Post{oldest}},
		{Key: term.Key{Kind: "sections", Slug: "notes"}, Name: "My notes", Posts: []*blog.Post{oldest}},
	}
	if !reflect.DeepEqual(got, want) {
		for _, term := range got {
			t.Log(*term)
		}
		t.Errorf("got %d terms, want %d, or others", len(got), len(want))
	}
}

// Posts that stand aside, as those of a collection beside a blog, are in the feeds of their section
// and its parts alone; where there are no others they are posts like any other.
func TestPostsThatStandAside(t *testing.T) {
	talk, post := tagged(2, "go"), tagged(1, "go")
	talk.Section, talk.Extra().Aside, talk.Extra().Parts = "talks", true, []string{"talks/live"}
	talk.Authors = []blog.Author{{Name: "Ada"}}
	keys := func(posts ...*blog.Post) string {
		var all []string
		for _, t := range term.Sort(posts, blog.Site{Language: "en"}, nil) {
			all = append(all, fmt.Sprint(t.Root(), len(t.Posts)))
		}
		return strings.Join(all, " ")
	}
	if got, want := keys(talk, post), "/tags/go/1 /languages/en/1 /sections/talks/1 /sections/talks-live/1"; got != want {
		t.Errorf("beside a post the terms are %s, want %s", got, want)
	}
	if got, want := keys(talk), "/tags/go/1 /authors/ada/1 /languages/en/1 /sections/talks/1 /sections/talks-live/1"; got != want {
		t.Errorf("alone the terms are %s, want %s", got, want)
	}
	if got := term.Main([]*blog.Post{talk, post}, nil).Posts; !reflect.DeepEqual(got, []*blog.Post{post}) {
		t.Errorf("the main feed beside a post has %d posts", len(got))
	}
	if got := term.Main([]*blog.Post{talk}, nil).Posts; !reflect.DeepEqual(got, []*blog.Post{talk}) {
		t.Errorf("the main feed without one has %d posts", len(got))
	}
	moved := *talk
	moved.Extras = &blog.Extras{Aside: true, Parts: []string{"talks/other"}}
	if _, follows := term.Follow(nil, []*blog.Post{talk}, []*blog.Post{&moved}); follows {
		t.Error("a post of another part is taken for one of the same terms")
	}
}

func TestRootsAndKeys(t *testing.T) {
	for root, key := range map[string]term.Key{"/": {}, "/tags/a b/": {Kind: "tags", Slug: "a b"}, "/languages/日本/": {Kind: "languages", Slug: "日本"}} {
		if got := key.Root(); got != root {
			t.Errorf("the root of %v is %q, want %q", key, got, root)
		}
		if got := term.At(root); got != key {
			t.Errorf("at %q is %v, want %v", root, got, key)
		}
	}
	if got := (term.Key{Kind: "tags", Slug: "go"}).Title("Go", blog.Site{Title: "Site"}); got != "Go – Site" {
		t.Errorf("a tag's feed has the title %q", got)
	}
	if got := (term.Key{}).Title("", blog.Site{Title: "Site"}); got != "Site" {
		t.Errorf("the main feed has the title %q", got)
	}
	if term.Singular("tags") != "tag" || term.Singular("tag") != "" {
		t.Error("what one term of a kind is called is wrong")
	}
}

// Biggest returns what sorting by count and cutting off would, in the order of slugs.
func TestBiggestTerms(t *testing.T) {
	seed := seed(t)
	r := rand.New(rand.NewPCG(seed, 0))
	for range 200 {
		var terms []*term.Term
		for _, kind := range term.Kinds {
			for i := range r.IntN(30) {
				posts := make([]*blog.Post, 1+r.IntN(4))
				for n := range posts {
					posts[n] = tagged(1)
				}
				terms = append(terms, &term.Term{Key: term.Key{Kind: kind.Folder, Slug: fmt.Sprintf("%02d", i)}, Posts: posts})
			}
		}
		c := term.NewCatalogue(terms, 10)
		for _, kind := range term.Kinds {
			most := r.IntN(32)
			want := slices.Clone(c.Of(kind.Folder))
			slices.SortStableFunc(want, func(a, b term.Listed) int { return b.Count - a.Count })
			want = want[:min(len(want), most)]
			slices.SortFunc(want, func(a, b term.Listed) int { return term.Compare(a.Key, b.Key) })
			got := c.Biggest(kind.Folder, most)
			if !slices.Equal(got, want) {
				t.Fatalf("seed %d: the %d biggest of %v are %v, want %v", seed, most, c.Of(kind.Folder), got, want)
			}
		}
	}
}

// seed returns BROADSHEET_SEED if it is set, or else a random number.
func seed(t *testing.T) uint64 {
	t.Helper()
	given := os.Getenv("BROADSHEET_SEED")
	if given == "" {
		return rand.Uint64()
	}
	n, err := strconv.ParseUint(given, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCatalogueKeyTellsWhatListsShow(t *testing.T) {
	keys := map[blog.Key]string{}
	for name, posts := range map[string][]*blog.Post{
		"one post":     {tagged(2, "a")},
		"another name": {tagged(2, "A")},
		"another term": {tagged(2, "b")},
		"another date": {tagged(3, "a")},
		"more posts":   {tagged(2, "a"), tagged(1, "a")},
		"more terms":   {tagged(2, "a", "b")},
	} {
		c := term.NewCatalogue(term.Sort(posts, blog.Site{}, nil), len(posts))
		if other := keys[c.Key]; other != "" {
			t.Errorf("%s has the key of %s", name, other)
		}
		keys[c.Key] = name
		if again := term.NewCatalogue(term.Sort(posts, blog.Site{}, nil), len(posts)); again.Key != c.Key {
			t.Errorf("%s has two keys", name)
		}
	}
}
