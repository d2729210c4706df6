package jekyll_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	dt "broadsheet/internal/dialect/internal/dialecttest"
	"broadsheet/internal/dialect/jekyll"
)

const dated = "_posts/2026-03-02-Hello-World.md" // a Monday

func TestPermalinks(t *testing.T) {
	for setting, want := range map[string]string{
		"": "/news/deep%20space/2026/03/02/Hello-World.html",

		"permalink: none":     "/news/deep%20space/Hello-World.html",
		"permalink: date":     "/news/deep%20space/2026/03/02/Hello-World.html",
		"permalink: ordinal":  "/news/deep%20space/2026/061/Hello-World.html",
		"permalink: pretty":   "/news/deep%20space/2026/03/02/Hello-World/",
		"permalink: weekdate": "/news/deep%20space/2026/W10/Mon/Hello-World.html",

		"permalink: /blog/:slug/":                                      "/blog/hello-world/",
		"permalink: /:short_year/:i_month/:i_day/:title":               "/26/3/2/Hello-World",
		"permalink: /:slugified_categories/:name.html":                 "/news/deep-space/2026-03-02-hello-world.html",
		"permalink: /:collection/:title:output_ext":                    "/posts/Hello-World.html",
		"permalink: /:long_month/:long_day/:short_month/:title/":       "/March/Monday/Mar/Hello-World/",
		"permalink: /:w_year/:week/:w_day/:title/":                     "/2026/10/1/Hello-World/",
		"permalink: /:unknown/:title/":                                 "/:unknown/Hello-World/",
		"permalink: /a/\ncollections: {posts: {permalink: /b/:title}}": "/b/Hello-World",
	} {
		p := dt.Folder{Settings: setting}.Post(t, jekyll.Dialect, dated, dt.Front("categories: [News, Deep Space]"))
		if p.URL != dt.URL+want {
			t.Errorf("%q: %s, want %s", setting, p.URL, dt.URL+want)
		}
	}
	for front, want := range map[string]string{
		"permalink: /my/:title/":               "/my/Hello-World/",
		"permalink: pretty":                    "/2026/03/02/Hello-World/",
		"slug: other":                          "/2026/03/02/other.html",
		"date: 2026-12-31 23:30:00 +0000":      "/2027/01/01/Hello-World.html", // the day is that of the site's zone
		"category: one two":                    "/one%20two/2026/03/02/Hello-World.html",
		"categories: one two\ncategory: three": "/one/two/three/2026/03/02/Hello-World.html",
	} {
		if p := (dt.Folder{}).Post(t, jekyll.Dialect, dated, dt.Front(front)); p.URL != dt.URL+want {
			t.Errorf("%q: %s, want %s", front, p.URL, dt.URL+want)
		}
	}
}

func TestIDIsTheAddressWithoutItsEnd(t *testing.T) {
	for front, want := range map[string]string{
		"title: A":               dt.URL + "/2026/03/02/Hello-World",
		"permalink: pretty":      dt.URL + "/2026/03/02/Hello-World",
		"permalink: /a/b.html":   dt.URL + "/a/Hello-World",
		"permalink: /a/b/":       dt.URL + "/a/Hello-World",
		"slug: two words":        dt.URL + "/2026/03/02/two%20words",
		"id: tag:a.b,2026:c":     "tag:a.b,2026:c",
		"id: 17":                 dt.URL + "/2026/03/02/Hello-World", // a number of a database
		"id: words\nguid: a-b-c": dt.URL + "/2026/03/02/Hello-World",
		"guid: https://a.b/?p=1": dt.URL + "/2026/03/02/Hello-World", // the feed plugin knows no guid
	} {
		if p := (dt.Folder{}).Post(t, jekyll.Dialect, dated, dt.Front(front)); p.ID != want {
			t.Errorf("%q: %s, want %s", front, p.ID, want)
		}
	}
}

