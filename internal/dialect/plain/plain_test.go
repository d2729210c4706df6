package plain_test

import (
	"testing"
	"time"

	dt "broadsheet/internal/dialect/internal/dialecttest"
	"broadsheet/internal/dialect/plain"
)

const dated = "notes/2026-03-02-Hello World.md"

func TestPermalinks(t *testing.T) {
	for front, want := range map[string]string{
		"title: A":                      "/2026/03/02/Hello%20World/",
		"slug: my-own":                  "/2026/03/02/my-own/",
		"slug: a/b":                     "/2026/03/02/a-b/",
		"permalink: /x/:slug":           "/x/Hello%20World",
		"permalink: /x/../y/":           "/y/",
		"url: /x.html":                  "/x.html",
		"permalink: false":              "/2026/03/02/Hello%20World/",
		"permalink: /:path/":            "/notes/Hello%20World/",
		"permalink: /:short_year:y_day": "/26061",
		"permalink: /:i_month/:i_day/":  "/3/2/",
		"permalink: /:nothing/:title/":  "/:nothing/Hello%20World/",
		"permalink: /a:b":               "/a:b",
	} {
		p := (dt.Folder{}).Post(t, plain.Dialect, dated, dt.Front(front))
		if p.URL != dt.URL+want {
			t.Errorf("%q: %s, want %s", front, p.URL, dt.URL+want)
		}
	}
	if p := (dt.Folder{}).Post(t, plain.Dialect, dated, dt.Front("permalink: https://a.b/c")); p.URL != "https://a.b/c" {
		t.Errorf("a full permalink became %s", p.URL)
	}
}

