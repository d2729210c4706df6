package live_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/disk"
	"broadsheet/internal/identity"
	"broadsheet/internal/live"
	"broadsheet/internal/store"
)

// onePost are the files of a folder with a post that was renamed: its id is known
// from the state alone.
var onePost = map[string]string{"uno.md": post("One", "1999-01-01")}

const (
	oldID     = `"id":"tag:example.org,1999-01-01:one"`
	newID     = `"id":"tag:example.org,1999-01-01:uno"`
	goodState = `{"posts": {"uno.md": {"id": "tag:example.org,1999-01-01:one", "hash": "x", "path": "/uno/"}}, "dates": {}}`
)

// stateOf makes a state folder with a snapshot, as versions before the database kept it.
func stateOf(t *testing.T, snapshot string) (folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "state")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "broadsheet.json"), []byte(snapshot), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// troubled reports whether the status, the log or both tell of a problem.
func (f *fixture) troubled(text string) (told, logged bool) {
	for _, p := range f.Status().Problems {
		told = told || strings.Contains(p.Message, text)
	}
	return told, f.log.count(text) > 0
}

// A database is cut, or holds something else than it did.
func TestDamagedStateIsPutAside(t *testing.T) {
	for name, test := range map[string]struct {
		damage func(data []byte) []byte
		id     string
	}{
		"empty":            {func([]byte) []byte { return nil }, newID},
		"cut early":        {func(data []byte) []byte { return data[:100] }, newID},
		"cut":              {func(data []byte) []byte { return data[:4096] }, newID},
		"cut amid a page":  {func(data []byte) []byte { return data[:6000] }, newID},
		"garbage":          {func([]byte) []byte { return []byte("\x00\x01\x02") }, newID},
		"null":             {func([]byte) []byte { return []byte("null") }, newID},
		"zeros":            {func(data []byte) []byte { return make([]byte, len(data)) }, newID},
		"zeros at the end": {func(data []byte) []byte { clear(data[4096:]); return data }, newID},
		"of another program": {func(data []byte) []byte {
			copy(data[68:], "else") // the application's mark in the header
			return data
		}, newID},
		"a date that is none": {func(data []byte) []byte {
			return regexp.MustCompile(`\d{4}-(\d\d-\d\dT)`).ReplaceAll(data, []byte("19x9-$1"))
		}, oldID},
		"a hash that is none": {func(data []byte) []byte { return bytes.Replace(data, []byte("/rss.xml"), []byte("!rss.xml"), 1) }, oldID},
	} {
		t.Run(name, func(t *testing.T) {
			state := stateOf(t, goodState)
			inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) { <-f.First() })
			file := filepath.Join(state, "broadsheet.db")
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			data = test.damage(data)
			if err := os.WriteFile(file, data, 0o660); err != nil {
				t.Fatal(err)
			}
			inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) {
				<-f.First()
				f.after(time.Second)
				if told, logged := f.troubled("was damaged"); !told || !logged || f.Ready() != nil {
					t.Errorf("told %v, logged %v, ready %v", told, logged, f.Ready())
				}
				if !f.shows(test.id)() {
					t.Errorf("the feed has not %s: %s", test.id, f.feed())
				}
			})
			if aside, err := os.ReadFile(file + ".bad"); err != nil || !bytes.Equal(aside, data) {
				t.Errorf("put aside: %d bytes, %v, want %d", len(aside), err, len(data))
			}
			inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) {
				<-f.First()
				if told, _ := f.troubled("was damaged"); told || !f.shows(test.id)() {
					t.Errorf("at the next start: told %v, feed %s", told, f.feed())
				}
			})
		})
	}
}

