package live_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/leaktest"
	"broadsheet/internal/live"
	"broadsheet/internal/status"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// fixture is a real folder and a Live that follows it.
type fixture struct {
	*live.Live
	t    *testing.T
	root string
	log  *logged
	stop func()
}

// logged is a log that can be read while it is written.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func (l *logged) count(text string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.buf.String(), text)
}

var site = blog.Site{URL: "https://example.org", Title: "Example", Authority: "example.org", Permalink: "/:slug/", Zone: time.UTC}

// newFixture writes the files and starts to follow them.
func newFixture(t *testing.T, files map[string]string, o live.Options) *fixture {
	t.Helper()
	return newFixtureIn(t, filepath.Join(t.TempDir(), "posts"), files, o)
}

func newFixtureIn(t *testing.T, root string, files map[string]string, o live.Options) *fixture {
	t.Helper()
	f := &fixture{t: t, root: root, log: &logged{}}
	if files != nil {
		f.check(os.MkdirAll(root, 0o755))
		f.write(files)
	}
	o.Root, o.Log = f.root, slog.New(slog.NewTextHandler(f.log, nil))
	if o.Site.URL == "" {
		o.Site = site
	}
	f.Live = live.New(o)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- f.Run(ctx) }()
	f.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(f.stop)
	return f
}

func (f *fixture) write(files map[string]string) {
	f.t.Helper()
	for name, text := range files {
		name = filepath.Join(f.root, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			f.t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			f.t.Fatal(err)
		}
	}
}

// until polls, for these are real files and a real clock.
func (f *fixture) until(what string, ok func() bool) {
	f.t.Helper()
	for end := time.Now().Add(5 * time.Minute); !ok(); <-time.After(5 * time.Millisecond) {
		if time.Now().After(end) {
			status, _ := json.MarshalIndent(f.Status(), "", " ")
			f.t.Fatalf("waited in vain until %s; status %s; log:\n%s", what, status, f.log)
		}
	}
}

// feed returns the JSON feed of the current edition, "" before the first.
func (f *fixture) feed() string {
	e := f.Edition()
	if e == nil {
		return ""
	}
	c, err := e.Find("/feed.json").Content()
	if err != nil {
		f.t.Fatal(err)
	}
	return string(c.Body)
}

// logsOnce waits, for an edition is handed out a moment before its problems are logged.
func (f *fixture) logsOnce(text string) {
	f.t.Helper()
	f.until("it is logged: "+text, func() bool { return f.log.count(text) > 0 })
	if n := f.log.count(text); n != 1 {
		f.t.Errorf("%q is logged %d times:\n%s", text, n, f.log)
	}
}

func (f *fixture) shows(text string) func() bool {
	return func() bool { return strings.Contains(f.feed(), text) }
}

func (f *fixture) hides(text string) func() bool {
	return func() bool { return !strings.Contains(f.feed(), text) }
}

func post(title, date string) string {
	return fmt.Sprintf("---\ntitle: %s\ndate: %s\n---\nText.\n", title, date)
}

func TestEveryChangeIsFollowed(t *testing.T) {
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{})
	f.until("the first edition", f.shows("One"))
	f.write(map[string]string{"deep/er/two.md": post("Two", "2026-01-02")})
	f.until("the new post is there", f.shows("Two"))
	f.write(map[string]string{"deep/er/two.md": post("Deux", "2026-01-02")})
	f.until("the edit is there", f.shows("Deux"))
	if err := os.RemoveAll(filepath.Join(f.root, "deep")); err != nil {
		t.Fatal(err)
	}
	f.until("the deleted post is gone", f.hides("Deux"))
	f.until("the status says so", func() bool {
		s := f.Status() // it follows the edition a moment later
		return s.State == "ready" && s.Posts.Posts == 1 && s.Watch.Watches > 0
	})
}

