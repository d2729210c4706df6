package library_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
)

// TestDatesThatKeepAPostBack holds what a date beside the post's own, of the past,
// means. Where it is of the future the post is public from then on.
func TestDatesThatKeepAPostBack(t *testing.T) {
	for keys, want := range map[string]string{
		"published: 2099-01-01": "2099-01-01T00:00:00Z", "published_at: 2099-01-01": "2099-01-01T00:00:00Z", "publishedAt: 2099-01-01T08:30:00+02:00": "2099-01-01T06:30:00Z",
		"publish_on: 2099-01-01 10pm": "2099-01-01T22:00:00Z", "publish: 2099-01-01": "2099-01-01T00:00:00Z", "Publish-Date: 2099-01-01": "2099-01-01T00:00:00Z",
		"scheduled: 2099-01-01": "2099-01-01T00:00:00Z", "scheduled_for: July 8, 2099": "2099-07-08T00:00:00Z", "embargo: 2099-01-01": "2099-01-01T00:00:00Z",
		"embargo_until: 2099-01-01": "2099-01-01T00:00:00Z", "not_before: 2099-01-01": "2099-01-01T00:00:00Z", "draft_until: 2099-01-01": "2099-01-01T00:00:00Z",
		"public: 2099-01-01": "2099-01-01T00:00:00Z", "extra: {published: 2099-01-01}": "2099-01-01T00:00:00Z", "params: {publishDate: 2099-01-01}": "2099-01-01T00:00:00Z",
		"publication_date: 2099-01-01": "2099-01-01T00:00:00Z", "published: 2020-01-01\npublish_on: 2099-01-01\nembargo: 2098-01-01": "2099-01-01T00:00:00Z",
		"published: 2099-01-01\npublished: 2020-01-01": "2099-01-01T00:00:00Z",
		"published: 2020-01-01":                        "public", "published: true": "public", "publish_on: 2026-01-05": "public", "schedule: weekly": "public", "embargo: none": "public",
		"scheduled: false": "public", "publication_date: Spring 2019": "public", "publish_on:": "public", "release_date: 2099-01-01": "public",
		"event: {date: 2099-01-01}": "public", "updated: 2099-01-01": "public",
		"publish_on: next week": "draft", "published_at: 01/02/2026": "draft", "publish_at: [2099-01-01]": "draft", "scheduled: true": "draft",
		"publish_on: 2099-01-01\ndraft: true": "draft",
	} {
		l := one(t, "", "hello.md", keys)
		due, err := time.Parse(time.RFC3339, want)
		if err != nil {
			if got := stateOf(l); got != want {
				t.Errorf("%q: got %s, want %s; problems %v", keys, got, want, l.Problems)
			}
			continue
		}
		if got := stateOf(l); got != "scheduled" || !l.Next.Equal(due) {
			t.Errorf("%q: got %s until %s, want scheduled until %s", keys, got, l.Next, want)
		}
	}
}

