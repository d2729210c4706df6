package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/config"
	"broadsheet/internal/markdown"

	"github.com/mmcdole/gofeed"
)

// corpus holds real blogs and the feeds that their own generators made of them.
const corpus = "../../../shared/corpus"

// entry is what the original generator, or Broadsheet, makes of a post.
type entry struct {
	id, link, title, summary, text string
	published                      time.Time
	authors, terms                 []string
	hugo, template                 bool // the source holds template text
}

// field is one thing that is compared.
type field struct {
	name  string
	equal func(want, got entry) bool
	show  func(entry) string
}

// fields are what is compared, in the order of the table.
var fields = []field{
	{"link", func(want, got entry) bool { return want.link == got.link }, func(e entry) string { return e.link }},
	{"date", func(want, got entry) bool { return want.published.Equal(got.published) }, func(e entry) string { return e.published.UTC().String() }},
	{"title", func(want, got entry) bool {
		return exact(want.title) == exact(got.title) || want.hugo && typographic(want.title) == typographic(got.title)
	}, func(e entry) string { return e.title }},
	{"authors", func(want, got entry) bool { return want.authors == nil || slices.Equal(want.authors, got.authors) }, func(e entry) string { return strings.Join(e.authors, ", ") }},
	{"terms", func(want, got entry) bool {
		return want.terms == nil || slices.Equal(unique(want.terms), unique(got.terms))
	}, func(e entry) string { return strings.Join(e.terms, ", ") }},
	{"summary", func(want, got entry) bool {
		return got.template || want.summary == "" || typographic(want.summary) == typographic(got.summary)
	}, func(e entry) string { return typographic(e.summary) }},
	{"text", func(want, got entry) bool {
		return got.template || want.text == "" || typographic(want.text) == typographic(got.text)
	}, func(e entry) string { return typographic(e.text) }},
}

// tell shows where the two part.
func (f field) tell(want, got entry) string {
	return fmt.Sprintf("want %q, got %q", clip(f.show(want), f.show(got)), clip(f.show(got), f.show(want)))
}

var straight = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "-", "—", "-", "--", "-", "…", "...", "\u00a0", " ", "´", "'")

func typographic(s string) string {
	s = straight.Replace(s)
	for strings.Contains(s, "--") {
		s = strings.ReplaceAll(s, "--", "-")
	}
	return strings.Join(strings.Fields(s), "")
}

// exact folds nothing but white space.
func exact(s string) string { return strings.Join(strings.Fields(s), " ") }

func unique(names []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(names)))
}

// allowed are the differences that are known, by blog and field, with how many
// posts show them and why.
var allowed = map[string]struct {
	posts int
	why   string
}{
	"swift-org authors":   {84, "a list of authors is printed as Ruby shows lists; here each is named"},
	"mediumish authors":   {14, "the feed shows the keys of the settings' authors map; here their names"},
	"seedlike-cc0 new":    {8, "posts with the id of another: each gets one of its own"},
	"digitalgov-sub new":  {1, "a post with the address of another: it gets an id of its own"},
	"mediumish text":      {4, "line numbers that the highlighter adds"},
	"swift-org text":      {2, "data files and pictures of text that the corpus lacks"},
	"ado-podcast summary": {4, "automatic summaries at the limit of 70 words, which are counted otherwise"},
	"letsencrypt summary": {3, "automatic summaries at the limit of 70 words, which are counted otherwise"},
	"ado-podcast text":    {1, "a frame is nothing in text; here it is a link"},
	"digitalgov-sub text": {2, "a frame is nothing in text; here it is a link"},
	"letsencrypt text":    {1, "a frame is nothing in text; here it is a link"},
}

// TestRealBlogsKeepTheirFeeds compares every post of real blogs with what their
// own generators made of it, and prints field x blog with the posts that differ.
// Neither the machine's zone nor the ends of lines make a difference.
func TestRealBlogsKeepTheirFeeds(t *testing.T) {
	t.Parallel()
	blogs, _ := filepath.Glob(corpus + "/*/site")
	if len(blogs) == 0 {
		t.Skip("no real blogs beside the tree: " + corpus)
	}
	table := fmt.Sprintf("%-16s %6s %6s %6s", "blog", "posts", "lost", "new")
	for _, f := range fields {
		table += fmt.Sprintf(" %8s", f.name)
	}
	for _, dir := range blogs {
		name := filepath.Base(filepath.Dir(dir))
		t.Run(name, func(t *testing.T) {
			want, got := reference(t, filepath.Join(corpus, name, "reference")), entries(t, dir)
			table += "\n" + compareAll(t, name, want, got)
		})
		t.Run(name+" with CRLF", func(t *testing.T) {
			compareAll(t, name, reference(t, filepath.Join(corpus, name, "reference")), entries(t, withCRLF(t, dir)))
		})
	}
	t.Log("\n" + table)
}

