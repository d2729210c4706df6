package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"broadsheet/internal/leaktest"

	gocmp "github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

// These are the faults of docs/watching.md that concern the service as a whole.

// rounds is how often a fault is repeated: fewer times under -short.
func rounds(n int) int {
	if testing.Short() {
		return max(1, n/10)
	}
	return n
}

func TestFaultGitCheckout(t *testing.T) {
	t.Parallel()
	const posts, slices = 5000 / slow, 10 // a feed is of limited length
	needs(t, "git")
	root := newFolder(t)
	git := func(args ...string) { t.Helper(); program(t, root, "git", args...) }
	fill := func(generation string) {
		for i := range posts {
			name := filepath.Join(root, fmt.Sprint("d", i%50), fmt.Sprintf("%04d.md", i))
			must(t, os.MkdirAll(filepath.Dir(name), 0o755))
			must(t, os.WriteFile(name, fmt.Appendf(nil, "---\ntitle: Post %d of %s\ndate: 2026-01-02\ncategories: [c%d]\n---\nText of %s.\n", i, generation, i%slices, generation), 0o644))
		}
	}
	git("init", "-q", "-b", "one")
	git("config", "user.email", "someone@example.org")
	git("config", "user.name", "Someone")
	git("config", "gc.auto", "0")
	fill("one")
	git("add", ".")
	git("commit", "-qm", "one")
	git("checkout", "-qb", "two")
	fill("two")
	git("commit", "-qam", "two")
	s := startService(t, root)

	var asked atomic.Int64
	next := func() string { return fmt.Sprintf("%s/categories/c%d/feed.json", s.public, asked.Add(1)%slices) }
	defer s.watchersOf(1, next, func(a answer) {
		if n := strings.Count(a.body, `"date_published":`); n != posts/slices {
			t.Errorf("a feed of %d posts was served, want never fewer than %d", n, posts/slices)
		}
	})()
	all := func(generation string) (n int) {
		for i := range slices {
			n += strings.Count(s.ask(fmt.Sprintf("%s/categories/c%d/feed.json", s.public, i)).body, " of "+generation+`","`)
		}
		return n
	}
	before := s.steady().Edition.Number
	for _, generation := range []string{"one", "two"} {
		git("checkout", "-q", generation)
		took := s.until("all posts of "+generation, func() bool {
			return all(generation) == posts
		})
		after := s.steady().Edition.Number
		t.Logf("checkout of %s: whole %v after git's end, in %d editions", generation, took.Round(time.Millisecond), after-before)
		before = after
	}
	t.Logf("%d answers", asked.Load())
}