func TestDates(t *testing.T) {
	for front, want := range map[string]string{
		"title: A":                             "2026-03-02T00:00:00+02:00",
		"date: 2026-03-05":                     "2026-03-05T00:00:00+02:00",
		"date: 2026-03-05 10:00":               "2026-03-05T10:00:00+02:00",
		"date: 2026-03-05 10:00:00":            "2026-03-05T10:00:00Z", // a time of YAML
		`date: "2026-03-05 10:00:00"`:          "2026-03-05T10:00:00+02:00",
		"date: 2026-03-05 10:00:00 -0500":      "2026-03-05T10:00:00-05:00",
		"date: soon":                           "2026-03-02T00:00:00+02:00", // that of the name, with a warning
		"Date: 2026-03-05":                     "2026-03-02T00:00:00+02:00", // another key
		"publishDate: 2026-03-05":              "2026-03-02T00:00:00+02:00",
		"expiryDate: 2026-03-05":               "2026-03-02T00:00:00+02:00",
		"last_modified_at: 2026-03-01":         "2026-03-02T00:00:00+02:00",
		"last_modified_at: 2026-04-01 1:00:00": "2026-03-02T00:00:00+02:00",
	} {
		p := (dt.Folder{}).Post(t, jekyll.Dialect, dated, dt.Front(front))
		if got := p.Published.Format(time.RFC3339); got != want {
			t.Errorf("%q: %s, want %s", front, got, want)
		}
		updated := p.Published
		if strings.Contains(front, "2026-04-01") {
			updated = time.Date(2026, 4, 1, 1, 0, 0, 0, time.UTC)
		}
		if !p.Updated.Equal(updated) || !p.Expires().IsZero() {
			t.Errorf("%q: updated %s, want %s; expires %s", front, p.Updated, updated, p.Expires())
		}
	}
}

func TestStates(t *testing.T) {
	const below = "collections_dir: src\ncollections: {docs: {output: true}}"
	for _, test := range []struct{ name, front, settings, want string }{
		{dated, "title: A", "", "public"},
		{"blog/_posts/2026-03-02-a.md", "title: A", "", "public"},
		{"_posts/2026/2026-03-02-a.html", "title: A", "", "public"},
		{"_posts/26-3-2-a.md", "title: A", "", "public"},
		{dated, "published: false", "", "draft"},
		{dated, "draft: true", "", "draft"},
		{dated, "published: flase", "", "draft"}, // when in doubt, it is not public
		{dated, "unlisted: true", "", "unlisted"},
		{dated, "hidden: true", "", "public"}, // themes have a use of their own for it
		{dated, "status: draft", "", "public"},
		{"_drafts/a.md", "title: A\ndate: 2026-03-02", "", "draft"},
		{"_posts/a.md", "title: A\ndate: 2026-03-02", "", "other"},
		{"about.md", "title: A\ndate: 2026-03-02", "", "other"},
		{"_notes/_posts/2026-03-02-a.md", "title: A", "", "other"},
		{"_posts/2026-03-02-a.txt", "title: A", "", "other"},
		{dated, "title: A", "exclude: [_posts/2026-03-02-H*]", "other"},
		{dated, "title: A", "exclude: [_posts/2026]\ninclude: [" + dated + "]", "public"},
		{"src/_docs/secret/a.md", "title: A\ndate: 2026-03-02", "exclude: [_docs/secret]\n" + below, "other"},
		{"src/_docs/secret/a.md", "title: A\ndate: 2026-03-02", "exclude: [src/_docs/secret]\n" + below, "other"},
		{"src/_docs/a.md", "title: A\ndate: 2026-03-02", "exclude: [_docs/secret, docs]\n" + below, "public"},
		{"src/_posts/2026-03-02-a.md", "title: A", "exclude: [src/_posts/2026]\n" + below, "other"},
		{dated, "title: A", "defaults: [{scope: {path: _posts}, values: {published: false}}]", "draft"},
		{dated, "published: true", "defaults: [{scope: {path: _posts}, values: {published: false}}]", "public"},
		{dated, "title: A", "defaults: [{scope: {path: '', type: pages}, values: {published: false}}]", "public"},
	} {
		r := dt.Folder{Settings: test.settings}.Read(t, jekyll.Dialect, test.name, dt.Front(test.front))
		if dt.States[r.State] != test.want {
			t.Errorf("%s with %q and %q is %s, want %s: %v", test.name, test.front, test.settings, dt.States[r.State], test.want, r.Problems)
		}
	}
}