// withCRLF returns a copy of a folder in which lines end with CRLF.
func withCRLF(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(to, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		data = bytes.ReplaceAll(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
		return os.WriteFile(name, data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// compareAll returns a line of the table. It fails where more or fewer posts
// differ than is allowed.
func compareAll(t *testing.T, name string, want, got map[string]entry) string {
	t.Helper()
	differing, told := map[string]int{}, map[string][]string{}
	note := func(field, what string) {
		differing[field]++
		told[field] = append(told[field], what)
	}
	for _, id := range slices.Sorted(maps.Keys(want)) {
		g, ok := got[id]
		if !ok {
			note("lost", id)
			continue
		}
		for _, f := range fields {
			if !f.equal(want[id], g) {
				note(f.name, f.tell(want[id], g)+" in "+id)
			}
		}
	}
	for id := range got {
		if _, ok := want[id]; !ok {
			note("new", id)
		}
	}
	line := fmt.Sprintf("%-16s %6d %6d %6d", name, len(want), differing["lost"], differing["new"])
	for _, f := range fields {
		line += fmt.Sprintf(" %8d", differing[f.name])
	}
	for field, n := range differing {
		if n != allowed[name+" "+field].posts {
			t.Errorf("%s: %d posts differ, %d may; the first: %s", field, n, allowed[name+" "+field].posts, strings.Join(told[field][:min(n, 5)], "\n"))
		}
	}
	return line
}

// entries are what Broadsheet makes of a folder, by id.
func entries(t *testing.T, dir string) map[string]entry {
	t.Helper()
	settings, _, err := config.Load(config.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	read, err := readOnce(context.Background(), settings, "")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]entry{}
	for _, p := range read.Library.Posts {
		summary, html, err := read.Edition.Texts(p)
		if err != nil {
			t.Fatal(err)
		}
		e := entry{
			hugo: true, id: p.ID, link: p.URL, title: markdown.Plain(p.Title, 0), summary: summary, text: markdown.Plain(html, 0), published: p.Published,
		}
		e.template = bytes.Contains(p.Body, []byte("{{")) || bytes.Contains(p.Body, []byte("{%"))
		for _, a := range p.Authors {
			e.authors = append(e.authors, a.Name)
		}
		for _, term := range p.Terms {
			e.terms = append(e.terms, term.Name)
		}
		all[p.ID] = e
	}
	return all
}

// reference are what the original generator made, by id.
func reference(t *testing.T, dir string) map[string]entry {
	t.Helper()
	if data, err := os.ReadFile(filepath.Join(dir, "reference.json")); err == nil {
		return hugoReference(t, data)
	}
	file, err := os.Open(filepath.Join(dir, "feed.xml"))
	var in io.Reader = file
	if err != nil {
		if file, err = os.Open(filepath.Join(dir, "feed.xml.gz")); err != nil {
			t.Fatal(err)
		}
		if in, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	defer file.Close()
	feed, err := gofeed.NewParser().Parse(in)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]entry{}
	for _, item := range feed.Items {
		e := entry{
			id: item.GUID, link: item.Link, title: markdown.Plain(item.Title, 0), summary: markdown.Plain(item.Description, 0),
			text: markdown.Plain(item.Content, 0), published: *item.PublishedParsed, terms: append([]string{}, item.Categories...),
		}
		for _, a := range item.Authors {
			e.authors = append(e.authors, a.Name)
		}
		all[item.GUID] = e
	}
	return all
}

func hugoReference(t *testing.T, data []byte) map[string]entry {
	t.Helper()
	var pages struct {
		Items []struct {
			ID, URL, Title, Summary, Content string
			PublishDate                      time.Time
			Topics, Tags, Categories         []string
		}
	}
	if err := json.Unmarshal(data, &pages); err != nil {
		t.Fatal(err)
	}
	all := map[string]entry{}
	for _, p := range pages.Items {
		all[p.ID] = entry{
			id: p.ID, link: p.URL, title: markdown.Plain(p.Title, 0), summary: markdown.Plain(p.Summary, 0), text: markdown.Plain(p.Content, 0), published: p.PublishDate,
			terms: slices.Concat(p.Categories, p.Tags, p.Topics),
		}
	}
	return all
}

// clip shows where two texts part.
func clip(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	i = max(0, i-40)
	return a[i:min(len(a), i+160)]
}

// TestMovingRealBlogsShowsNothingAgain runs the check that one runs before
// moving: as the generator's site, and as a bare folder whose posts were pinned.
func TestMovingRealBlogsShowsNothingAgain(t *testing.T) {
	t.Parallel()
	sites, _ := filepath.Glob(corpus + "/*/site")
	if len(sites) == 0 {
		t.Skip("no real blogs beside the tree: " + corpus)
	}
	for _, dir := range sites {
		name := filepath.Base(filepath.Dir(dir))
		t.Run(name, func(t *testing.T) {
			feed := referenceFeed(t, filepath.Join(corpus, name, "reference"))
			if out, code := command(t, "compare", dir, "--against", feed); code != 0 {
				t.Errorf("as it is: %s", out)
			}
			bare := filepath.Join(t.TempDir(), "posts")
			if err := os.CopyFS(bare, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			settings, _, err := config.Load(config.Options{Dir: dir})
			if err != nil {
				t.Fatal(err)
			}
			flags := []string{bare, "--dialect", "plain", "--url", settings.URL}
			if out, code := command(t, append([]string{"pin", "--from", feed}, flags...)...); code == 2 {
				t.Fatalf("pin: %s", out)
			}
			out, _ := command(t, append([]string{"compare", "--against", feed}, flags...)...)
			if !strings.Contains(out, "\n0 shown again") && !strings.HasPrefix(out, "0 shown again") {
				t.Errorf("pinned: %s", out[max(0, len(out)-2000):])
			}
		})
	}
}

// command runs the program, and returns what it printed.
func command(t *testing.T, args ...string) (string, int) {
	t.Helper()
	var out bytes.Buffer
	code := run(context.Background(), args, &out, io.Discard)
	return out.String(), code
}

// referenceFeed returns the path of the feed that the generator made.
func referenceFeed(t *testing.T, dir string) string {
	t.Helper()
	for _, name := range []string{"feed.xml", "index.xml"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return filepath.Join(dir, name)
		}
	}
	packed, err := os.Open(filepath.Join(dir, "feed.xml.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	in, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "feed.xml")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestKnownFaultsOfRealBlogsAreNamed looks for what the blogs are known to hold;
// the posts are published all the same, as the other tests show.
func TestKnownFaultsOfRealBlogsAreNamed(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("no real blogs beside the tree: " + corpus)
	}
	for blog, faults := range map[string][]string{
		"jekyllrb": {
			"_posts/2023-01-29-jekyll-3-9-3-released.markdown:3: warning: date: the year is written twice",
			`_posts/2023-01-29-jekyll-3-9-3-released.markdown:13: warning: link "_docs/history.md" leads nowhere`,
		},
		"swift-org":      {`_posts/2022-03-14-swift-5.6-released.md:3: warning: key "published" is written twice`},
		"dougbeal-micro": {`_config.yml: warning: timezone is left out: "US/Pacific-New"`},
		"digitalgov-sub": {
			`content/news/2014/06/2014-06-30-social-media-accessibility-issues-and-solutions.md:7: warning: key "expirydate" is written twice`,
			`warning: unknown shortcode "legacy-img"`,
		},
		"seedlike-cc0": {"_posts/2024-09-28-breaking-trends-on-tuesday---how-much-does-it-cost-to-go-mobile.md: warning: the permalink"},
		"ado-podcast":  {`content/episode/vendors.md:20: warning: URL "http:///goatcan.com"`},
		"letsencrypt":  {`content/en/post/2018-12-31-looking-forward-to-2019.md:29: warning: unknown shortcode "plotly"`},
	} {
		out, code := command(t, "check", filepath.Join(corpus, blog, "site"))
		for _, fault := range faults {
			if code != 1 || !strings.Contains(out, fault) {
				t.Errorf("%s: check ends with %d and does not say %q", blog, code, fault)
			}
		}
	}
}
