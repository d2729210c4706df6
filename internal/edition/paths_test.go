package edition_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
)

// generatorSettings are those of folders made for other generators.
var generatorSettings = map[string]edition.Settings{
	"plain":               {Pages: true},
	"plain without pages": {},
	"jekyll":              {Dialect: "jekyll"},
	"jekyll elsewhere":    {Dialect: "jekyll", FeedPath: "/blog/atom.xml"},
	"jekyll at rss.xml":   {Dialect: "jekyll", FeedPath: "rss.xml"},
	"jekyll impossible":   {Dialect: "jekyll", FeedPath: "/feed/"},
	"hugo":                {Dialect: "hugo", TermPages: map[string]string{"tags": "/tags/*/", "sections": "/*/", "languages": "/*/"}, Languages: []string{"fr"}},
	"hugo with pages":     {Dialect: "hugo", Pages: true},
	"hugo elsewhere":      {Dialect: "hugo", FeedPath: "/feed.xml"},
}

// self returns what the feeds of a term say of their own addresses and of their
// home, by format.
func self(t *testing.T, e *edition.Edition, atom, rss string) (selves, homes [2]string) {
	t.Helper()
	var a struct {
		Links []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
			Type string `xml:"type,attr"`
		} `xml:"link"`
	}
	if err := xml.Unmarshal(content(t, e, atom).Body, &a); err != nil {
		t.Fatal(err)
	}
	for _, l := range a.Links {
		switch {
		case l.Rel == "self":
			selves[0] = l.Href
		case l.Rel == "alternate" && l.Type == "text/html":
			homes[0] = l.Href
		}
	}
	var r struct {
		Links []struct {
			XMLName xml.Name
			Rel     string `xml:"rel,attr"`
			Href    string `xml:"href,attr"`
			Text    string `xml:",chardata"`
		} `xml:"channel>link"`
	}
	if err := xml.Unmarshal(content(t, e, rss).Body, &r); err != nil {
		t.Fatal(err)
	}
	for _, l := range r.Links {
		switch {
		case l.Rel == "self":
			selves[1] = l.Href
		case l.XMLName.Space == "":
			homes[1] = strings.TrimSpace(l.Text)
		}
	}
	return selves, homes
}

func TestFeedsNameTheAddressThatTheirSubscribersKnow(t *testing.T) {
	post := tagged(1, "two words")
	post.Section, post.Extra().Language = "notes", "fr"
	for name, want := range map[string]struct{ atom, rss, tagAtom, tagRSS, sectionRSS, languageRSS string }{
		"plain":             {"/atom.xml", "/rss.xml", "/tags/two-words/atom.xml", "/tags/two-words/rss.xml", "/sections/notes/rss.xml", "/languages/fr/rss.xml"},
		"jekyll":            {"/feed.xml", "/rss.xml", "/feed/by_tag/two-words.xml", "/tags/two-words/rss.xml", "/sections/notes/rss.xml", "/languages/fr/rss.xml"},
		"jekyll elsewhere":  {"/blog/atom.xml", "/rss.xml", "/feed/by_tag/two-words.xml", "/tags/two-words/rss.xml", "/sections/notes/rss.xml", "/languages/fr/rss.xml"},
		"jekyll at rss.xml": {"/rss.xml", "/index.rss", "/feed/by_tag/two-words.xml", "/tags/two-words/rss.xml", "/sections/notes/rss.xml", "/languages/fr/rss.xml"},
		"jekyll impossible": {"/feed.xml", "/rss.xml", "/feed/by_tag/two-words.xml", "/tags/two-words/rss.xml", "/sections/notes/rss.xml", "/languages/fr/rss.xml"},
		"hugo":              {"/atom.xml", "/index.xml", "/tags/two-words/atom.xml", "/tags/two-words/index.xml", "/notes/index.xml", "/fr/index.xml"},
		"hugo with pages":   {"/atom.xml", "/index.xml", "/tags/two-words/atom.xml", "/tags/two-words/index.xml", "/notes/index.xml", "/languages/fr/rss.xml"},
		"hugo elsewhere":    {"/atom.xml", "/feed.xml", "/tags/two-words/atom.xml", "/tags/two-words/feed.xml", "/notes/feed.xml", "/languages/fr/rss.xml"},
	} {
		t.Run(name, func(t *testing.T) {
			in := input(post)
			in.Settings = generatorSettings[name]
			e := edition.New(in)
			for _, feeds := range [][2]string{{want.atom, want.rss}, {want.tagAtom, want.tagRSS}} {
				selves, _ := self(t, e, feeds[0], feeds[1])
				if got := [2]string{site.URL + feeds[0], site.URL + feeds[1]}; selves != got {
					t.Errorf("the feeds call themselves %v, want %v", selves, got)
				}
				for i, feed := range feeds {
					d := e.Find(feed)
					if d.Path != feed || !strings.Contains(d.Link(), "<"+site.URL+feed+`>; rel="self"`) || !strings.Contains(d.Link(), site.URL+feeds[1-i]+`>; rel="alternate"`) {
						t.Errorf("%s is %s with Link %s", feed, d.Path, d.Link())
					}
				}
			}
			for _, path := range []string{want.sectionRSS, want.languageRSS} {
				if d := e.Find(path); d == nil || d.Path != path {
					t.Errorf("%s is %v", path, d)
				}
			}
			for _, path := range []string{want.atom, want.rss} {
				if page := content(t, e, "/").Body; !bytes.Contains(page, []byte(`href="`+site.URL+path+`"`)) {
					t.Errorf("the first page does not lead to %s", path)
				}
			}
			if list := content(t, e, "/feeds.opml").Body; !bytes.Contains(list, []byte(`xmlUrl="`+site.URL+want.tagAtom+`"`)) {
				t.Errorf("the list of feeds does not name %s:\n%s", want.tagAtom, list)
			}
			for _, path := range []string{"/atom.xml", "/rss.xml", "/feed.json"} {
				if e.Find(path) == nil {
					t.Errorf("%s is not answered", path)
				}
			}
			var main []string
			for _, d := range e.MainFeeds() {
				main = append(main, d.Path)
			}
			if !slices.Equal(main, []string{want.rss, want.atom, "/feed.json"}) {
				t.Errorf("the main feeds are %v", main)
			}
		})
	}
}

