package publish_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/publish"
	"broadsheet/internal/source"
)

// BenchmarkEdit measures what an edit among many posts costs in time of processors, until
// everything is quiet again: the file is looked at by its name, and again two seconds
// later, when its time stamps tell that it stayed as it is. Each look is published. BROADSHEET_POSTS=100000 sets how many
// posts there are.
func BenchmarkEdit(b *testing.B) {
	posts := 10_000
	if said := os.Getenv("BROADSHEET_POSTS"); said != "" {
		if _, err := fmt.Sscan(said, &posts); err != nil {
			b.Fatal(err)
		}
	}
	e := newEditing(b, posts)
	for range 2 { // files that were written just now are read twice
		e.turn(e.scan)
		e.clock = e.clock.Add(time.Minute)
	}
	var spent [4]time.Duration
	var allocated uint64
	for i := 0; b.Loop(); i++ {
		file := e.edit(i * 7919 % posts)
		before := heapAllocated()
		spent[0] += e.turnOf(func() *source.Snapshot {
			return source.Revisit(b.Context(), e.dir, e.files, []string{file}, e.options())
		}, &spent[1])
		e.clock = e.clock.Add(2 * time.Second)
		spent[2] += e.turnOf(func() *source.Snapshot {
			return source.Revisit(b.Context(), e.dir, e.files, nil, e.options())
		}, &spent[3])
		allocated += heapAllocated() - before
	}
	total := time.Duration(0)
	for i, name := range []string{"look", "publish", "look-again", "publish-again"} {
		b.ReportMetric(milliseconds(spent[i])/float64(b.N), name+"-ms/op")
		total += spent[i]
	}
	b.ReportMetric(milliseconds(total)/float64(b.N), "cpu-ms/op")
	b.ReportMetric(float64(allocated)/1e6/float64(b.N), "MB/op")
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }

// editing is a folder of many posts that are published, and edited one by one.
type editing struct {
	*testing.B
	dir      string
	settings publish.Settings
	cache    *edition.Cache
	clock    time.Time
	files    *source.Snapshot
	made     *publish.Publication
}

func newEditing(b *testing.B, posts int) *editing {
	e := &editing{
		B: b, dir: b.TempDir(), cache: edition.NewCache(0), clock: time.Now().Add(time.Hour),
		settings: publish.Settings{
			Site:     blog.Site{Title: "Example", URL: "https://example.org", Authority: "example.org", Permalink: "/:year/:month/:day/:slug/", Zone: time.UTC},
			Document: edition.Settings{Pages: true},
		},
	}
	for i := range posts {
		e.write(i, "First.")
	}
	return e
}

func (e *editing) write(post int, last string) (file string) {
	at := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(post) * time.Hour)
	text := fmt.Sprintf("---\ntitle: Post %d\ndate: %s\ncategories: [Category %d]\ntags: [tag %d, tag %d]\n---\n", post, at.Format(time.RFC3339), post%10, post*7%200, post*11%200)
	for word := range 60 {
		text += fmt.Sprintf("word%d ", (post*31+word*word)%3000)
	}
	file = filepath.Join(e.dir, fmt.Sprintf("post-%06d.md", post))
	if err := os.WriteFile(file+".tmp", []byte(text+last+"\n"), 0o600); err != nil {
		e.Fatal(err)
	}
	if err := os.Rename(file+".tmp", file); err != nil {
		e.Fatal(err)
	}
	return file
}

func (e *editing) edit(post int) (file string) {
	e.clock = e.clock.Add(time.Minute)
	return e.write(post, e.clock.String())
}

func (e *editing) options() source.Options {
	o := e.settings.Scan()
	o.Now = func() time.Time { return e.clock }
	o.Verify = 1e6 * time.Hour
	return o
}

func (e *editing) scan() *source.Snapshot {
	s, err := source.Scan(context.Background(), e.dir, e.files, e.options())
	if err != nil {
		e.Fatal(err)
	}
	return s
}

// turn looks at the folder and publishes what it holds.
func (e *editing) turn(look func() *source.Snapshot) {
	var spent time.Duration
	e.turnOf(look, &spent)
}

// turnOf does the same. It returns what the look costs, and adds what publishing does.
func (e *editing) turnOf(look func() *source.Snapshot, publishing *time.Duration) (looking time.Duration) {
	began := processor()
	files := look()
	if files == nil {
		e.Fatal("the file was not looked at by its name")
	}
	if e.files != nil {
		files.Differs(e.files)
	}
	looked := processor()
	next := publish.Publish(e.made, publish.Input{Files: files, Settings: e.settings, Now: e.clock, Cache: e.cache})
	if e.made == nil || next.Edition != e.made.Edition {
		next.Edition.Publish(e.clock)
	}
	if e.made != nil {
		next.Edition.Same(e.made.Edition)
	}
	next.Edition.Problems()
	e.files, e.made = files, next
	*publishing += processor() - looked
	return looked - began
}

// processor returns the processor time that the process has used.
func processor() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func heapAllocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}