// What is not known of the state any more is not dated before what may have been
// handed out.
func TestDatesAfterADamagedStateNeverGoBack(t *testing.T) {
	state, root := filepath.Join(t.TempDir(), "state"), filepath.Join(t.TempDir(), "posts")
	modified := func(f *fixture) time.Time {
		<-f.First()
		f.after(5 * time.Second)
		c, err := f.Edition().Find("/rss.xml").Content()
		f.check(err)
		return c.Modified
	}
	var before time.Time
	inVirtualTimeAt(t, 48*time.Hour, root, onePost, live.Options{State: state}, func(f *fixture) {
		<-f.First()
		f.save("uno.md", post("Another", "1999-01-01"))
		f.after(5 * time.Second)
		before = modified(f)
	})
	if err := os.Truncate(filepath.Join(state, "broadsheet.db"), 100); err != nil {
		t.Fatal(err)
	}
	inVirtualTimeAt(t, 50*time.Hour, root, nil, live.Options{State: state}, func(f *fixture) {
		if after := modified(f); after.Before(before) {
			t.Errorf("dated %v after %v", after, before)
		}
	})
}

func TestDamagedStatesAreKeptApart(t *testing.T) {
	state := stateOf(t, goodState)
	for n := range 12 {
		if err := os.WriteFile(filepath.Join(state, "broadsheet.db"), fmt.Append(nil, "damage ", n), 0o644); err != nil {
			t.Fatal(err)
		}
		inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) { <-f.First() })
	}
	kept, err := filepath.Glob(filepath.Join(state, "*.bad*"))
	if err != nil || len(kept) != 10 {
		t.Errorf("%d are kept: %v, %v", len(kept), kept, err)
	}
	for name, want := range map[string]string{"broadsheet.db.bad": "damage 0", "broadsheet.db.bad.1": "damage 1", "broadsheet.db.bad.9": "damage 9"} {
		if got, err := os.ReadFile(filepath.Join(state, name)); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v", name, got, err)
		}
	}
}

// What an earlier version kept is older than a database that was put aside.
func TestFilesOfBeforeAreTakenOverOnce(t *testing.T) {
	state := stateOf(t, goodState)
	inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) {
		<-f.First()
		if !f.shows(oldID)() {
			t.Errorf("the feed is %s", f.feed())
		}
	})
	file := filepath.Join(state, "broadsheet.json")
	if data, err := os.ReadFile(file); err != nil || string(data) != goodState {
		t.Errorf("the file holds %q, %v", data, err)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(goodState, ":one", ":other")), 0o644); err != nil {
		t.Fatal(err)
	}
	inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) {
		<-f.First()
		if !f.shows(oldID)() {
			t.Errorf("the feed is %s", f.feed())
		}
	})
	if err := os.Truncate(filepath.Join(state, "broadsheet.db"), 100); err != nil {
		t.Fatal(err)
	}
	inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) {
		<-f.First()
		if !f.shows(newID)() {
			t.Errorf("the feed is %s", f.feed())
		}
	})
}

func TestStateOfALaterVersionIsRefused(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state")
	folder, err := store.Take(state)
	if err != nil {
		t.Fatal(err)
	}
	later := identity.Schema
	later.Steps = append(slices.Clone(later.Steps), "CREATE TABLE later (x TEXT)")
	db, err := folder.Open(later)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	folder.Close()
	l := live.New(live.Options{Root: t.TempDir(), State: state, Settings: live.Settings{Site: site}})
	err = l.Run(context.Background())
	if !errors.Is(err, store.ErrNewer) || !strings.Contains(err.Error(), "run the later version, or name another state folder") {
		t.Errorf("it ends with %v", err)
	}
}

