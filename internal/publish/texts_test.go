package publish_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/publish"
	"broadsheet/internal/source"
)

var (
	textSeeds = flag.Int("texts", 12, "how many lives of texts are drawn")
	textSeed  = flag.Uint64("text-seed", 0, "the only one that is drawn; 0: all")
)

// said returns what each document says; of those that cannot be rendered, why.
func said(p *publish.Publication) map[string]string {
	all := map[string]string{}
	for _, d := range p.Edition.Documents() {
		c, err := d.Content()
		if err != nil {
			all[d.Path] = "error: " + err.Error()
			continue
		}
		all[d.Path] = string(c.Body)
	}
	return all
}

// It makes no difference whether texts are kept or read again, whatever is written,
// renamed and taken away.
func TestTextsThatAreReadAgainSayTheSame(t *testing.T) {
	for _, seed := range drawnSeeds() {
		dice := rand.New(rand.NewPCG(seed, 0))
		kept, again := newFixture(t, nil), newFixture(t, nil)
		again.dir, again.texts = kept.dir, source.NewTexts(1+dice.IntN(2000))
		if dice.IntN(2) == 0 {
			kept.settings.Document.Markdown, again.settings.Document.Markdown = true, true
		}
		var one, other *publish.Publication
		for step := range 8 {
			for range 1 + dice.IntN(4) {
				draw(t, dice, kept.dir)
			}
			again.clock = kept.clock
			one, other = kept.publish(one, kept.cache), again.publish(other, again.cache)
			if want, got := said(one), said(other); !maps.Equal(want, got) {
				t.Fatalf("step %d: %s\nagain: go test ./internal/publish -run TextsThatAreReadAgain -text-seed %d", step, differing(want, got), seed)
			}
			if want, got := fmt.Sprint(one.Problems), fmt.Sprint(other.Problems); want != got {
				t.Fatalf("step %d: problems\n%s\nwant\n%s\nagain: go test ./internal/publish -run TextsThatAreReadAgain -text-seed %d", step, got, want, seed)
			}
		}
	}
}

// drawnSeeds are the seeds of the lives that are drawn.
func drawnSeeds() []uint64 {
	if *textSeed != 0 {
		return []uint64{*textSeed}
	}
	many := *textSeeds
	if testing.Short() {
		many = min(many, 2)
	}
	var seeds []uint64
	for seed := range many {
		seeds = append(seeds, uint64(seed)+1)
	}
	return seeds
}

// Files that are away while their texts are wanted, that are emptied, and settings that
// change meanwhile, leave nothing behind once all is as it should be: what is said then is
// what a fresh publication says.
func TestNothingStaysOfFilesThatCouldNotBeRead(t *testing.T) {
	for _, seed := range drawnSeeds() {
		dice := rand.New(rand.NewPCG(seed, 1))
		f := newFixture(t, nil)
		f.texts = source.NewTexts(1 + dice.IntN(1000))
		f.settings.Document.Items, f.settings.Document.ArchiveItems = 2, 3
		for n := range 12 {
			write(t, dice, filepath.Join(f.dir, fmt.Sprintf("post-%d.md", n)), stated(n))
		}
		last := f.publish(nil, f.cache)
		away := filepath.Join(t.TempDir(), "away")
		for range 6 {
			if dice.IntN(3) == 0 {
				f.settings.Site.URL = fmt.Sprintf("https://%d.example", dice.IntN(3))
			}
			n := dice.IntN(12)
			write(t, dice, filepath.Join(f.dir, fmt.Sprintf("post-%d.md", n)), stated(n))
			empty := filepath.Join(f.dir, fmt.Sprintf("post-%d.md", dice.IntN(12)))
			was, err := os.ReadFile(empty)
			if err != nil {
				t.Fatal(err)
			}
			if dice.IntN(2) == 0 {
				f.write(map[string]string{filepath.Base(empty): ""})
			}
			gone := filepath.Join(f.dir, fmt.Sprintf("post-%d.md", dice.IntN(12)))
			f.between = func() { _ = os.Rename(gone, away) }
			last = f.publish(last, f.cache)
			asked := last.Edition.Documents()
			for range dice.IntN(20) {
				_, _ = asked[dice.IntN(len(asked))].Content() // some fail, as long as files are away
			}
			if err := os.Rename(away, gone); err != nil {
				t.Fatal(err)
			}
			for range dice.IntN(20) {
				_, _ = asked[dice.IntN(len(asked))].Content()
			}
			f.write(map[string]string{filepath.Base(empty): string(was)})
		}
		f.between = nil
		last = f.publish(last, f.cache)
		fresh := newFixture(t, nil)
		fresh.dir, fresh.settings, fresh.clock = f.dir, f.settings, f.clock
		want, got := said(fresh.publish(nil, fresh.cache)), said(last)
		if !maps.Equal(want, got) {
			t.Fatalf("%s\nagain: go test ./internal/publish -run NothingStays -text-seed %d", differing(want, got), seed)
		}
	}
}

// stated is the line of an id that does not follow from the post's history.
func stated(n int) string { return fmt.Sprintf("id: https://example.org/ids/%d\n", n) }

