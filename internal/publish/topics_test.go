package publish_test

import (
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/page"
	"broadsheet/internal/publish"
)

func pathsOf(topics iter.Seq[publish.Topic]) []string {
	var all []string
	for t := range topics {
		all = append(all, t.Path())
	}
	return all
}

// inAll returns the paths of feeds in all formats.
func inAll(roots ...string) []string {
	var all []string
	for _, root := range roots {
		for _, name := range []string{"rss.xml", "atom.xml", "feed.json"} {
			all = append(all, root+name)
		}
	}
	return all
}

func TestTopicsThatChanged(t *testing.T) {
	post := func(day int, tag, text string) string {
		return fmt.Sprintf("---\ntitle: Post %d\ndate: 2026-01-%02d\ntags: [%s]\nslug: post-%d\n---\n%s\n", day, day, tag, day, text)
	}
	site := map[string]string{"a.md": post(3, "x", "One. [b](b.md)"), "b.md": post(2, "y", "Two."), "c.md": post(1, "y", "Three.")}
	move := func(f *fixture, from, to string) {
		if err := os.Rename(filepath.Join(f.dir, from), filepath.Join(f.dir, to)); err != nil {
			f.t.Fatal(err)
		}
	}
	for _, c := range []struct {
		what   string
		change func(*fixture)
		want   []string // the roots of the feeds that change
		ended  []string
	}{
		{what: "nothing", change: func(*fixture) {}},
		{what: "the same bytes", change: func(f *fixture) { f.write(site) }},
		{what: "an edit", change: func(f *fixture) { f.write(map[string]string{"b.md": post(2, "y", "Other words.")}) }, want: []string{"/", "/tags/y/"}},
		{what: "space that nobody sees", change: func(f *fixture) { f.write(map[string]string{"b.md": post(2, "y", "Two.\n\n\n")}) }},
		{what: "another name", change: func(f *fixture) { move(f, "c.md", "d.md") }},
		{what: "a new post", change: func(f *fixture) { f.write(map[string]string{"new.md": post(4, "x", "New.")}) }, want: []string{"/", "/tags/x/"}},
		{what: "a new term", change: func(f *fixture) { f.write(map[string]string{"new.md": post(4, "z", "New.")}) }, want: []string{"/", "/tags/z/"}},
		{what: "a draft", change: func(f *fixture) {
			f.write(map[string]string{"new.md": strings.Replace(post(4, "x", "New."), "title", "draft: true\ntitle", 1)})
		}},
		{what: "a post that goes", change: func(f *fixture) {
			f.write(map[string]string{"a.md": strings.Replace(post(3, "x", "One."), "title", "draft: true\ntitle", 1)})
		}, want: []string{"/"}, ended: []string{"/tags/x/"}},
		{what: "another term", change: func(f *fixture) { f.write(map[string]string{"c.md": post(1, "x", "Three.")}) }, want: []string{"/", "/tags/x/", "/tags/y/"}},
		{what: "the address of a post that another links to", change: func(f *fixture) {
			f.write(map[string]string{"b.md": strings.Replace(post(2, "y", "Two."), "slug: post-2", "slug: elsewhere", 1)})
		}, want: []string{"/", "/tags/x/", "/tags/y/"}},
		{what: "the title of the site", change: func(f *fixture) { f.settings.Site.Title = "Elsewhere" }, want: []string{"/", "/tags/x/", "/tags/y/"}},
		{what: "summaries", change: func(f *fixture) { f.settings.Document.Content = blog.Summary }, want: []string{"/", "/tags/x/", "/tags/y/"}},
		{what: "the theme", change: func(f *fixture) {
			f.settings.Theme, _ = page.Load(fstest.MapFS{"page.css": {Data: []byte("p { color: red }")}}, "")
		}},
		{what: "fewer posts", change: func(f *fixture) { f.settings.Document.Items = 2 }, want: []string{"/"}},
	} {
		f := newFixture(t, site)
		first := f.publish(nil, f.cache)
		c.change(f)
		next := f.publish(first, f.cache)
		said(first) // nobody knows what was said in documents that were never rendered
		if got, want := pathsOf(next.Changed(first, nil)), inAll(c.want...); !slices.Equal(got, want) {
			t.Errorf("%s: %v changed, want %v", c.what, got, want)
		}
		if got, want := pathsOf(next.Ended(first)), inAll(c.ended...); !slices.Equal(got, want) {
			t.Errorf("%s: %v ended, want %v", c.what, got, want)
		}
	}
}