// generations are the numbers that occur as "generation N" in a text.
func generations(text string) []string {
	found := regexp.MustCompile(`generation \d+`).FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestFaultKubernetesSwaps(t *testing.T) {
	t.Parallel()
	root := newFolder(t)
	swaps := rounds(100)
	publish := func(n int) { // as the kubelet's AtomicWriter does
		dir := filepath.Join(root, fmt.Sprintf("..2026_%d", n))
		must(t, os.Mkdir(dir, 0o755))
		for i := range 5 {
			must(t, os.WriteFile(filepath.Join(dir, fmt.Sprintf("p%d.md", i)), []byte(article(fmt.Sprintf("generation %d", n))), 0o644))
		}
		must(t, os.Symlink(filepath.Base(dir), filepath.Join(root, "..data_tmp")))
		must(t, os.Rename(filepath.Join(root, "..data_tmp"), filepath.Join(root, "..data")))
		if n > 0 {
			must(t, os.RemoveAll(filepath.Join(root, fmt.Sprintf("..2026_%d", n-1))))
		}
	}
	publish(0)
	for i := range 5 {
		must(t, os.Symlink(fmt.Sprintf("..data/p%d.md", i), filepath.Join(root, fmt.Sprintf("p%d.md", i))))
	}
	s := startService(t, root)
	var asked atomic.Int64
	stop := s.watchers(8, s.public+"/feed.json", func(a answer) {
		asked.Add(1)
		if got := generations(a.body); len(got) != 1 || strings.Count(a.body, `"date_published":`) != 5 {
			t.Errorf("one answer holds %q, and %d posts", got, strings.Count(a.body, `"date_published":`))
		}
	})
	defer stop()
	var times []time.Duration
	for n := 1; n <= swaps; n++ {
		publish(n)
		if n%5 == 0 { // the others follow each other closely
			times = append(times, s.until("the new generation", func() bool { return s.shows(fmt.Sprintf("generation %d", n)) }))
		} else {
			next := asked.Load() + int64(n%7)*8
			s.until("some answers", func() bool { return asked.Load() >= next })
		}
	}
	stop()
	slices.Sort(times)
	t.Logf("%d swaps, %d answers; a generation is there after %v, %v at most", swaps, asked.Load(), times[len(times)/2], times[len(times)-1])
}

func TestFaultGitSync(t *testing.T) {
	t.Parallel()
	root := newFolder(t)
	dir := filepath.Dir(root)
	must(t, os.Remove(root))
	publish := func(n int) { // a new tree, the link renamed, the old tree removed
		tree := filepath.Join(dir, fmt.Sprint("tree-", n))
		must(t, os.Mkdir(tree, 0o755))
		for i := range 5 { // each tree has other names
			must(t, os.WriteFile(filepath.Join(tree, fmt.Sprintf("p%d-%d.md", n%2, i)), []byte(article(fmt.Sprintf("generation %d", n))), 0o644))
		}
		must(t, os.Symlink(filepath.Base(tree), root+"-tmp"))
		must(t, os.Rename(root+"-tmp", root))
		must(t, os.RemoveAll(filepath.Join(dir, fmt.Sprint("tree-", n-1))))
	}
	publish(0)
	s := startService(t, root)
	stop := s.watchers(10, s.public+"/feed.json", func(a answer) {
		if got := generations(a.body); len(got) != 1 || strings.Count(a.body, `"date_published":`) != 5 {
			t.Errorf("one answer holds %q, and %d posts", got, strings.Count(a.body, `"date_published":`))
		}
	})
	defer stop()
	for n := 1; n <= rounds(20); n++ {
		publish(n)
		s.until("the new tree", func() bool { return s.shows(fmt.Sprintf("generation %d", n)) })
	}
}

func TestFaultOverflow(t *testing.T) {
	t.Parallel()
	const files, times = 4000, 5 // each time, two events a file; the system keeps 16,384 in all
	root := newFolder(t)
	s := startProcess(t, root)
	s.until("watches", func() bool { return s.facts().Watch.Watches == 2 })
	must(t, s.process.Signal(syscall.SIGSTOP))
	for n := range times {
		for i := range files {
			must(t, os.WriteFile(filepath.Join(root, fmt.Sprintf("%05d.md", i)), fmt.Appendf(nil, "---\ntitle: Post %d, %d\ndate: 2026-01-02\n---\n", i, n), 0o644))
		}
	}
	must(t, s.process.Signal(syscall.SIGCONT))
	took := s.until("all posts", func() bool { return s.facts().Posts.Posts == files })
	t.Logf("all %d posts %v after it went on", files, took)
	s.until("the overflow to be counted", func() bool { return s.facts().Watch.Errors > 0 })
}

// worker does things at random in a folder that others work in too. It returns
// what no longer exists by its own doing only; others may have been faster.
func worker(root string, seed uint64, until time.Time, serial *atomic.Int64) {
	dice := rand.New(rand.NewPCG(seed, 7))
	dir := func() string {
		path := root
		for range dice.IntN(4) {
			path = filepath.Join(path, string(rune('a'+dice.IntN(4))))
		}
		return path
	}
	for turn := 1; time.Now().Before(until); turn++ {
		if turn%50 == 0 {
			thin(root, dice)
		}
		switch dice.IntN(12) {
		case 0, 1:
			_ = os.MkdirAll(filepath.Join(dir(), string(rune('a'+dice.IntN(4)))), 0o755)
		case 2, 3:
			_ = os.Rename(dir(), dir())
		case 4:
			if d := dir(); d != root {
				_ = os.RemoveAll(d)
			}
		case 5, 6, 7: // an edit in place, or the removal, of some post
			if list, err := filepath.Glob(filepath.Join(dir(), "*.md")); err == nil && len(list) > 0 {
				name := list[dice.IntN(len(list))]
				if dice.IntN(3) == 0 {
					_ = os.Remove(name)
				} else {
					overwrite(name, article(fmt.Sprint("chaos ", serial.Add(1))))
				}
			}
		case 8, 9:
			n := serial.Add(1)
			_ = os.WriteFile(filepath.Join(dir(), fmt.Sprintf("p%d.md", n)), []byte(article(fmt.Sprint("chaos ", n))), 0o644)
		default:
			n := serial.Add(1)
			name := filepath.Join(dir(), fmt.Sprintf("p%d.md", n))
			if os.WriteFile(name+".tmp", []byte(article(fmt.Sprint("chaos ", n))), 0o644) == nil {
				_ = os.Rename(name+".tmp", name)
			}
		}
	}
}

// thin removes a part of what there is when that is more than a feed holds.
func thin(root string, dice *rand.Rand) {
	posts := 0
	_ = filepath.WalkDir(root, func(path string, _ fs.DirEntry, _ error) error {
		if filepath.Ext(path) == ".md" {
			posts++
		}
		return nil
	})
	if posts < 500 {
		return
	}
	_ = os.RemoveAll(filepath.Join(root, string(rune('a'+dice.IntN(4)))))
	if list, err := filepath.Glob(filepath.Join(root, "*.md")); err == nil && len(list) > 100 {
		for _, name := range list {
			_ = os.Remove(name)
		}
	}
}

// overwrite writes an existing file in place.
func overwrite(name, text string) {
	if f, err := os.OpenFile(name, os.O_WRONLY|os.O_TRUNC, 0); err == nil {
		_, _ = f.WriteString(text)
		_ = f.Close()
	}
}

var chaotic = regexp.MustCompile(`chaos \d+`)

// onDisk returns the titles of the posts in a folder, and how many folders there
// are.
func onDisk(t *testing.T, root string) (titles []string, folders int) {
	t.Helper()
	must(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			folders++
		}
		if err != nil || filepath.Ext(path) != ".md" {
			return err
		}
		data, err := os.ReadFile(path)
		titles = append(titles, chaotic.FindString(string(data)))
		return err
	}))
	slices.Sort(titles)
	return titles, folders
}