func TestDamagedFileOfBeforeIsReadAsFarAsItGoes(t *testing.T) {
	for name, test := range map[string]struct{ snapshot, id string }{
		"cut":                  {goodState[:60], newID},
		"empty":                {"", newID},
		"null":                 {"null", newID},
		"garbage":              {"\x00\x01\x02", newID},
		"another thing":        {`{"name": "x"}`, newID},
		"a list":               {"[]", newID},
		"posts as a list":      {`{"posts": [], "dates": {}}`, newID},
		"a post as a number":   {`{"posts": {"uno.md": 7}, "dates": {}}`, newID},
		"no id":                {`{"posts": {"uno.md": {"id": ""}}, "dates": {}}`, newID},
		"more after it":        {goodState + goodState, newID},
		"a negative number":    {strings.Replace(goodState, `"dates"`, `"gone": {"posts": {"a.md": -1}}, "dates"`, 1), oldID},
		"a date before any":    {strings.Replace(goodState, `"dates": {}`, `"dates": {"/": {"hash": "0123456789abcdef0123456789abcdef", "modified": "0001-01-01T00:00:00Z"}}`, 1), oldID},
		"a date that is none":  {strings.Replace(goodState, `"dates": {}`, `"dates": {"/": {"modified": "soon"}}`, 1), oldID},
		"a post that is wrong": {strings.Replace(goodState, `{"uno`, `{"x.md": [], "uno`, 1), oldID},
	} {
		t.Run(name, func(t *testing.T) {
			state := stateOf(t, test.snapshot)
			inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) {
				<-f.First()
				f.after(time.Second)
				if told, logged := f.troubled("was damaged"); !told || !logged || f.Ready() != nil {
					t.Errorf("told %v, logged %v, ready %v", told, logged, f.Ready())
				}
				if !f.shows(test.id)() {
					t.Errorf("the feed has not %s: %s", test.id, f.feed())
				}
			})
			if data, err := os.ReadFile(filepath.Join(state, "broadsheet.json")); err != nil || string(data) != test.snapshot {
				t.Errorf("the file holds %q, %v", data, err)
			}
			if id := kept(t, state).IDs["uno.md"]; `"id":"`+id+`"` != test.id {
				t.Errorf("the database has the id %s", id)
			}
		})
	}
}

// What cannot be read at all is nobody's to replace: the service goes on without,
// and takes it up once it can be read.
func TestUnreadableStateIsLeftAloneAndTakenUpLater(t *testing.T) {
	for name, block := range map[string]func(file string) error{
		"a folder of that name": func(file string) error { return os.Mkdir(file, 0o755) },
		"a dangling link":       func(file string) error { return os.Symlink("nowhere", file) },
		"a link out of it":      func(file string) error { return os.Symlink("/etc/hostname", file) },
	} {
		for _, file := range []string{"broadsheet.json", "broadsheet.db"} {
			t.Run(name+" for "+file, func(t *testing.T) { testUnreadable(t, file, block) })
		}
	}
}

func testUnreadable(t *testing.T, file string, block func(file string) error) {
	state := stateOf(t, goodState)
	if file == "broadsheet.db" {
		inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) { <-f.First() })
	}
	file, aside := filepath.Join(state, file), filepath.Join(state, "aside")
	if err := errors.Join(os.Rename(file, aside), block(file)); err != nil {
		t.Fatal(err)
	}
	before, err := os.Lstat(file)
	if err != nil {
		t.Fatal(err)
	}
	inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) {
		<-f.First()
		f.after(time.Minute)
		if told, logged := f.troubled("cannot be kept"); !told || !logged || f.Ready() != nil || f.Status().State != "degraded" {
			t.Errorf("told %v, logged %v, ready %v, %s", told, logged, f.Ready(), f.Status().State)
		}
		if now, err := os.Lstat(file); err != nil || !os.SameFile(before, now) || !f.shows(newID)() {
			t.Errorf("what is there now: %v, %v; feed %s", now, err, f.feed())
		}
		f.check(errors.Join(os.Remove(file), os.Rename(aside, file)))
		f.after(6 * time.Minute)
		if told, _ := f.troubled("cannot be kept"); told || !f.shows(oldID)() || f.Status().State != "ready" {
			t.Errorf("told %v, %s, feed %s", told, f.Status().State, f.feed())
		}
	})
	if id := kept(t, state).IDs["uno.md"]; id != "tag:example.org,1999-01-01:one" {
		t.Errorf("the state has the id %s", id)
	}
}

