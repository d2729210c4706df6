package dialect_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/dialect"
)

// site is one of a kind with these settings.
func site(t *testing.T, kind dialect.Kind, settings string) dialect.Site {
	t.Helper()
	file := map[dialect.Kind]string{"jekyll": "_config.yml", "hugo": "hugo.toml"}[kind]
	s, problems := dialect.Parse(dialect.Site{Kind: kind, File: file}, []byte(settings))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

func TestPathsOfFeeds(t *testing.T) {
	for _, test := range []struct {
		kind           dialect.Kind
		settings, want string
	}{
		{"plain", "", ""}, {"jekyll", "", ""}, {"hugo", "", ""},
		{"jekyll", "feed: {path: /atom.xml}", "/atom.xml"},
		{"jekyll", "feed: {path: /a.xml, collections: {posts: {path: /b.xml}}}", "/b.xml"},
		{"hugo", "[outputFormats.rss]\nbaseName = 'feed'", "/feed.xml"},
		{"hugo", "[outputformats.RSS]\nbasename = '/feed/'", "/feed.xml"}, // Hugo knows keys in any case
	} {
		if got := site(t, test.kind, test.settings).FeedPath(); got != test.want {
			t.Errorf("%s with %q: %q, want %q", test.kind, test.settings, got, test.want)
		}
	}
}

func TestPagesOfTerms(t *testing.T) {
	for _, test := range []struct {
		kind           dialect.Kind
		settings, want string
	}{
		{"plain", "", ""},
		{"jekyll", "", ""},
		{"jekyll", "jekyll-archives: {enabled: all}", "categories /category/*/, tags /tag/*/"},
		{"jekyll", "jekyll-archives: {enabled: [tags], permalinks: {tag: 't/:name.html'}}", "tags /t/*.html"},
		{"jekyll", "jekyll-archives: {enabled: [tags], permalinks: {tag: /all/}}", ""},
		{"hugo", "", "categories /categories/*/, sections /*/, tags /tags/*/"},
		{"hugo", "[taxonomies]\ntag = 'tags'\nserie = 'series'", "sections /*/, tags /tags/*/"},
		{"hugo", "[languages.en]\n[languages.fr]\n[taxonomies]\nserie = 'series'", "languages /*/, sections /*/"},
	} {
		pages := site(t, test.kind, test.settings).TermPages()
		var all []string
		for _, list := range slices.Sorted(maps.Keys(pages)) {
			all = append(all, list+" "+pages[list])
		}
		if got := strings.Join(all, ", "); got != test.want {
			t.Errorf("%s with %q: %q, want %q", test.kind, test.settings, got, test.want)
		}
	}
}

func TestLanguagesWithAFolder(t *testing.T) {
	for settings, want := range map[string]string{
		"":                                 "",
		"[languages.fr]\n[languages.en]\n": "fr",
		"defaultContentLanguage = 'fr'\n[languages.fr]\n[languages.en]\n":         "en",
		"defaultContentLanguageInSubdir = true\n[languages.FR]\n[languages.en]\n": "en fr",
	} {
		if got := strings.Join(site(t, "hugo", settings).Languages(), " "); got != want {
			t.Errorf("%q: %q, want %q", settings, got, want)
		}
	}
}

func TestPublicationOfSettings(t *testing.T) {
	for _, test := range []struct {
		kind                dialect.Kind
		settings, key, want string
	}{
		{"jekyll", "title: A\nname: B", "title", "A"},
		{"jekyll", "name: B", "title", "B"},
		{"jekyll", "Title: A", "title", ""}, // Jekyll's keys are exact
		{"jekyll", "url: https://a.b/\nbaseurl: c", "url", "https://a.b/c"},
		{"jekyll", "author: {name: Ada, email: a@b.c}", "author", "Ada <a@b.c>"},
		{"jekyll", "feed: {posts_limit: 7}", "items", "7"},
		{"jekyll", "feed: {posts_limit: -1}", "items", "1000"},
		{"jekyll", "feed: {excerpt_only: true}", "content", "summary"},
		{"jekyll", "feed: {excerpt_only: false}", "content", ""},
		{"hugo", "TITLE = 'A'", "title", "A"},
		{"hugo", "baseurl = 'https://a.b/c/'", "url", "https://a.b/c"},
		{"hugo", "[params.author]\nname = 'Ada'", "author", "Ada"},
		{"hugo", "[services.rss]\nlimit = 0", "items", ""},
		{"hugo", "languageCode = 'de'", "language", "de"},
		{"plain", "", "title", ""},
	} {
		if got := site(t, test.kind, test.settings).Publication()[test.key]; got != test.want {
			t.Errorf("%s with %q: %s is %q, want %q", test.kind, test.settings, test.key, got, test.want)
		}
	}
}

func TestFuturePosts(t *testing.T) {
	for _, test := range []struct {
		kind     dialect.Kind
		settings string
		want     bool
	}{
		{"plain", "", false}, {"jekyll", "future: true", true}, {"jekyll", "future: false", false}, {"jekyll", "buildFuture: true", false},
		{"hugo", "buildFuture = true", true}, {"hugo", "future = true", false}, {"hugo", "", false},
	} {
		if got := site(t, test.kind, test.settings).Future(); got != test.want {
			t.Errorf("%s with %q: %v", test.kind, test.settings, got)
		}
	}
}

func TestStaticAndDataFiles(t *testing.T) {
	for _, test := range []struct {
		kind                            dialect.Kind
		settings, path                  string
		publishes, data, bundle, ignore bool
	}{
		{"jekyll", "", "pics/a.png", true, false, false, false},
		{"jekyll", "", "_pics/a.png", false, false, false, false},
		{"jekyll", "exclude: [pics]", "pics/a.png", false, false, false, false},
		{"jekyll", "exclude: [pics]\ninclude: [pics/a.png]", "pics/a.png", true, false, false, false},
		{"jekyll", "", "_data/authors.yml", false, true, false, false},
		{"jekyll", "", "_includes/a.html", false, true, false, false},
		{"jekyll", "", "_site", false, false, false, true},
		{"hugo", "", "static/a.png", true, false, false, false},
		{"hugo", "", "content/a.png", false, false, false, false},
		{"hugo", "", "content/a/index.md", false, true, true, false},
		{"hugo", "", "content/_index.md", false, true, false, false},
		{"hugo", "", "layouts/shortcodes/a.html", false, true, false, false},
		{"hugo", "", "public", false, false, false, true},
		{"plain", "", "static/a.png", false, false, false, false},
		{"plain", "", "a/index.md", false, false, false, false},
	} {
		s := site(t, test.kind, test.settings)
		if s.Publishes(test.path) != test.publishes || s.IsData(test.path) != test.data || s.IsBundle(test.path) != test.bundle || s.Ignores(test.path) != test.ignore {
			t.Errorf("%s, %s: publishes %v, data %v, bundle %v, ignores %v", test.kind, test.path,
				s.Publishes(test.path), s.IsData(test.path), s.IsBundle(test.path), s.Ignores(test.path))
		}
	}
}
