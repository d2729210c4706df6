package pages_test

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/bodies"
	"broadsheet/internal/edition/internal/lru"
	"broadsheet/internal/edition/internal/pages"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/markdown"
	"broadsheet/internal/media"
	"broadsheet/internal/page"
)

// failing is a text that cannot be rendered.
const failing = "FAILING"

// renderer renders everything but failing texts.
type renderer struct{ bodies.Renderer }

func (r renderer) Render(s markdown.Source) (markdown.Content, error) {
	if string(s.Text) == failing {
		return markdown.Content{}, errors.New("it fails")
	}
	return r.Renderer.Render(s)
}

// newPosts returns posts of following days, the newest first, each with a tag of its own.
func newPosts(n int) []*blog.Post {
	posts := make([]*blog.Post, n)
	for i := range posts {
		day := n - i
		posts[i] = &blog.Post{
			Title: fmt.Sprintf("Post %d", day), URL: fmt.Sprintf("https://example.org/%d/", day),
			Published: time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day),
			ID:        fmt.Sprint(day), Body: fmt.Appendf(nil, "Body of post %d.", day),
			Terms: []blog.Term{{Kind: blog.Tag, Name: fmt.Sprintf("tag %d", day)}},
		}
	}
	return posts
}

func newWriter(t *testing.T, posts []*blog.Post, s settings.Settings) *pages.Writer {
	t.Helper()
	theme, problems := page.Load(nil, "")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	site := paths.New(blog.Site{URL: "https://example.org", Title: "Site"}, s.WithDefaults())
	picture := blog.Media{Path: "a.png"}
	book := address.New(address.Options{
		Site: site.Site, Files: address.NewFiles([]blog.Media{picture}), Facts: map[string]media.Facts{"a.png": {Width: 300, Height: 200}},
	})
	return &pages.Writer{
		Site: site, Theme: theme, Common: pages.CommonOf(site),
		Bodies: bodies.New(bodies.Options{
			Site: site.Site, Settings: s, Book: book, Store: bodies.NewStore(lru.New(1 << 20)),
			Renderer: renderer{markdown.New(markdown.Options{})},
		}),
		Catalogue: term.NewCatalogue(term.Sort(posts, site.Site, nil), len(posts)),
	}
}

// render renders a page and holds it to its check.
func render(t *testing.T, d pages.Document) string {
	t.Helper()
	body, err := d.Render()
	if err != nil {
		t.Fatalf("%s: %v", d.Path, err)
	}
	if err := pages.Check(body); err != nil {
		t.Errorf("%s: %v", d.Path, err)
	}
	return string(body)
}

func pathsOf(all []pages.Document) (list []string) {
	for _, d := range all {
		list = append(list, d.Path)
	}
	return list
}

func TestListsOfPosts(t *testing.T) {
	posts := newPosts(7)
	w := newWriter(t, posts, settings.Settings{Items: 3, Pages: true})
	index := w.Index(posts)
	if got := pathsOf(index); !slices.Equal(got, []string{"/", "/page/2/", "/page/3/"}) {
		t.Fatalf("the lists are %q", got)
	}
	second := render(t, index[1])
	for _, want := range []string{`href="/4/"`, `href="/3/"`, `href="/2/"`, `href="/page/3/"`, `href="https://example.org/page/2/"`} {
		if !strings.Contains(second, want) {
			t.Errorf("the second page lacks %s", want)
		}
	}
	if strings.Contains(second, "Post 5") || strings.Contains(second, "Post 1") {
		t.Error("the second page lists posts of the others")
	}
	term := &term.Term{Key: term.Key{Kind: "tags", Slug: "tag-7"}, Name: "tag 7", Posts: posts[:1]}
	ofTerm := w.Term(term)
	if got := pathsOf(ofTerm); !slices.Equal(got, []string{"/tags/tag-7/"}) || ofTerm[0].FeedRoot != "/tags/tag-7/" {
		t.Errorf("the lists of a tag are %q, its feeds in %s", got, ofTerm[0].FeedRoot)
	}
	if !strings.Contains(render(t, ofTerm[0]), "https://example.org/tags/tag-7/rss.xml") {
		t.Error("the page of a tag does not name its feed")
	}
	if got := pathsOf(newWriter(t, posts, settings.Settings{Items: 3}).Index(posts)); !slices.Equal(got, []string{"/"}) {
		t.Errorf("the lists of a site without pages are %q", got)
	}
	if got := pathsOf(w.Index(nil)); !slices.Equal(got, []string{"/"}) {
		t.Errorf("the lists of no posts are %q", got)
	}
}

func TestArchive(t *testing.T) {
	posts := newPosts(40) // ten of them in 2026
	w := newWriter(t, posts, settings.Settings{Pages: true})
	all := w.Archive(posts)
	if got := pathsOf(all); !slices.Equal(got, []string{"/years/2026/", "/years/2025/", "/archive/"}) {
		t.Fatalf("the archive has %q", got)
	}
	if n := strings.Count(render(t, all[0]), "<time"); n != 10 || len(all[0].Posts) != 10 {
		t.Errorf("2026 lists %d posts", n)
	}
	if n := strings.Count(render(t, all[2]), "<time"); n != 40 {
		t.Errorf("the archive lists %d posts", n)
	}
	many := w.Archive(newPosts(301))
	if last := many[len(many)-1]; last.Posts != nil || strings.Contains(render(t, last), "<time") {
		t.Error("the archive lists more posts than fit on a page")
	}
}