func TestStateFolderOfAnotherIsRefused(t *testing.T) {
	state := filepath.Join(t.TempDir(), "deep", "state") // made if it is missing
	f := newFixture(t, onePost, live.Options{State: state})
	f.until("the first edition", f.shows("One"))
	second := live.New(live.Options{Root: f.root, State: state, Settings: live.Settings{Site: site}})
	if err := second.Run(context.Background()); !errors.Is(err, disk.ErrTaken) || !strings.Contains(err.Error(), state) {
		t.Errorf("the second ends with %v", err)
	}
	f.write(map[string]string{"two.md": post("Two", "1999-01-02")})
	f.until("the first goes on", f.shows("Two"))
	f.stop()
	third := newFixture(t, onePost, live.Options{State: state})
	third.until("it is free again", third.shows("One"))
}

// A copy of the folder's files, taken while the service runs, is what is left of
// it when it is killed.
func TestKilledServiceHasWrittenWhatItHandedOut(t *testing.T) {
	state, root := filepath.Join(t.TempDir(), "state"), filepath.Join(t.TempDir(), "posts")
	document := pagesOf(live.Options{State: state})
	left := filepath.Join(t.TempDir(), "left")
	paths := []string{"/feed.json", "/rss.xml", "/", "/one/", "/archive/"}
	handed := map[string]time.Time{}
	var id string
	inVirtualTimeAt(t, 48*time.Hour, root, map[string]string{"one.md": post("One", "1999-01-01"), "other.md": post("Other", "1999-01-02")}, document, func(f *fixture) {
		<-f.First()
		f.check(os.Rename(filepath.Join(f.root, "one.md"), filepath.Join(f.root, "uno.md")))
		f.after(5 * time.Second)
		f.save("other.md", post("Edited", "1999-01-02"))
		f.after(5 * time.Second)
		for _, path := range paths {
			if d := f.Edition().Find(path); d != nil {
				c, err := d.Content()
				f.check(err)
				handed[path] = c.Modified
			}
		}
		id = f.feed()
		f.check(os.CopyFS(left, os.DirFS(state)))
	})
	if log, err := os.Stat(filepath.Join(left, "broadsheet.db-wal")); err != nil || log.Size() == 0 {
		t.Fatalf("the log is %v, %v", log, err)
	}
	for name, text := range map[string]string{"as it is": "", "with a torn end": "\x00\x01half a page"} {
		copied := filepath.Join(t.TempDir(), "state")
		if err := os.CopyFS(copied, os.DirFS(left)); err != nil {
			t.Fatal(err)
		}
		appendTo(t, filepath.Join(copied, "broadsheet.db-wal"), text)
		again := pagesOf(live.Options{State: copied})
		inVirtualTimeAt(t, 50*time.Hour, root, nil, again, func(f *fixture) {
			<-f.First()
			if f.feed() != id {
				t.Errorf("%s: the feed is %s, was %s", name, f.feed(), id)
			}
			for path, was := range handed {
				if c, err := f.Edition().Find(path).Content(); err != nil || !c.Modified.Equal(was) {
					t.Errorf("%s: %s is dated %v, was %v (%v)", name, path, c.Modified, was, err)
				}
			}
			if told, _ := f.troubled("damaged"); told {
				t.Errorf("%s: the state is called damaged", name)
			}
		})
	}
}

