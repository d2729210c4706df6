package library_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
	"broadsheet/internal/source"

	"github.com/google/go-cmp/cmp"
)

const post = "---\ntitle: One\ndate: 2026-01-02\n---\nText.\n"

func TestRenamedPostKeepsID(t *testing.T) {
	first := library.Build(nil, keyed(map[string]string{"one.md": post}, 1), options())
	second := library.Build(first, keyed(map[string]string{"uno.md": post}, 1), options())
	third := library.Build(second, keyed(map[string]string{"uno.md": post}, 1), options())
	if a, b, c := only(t, first).ID, only(t, second).ID, only(t, third).ID; a != b || b != c {
		t.Errorf("ids: %s, after the move %s, after another scan %s", a, b, c)
	}
	if only(t, third).Path != "uno.md" || only(t, third).Slug != "uno" {
		t.Errorf("the post goes on under %s, slug %s", only(t, third).Path, only(t, third).Slug)
	}
}

func TestRedatedPostKeepsID(t *testing.T) {
	first := library.Build(nil, folder(map[string]string{"one.md": post}), options())
	edited := strings.Replace(post, "2026-01-02", "2026-03-04", 1)
	second := library.Build(first, folder(map[string]string{"one.md": edited}), options())
	if only(t, first).ID != only(t, second).ID {
		t.Errorf("id %s became %s", only(t, first).ID, only(t, second).ID)
	}
}

func TestIDsOfEarlierRunsStay(t *testing.T) {
	o := options()
	o.Known = map[string]*library.Identity{"one.md": {ID: "tag:example.org,2020-01-01:first"}}
	l := library.Build(nil, folder(map[string]string{"one.md": post}), o)
	if got := only(t, l).ID; got != o.Known["one.md"].ID {
		t.Errorf("id %s, want the one remembered", got)
	}
	if got := l.IDs()["one.md"].ID; got != o.Known["one.md"].ID {
		t.Errorf("remembers %s for the next run", got)
	}
}

func TestNewPostTakesNoIDAway(t *testing.T) {
	first := library.Build(nil, folder(map[string]string{"b/one.md": post}), options())
	second := afterAWhile(first, folder(map[string]string{"a/one.md": post, "b/one.md": post}))
	ids := map[string]string{}
	for _, p := range second.Posts {
		ids[p.Path] = p.ID
	}
	if want := only(t, first).ID; ids["b/one.md"] != want || ids["a/one.md"] == want || ids["a/one.md"] == "" {
		t.Errorf("ids: %v; b/one.md had %s", ids, want)
	}
}

func TestUnchangedPostIsTheSamePointer(t *testing.T) {
	files := map[string]string{"a/one.md": post, "b/one.md": post, "two.md": strings.Replace(post, "01-02", "01-03", 1)}
	first := library.Build(nil, folder(files), options())
	files["two.md"] += "More.\n"
	second := library.Build(first, folder(files), options())
	for _, p := range second.Posts {
		if same := slices.Contains(first.Posts, p); same == (p.Path == "two.md") {
			t.Errorf("%s: same pointer %v", p.Path, same)
		}
	}
}

func TestNewSiteMakesNewPosts(t *testing.T) {
	files := folder(map[string]string{"one.md": post})
	first := library.Build(nil, files, options())
	o := options()
	o.Site.URL = "https://other.example"
	second := library.Build(first, files, o)
	if got := only(t, second).URL; !strings.HasPrefix(got, "https://other.example/") {
		t.Errorf("url %s", got)
	}
}

func TestBrokenEditKeepsLastGoodVersion(t *testing.T) {
	for name, broken := range map[string]string{
		"no text":         "\x00\x00\x00",
		"never closed":    "---\ntitle: Other\ndate: 2026-01-02\n",
		"impossible date": "---\ntitle: Other\ndate: 2026-13-02\n---\n",
		"no date":         "---\ntitle: Other\n---\n",
	} {
		t.Run(name, func(t *testing.T) {
			first := library.Build(nil, folder(map[string]string{"one.md": post}), options())
			second := library.Build(first, folder(map[string]string{"one.md": broken}), options())
			if only(t, second) != only(t, first) {
				t.Error("the good version is gone")
			}
			if p := onlyProblem(t, second); p.File != "one.md" || p.Line == 0 || p.Severity != blog.Error {
				t.Errorf("problem: %+v", p)
			}
			third := library.Build(second, folder(map[string]string{"one.md": post}), options())
			if len(third.Problems) != 0 || only(t, third).Title != "One" {
				t.Errorf("mended: %v, %v", third.Problems, only(t, third).Title)
			}
		})
	}
}

func TestBrokenFileAtStartIsLeftOutAlone(t *testing.T) {
	l := library.Build(nil, folder(map[string]string{"bad.md": "\xff\n", "good.md": post}), options())
	if only(t, l).Path != "good.md" || l.Counts.Broken != 1 {
		t.Errorf("posts %v, counts %+v", l.Posts, l.Counts)
	}
	if p := onlyProblem(t, l); p.File != "bad.md" || p.Line != 1 {
		t.Errorf("problem: %+v", p)
	}
}