func TestFilesBesidePostsAreFollowed(t *testing.T) {
	f := newFixture(t, map[string]string{
		"talks/a.md": post("A", "2026-01-01") + "![](cat.png) and [b](b.md)\n",
		"talks/b.md": post("B", "2026-01-02"),
	}, live.Options{})
	f.until("the picture is nowhere", f.shows("https://example.org/a/cat.png"))
	f.until("the link leads to the post", f.shows(`href=\"https://example.org/b/\"`))
	f.write(map[string]string{"talks/cat.png": "picture"})
	f.until("the picture is where it is served", f.shows("https://example.org/talks/cat.png"))
	f.write(map[string]string{"talks/b.md": "---\ntitle: B\ndate: 2026-01-02\npermalink: /moved/\n---\n"})
	f.until("the link follows", f.shows(`href=\"https://example.org/moved/\"`))
}

func TestFormerPermalinkLeadsToThePost(t *testing.T) {
	state := t.TempDir()
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{State: state})
	f.until("the post is there", f.shows("https://example.org/one/"))
	f.write(map[string]string{"one.md": "---\ntitle: One\ndate: 2026-01-01\nslug: uno\n---\n"})
	f.until("it has a new permalink", f.shows("https://example.org/uno/"))
	leads := func() bool {
		to, _ := f.Edition().Redirect("/one/")
		return to == "https://example.org/uno/"
	}
	f.until("the old one leads to it", leads)
	f.stop()
	f = newFixture(t, map[string]string{"one.md": "---\ntitle: One\ndate: 2026-01-01\nslug: uno\n---\n"}, live.Options{State: state})
	f.until("the post is there", f.shows("https://example.org/uno/"))
	f.until("the old permalink still leads to it", leads)
}

func TestPollingFollowsToo(t *testing.T) {
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{Watch: "poll"})
	f.until("the first edition", f.shows("One"))
	f.write(map[string]string{"two.md": post("Two", "2026-01-02")})
	f.until("the new post is there", f.shows("Two"))
	if s := f.Status(); s.Watch.Mode != "poll" || s.Watch.Reason == "" {
		t.Errorf("watch: %+v", s.Watch)
	}
}

func TestMissingFolderIsWaitedFor(t *testing.T) {
	f := newFixture(t, nil, live.Options{})
	f.until("it says so", func() bool { return f.log.count("waiting for it") == 1 })
	if f.Ready() == nil || f.Edition() != nil || f.Status().State != "waiting" {
		t.Errorf("ready %v, status %+v", f.Ready(), f.Status())
	}
	f.write(map[string]string{"one.md": post("One", "2026-01-01")})
	f.until("the first edition", f.shows("One"))
	<-f.First()
	if err := f.Ready(); err != nil {
		t.Error(err)
	}
	if n := f.log.count("waiting for it"); n > 2 { // once as it began, once as it ended
		t.Errorf("said %d times", n)
	}
}

func TestLostFolderKeepsTheLastEdition(t *testing.T) {
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{})
	f.until("the first edition", f.shows("One"))
	if err := os.Rename(f.root, f.root+"-gone"); err != nil {
		t.Fatal(err)
	}
	f.until("it is degraded", func() bool { return f.Status().State == "degraded" })
	if !f.shows("One")() || f.Ready() != nil {
		t.Error("the last edition is gone")
	}
	if err := os.Rename(f.root+"-gone", f.root); err != nil {
		t.Fatal(err)
	}
	f.until("it is ready again", func() bool { return f.Status().State == "ready" })
}

func TestClockGoesOnWhileTheFolderIsLost(t *testing.T) {
	due := time.Now().Add(3 * time.Second).UTC().Truncate(time.Second)
	f := newFixture(t, map[string]string{
		"one.md": post("One", "2026-01-01"), "due.md": post("On time", due.Format(time.RFC3339)), "bad.md": "---\ntitle: Bad\n---\n",
	}, live.Options{})
	f.until("the first edition", f.shows("One"))
	if err := os.Rename(f.root, f.root+"-gone"); err != nil {
		t.Fatal(err)
	}
	f.until("it is degraded", func() bool { return f.Status().State == "degraded" })
	f.until("its second", f.shows("On time"))
	if s := f.Status().State; s != "degraded" {
		t.Errorf("state %s", s)
	}
	if f.log.count("problem gone\" file=bad.md") != 0 || f.log.count("the post has no date") != 1 {
		t.Errorf("what is still wrong was said to be gone, or said twice:\n%s", f.log)
	}
}