// At first all topics are new. Only those wanted are told, and whoever has heard enough hears
// no more.
func TestTopicsAreToldInOrderAndAsWanted(t *testing.T) {
	f := newFixture(t, map[string]string{"a.md": "---\ndate: 2026-01-02\ntags: [b, a]\ncategories: [c]\n---\nOne.\n"})
	p := f.publish(nil, f.cache)
	if got, want := pathsOf(p.Changed(nil, nil)), inAll("/", "/categories/c/", "/tags/a/", "/tags/b/"); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	wanted := func(path string) bool { return path == "/tags/b/atom.xml" || path == "/nowhere/rss.xml" }
	if got, want := pathsOf(p.Changed(nil, wanted)), []string{"/tags/b/atom.xml"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for topic := range p.Changed(nil, nil) {
		if topic.Path() != "/rss.xml" {
			t.Errorf("the first is %s", topic.Path())
		}
		break
	}
	for range p.Ended(nil) {
		t.Error("something ended that never was")
	}
}

// Where the version of before was forgotten, nobody knows whether a post whose bytes changed
// says something else: it counts as if.
func TestTopicWhoseFormerVersionIsForgottenCountsAsChanged(t *testing.T) {
	text := "---\ndate: 2026-01-02\n---\nOne.\n"
	for size, want := range map[int][]string{1: inAll("/"), 0: nil} {
		f := newFixture(t, map[string]string{"a.md": text, "b.md": "---\ndate: 2026-01-01\n---\nTwo.\n"})
		f.cache = edition.NewCache(size)
		first := f.publish(nil, f.cache)
		said(first)
		f.write(map[string]string{"a.md": text + "\n\n"})
		next := f.publish(first, f.cache)
		said(next)
		if got := pathsOf(next.Changed(first, nil)); !slices.Equal(got, want) {
			t.Errorf("of a cache of %d bytes: %v changed, want %v", size, got, want)
		}
	}
}

// entries returns what a feed says, by rules that know nothing of how it was made: all of its
// bytes but the dates of the channel, the generator and the links to archives.
func entries(path, body string) string {
	if strings.HasSuffix(path, ".json") {
		var all struct {
			Title string            `json:"title"`
			Items []json.RawMessage `json:"items"`
		}
		if err := json.Unmarshal([]byte(body), &all); err != nil {
			return "error: " + err.Error()
		}
		return fmt.Sprintf("%s%s", all.Title, all.Items)
	}
	head, rest := body, ""
	for _, first := range []string{"<item>", "<entry>"} {
		if i := strings.Index(body, first); i >= 0 {
			head, rest = body[:i], body[i:]
		}
	}
	return volatile.ReplaceAllString(head, "") + rest
}

var volatile = regexp.MustCompile(`(?s)<lastBuildDate>.*?</lastBuildDate>|<pubDate>.*?</pubDate>|<updated>.*?</updated>|<generator>.*?</generator>|<(atom:)?link rel="(prev-archive|next-archive|current)"[^>]*>(</(atom:)?link>)?|<fh:(complete|archive)[^>]*>(</fh:(complete|archive)>)?|\s+`)

// Whatever happens between two publications, of which one may have passed over several:
// exactly those topics changed that say something else when both are rendered as a whole;
// and their digests tell the same.
func TestTopicsThatChangedAreThoseThatSaySomethingElse(t *testing.T) {
	compared := 0
	for _, seed := range drawnSeeds() {
		dice := rand.New(rand.NewPCG(seed, 2))
		f := newFixture(t, nil)
		f.settings.Document.Items, f.settings.Document.ArchiveItems = 3, 2
		var seen, last *publish.Publication
		for step := range 12 {
			for range dice.IntN(3) {
				drawTopics(t, dice, f)
			}
			last = f.publish(last, f.cache)
			if dice.IntN(2) == 0 {
				continue // it is passed over
			}
			if seen != nil {
				compared++
				checkChanged(t, seed, step, seen, last)
			}
			seen = last
			said(seen)
		}
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

func checkChanged(t *testing.T, seed uint64, step int, before, now *publish.Publication) {
	t.Helper()
	was, is := said(before), said(now)
	var want []string
	for topic := range now.Edition.Topics.All() {
		path := topic.Path()
		old, here := was[path]
		if !here || entries(path, old) != entries(path, is[path]) {
			want = append(want, path)
		}
	}
	if got := pathsOf(now.Changed(before, nil)); !slices.Equal(got, want) {
		t.Fatalf("step %d: %v changed, want %v\nagain: go test ./internal/publish -run SaySomethingElse -text-seed %d", step, got, want, seed)
	}
	former := digests(t, before)
	for path, digest := range digests(t, now) {
		old, here := former[path]
		if changed := !here || old != digest; changed != slices.Contains(want, path) {
			t.Fatalf("step %d: by its digest %s changed: %v\nagain: go test ./internal/publish -run SaySomethingElse -text-seed %d", step, path, changed, seed)
		}
	}
}

func digests(t *testing.T, p *publish.Publication) map[string]string {
	t.Helper()
	all := map[string]string{}
	for topic := range p.Edition.Topics.All() {
		digest, err := topic.Digest()
		if err != nil {
			t.Fatal(err)
		}
		all[topic.Path()] = digest
	}
	return all
}

// drawTopics does something to a folder or to settings.
func drawTopics(t *testing.T, dice *rand.Rand, f *fixture) {
	t.Helper()
	name := func() string { return filepath.Join(f.dir, fmt.Sprintf("post-%d.md", dice.IntN(8))) }
	switch dice.IntN(10) {
	case 0:
		_ = os.Remove(name())
	case 1:
		_ = os.Rename(name(), name())
	case 2:
		f.settings.Document.Content = []blog.Extent{blog.Full, blog.Summary}[dice.IntN(2)]
	case 3:
		f.settings.Site.Title = fmt.Sprint("Site ", dice.IntN(2))
	case 4:
		f.settings.Document.Markdown = dice.IntN(2) == 0
	case 5:
		f.settings.Document.Items = 2 + dice.IntN(3)
	case 6:
		at := name()
		if text, err := os.ReadFile(at); err == nil {
			f.write(map[string]string{filepath.Base(at): string(text) + "\n\n"})
		}
	default:
		n := dice.IntN(8)
		text := fmt.Sprintf("---\nid: https://example.org/ids/%d\nslug: at-%d\ndate: 2026-01-%02d\ntags: [t%d]\n---\nWord%d [other](post-%d.md)\n",
			n, n+10*dice.IntN(2), 1+n, dice.IntN(2), dice.IntN(5), dice.IntN(8))
		f.write(map[string]string{fmt.Sprintf("post-%d.md", n): text})
	}
}