func TestIDs(t *testing.T) {
	const byDefault = "tag:example.org,2026-03-02:Hello%20World"
	for front, want := range map[string]string{
		"title: A":                        byDefault,
		"id: tag:a.b,2026:c":              "tag:a.b,2026:c",
		"id: my words":                    "my words",
		"guid: https://a.b/?p=17":         "https://a.b/?p=17",
		"id: 17\nguid: https://a.b/?p=17": "https://a.b/?p=17", // what its feed had
		"id: 17":                          "17",
		"uuid: 3f2504e0-4f89-41d3-9a0c-0305e82c3301":    "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301",
		"date: 2026-03-01 23:30:00 -0500\nslug: a":      "tag:example.org,2026-03-01:a", // the day that its author wrote
		"id: https://a.b/c\nguid: https://a.b/?p=17":    "https://a.b/c",
		"id: ''\nguid: ''\nslug: 'a'\ndate: 2026-01-01": "tag:example.org,2026-01-01:a",
	} {
		if p := (dt.Folder{}).Post(t, plain.Dialect, dated, dt.Front(front)); p.ID != want {
			t.Errorf("%q: %s, want %s", front, p.ID, want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, test := range []struct{ name, front, published, updated, expires string }{
		{dated, "title: A", "2026-03-02", "2026-03-02", ""},
		{dated, "date: 2026-03-05", "2026-03-05", "2026-03-05", ""},
		{dated, "pubDate: Mon, 02 Mar 2026 10:00:00 +0000", "2026-03-02", "2026-03-02", ""},
		{dated, "date: 2026-03-05\nupdated: 2026-04-01", "2026-03-05", "2026-04-01", ""},
		{dated, "lastmod: 2026-01-01", "2026-03-02", "2026-03-02", ""},
		{dated, "updated: soon", "2026-03-02", "2026-03-02", ""},
		{dated, "expires: 2026-05-01", "2026-03-02", "2026-03-02", "2026-05-01"},
		{"2026-03-02-trip/index.md", "title: A", "2026-03-02", "2026-03-02", ""},
		{"2026-03-02/a.md", "title: A", "2026-03-02", "2026-03-02", ""},
		{"2026-03-02_a.md", "title: A", "2026-03-02", "2026-03-02", ""},
	} {
		p := (dt.Folder{}).Post(t, plain.Dialect, test.name, dt.Front(test.front))
		expires := ""
		if !p.Expires().IsZero() {
			expires = p.Expires().Format(time.DateOnly)
		}
		if p.Published.Format(time.DateOnly) != test.published || p.Updated.Format(time.DateOnly) != test.updated || expires != test.expires {
			t.Errorf("%s with %q: %s, updated %s, expires %q", test.name, test.front, p.Published, p.Updated, expires)
		}
	}
}

func TestNoDateIsInvented(t *testing.T) {
	for front, want := range map[string]string{
		"title: A":         `a.md:1: the post has no date: expected "date: 2006-01-02" in its front matter, or a file name that begins with 2006-01-02-`,
		"date: 2026-02-30": "",
	} {
		r := (dt.Folder{}).Read(t, plain.Dialect, "a.md", dt.Front(front))
		if r.Post != nil || len(r.Problems) != 1 || want != "" && r.Problems[0].Message != want {
			t.Errorf("%q: %v with problems %v", front, r.Post, r.Problems)
		}
	}
}

func TestStates(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{dated, dt.Front("title: A"), "public"},
		{dated, "No front matter.\n", "public"},
		{"2026-03-02-a.html", "<p>No front matter.\n", "other"},
		{"2026-03-02-a.html", dt.Front("title: A"), "public"},
		{"README.md", "# Read me\n", "other"},
		{"_index.md", dt.Front("date: 2026-03-02"), "other"},
		{dated, "---\nredirect_to: /x/\n---\n", "other"},
		{dated, dt.Front("draft: true"), "draft"},
		{dated, dt.Front("draft: maybe"), "draft"}, // when in doubt, it is not public
		{dated, dt.Front("draf: true"), "draft"},
		{dated, dt.Front("published: false"), "draft"},
		{dated, dt.Front("private: yes"), "draft"},
		{dated, dt.Front("status: draft"), "draft"},
		{dated, dt.Front("status: strange"), "draft"},
		{dated, dt.Front("password: x"), "draft"},
		{dated, dt.Front("unlisted: true"), "unlisted"},
		{dated, dt.Front("hidden: true"), "unlisted"},
		{dated, dt.Front("feed: false"), "unlisted"},
		{dated, dt.Front("build: {list: never}"), "unlisted"},
		{"drafts/2026-03-02-a.md", dt.Front("title: A"), "draft"},
		{"_Templates/2026-03-02-a.md", dt.Front("title: A"), "draft"},
		{"2026-03-02-a.draft.md", dt.Front("title: A"), "draft"},
		{"templates/post.md", dt.Front("title: A"), "other"}, // nor has it a date
	} {
		r := (dt.Folder{}).Read(t, plain.Dialect, test.name, test.text)
		if dt.States[r.State] != test.want {
			t.Errorf("%s with %q is %s, want %s: %v", test.name, test.text, dt.States[r.State], test.want, r.Problems)
		}
	}
}

// A file in the middle of a merge is no post, and stays back if one side says so.
func TestUnfinishedMerges(t *testing.T) {
	const merge = "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"
	for text, want := range map[string]string{
		"---\ntitle: A\n---\n" + merge:                   "other",
		"---\ndraft: true\n---\n" + merge:                "draft",
		"---\n" + merge + "draft: true\n---\nText.\n":    "draft",
		"---\ntitle: A\n---\n```\n" + merge + "```\n":    "public", // it is about merges
		"---\ntitle: A\n---\n<<<<<<< and nothing more\n": "public",
	} {
		r := (dt.Folder{}).Read(t, plain.Dialect, dated, text)
		if dt.States[r.State] != want || (r.Post == nil) != (want != "public") || len(r.Problems) == 0 && want != "public" {
			t.Errorf("%q is %s, want %s: %v", text, dt.States[r.State], want, r.Problems)
		}
	}
}

func TestTitles(t *testing.T) {
	for text, want := range map[string]string{
		dt.Front("title: A &amp; B"):                "A & B",
		dt.Front("title: Vec<T> is <em>fine</em>"):  "Vec<T> is fine",
		dt.Front("title: false"):                    "",
		dt.Front(`title: "false"`):                  "false",
		"# From the heading #\n\nText.\n":           "From the heading",
		"From C#\n=====\n\nText.\n":                 "From C#",
		"## Second level\n":                         "",
		"---\nlang: en\n---\n\n# C# {#id}\nText.\n": "C#",
	} {
		if p := (dt.Folder{}).Post(t, plain.Dialect, dated, text); p.Title != want {
			t.Errorf("%q: %q, want %q", text, p.Title, want)
		}
	}
}

func TestTerms(t *testing.T) {
	for front, want := range map[string]string{
		"tags: a, b c":                "tag a, tag b c",
		"tags: [a, b, a]":             "tag a, tag b",
		"category: a, b":              "category a, b",
		"categories: a, b\ntags: [c]": "category a, category b, tag c",
		"keywords: a\ntags: b":        "tag b, tag a",
		"taxonomies: {tags: [a]}":     "tag a",
		"tags: [A &amp; B]":           "tag A & B",
	} {
		if p := (dt.Folder{}).Post(t, plain.Dialect, dated, dt.Front(front)); dt.Terms(p) != want {
			t.Errorf("%q: %q, want %q", front, dt.Terms(p), want)
		}
	}
}