// write writes a post with more lines of front matter.
func write(t *testing.T, dice *rand.Rand, name, lines string) {
	t.Helper()
	words := make([]string, 5+dice.IntN(200))
	for i := range words {
		words[i] = string(rune('a'+dice.IntN(26))) + "ord"
	}
	text := fmt.Sprintf("---\n%sdate: 2026-01-%02d\ntags: [t%d]\nsummary: %s\n---\n%s ![x](x%d.png)\n",
		lines, 1+dice.IntN(28), dice.IntN(3), strings.Repeat("Short. ", dice.IntN(2)), strings.Join(words, " "), dice.IntN(4))
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// draw does something to a folder.
func draw(t *testing.T, dice *rand.Rand, dir string) {
	t.Helper()
	name := filepath.Join(dir, fmt.Sprintf("post-%d.md", dice.IntN(12)))
	switch dice.IntN(6) {
	case 0:
		_ = os.Remove(name)
	case 1:
		_ = os.Rename(name, filepath.Join(dir, fmt.Sprintf("post-%d.md", dice.IntN(12))))
	default:
		write(t, dice, name, "")
	}
}

func differing(want, got map[string]string) string {
	for _, path := range slices.Sorted(maps.Keys(want)) {
		if got[path] != want[path] {
			return fmt.Sprintf("%s:\n%s\nwant\n%s", path, got[path], want[path])
		}
	}
	return "there are more documents"
}

// A file that changed since it was read is not published before a scan has taken it:
// what was handed out stays, and what was not is asked for again.
func TestFilesThatChangedWaitForTheNextScan(t *testing.T) {
	post := func(day, text string) string { return "---\ndate: 2026-01-" + day + "\n---\n" + text + "\n" }
	f := newFixture(t, map[string]string{"new.md": post("03", "New."), "old.md": post("02", "Old.")})
	f.texts = source.NewTexts(1)
	f.settings.Document.Items = 1
	first := f.publish(nil, f.cache)
	page := first.Library.Posts[1].URL[len("https://example.org"):]
	f.write(map[string]string{"new.md": post("03", "Newer words."), "old.md": post("02", "Other words.")})
	if c, err := first.Edition.Find("/feed.json").Content(); err != nil || !strings.Contains(string(c.Body), "New.") {
		t.Errorf("the feed: %v", err)
	}
	if _, err := first.Edition.Find(page).Content(); !errors.Is(err, source.ErrChanged) {
		t.Errorf("the page of a text that is not there: %v", err)
	}
	if problems := first.Edition.Problems(); len(problems) > 0 {
		t.Errorf("what passes is no problem: %v", problems)
	}
	f.write(map[string]string{"old.md": post("02", "Old.")})
	if c, err := first.Edition.Find(page).Content(); err != nil || !strings.Contains(string(c.Body), "Old.") {
		t.Errorf("the page of a text that is there again: %v", err)
	}
	f.write(map[string]string{"old.md": post("02", "Other words.")})
	second := f.publish(first, f.cache)
	if c, err := second.Edition.Find(page).Content(); err != nil || !strings.Contains(string(c.Body), "Other words.") {
		t.Errorf("the next edition: %v", err)
	}
}

// The last good version of a post that breaks stays while its text is known.
func TestLastGoodVersionStaysWhileItsTextIsKnown(t *testing.T) {
	good, bad := "---\ndate: 2026-01-02\ntitle: Good\n---\nGood words.\n", "---\ndate: 2026-01-02\ntitle: Bad\n---\n<<<<<<< HEAD\nBad words.\n=======\nBad.\n>>>>>>> other\n"
	for size, stays := range map[int]bool{1: false, 1 << 20: true} {
		f := newFixture(t, map[string]string{"a.md": good, "b.md": "---\ndate: 2026-01-01\n---\nOther.\n"})
		f.texts = source.NewTexts(size)
		first := f.publish(nil, edition.NewCache(1))
		f.write(map[string]string{"a.md": bad})
		second := f.publish(first, edition.NewCache(1))
		c, err := second.Edition.Find("/feed.json").Content()
		if err != nil {
			t.Fatal(err)
		}
		if shown := strings.Contains(string(c.Body), "Good words."); shown != stays || strings.Contains(string(c.Body), "Bad") {
			t.Errorf("of %d bytes: the good version is shown: %v, want %v", size, shown, stays)
		}
		if !strings.Contains(string(c.Body), "Other.") {
			t.Error("the other post is lost")
		}
		if !slices.ContainsFunc(second.Problems, func(p blog.Problem) bool { return p.File == "a.md" && p.Severity == blog.Error }) {
			t.Errorf("not told: %v", second.Problems)
		}
	}
}

// A file that cannot be read any more, and whose text is not kept, costs the feeds that hold
// its post no more than that post; it is back once the file can be read.
func TestFileThatCannotBeReadLeavesTheOthersInTheirFeeds(t *testing.T) {
	post := func(day, text string) string { return "---\ndate: 2026-01-" + day + "\ntags: [t]\n---\n" + text + "\n" }
	f := newFixture(t, map[string]string{"a.md": post("01", "One."), "b.md": post("02", "Two."), "c.md": post("03", "Three.")})
	f.texts, f.settings.Document.Items = source.NewTexts(1), 1
	f.settings.Document.ArchiveItems = 10
	var last *publish.Publication
	archive := func() string {
		t.Helper()
		last = f.publish(last, f.cache)
		c, err := last.Edition.Find("/tags/t/archive/1/feed.json").Content()
		if err != nil {
			t.Fatal(err)
		}
		return string(c.Body)
	}
	last = f.publish(last, f.cache)
	f.write(map[string]string{"a.md": ""}) // an empty file is refused
	if body := archive(); strings.Contains(body, "One.") || !strings.Contains(body, "Two.") {
		t.Errorf("while one cannot be read: %s", body)
	}
	if !slices.ContainsFunc(last.Edition.Problems(), func(p blog.Problem) bool { return p.File == "a.md" }) {
		t.Errorf("not told: %v", last.Edition.Problems())
	}
	f.write(map[string]string{"a.md": post("01", "One.")})
	if body := archive(); !strings.Contains(body, "One.") || !strings.Contains(body, "Two.") {
		t.Errorf("once it can be read again: %s", body)
	}
}