func TestOtherFormatsOfAFeedAreFound(t *testing.T) {
	for name, settings := range generatorSettings {
		in := input(tagged(1, "go"))
		in.Settings = settings
		e := edition.New(in)
		for _, d := range e.MainFeeds() {
			for format, want := range map[string]string{"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"} {
				if got := e.In(d, format); !strings.HasPrefix(got.ContentType, want) {
					t.Errorf("%s: %s in %s is %s", name, d.Path, format, got.Path)
				}
			}
		}
	}
}

func TestFeedsOfTermsLeadToTheirOwnPages(t *testing.T) {
	post := tagged(1, "two words")
	post.Section, post.Extra().Language = "notes", "fr"
	tag, section, language := [2]string{"/tags/two-words/atom.xml", "/tags/two-words/rss.xml"}, [2]string{"/sections/notes/atom.xml", "/sections/notes/rss.xml"}, [2]string{"/languages/fr/atom.xml", "/languages/fr/rss.xml"}
	for name, want := range map[string]map[[2]string]string{
		"plain":               {tag: "/tags/two-words/", section: "/sections/notes/", language: "/languages/fr/"},
		"plain without pages": {tag: "/", section: "/", language: "/"},
		"jekyll":              {tag: "/", section: "/"},
		"hugo":                {tag: "/tags/two-words/", section: "/notes/", language: "/fr/"},
	} {
		in := input(post)
		in.Settings = generatorSettings[name]
		e := edition.New(in)
		list := content(t, e, "/feeds.opml").Body
		for feeds, home := range want {
			home = site.URL + home
			if _, homes := self(t, e, feeds[0], feeds[1]); homes != [2]string{home, home} {
				t.Errorf("%s: the home of %s is %v, want %s", name, feeds[0], homes, home)
			}
			var feed struct {
				Home string `json:"home_page_url"`
			}
			if err := json.Unmarshal(content(t, e, path.Dir(feeds[0])+"/feed.json").Body, &feed); err != nil || feed.Home != home {
				t.Errorf("%s: the home of %s in JSON is %s (%v), want %s", name, feeds[0], feed.Home, err, home)
			}
			outline := `xmlUrl="` + e.Find(feeds[0]).URL() + `" htmlUrl="` + home + `"`
			if !bytes.Contains(list, []byte(outline)) {
				t.Errorf("%s: no %s in\n%s", name, outline, list)
			}
		}
	}
}