func TestForeignSwitchesAreTold(t *testing.T) {
	r := (dt.Folder{}).Read(t, jekyll.Dialect, dated, dt.Front("title: A", "status: draft"))
	want := blog.Problem{File: dated, Line: 3, Severity: blog.Warning,
		Message: `status: "draft" means nothing to Jekyll, so the post is published; expected "draft: true" or "published: false"`}
	if len(r.Problems) != 1 || r.Problems[0] != want {
		t.Errorf("told %v", r.Problems)
	}
}

func TestTitles(t *testing.T) {
	for front, want := range map[string]string{
		"lang: en":               "Hello World", // of the file's name
		"Title: A":               "Hello World",
		"title: A <b>bold</b> B": "A bold B",
		"title: Vec<T>":          "Vec",
		`title: "It's -- fine"`:  "It’s – fine",
		`title: The '90s... "x"`: "The ’90s… “x”",
	} {
		if p := (dt.Folder{}).Post(t, jekyll.Dialect, dated, dt.Front(front)); p.Title != want {
			t.Errorf("%q: %q, want %q", front, p.Title, want)
		}
	}
}

func TestTermsFollowTheFeedPlugin(t *testing.T) {
	for front, want := range map[string]string{
		"categories: a b":            "category a, category b",
		"categories: [a b, c]":       "category a b, category c",
		"category: a b":              "category a b",
		"categories: a\ncategory: b": "category b", // the singular alone
		"tags: a b":                  "tag a, tag b",
		"tags: [a, b, a]":            "tag a, tag b",
		"tag: a b\ntags: [c]":        "tag a b",
		"Tags: [a]":                  "",
	} {
		if p := (dt.Folder{}).Post(t, jekyll.Dialect, dated, dt.Front(front)); dt.Terms(p) != want {
			t.Errorf("%q: %q, want %q", front, dt.Terms(p), want)
		}
	}
	if p := (dt.Folder{}).Post(t, jekyll.Dialect, "x/y/_posts/2026-03-02-a.md", dt.Front("title: A")); dt.Terms(p) != "category x, category y" {
		t.Errorf("categories of folders: %q", dt.Terms(p))
	}
}

func TestAuthorsAreLookedUp(t *testing.T) {
	f := dt.Folder{Data: map[string]string{"_data/authors.yml": "ada: {name: Ada Example, email: ada@a.b}\n"}}
	for front, want := range map[string]blog.Author{
		"author: ada":                 {Name: "Ada Example", Email: "ada@a.b"},
		"author: Bob":                 {Name: "Bob"},
		"author: {name: C, url: //x}": {Name: "C", URL: "https://x"},
	} {
		if p := f.Post(t, jekyll.Dialect, dated, dt.Front(front)); len(p.Authors) != 1 || p.Authors[0] != want {
			t.Errorf("%q: %v, want %v", front, p.Authors, want)
		}
	}
}

func TestExcerpts(t *testing.T) {
	for _, test := range []struct{ settings, front, body, summary, excerpt string }{
		{"", "title: A", "One.\n\nTwo.\n", "", "One."},
		{"", "title: A", "One [x].\n\nTwo.\n\n[x]: /y\n", "", "One [x].\n\n[x]: /y"},
		{"excerpt_separator: <!--more-->", "title: A", "One.\n\nTwo.\n<!--more-->\nThree.\n", "", "One.\n\nTwo.\n"},
		{"", "excerpt_separator: '***'", "One.\n\nTwo.***Three.\n", "", "One.\n\nTwo."},
		{"", "description: Said.", "One.\n\nTwo.\n", "Said.", ""},
		{"", "excerpt: Said.", "One.\n\nTwo.\n", "Said.", ""},
		{"", "title: A", "\n\nOne.\n{: .lead}\n\nTwo.\n", "", "One.\n{: .lead}"},
	} {
		p := dt.Folder{Settings: test.settings}.Post(t, jekyll.Dialect, dated, "---\n"+test.front+"\n---\n"+test.body)
		if p.Summary() != test.summary || string(p.Excerpt()) != test.excerpt {
			t.Errorf("%q with %q: summary %q, excerpt %q", test.body, test.front, p.Summary(), p.Excerpt())
		}
	}
}