func TestScheduledPostComesWithoutAnEvent(t *testing.T) {
	due := time.Now().Add(2 * time.Second).UTC().Truncate(time.Second)
	f := newFixture(t, map[string]string{"one.md": post("One", due.Format(time.RFC3339))}, live.Options{})
	<-f.First()
	if next := f.Status().Next; (next == nil || !next.Equal(due)) && time.Now().Before(due) {
		t.Errorf("next %v, want %v", next, due)
	}
	f.until("its second", f.shows("One"))
	if now := time.Now(); now.Before(due) {
		t.Errorf("came at %v, due %v", now, due)
	}
}

func TestProblemIsLoggedOnceAndGoesAway(t *testing.T) {
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01"), "bad.md": "---\ntitle: Bad\n---\n"}, live.Options{})
	f.until("the first edition", f.shows("One"))
	for i := range 3 { // further scans
		title := fmt.Sprint("Again", i)
		f.write(map[string]string{"one.md": post(title, "2026-01-01")})
		f.until("the next edition", f.shows(title))
	}
	if n := f.log.count("the post has no date"); n != 1 {
		t.Errorf("logged %d times", n)
	}
	if p := f.Status().Problems; len(p) != 1 || p[0].File != "bad.md" || p[0].Severity != blog.Error {
		t.Errorf("problems: %v", p)
	}
	f.write(map[string]string{"bad.md": post("Mended", "2026-01-02")})
	f.until("it is mended", f.shows("Mended"))
	// An edition is handed out a moment before its problems are logged.
	f.until("that is logged", func() bool { return f.log.count("problem gone") > 0 })
	if n := len(f.Status().Problems); n != 0 || f.log.count("problem gone") != 1 {
		t.Errorf("%d problems left", n)
	}
}

func TestReloadChangesTheSite(t *testing.T) {
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{})
	f.until("the first edition", f.shows("https://example.org/one/"))
	changed := site
	changed.URL = "https://other.example"
	f.Reload(live.Settings{Site: site})
	f.Reload(live.Settings{Site: changed})
	f.until("the new site is there", f.shows("https://other.example/one/"))
	if !f.shows(`"id":"tag:example.org,2026-01-01:one"`)() {
		t.Errorf("the id changed: %s", f.feed())
	}
}

func TestStateOutlivesTheProcess(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state")
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{State: state})
	f.until("the first edition", f.shows("One"))
	if err := os.Rename(filepath.Join(f.root, "one.md"), filepath.Join(f.root, "uno.md")); err != nil {
		t.Fatal(err)
	}
	f.until("the move", f.shows("/uno/"))
	want := f.feed()
	f.stop()

	g := newFixture(t, map[string]string{"uno.md": post("One", "2026-01-01")}, live.Options{State: state})
	g.until("the first edition", g.shows("One"))
	if got := g.feed(); got != want {
		t.Errorf("after the restart %s\nbefore %s", got, want)
	}
	left, err := filepath.Glob(filepath.Join(state, ".*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestBrokenStateIsBegunAnew(t *testing.T) {
	state := t.TempDir()
	if err := os.WriteFile(filepath.Join(state, "broadsheet.db"), []byte("{half"), 0o644); err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{State: state})
	f.until("the first edition", f.shows("One"))
	f.logsOnce("begun anew")
	f.until("the state is whole", func() bool {
		return strings.HasPrefix(kept(t, state).IDs["one.md"], "tag:example.org")
	})
}

func TestStateThatCannotBeKeptIsSaidOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{State: filepath.Join(file, "state")})
	f.until("the first edition", f.shows("One"))
	f.write(map[string]string{"one.md": post("Two", "2026-01-01")})
	f.until("the next edition", f.shows("Two"))
	if n := f.log.count("the state cannot be"); n < 1 || n > 2 {
		t.Errorf("said %d times", n)
	}
}

// BenchmarkStart measures what a cold start costs, beside the reading of the
// files alone, and how long an atomic save takes from the write to the swap,
// the watcher's quiet time included.
func BenchmarkStart(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			root := b.TempDir()
			body := strings.Repeat("Some *words* of a [post](https://example.org/) go here. ", 100)
			for i := range n {
				text := fmt.Sprintf("---\nlayout: post\ntitle: \"Post: number %d\"\ndate: 2026-01-%02dT12:%02d:%02d\nauthor: \"handle\"\ncategories: [News]\ntags: []\nexcerpt: \"An excerpt\"\nimage: assets/images/x.jpg\n---\n\n%s\n", i, i%28+1, i/60%60, i%60, body)
				if err := os.WriteFile(filepath.Join(root, fmt.Sprintf("%05d.md", i)), []byte(text), 0o644); err != nil {
					b.Fatal(err)
				}
			}
			b.Run("cold", func(b *testing.B) {
				for b.Loop() {
					start(b, root)()
				}
			})
			b.Run("edit", func(b *testing.B) { benchmarkEdit(b, root) })
			b.Run("limit-read", func(b *testing.B) { // the floor: reading the files and no more
				for b.Loop() {
					readAll(b, root)
				}
			})
		})
	}
}

// start runs a Live until its first edition and returns how to end it.
func start(b *testing.B, root string) (stop func()) {
	l := live.New(live.Options{Root: root, Settings: live.Settings{Site: site}})
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	group.Go(func() { _ = l.Run(ctx) })
	<-l.First()
	b.StopTimer()
	defer b.StartTimer()
	return func() { cancel(); group.Wait() }
}