// A line of the journal of before that is wrong costs what it says.
func TestDamagedJournal(t *testing.T) {
	line := func(data string) string { return fmt.Sprintf("%08x %s\n", crc32.ChecksumIEEE([]byte(data)), data) }
	const first = `{"posts":{"uno.md":{"id":"tag:example.org,1999-01-01:one","hash":"x"}}}`
	for name, test := range map[string]struct {
		journal string
		damaged bool
	}{
		"whole":                   {line(first), false},
		"torn at the end":         {line(first) + line(`{"posts":{"uno.md":null}}`)[:20], false},
		"zeros at the end":        {line(first) + "\x00\x00\x00\n\x00", false},
		"damaged in the middle":   {"00000000 {}\n" + line(first), true},
		"no checksum":             {first + "\n" + line(first), true},
		"a checksum of something": {line(first) + "deadbeef" + line(`{"posts":{"uno.md":null}}`)[8:] + line(`{}`), true},
	} {
		state := stateOf(t, `{"posts": {}, "dates": {}}`)
		appendTo(t, filepath.Join(state, "broadsheet.journal"), test.journal)
		inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) {
			<-f.First()
			if told, _ := f.troubled("was damaged"); told != test.damaged || !f.shows(oldID)() {
				t.Errorf("%s: told %v, feed %s", name, told, f.feed())
			}
		})
		if data, err := os.ReadFile(filepath.Join(state, "broadsheet.journal")); err != nil || string(data) != test.journal {
			t.Errorf("%s: the file holds %q, %v", name, data, err)
		}
	}
}

func appendTo(t *testing.T, name, text string) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err == nil {
		_, err = f.WriteString(text)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestDateOfTheFutureInTheStateIsOver(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state")
	f := newFixture(t, onePost, live.Options{State: state})
	f.until("the first edition", f.shows("One"))
	f.stop()
	change(t, state, `UPDATE document_dates SET modified = '2099-01-01T00:00:00Z' WHERE path = '/rss.xml'`)
	g := newFixture(t, onePost, live.Options{State: state})
	g.until("the first edition", g.shows("One"))
	c, err := g.Edition().Find("/rss.xml").Content()
	if err != nil || c.Modified.After(time.Now()) {
		t.Errorf("dated %v, %v", c.Modified, err)
	}
}

func TestStateForgetsWhatIsGoneForNinetyDays(t *testing.T) {
	state, root := filepath.Join(t.TempDir(), "state"), filepath.Join(t.TempDir(), "posts")
	const tagged = "---\ntitle: Two\ndate: 1999-01-02\ntags: [rare]\n---\nText.\n"
	holds := func(text string) bool {
		all := kept(t, state)
		_, dated := all.Dates[text]
		return all.IDs[text] != "" || dated
	}
	run := func(day int, files map[string]string, test func(f *fixture)) {
		inVirtualTimeAt(t, time.Duration(day)*24*time.Hour, root, files, live.Options{State: state}, func(f *fixture) {
			f.after(3 * time.Second)
			test(f)
		})
	}
	run(2, map[string]string{"one.md": post("One", "1999-01-01"), "two.md": tagged}, func(f *fixture) {
		_, err := f.Edition().Find("/tags/rare/rss.xml").Content()
		f.check(err)
	})
	if err := os.Remove(filepath.Join(root, "two.md")); err != nil {
		t.Fatal(err)
	}
	// On one day the clock is wrong by decades, either way.
	for _, day := range []int{3, 13, 23, 33, 20_000, 34, 44, 54} {
		run(day, nil, func(*fixture) {})
		if !holds("two.md") || !holds("/tags/rare/rss.xml") {
			t.Fatalf("forgotten on day %d", day)
		}
	}
	for _, day := range []int{64, 74, 84, 94, 104} {
		run(day, nil, func(*fixture) {})
	}
	if holds("two.md") || holds("/tags/rare/rss.xml") {
		t.Error("still there on day 104")
	}
	if !holds("one.md") || !holds("/rss.xml") {
		t.Error("what is there was forgotten")
	}
}

func TestStateFolderThatIsRemovedIsMadeAgain(t *testing.T) {
	state := filepath.Join(t.TempDir(), "state")
	inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) {
		<-f.First()
		f.check(os.RemoveAll(state))
		f.after(2 * time.Minute)
		if all := kept(t, state); all.IDs["uno.md"] == "" {
			t.Errorf("the state is %v", all)
		}
		if f.Status().State != "ready" {
			t.Errorf("status %+v", f.Status())
		}
	})
}

