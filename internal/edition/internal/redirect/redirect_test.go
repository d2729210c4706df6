package redirect_test

import (
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/redirect"
)

func TestRedirects(t *testing.T) {
	table := redirect.New(redirect.Rules{
		Posts: map[string]string{"/Old/": "https://example.org/new/", "/caf%C3%A9": "https://example.org/cafe/", "/same/": "https://example.org/same"},
		Moves: []blog.Move{{From: "/blog/*", To: "/*"}, {From: "/about", To: "https://example.net/me"}, {From: "/blog/late", To: "/never"}, {From: "/x/*", To: "/y?q=*"}},
		Gone:  []string{"/spam", "/junk/*"},
	}, blog.Site{URL: "https://example.org"})
	for path, want := range map[string]struct {
		bySettings string
		gone       bool
		byPosts    string
	}{
		"/old":               {byPosts: "https://example.org/new/"},
		"/OLD//":             {byPosts: "https://example.org/new/"},
		"/cafe\u0301/":       {byPosts: "https://example.org/cafe/"},
		"/same":              {},
		"/other":             {},
		"/blog/a/b":          {bySettings: "https://example.org/a/b"},
		"/Blog/a b":          {bySettings: "https://example.org/a%20b"},
		"/blog/late":         {bySettings: "https://example.org/late"},
		"/blog":              {},
		"/blog///evil.net/?": {bySettings: "https://example.org/evil.net/%3F"},
		"/About/":            {bySettings: "https://example.net/me"},
		"/spam/":             {gone: true},
		"/spam/x":            {},
		"/junk/":             {gone: true},
		"/Junk/x":            {gone: true},
	} {
		to, gone := table.BySettings(path)
		if to != want.bySettings || gone != want.gone {
			t.Errorf("%q leads to %q, gone %v, by the settings; want %q, %v", path, to, gone, want.bySettings, want.gone)
		}
		if got := table.ByPosts(path); got != want.byPosts {
			t.Errorf("%q leads to %q by posts, want %q", path, got, want.byPosts)
		}
	}
	if !table.HasSettings() || redirect.New(redirect.Rules{}, blog.Site{}).HasSettings() {
		t.Error("HasSettings is wrong")
	}
}

// Which of two spellings of one address is taken does not depend on chance.
func TestSpellingsOfOneAddress(t *testing.T) {
	for range 50 {
		table := redirect.New(redirect.Rules{Posts: map[string]string{"/a": "https://example.org/1/", "/A/": "https://example.org/2/", "/%61": "https://example.org/3/"}}, blog.Site{})
		if got := table.ByPosts("/a/"); got != "https://example.org/3/" {
			t.Fatalf("leads to %s", got)
		}
	}
}