func readAll(b *testing.B, root string) {
	names, err := filepath.Glob(filepath.Join(root, "*.md"))
	if err != nil {
		b.Fatal(err)
	}
	work := make(chan string)
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			for name := range work {
				if _, err := os.ReadFile(name); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for _, name := range names {
		work <- name
	}
	close(work)
	group.Wait()
}

func benchmarkEdit(b *testing.B, root string) {
	l := live.New(live.Options{Root: root, Settings: live.Settings{Site: site}})
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	group.Go(func() { _ = l.Run(ctx) })
	defer group.Wait()
	defer cancel()
	<-l.First()
	for i := 0; b.Loop(); i++ {
		b.StopTimer() // an edit now and then, not one after the other
		<-time.After(3500 * time.Millisecond)
		b.StartTimer()
		before := l.Edition()
		temporary := filepath.Join(root, "edit.tmp")
		if err := os.WriteFile(temporary, []byte(post(fmt.Sprint("Edit ", i), "2026-02-01")), 0o644); err != nil {
			b.Fatal(err)
		}
		if err := os.Rename(temporary, filepath.Join(root, "00000.md")); err != nil {
			b.Fatal(err)
		}
		for l.Edition() == before || l.Edition().Same(before) {
			<-time.After(time.Millisecond)
		}
	}
}

func TestProblemIsShownWithItsLineUntilItIsMended(t *testing.T) {
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01"), "two.md": post("Two", "2026-01-02")}, live.Options{})
	f.until("the first edition", f.shows("Two"))
	f.write(map[string]string{"two.md": "---\ntitle: Two\ndate:\t[\n---\nText.\n"})
	f.until("the mistake is known", func() bool { return len(f.Status().Problems) == 1 })
	p := f.Status().Problems[0]
	if p.File != "two.md" || p.Line != 3 || p.Text != "date:␉[" || !f.shows("Two")() {
		t.Errorf("%+v", p)
	}
	f.write(map[string]string{"two.md": post("Mended", "2026-01-02")})
	f.until("it is mended", func() bool { return f.shows("Mended")() && len(f.Status().Problems) == 0 })
}

// What the published version of a post was found to hold is not looked for in the
// bytes of a newer one.
func TestLineOfAnotherVersionIsNotShown(t *testing.T) {
	const doubtful = "---\ntitle: Two\ndate: 2026-01-02\n---\nSome [link](ttps://x/).\n"
	f := newFixture(t, map[string]string{"two.md": doubtful}, live.Options{})
	f.until("the odd link is named", func() bool { return len(f.Status().Problems) == 1 })
	if p := f.Status().Problems[0]; p.Line != 5 || p.Text != "Some [link](ttps://x/)." {
		t.Errorf("%+v", p)
	}
	f.write(map[string]string{"two.md": "---\ntitle: [\n# one\n# two\n# three\n# four\n---\n"})
	f.until("the mistake is named too", func() bool { return len(f.Status().Problems) == 2 })
	for _, p := range f.Status().Problems {
		if p.Severity == blog.Warning && p.Text != "" {
			t.Errorf("%+v", p)
		}
	}
}

func TestLastChangesAreCounted(t *testing.T) {
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01"), "two.md": post("Two", "2026-01-02")}, live.Options{})
	f.until("the first edition", f.shows("Two"))
	f.write(map[string]string{"one.md": post("Once more", "2026-01-01")})
	f.until("the edit", f.shows("Once more"))
	f.write(map[string]string{"three.md": post("Three", "2026-01-03")})
	f.until("the addition", f.shows("Three"))
	f.check(os.Remove(filepath.Join(f.root, "two.md")))
	f.until("the deletion", f.hides("Two"))
	f.until("four changes", func() bool { return len(f.Status().Changes) == 4 })
	want := [][4]int{{4, 0, 0, 1}, {3, 1, 0, 0}, {2, 0, 1, 0}, {1, 2, 0, 0}}
	for i, c := range f.Status().Changes {
		if got := [4]int{int(c.Edition), c.Added, c.Changed, c.Gone}; got != want[i] || c.At.IsZero() {
			t.Errorf("change %d: %+v, want %v", i, c, want[i])
		}
	}
	for n := uint64(5); n <= 30; n++ {
		changed := site
		changed.Title = fmt.Sprint("Title ", n)
		f.Reload(live.Settings{Site: changed})
		f.until(changed.Title, func() bool { return f.Status().Edition.Number == n })
	}
	if all := f.Status().Changes; len(all) != status.MaxChanges || all[0].Edition != 30 || all[19].Edition != 11 {
		t.Errorf("%d changes: %+v", len(all), all)
	}
}

func TestMainFeedsAreMeasured(t *testing.T) {
	f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01") + strings.Repeat("Some more words. ", 200)}, live.Options{})
	f.until("the first edition", f.shows("One"))
	f.until("its facts", func() bool { return len(f.Status().Feeds) == 3 })
	for _, feed := range f.Status().Feeds {
		c, err := f.Edition().Find(feed.Path).Content()
		f.check(err)
		if feed.Bytes != len(c.Body) || feed.Gzip != len(c.In(edition.Gzip)) || feed.Gzip == 0 || !feed.Modified.Equal(c.Modified) ||
			feed.URL != "https://example.org"+feed.Path {
			t.Errorf("%+v", feed)
		}
	}
}

func TestChangedTellsOfEveryEditionThatSaysSomethingElse(t *testing.T) {
	f := newFixture(t, map[string]string{"a.md": "---\ndate: 2026-01-02\n---\nFirst.\n"}, live.Options{})
	<-f.First()
	for _, text := range []string{"Second.", "Third."} {
		changed := f.Changed()
		f.write(map[string]string{"a.md": "---\ndate: 2026-01-02\n---\n" + text + "\n"})
		select {
		case <-changed:
		case <-time.After(5 * time.Minute):
			t.Fatalf("nothing was told of %s", text)
		}
		if !strings.Contains(f.feed(), text) {
			t.Errorf("told of %s before it was there", text)
		}
	}
}