// seedOf returns the seed of a test that draws its inputs: that of the variable
// BROADSHEET_SEED, else one of the clock. It is printed where the test fails.
func seedOf(t *testing.T) *rand.Rand {
	t.Helper()
	seed := uint64(time.Now().UnixNano()) //nolint:gosec // any number does
	if stated, err := strconv.ParseUint(os.Getenv("BROADSHEET_SEED"), 10, 64); err == nil {
		seed = stated
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("BROADSHEET_SEED=%d", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // not a secret
}

func TestEveryPathThatIsAnsweredIsAFile(t *testing.T) {
	draw := seedOf(t)
	words := []string{"feed", "rss", "index.xml", "Go", "C++", "page", "archive", "by_tag", "two words", "ö", "fr", "atom.xml", "tags", "2026", "a.b", "..."}
	word := func() string { return words[draw.IntN(len(words))] }
	for _, name := range slices.Sorted(maps.Keys(generatorSettings)) {
		var posts []*blog.Post
		for n := range 9 {
			p := tagged(9-n, word(), word())
			p.Terms = append(p.Terms, blog.Term{Kind: blog.Category, Name: word()})
			p.Section, p.Extra().Language, p.Authors = word(), []string{"", "fr", "de"}[draw.IntN(3)], []blog.Author{{Name: word()}}
			posts = append(posts, p)
		}
		in := input(posts...)
		in.Settings = generatorSettings[name]
		in.Settings.Items, in.Settings.ArchiveItems = 4, 2
		e := edition.New(in)
		dir := t.TempDir()
		if _, err := e.Write(dir); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for alias := range e.Aliases() {
			d := e.Find(alias)
			if d == nil {
				continue // the alias of something that there is not
			}
			if page := filepath.Join(dir, filepath.FromSlash(alias), "index.html"); strings.Contains(d.ContentType, "json") && filepath.Ext(alias) == "" {
				if _, err := os.Stat(page); err == nil {
					t.Errorf("%s: JSON is called a page: %s", name, page)
				}
				continue
			}
			if got, err := fileAt(dir, alias, d.Path); err != nil || !bytes.Equal(got, content(t, e, alias).Body) {
				t.Errorf("%s: %s is %s, and its file is another (%v)", name, alias, d.Path, err)
			}
		}
		if got, err := os.ReadFile(filepath.Join(dir, "robots.txt")); err != nil || string(got) != edition.Robots {
			t.Errorf("%s: robots.txt is %q, %v", name, got, err)
		}
	}
}

// fileAt returns what a static server gives for a path: the file of that name, in
// the letters of the canonical path where it is no more than a spelling of it, or
// with .html at its end, or the index of the folder.
func fileAt(dir, asked, canonical string) ([]byte, error) {
	if strings.EqualFold(strings.Trim(asked, "/"), strings.Trim(canonical, "/")) {
		asked = canonical
	}
	var err error
	for _, ending := range []string{"", ".html", "/index.html"} {
		var data []byte
		if data, err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(asked)) + ending); err == nil {
			return data, nil
		}
	}
	return nil, fmt.Errorf("no file for %s: %w", asked, err)
}

func TestRobotsOfTheHostStay(t *testing.T) {
	dir := t.TempDir()
	own := []byte("User-agent: *\nDisallow: /secret/\n")
	if err := os.WriteFile(filepath.Join(dir, "robots.txt"), own, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := edition.New(input(newPost(1, "one"))).Write(dir); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "robots.txt")); err != nil || !bytes.Equal(got, own) {
		t.Errorf("robots.txt is %q, %v", got, err)
	}
}

func TestSlicesAreCalledAsTheSiteCallsThem(t *testing.T) {
	post := tagged(1, "Go Lang")
	post.Section = "notes"
	in := input(post)
	in.Settings.Pages = true
	e := edition.New(in)
	in.Titles = map[string]string{"sections/notes": "Notes & more", "tags/go-lang": "Golang"}
	e = edition.New(after(e, in))
	for path, want := range map[string]string{
		"/sections/notes/atom.xml": "Notes &amp; more – " + site.Title, "/sections/notes/": "<bdi>Notes &amp; more</bdi>",
		"/tags/go-lang/rss.xml": "<title>Golang – " + site.Title, "/feeds.opml": `title="Notes &amp; more – ` + site.Title + `"`,
	} {
		if got := content(t, e, path).Body; !bytes.Contains(got, []byte(want)) {
			t.Errorf("%s: no %s in\n%s", path, want, got)
		}
	}
}

// Has knows the paths of all documents, and no other spelling, alias or file of them.
func TestHasKnowsExactlyThePathsOfDocuments(t *testing.T) {
	for _, generator := range []string{"", "jekyll", "hugo"} {
		in := pagesOf(append(inTerms("tags", 120), tagged(3, "Ünï & co", "rss.xml"))...)
		in.Settings.Dialect, in.Settings.ArchiveItems = generator, 5
		e, asked := edition.New(in), edition.New(in)
		known := map[string]bool{}
		for _, d := range edition.New(in).Documents() {
			known[d.Path] = true
		}
		for path := range e.Aliases() {
			for _, spelling := range []string{path, strings.ToUpper(path)} {
				if _, has := known[spelling]; !has {
					known[spelling] = false
				}
			}
		}
		for path, want := range known {
			if got := asked.Has(path); got != want {
				t.Errorf("%q: %s is one: %v, want %v", generator, path, got, want)
			}
		}
		if n := asked.Planned(); n != 0 {
			t.Errorf("%q: documents of %d terms were made", generator, n)
		}
	}
}