func TestStateFilesAreTheGroupsToo(t *testing.T) {
	reference := filepath.Join(t.TempDir(), "file")
	file, err := os.OpenFile(reference, os.O_CREATE, 0o660)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := file.Stat()
	file.Close()
	state := filepath.Join(t.TempDir(), "state")
	f := newFixture(t, onePost, live.Options{State: state})
	f.until("the first edition", f.shows("One"))
	for _, name := range []string{"broadsheet.db", "broadsheet.db-wal", "broadsheet.db-shm", "broadsheet.lock"} {
		if info, err := os.Stat(filepath.Join(state, name)); err != nil || info.Mode() != want.Mode() {
			t.Errorf("%s: %v, %v, want %v", name, info, err, want.Mode())
		}
	}
}

func TestLeftoversInTheStateAreSwept(t *testing.T) {
	state := stateOf(t, goodState)
	for _, name := range []string{".broadsheet-123.tmp", ".broadsheet-ABC.tmp", "mine.tmp"} {
		appendTo(t, filepath.Join(state, name), "half")
	}
	inVirtualTime(t, onePost, live.Options{State: state}, func(f *fixture) { <-f.First() })
	left, err := filepath.Glob(filepath.Join(state, "*.tmp"))
	if err != nil || len(left) != 1 || filepath.Base(left[0]) != "mine.tmp" {
		t.Errorf("left: %v, %v", left, err)
	}
	if hidden, _ := filepath.Glob(filepath.Join(state, ".*")); len(hidden) != 0 {
		t.Errorf("left: %v", hidden)
	}
}

// contents is what a state folder holds.
type contents struct {
	IDs   map[string]string // by path of the post's file
	Dates map[string]string
}

// kept reads a state folder, beside a service that may have it.
func kept(t *testing.T, state string) contents {
	t.Helper()
	c := contents{map[string]string{}, map[string]string{}}
	db := openDatabase(t, state)
	defer db.Close()
	read := func(query string, into map[string]string) {
		rows, err := db.Query(query)
		for err == nil && rows.Next() {
			var key, value string
			err = rows.Scan(&key, &value)
			into[key] = value
		}
		if err == nil {
			err = rows.Err()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	read(`SELECT file, id FROM identities`, c.IDs)
	read(`SELECT path, modified FROM document_dates`, c.Dates)
	return c
}

// change runs a statement on the state of a service that was stopped.
func change(t *testing.T, state, statement string) {
	t.Helper()
	db := openDatabase(t, state)
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func openDatabase(t *testing.T, state string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(state, "broadsheet.db")+"?mode=rw")
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func pagesOf(o live.Options) live.Options {
	o.Document.Pages = true
	return o
}

func TestPostComesBackThoughAnotherHasItsName(t *testing.T) {
	state := t.TempDir()
	stated := strings.Replace(post("A", "2026-01-01"), "title", "id: tag:example.org,2020:a\ntitle", 1)
	f := newFixture(t, map[string]string{"a.md": stated, "b.md": post("B", "2026-01-02")}, live.Options{State: state})
	f.until("the first edition", f.shows("2020:a"))
	f.check(os.Remove(filepath.Join(f.root, "a.md")))
	f.until("the post is gone", f.hides("2020:a"))
	f.check(os.Rename(filepath.Join(f.root, "b.md"), filepath.Join(f.root, "a.md")))
	f.until("the other has its name", f.shows("https://example.org/a/"))
	f.stop()
	f = newFixtureIn(t, f.root, nil, live.Options{State: state})
	f.until("the first edition", f.shows("https://example.org/a/"))
	f.write(map[string]string{"c.md": post("A", "2026-01-01")}) // its date and title
	f.until("the post is back, under its id", f.shows("2020:a"))
}