// TestAPostAppearsAtItsMoment: nothing but the clock brings it, and neither its id nor
// its date tell of it.
func TestAPostAppearsAtItsMoment(t *testing.T) {
	files := map[string]string{"a.md": "---\ndate: 2026-01-02\npublish_on: 2030-05-06 07:08:09\n---\nA\n", "b.md": "---\ndate: 2026-01-01\n---\nB\n"}
	plain := library.Build(nil, folder(map[string]string{"a.md": "---\ndate: 2026-01-02\n---\nA\n"}), options())
	o := options()
	due := time.Date(2030, 5, 6, 7, 8, 9, 0, time.UTC)
	l := library.Build(nil, folder(files), o)
	files["b.md"] += "more\n" // an edit of another post
	o.Now = due.Add(-time.Second)
	l = library.Build(l, folder(files), o)
	if len(l.Posts) != 1 || !l.Next.Equal(due) {
		t.Fatalf("a second before: %d posts, next %s", len(l.Posts), l.Next)
	}
	o.Now = due
	l = library.Build(l, folder(files), o)
	if len(l.Posts) != 2 || l.Posts[0].ID != plain.Posts[0].ID || !l.Posts[0].Published.Equal(plain.Posts[0].Published) || !l.Next.IsZero() {
		t.Fatalf("then: %v, next %s", l.Posts, l.Next)
	}
	files["a.md"] = "---\ndate: 2026-01-02\npublish_on: 2031-01-01\n---\nA\n"
	if l = library.Build(l, folder(files), o); len(l.Posts) != 1 || !l.Next.Equal(time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("put off: %v, next %s", l.Posts, l.Next)
	}
	files["a.md"] = "---\ndate: 2026-01-02\n---\nA\n"
	if l = library.Build(l, folder(files), o); len(l.Posts) != 2 || !l.Next.IsZero() {
		t.Errorf("brought forward: %v, next %s", l.Posts, l.Next)
	}
	o.Future = true
	files["a.md"] = "---\ndate: 2026-01-02\npublish_on: 2031-01-01\n---\nA\n"
	if l = library.Build(nil, folder(files), o); len(l.Posts) != 2 || l.Posts[0].Mark() != blog.Scheduled {
		t.Errorf("in a preview: %v", l.Posts)
	}
}

// TestPostsInNoListHaveTheirMomentsToo: what a link alone leads to is not public either before
// it is time, and no longer than that.
func TestPostsInNoListHaveTheirMomentsToo(t *testing.T) {
	o := options()
	for keys, want := range map[string]string{
		"date: 2099-01-01\nunlisted: true": "scheduled", "date: 2099-01-01\ntags: [kept]": "scheduled", "date: 2020-01-01\nembargo: 2099-01-01\nunlisted: true": "scheduled",
		"date: 2019-01-01\nexpires: 2020-01-01\nunlisted: true": "other", "date: 2019-01-01\nexpires: 2020-01-01\ntags: [kept]": "other",
		"date: 2020-01-01\nunlisted: true": "unlisted", "date: 2020-01-01\nexpires: 2099-01-01\ntags: [kept]": "unlisted",
	} {
		o.Exclude = []blog.Term{{Kind: blog.Tag, Name: "kept"}}
		l := library.Build(nil, folder(map[string]string{"a.md": "---\n" + keys + "\n---\nA\n"}), o)
		if got := stateOf(l); got != want {
			t.Errorf("%q: got %s, want %s", keys, got, want)
		}
		if later := time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC); strings.Contains(keys, "2099") != l.Next.Equal(later) {
			t.Errorf("%q: the next moment is %s", keys, l.Next)
		}
	}
}

// TestGeneratorsHaveTheirOwnDates: Hugo goes by the date of publication, Jekyll by
// its date alone.
func TestGeneratorsHaveTheirOwnDates(t *testing.T) {
	const jekyll, hugo = "_config.yml=title: x\n", "hugo.toml=title = \"x\"\n"
	for _, c := range []struct{ settings, path, keys, want string }{
		{hugo, "content/post/a.md", "publishDate: 2099-01-01", "scheduled"}, {hugo, "content/post/a.md", "published: 2099-01-01", "scheduled"},
		{hugo, "content/post/a.md", "pubdate: 2099-01-01", "scheduled"}, {hugo, "content/post/a.md", "publishDate: 2020-01-01\npublished: 2099-01-01", "public"},
		{hugo, "content/post/a.md", "publish_on: 2099-01-01", "public"}, {jekyll, "_posts/2026-01-02-a.md", "published: 2099-01-01", "public"},
		{jekyll, "_posts/2026-01-02-a.md", "publish_on: 2099-01-01", "public"},
	} {
		if got := stateOf(one(t, c.settings, c.path, c.keys)); got != c.want {
			t.Errorf("%s %q: got %s, want %s", c.path, c.keys, got, c.want)
		}
	}
}
