package seen_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"broadsheet/cmd/broadsheet/seen"
	"broadsheet/internal/blog"
)

var day = time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)

func post(id, url, title string, published time.Time) *blog.Post {
	return &blog.Post{Path: id + ".md", ID: id, URL: url, Title: title, Published: published}
}

func TestEntriesAreMatchedAndNeverGuessed(t *testing.T) {
	const site = "https://example.org"
	a, b := post("a", site+"/a/", "Same", day), post("b", site+"/b/", "Same", day)
	later := post("later", site+"/later/", "Same", day.AddDate(0, 0, 1))
	linked := post("linked", site+"/linked/", "", day)
	linked.Extra().ExternalURL = "https://example.com/x"
	berlin := time.FixedZone("", 3600)
	for name, c := range map[string]struct {
		posts   []*blog.Post
		entries []seen.Entry
		want    []*blog.Post
	}{
		"by id, whatever the link": {[]*blog.Post{a, b}, []seen.Entry{{ID: "b", Link: a.URL}, {ID: "a", Link: b.URL}}, []*blog.Post{b, a}},
		"by link":                  {[]*blog.Post{a, b}, []seen.Entry{{ID: "1", Link: "http://EXAMPLE.org:80/b"}}, []*blog.Post{b}},
		"by link, as a file":       {[]*blog.Post{a, b}, []seen.Entry{{ID: "1", Link: site + "/b.html"}, {ID: "2", Link: site + "/a/index.html"}}, []*blog.Post{b, a}},
		"by title and day":         {[]*blog.Post{a, later}, []seen.Entry{{ID: "1", Title: "<b>Same</b>", Published: day}}, []*blog.Post{a}},
		"in another zone": {[]*blog.Post{post("c", "", "C", time.Date(2026, 1, 2, 0, 0, 0, 0, berlin))},
			[]seen.Entry{{ID: "1", Title: "C", Published: time.Date(2026, 1, 1, 23, 0, 0, 0, time.UTC)}}, []*blog.Post{{Path: "c.md"}}},
		"two posts":   {[]*blog.Post{a, b}, []seen.Entry{{ID: "1", Title: "Same", Published: day}}, []*blog.Post{nil}},
		"two entries": {[]*blog.Post{a}, []seen.Entry{{ID: "1", Link: a.URL}, {ID: "2", Link: a.URL}}, []*blog.Post{nil, nil}},
		"two entries, one of that title": {[]*blog.Post{a}, []seen.Entry{{ID: "1", Link: a.URL, Title: "Other", Published: day},
			{ID: "2", Link: a.URL, Title: "Same", Published: day}}, []*blog.Post{nil, a}},
		"what is left of two": {[]*blog.Post{a, b}, []seen.Entry{{ID: "a"}, {ID: "1", Title: "Same", Published: day}}, []*blog.Post{a, b}},
		"the target":          {[]*blog.Post{linked}, []seen.Entry{{ID: "1", Link: "https://example.com/x/"}}, []*blog.Post{linked}},
		"neither id nor link": {[]*blog.Post{linked}, []seen.Entry{{Published: day}}, []*blog.Post{nil}},
	} {
		t.Run(name, func(t *testing.T) {
			paths := func(posts []*blog.Post) (names []string) {
				for _, p := range posts {
					if p == nil {
						p = &blog.Post{}
					}
					names = append(names, p.Path)
				}
				return names
			}
			if diff := cmp.Diff(paths(c.want), paths(seen.Match(seen.Feed{Entries: c.entries}, c.posts))); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

func TestWhatMakesNoDifferenceIsNoChange(t *testing.T) {
	p := post("a", "https://example.org/%C3%BCber/", `"One" - it's <T> & two...`, day.Add(time.Millisecond))
	for _, e := range []seen.Entry{
		{ID: "a", Link: p.URL, Title: p.Title, Published: day, Dated: true},
		{ID: "a", Link: "https://EXAMPLE.org:443/über/", Title: "“One” — it&#8217;s <T>\n &amp;amp;  two…", Published: day.In(time.FixedZone("", 3600)), Dated: true},
		{ID: "a", Title: `<em>«One»</em> -- it‘s &amp; two...`, Published: day.AddDate(1, 0, 0)},
	} {
		r := seen.Compare(seen.Feed{Entries: []seen.Entry{e}}, []*blog.Post{p}, func(p *blog.Post) string { return p.URL })
		if r.Same != 1 || r.New != 0 || !r.Clean() {
			t.Errorf("%+v: got %+v", e, r)
		}
	}
}

func TestWhatSubscribersWouldNotice(t *testing.T) {
	posts := []*blog.Post{post("a", "https://example.org/a/", "A", day), post("b", "https://example.org/b/", "", day), post("c", "", "C", day)}
	feed := seen.Feed{Entries: []seen.Entry{
		{ID: "a", Link: "http://example.org/a/", Title: "B", Published: day.Add(time.Second), Dated: true},
		{ID: "1", Link: "https://example.org/b/", Title: "B"},
		{ID: "x", Link: "https://example.org/x/", Title: "X"},
	}}
	a := seen.Finding{ID: "a", Link: "http://example.org/a/", Title: "B", File: "a.md"}
	b := seen.Finding{ID: "1", Link: "https://example.org/b/", Title: "B", File: "b.md"}
	with := func(f seen.Finding, was, now string) seen.Finding { f.Was, f.Now = was, now; return f }
	want := seen.Report{
		ShownAgain:   []seen.Finding{with(b, "1", "b")},
		Lost:         []seen.Finding{{ID: "x", Link: "https://example.org/x/", Title: "X"}},
		ChangedLink:  []seen.Finding{with(a, "http://example.org/a/", "https://example.org/a/")},
		ChangedDate:  []seen.Finding{with(a, "2026-01-02T00:00:01Z", "2026-01-02T00:00:00Z")},
		ChangedTitle: []seen.Finding{with(a, "B", "A"), with(b, "B", "(none)")},
		New:          1,
	}
	got := seen.Compare(feed, posts, func(p *blog.Post) string { return p.URL })
	if diff := cmp.Diff(want, got); diff != "" || got.Clean() {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("a", "https://example.org/a/", "A & <b>", int64(0))
	f.Add("", "//%zz", "&amp;lt;--&#8212;", int64(1)<<40)
	f.Fuzz(func(t *testing.T, id, link, title string, at int64) {
		e := seen.Entry{ID: id, Link: link, Title: title, Published: time.Unix(at, 0), Dated: true}
		p := post(id, link, title, time.Unix(at, 0))
		r := seen.Compare(seen.Feed{Entries: []seen.Entry{e}}, []*blog.Post{p}, func(p *blog.Post) string { return p.URL })
		if id != "" && r.Same != 1 {
			t.Errorf("an entry differs from itself: %+v", r)
		}
		if total := len(r.Lost) + r.Same + len(r.ShownAgain); total != 1 {
			t.Errorf("one entry is told of %d times: %+v", total, r)
		}
	})
}