func TestYearsOfManyPostsHaveManyPages(t *testing.T) {
	posts := newPosts(1001)
	for i, p := range posts {
		p.Published = time.Date(2024, 1, 1, 0, len(posts)-i, 0, 0, time.UTC)
	}
	w := newWriter(t, posts, settings.Settings{Pages: true})
	all := w.Archive(posts)
	if got := pathsOf(all); !slices.Equal(got, []string{"/years/2024/", "/years/2024/page/2/", "/years/2024/page/3/", "/archive/"}) {
		t.Fatalf("the archive has %q", got)
	}
	var titles []string
	for _, d := range all[:3] {
		for _, found := range regexp.MustCompile(`>(Post \d+)</a>`).FindAllStringSubmatch(render(t, d), -1) {
			titles = append(titles, found[1])
		}
	}
	if len(titles) != 1001 || titles[0] != "Post 1001" || titles[500] != "Post 501" || titles[1000] != "Post 1" {
		t.Errorf("the pages of the year list %d posts, beginning with %.3q", len(titles), titles)
	}
	for _, link := range []string{`rel="prev" href="/years/2024/"`, `rel="next" href="/years/2024/page/3/"`} {
		if !strings.Contains(render(t, all[1]), link) {
			t.Errorf("the second page of the year lacks %s", link)
		}
	}
}

func TestPageOfAPost(t *testing.T) {
	posts := newPosts(3)
	w := newWriter(t, posts, settings.Settings{Pages: true})
	posts[1].Body = []byte("Words.\n\n![A cat](/a.png)\n")
	shown := pages.Post{Path: "/2/", Posts: posts[1:2], Newer: posts[0], Older: posts[2]}
	got := render(t, w.Post(shown))
	for _, want := range []string{`<link rel="canonical" href="https://example.org/2/">`, `width="300" height="200"`, `href="/3/"`, `href="/1/"`, "Post 3", "Post 1"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	unlisted := shown
	unlisted.Unlisted = true
	if strings.Contains(render(t, w.Post(unlisted)), `rel="canonical"`) {
		t.Error("a page that no list leads to names itself to search engines")
	}
	posts[1].Body = []byte(failing)
	w = newWriter(t, posts, settings.Settings{Pages: true})
	if body, err := w.Post(shown).Render(); err == nil {
		t.Errorf("a post that cannot be rendered has the page %s", body)
	}
	if first := render(t, w.Index(posts)[0]); strings.Contains(first, "Post 2") || !strings.Contains(first, "Post 1") {
		t.Error("a list is to leave out a post that cannot be rendered, and no other")
	}
}

// Documents with the same path and other contents besides their posts have other keys.
func TestKeysTellWhatPagesShow(t *testing.T) {
	posts := newPosts(4)
	renamed := *posts[0]
	renamed.Title = "Another title"
	keys := map[blog.Key]string{}
	for name, shown := range map[string]pages.Post{
		"alone": {}, "newer": {Newer: posts[0]}, "older": {Older: posts[0]}, "both": {Newer: posts[0], Older: posts[2]},
		"another newer": {Newer: posts[2]}, "a newer with another title": {Newer: &renamed}, "unlisted": {Unlisted: true},
	} {
		shown.Path, shown.Posts = "/2/", posts[1:2]
		key := newWriter(t, posts, settings.Settings{}).Post(shown).Key
		if other := keys[key]; other != "" {
			t.Errorf("the page of a post: %s has the key of %s", name, other)
		}
		keys[key] = name
	}
	for n := 1; n < 4; n++ {
		w := newWriter(t, newPosts(n), settings.Settings{Items: 1, Pages: true})
		for _, d := range []pages.Document{w.Index(newPosts(n))[0], w.Subscribe(posts[:1])} {
			name := fmt.Sprintf("%s of %d posts", d.Path, n)
			if other := keys[d.Key]; other != "" {
				t.Errorf("%s has the key of %s", name, other)
			}
			keys[d.Key] = name
		}
	}
}

func TestListsOfTermsGoOnWhereThereAreMany(t *testing.T) {
	posts := newPosts(1001)
	w := newWriter(t, posts, settings.Settings{Pages: true})
	all := w.Terms(posts[:1])
	if got := pathsOf(all); !slices.Equal(got, []string{"/tags/", "/tags/page/2/", "/tags/page/3/"}) {
		t.Fatalf("the lists are %q", got)
	}
	for i, want := range []int{500, 500, 1} {
		if n := strings.Count(render(t, all[i]), `<li><a href="/tags/tag-`); n != want {
			t.Errorf("%s lists %d tags, want %d", all[i].Path, n, want)
		}
	}
	if got := pathsOf(newWriter(t, posts[:100], settings.Settings{Pages: true}).Terms(nil)); got != nil {
		t.Errorf("a hundred tags have the lists %q", got)
	}
}

func TestFilesOfTheTheme(t *testing.T) {
	for _, d := range newWriter(t, nil, settings.Settings{}).Assets() {
		want := map[string]string{"/feed.css": "text/css; charset=utf-8", "/page.css": "text/css; charset=utf-8", "/icon.svg": "image/svg+xml"}[d.Path]
		body, err := d.Render()
		if d.ContentType != want || err != nil || len(body) == 0 {
			t.Errorf("%s: %s, %d bytes, %v", d.Path, d.ContentType, len(body), err)
		}
	}
}

func TestCheckWantsATitle(t *testing.T) {
	for document, ok := range map[string]bool{"<title>A</title>": true, "<title></title>": false, "<h1>A</h1>": false, "": false} {
		if err := pages.Check([]byte(document)); (err == nil) != ok {
			t.Errorf("%q: %v", document, err)
		}
	}
}