func TestScheduledPostAppearsAtItsSecond(t *testing.T) {
	due := now.Add(5 * time.Second)
	files := folder(map[string]string{"one.md": strings.Replace(post, "2026-01-02", due.Format(time.RFC3339), 1)})
	o := options()
	l := library.Build(nil, files, o)
	if len(l.Posts) != 0 || !l.Next.Equal(due) {
		t.Fatalf("before: %d posts, next %v", len(l.Posts), l.Next)
	}
	o.Now = due
	l = library.Build(l, files, o)
	if only(t, l).Path != "one.md" || !l.Next.IsZero() {
		t.Errorf("at its second: %d posts, next %v", len(l.Posts), l.Next)
	}
}

func TestUnpublishedPostsAreMarkedWhenAskedFor(t *testing.T) {
	const later, draft = "2026-06-02", "draft: true\ntitle"
	for name, test := range map[string]struct {
		text           string
		drafts, future bool
		want           string // what the posts' marks say
	}{
		"a public post":                     {post, true, true, "public"},
		"a draft":                           {strings.Replace(post, "title", draft, 1), true, false, "draft"},
		"a draft among scheduled posts":     {strings.Replace(post, "title", draft, 1), false, true, ""},
		"a scheduled post":                  {dated(later), false, true, "scheduled"},
		"a scheduled post among drafts":     {dated(later), true, false, ""},
		"a draft of tomorrow":               {strings.Replace(dated(later), "title", draft, 1), true, true, "draft"},
		"a draft of tomorrow, among drafts": {strings.Replace(dated(later), "title", draft, 1), true, false, ""},
		"an unlisted post":                  {strings.Replace(post, "title", "unlisted: true\ntitle", 1), true, true, ""},
		"an expired post":                   {strings.Replace(post, "title", "expires: 2026-01-03\ntitle", 1), true, true, ""},
	} {
		o := options()
		o.Drafts, o.Future = test.drafts, test.future
		got := ""
		for _, p := range library.Build(nil, folder(map[string]string{"one.md": test.text}), o).Posts {
			if got += string(p.Mark()); p.Mark() == "" {
				got += "public"
			}
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestMarkGoesWhenThePostIsDue(t *testing.T) {
	due := now.Add(5 * time.Second)
	files := folder(map[string]string{"one.md": dated(due.Format(time.RFC3339))})
	o := options()
	o.Future = true
	l := library.Build(nil, files, o)
	if only(t, l).Mark() != blog.Scheduled || !l.Next.Equal(due) {
		t.Fatalf("before: mark %q, next %v", only(t, l).Mark(), l.Next)
	}
	o.Now = due
	l = library.Build(l, files, o)
	if only(t, l).Mark() != "" || !l.Next.IsZero() {
		t.Errorf("at its second: mark %q, next %v", only(t, l).Mark(), l.Next)
	}
}

// A site whose generator publishes the future has no scheduled posts.
func TestNothingIsMarkedThatTheGeneratorPublishes(t *testing.T) {
	sites := map[string]string{"_config.yml": "future: true\n"}
	o := options()
	o.Generator, o.Future = generatorOf(t, sites), true
	l := library.Build(nil, folder(map[string]string{"_posts/2026-06-02-one.md": "---\ntitle: One\n---\nText.\n"}), o)
	if only(t, l).Mark() != "" {
		t.Errorf("mark %q", only(t, l).Mark())
	}
}

func TestZoneMovesDatesWithoutOne(t *testing.T) {
	o := options()
	o.Site.Zone = time.FixedZone("", -5*3600)
	l := library.Build(nil, folder(map[string]string{"one.md": post}), o)
	if got := only(t, l).Published.UTC().Format(time.RFC3339); got != "2026-01-02T05:00:00Z" {
		t.Errorf("published %s", got)
	}
	if got := only(t, l).ID; got != "tag:example.org,2026-01-02:one" {
		t.Errorf("id %s: the date is the one written", got)
	}
}

func TestOrderOfFilesDoesNotMatter(t *testing.T) {
	files := folder(map[string]string{"a/one.md": post, "b/one.md": post, "bad.md": "\xff"})
	want := describe(library.Build(nil, files, options()))
	slices.Reverse(files)
	if got := describe(library.Build(nil, files, options())); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func only(t *testing.T, l *library.Library) *blog.Post {
	t.Helper()
	if len(l.Posts) != 1 {
		t.Fatalf("%d posts, want 1 (problems: %v)", len(l.Posts), l.Problems)
	}
	return l.Posts[0]
}

func onlyProblem(t *testing.T, l *library.Library) blog.Problem {
	t.Helper()
	if len(l.Problems) != 1 {
		t.Fatalf("problems: %v, want 1", l.Problems)
	}
	return l.Problems[0]
}

func BenchmarkBuild10000(b *testing.B) {
	files := make([]source.File, 10_000)
	for i := range files {
		text := bytes.Replace([]byte(post), []byte("One"), []byte{byte('a' + i%26), byte('a' + i/26%26)}, 1)
		files[i] = source.File{Path: time.Unix(int64(i), 0).UTC().Format("150405") + ".md", Data: text, Hash: [32]byte{byte(i), byte(i >> 8)}}
	}
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			library.Build(nil, files, options())
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		before := library.Build(nil, files, options())
		for b.Loop() {
			library.Build(before, files, options())
		}
	})
}

// dated returns the post of a day, so that each text is another.
func dated(day string) string { return strings.Replace(post, "2026-01-02", day, 1) }

// afterAWhile builds twice: what looks like a copy is shown once it has been there
// for a while.
func afterAWhile(prev *library.Library, files []source.File) *library.Library {
	o := options()
	waiting := library.Build(prev, files, o)
	o.Now = waiting.Next
	return library.Build(waiting, files, o)
}

// keyed returns a scan whose files have these keys, in order of their paths.
func keyed(texts map[string]string, keys ...uint64) []source.File {
	files := hashed(texts)
	for i := range files {
		files[i].Key = keys[i]
	}
	return files
}

// idsOf returns the id of each post by path.
func idsOf(l *library.Library) map[string]string {
	ids := map[string]string{}
	for path, identity := range l.IDs() {
		ids[path] = identity.ID
	}
	return ids
}

func TestNewFileUnderAFormerNameIsANewPost(t *testing.T) {
	first := library.Build(nil, keyed(map[string]string{"one.md": post}, 1), options())
	second := library.Build(first, keyed(map[string]string{"uno.md": post}, 1), options())
	o := options()
	o.Known = first.IDs()
	third := library.Build(second, keyed(map[string]string{"uno.md": post, "one.md": dated("2025-03-04")}, 2, 1), o)
	want := map[string]string{"uno.md": "tag:example.org,2026-01-02:one", "one.md": "tag:example.org,2025-03-04:one"}
	if diff := cmp.Diff(want, idsOf(third)); diff != "" {
		t.Error(diff)
	}
}

func TestRenumberedPostsKeepTheirIDs(t *testing.T) {
	a, b := dated("2026-01-03"), dated("2026-01-04")
	first := library.Build(nil, keyed(map[string]string{"1.md": a, "2.md": b}, 1, 2), options())
	second := library.Build(first, keyed(map[string]string{"2.md": a, "3.md": b}, 1, 2), options())
	ids := idsOf(first)
	if diff := cmp.Diff(map[string]string{"2.md": ids["1.md"], "3.md": ids["2.md"]}, idsOf(second)); diff != "" {
		t.Error(diff)
	}
}

func TestCopyWithTheSameIDGetsOneOfItsOwn(t *testing.T) {
	text := strings.Replace(post, "title", "id: fixed\ntitle", 1)
	first := library.Build(nil, folder(map[string]string{"one.md": text}), options())
	second := afterAWhile(first, folder(map[string]string{"a.md": strings.Replace(text, "2026", "2025", 1), "one.md": text}))
	if ids := idsOf(second); ids["one.md"] != "fixed" || ids["a.md"] == "fixed" {
		t.Errorf("ids: %v", ids)
	}
	if p := onlyProblem(t, second); p.File != "a.md" {
		t.Errorf("blames %v", p)
	}
}

func TestPostRenamedWhileStoppedKeepsItsID(t *testing.T) {
	o := options()
	o.Known = library.Build(nil, folder(map[string]string{"one.md": post}), options()).IDs()
	l := library.Build(nil, folder(map[string]string{"uno.md": post}), o)
	if got := only(t, l).ID; got != "tag:example.org,2026-01-02:one" {
		t.Errorf("id %s", got)
	}
}

func TestOtherPostInPlaceOfADeletedOneIsANewPost(t *testing.T) {
	known := library.Build(nil, folder(map[string]string{"one.md": dated("2026-01-01")}), options()).IDs()
	empty := library.Build(nil, nil, options())
	o := options()
	o.Known = known
	if got := only(t, library.Build(empty, folder(map[string]string{"one.md": dated("2026-02-20")}), o)).ID; got != "tag:example.org,2026-02-20:one" {
		t.Errorf("another post: id %s", got)
	}
	identity := known["one.md"]
	identity.ID, identity.Gone = "tag:example.org,2020-01-01:kept", true
	o.Known = map[string]*library.Identity{"one.md": identity}
	if got := only(t, library.Build(empty, folder(map[string]string{"one.md": dated("2026-01-01")}), o)).ID; got != identity.ID {
		t.Errorf("the same post, back again: id %s", got)
	}
	if got := only(t, library.Build(nil, folder(map[string]string{"one.md": dated("2026-02-20")}), o)).ID; got == identity.ID {
		t.Errorf("another post, after a restart: id %s", got)
	}
}

func TestLastGoodVersionFollowsTheSite(t *testing.T) {
	first := library.Build(nil, folder(map[string]string{"one.md": post}), options())
	o := options()
	o.Site.URL = "https://other.example"
	second := library.Build(first, folder(map[string]string{"one.md": "\x00"}), o)
	if p := only(t, second); !strings.HasPrefix(p.URL, "https://other.example/") || p.ID != only(t, first).ID {
		t.Errorf("url %s, id %s", p.URL, p.ID)
	}
	onlyProblem(t, second)
}