// served returns the titles in a JSON feed, and fails the test if any post is
// not whole.
func served(t *testing.T, body string) []string {
	t.Helper()
	var feed struct {
		Items []struct {
			Title string `json:"title"`
			Text  string `json:"content_html"`
		} `json:"items"`
	}
	if err := json.Unmarshal([]byte(body), &feed); err != nil {
		t.Errorf("no feed: %v: %.200q", err, body)
	}
	titles := []string{}
	for _, item := range feed.Items {
		titles = append(titles, item.Title)
		if !strings.Contains(item.Text, "End of "+item.Title+".") {
			t.Errorf("half a post was published: %q", item)
		}
	}
	slices.Sort(titles)
	return titles
}

// TestFaultChaos runs for 20 s; CHAOS=60s makes it longer.
func TestFaultChaos(t *testing.T) {
	before := goleak.IgnoreCurrent()
	length, err := time.ParseDuration(cmp.Or(os.Getenv("CHAOS"), "20s"))
	must(t, err)
	if testing.Short() {
		length = 3 * time.Second
	}
	root := newFolder(t)
	s := startService(t, root)
	stop := s.watchers(2, s.public+"/feed.json", func(a answer) { served(t, a.body) })
	defer stop()
	var serial atomic.Int64
	var workers sync.WaitGroup
	until := time.Now().Add(length)
	for seed := range uint64(4) {
		workers.Go(func() { worker(root, seed, until, &serial) })
	}
	workers.Wait()
	stop()
	want, folders := onDisk(t, root)
	var got []string
	took := s.until("what is served to equal the folder", func() bool {
		got = served(t, s.feed())
		return slices.Equal(got, want)
	})
	t.Logf("%d changes; %d posts in %d folders are all there %v later", serial.Load(), len(want), folders, took)
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("on disk -, served +:\n%s", diff)
	}
	s.until("as many watches as folders, and one for the parent", func() bool { return s.facts().Watch.Watches == folders+1 })
	s.stop()
	leaktest.None(t, before)
}

var hugeFolder = flag.Int("huge", 5000, "how many posts are in the folder of TestFaultHugeFolder")

func TestFaultHugeFolder(t *testing.T) {
	posts := *hugeFolder
	root := newFolder(t)
	for i := range posts {
		name := filepath.Join(root, fmt.Sprint("d", i%(posts/100)), fmt.Sprintf("%06d.md", i))
		if i < posts/100 {
			must(t, os.Mkdir(filepath.Dir(name), 0o755))
		}
		must(t, os.WriteFile(name, fmt.Appendf(nil, "---\ntitle: Post %d\ndate: 2026-01-02\n---\n%s\n", i, strings.Repeat("Some words of a post. ", 80)), 0o644))
	}
	began := time.Now()
	s := startProcess(t, root, "--items", "20")
	first := time.Since(began)
	if got := s.facts().Posts.Posts; got != posts {
		t.Errorf("%d posts, want %d", got, posts)
	}
	s.until("watches", func() bool { return s.facts().Watch.Watches == posts/100+2 })
	var edits []time.Duration
	for i := range 3 {
		s.steady()
		title := fmt.Sprint("Edited ", i)
		s.save("d0/000000.md", "---\ntitle: "+title+"\ndate: 2026-11-02\n---\nText.\n")
		edits = append(edits, s.until("one edit", func() bool { return s.shows(title) }))
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Pid))
	must(t, err)
	t.Logf("%d posts in %d folders: first feed after %v, edits after %v, %s", posts, posts/100, first, edits, regexp.MustCompile(`VmHWM:\s+\d+ kB`).Find(status))
}
