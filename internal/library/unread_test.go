package library_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"broadsheet/internal/library"
	"broadsheet/internal/source"
)

// reading is a real folder whose files do not keep their bytes.
type reading struct {
	t     *testing.T
	dir   string
	texts *source.Texts
	now   time.Time
	last  *source.Snapshot
	o     library.Options
	l     *library.Library
}

func newReading(t *testing.T, name, text string, texts int) *reading {
	r := &reading{t: t, dir: t.TempDir(), texts: source.NewTexts(texts), now: time.Now(), o: options()}
	r.write(name, text)
	r.scan()
	return r
}

func (r *reading) path(name string) string { return filepath.Join(r.dir, name) }

func (r *reading) write(name, text string) {
	r.t.Helper()
	if err := os.WriteFile(r.path(name), []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

func (r *reading) rename(from, to string) {
	r.t.Helper()
	if err := os.Rename(r.path(from), r.path(to)); err != nil {
		r.t.Fatal(err)
	}
}

// scan scans the folder once it has been left alone.
func (r *reading) scan() {
	r.t.Helper()
	for range 2 {
		r.now = r.now.Add(time.Minute)
		s, err := source.Scan(context.Background(), r.dir, r.last, source.Options{Texts: r.texts, Now: func() time.Time { return r.now }})
		if err != nil {
			r.t.Fatal(err)
		}
		r.last = s
	}
}

func (r *reading) build() {
	r.o.Now = r.o.Now.Add(time.Minute)
	r.l = library.Build(r.l, r.last.Files, r.o)
}

// whole returns the text of the only post.
func (r *reading) whole() string {
	r.t.Helper()
	if len(r.l.Posts) != 1 {
		r.t.Fatalf("%d posts; %v", len(r.l.Posts), r.l.Problems)
	}
	p, err := r.l.Whole(r.l.Posts[0])
	if err != nil {
		r.t.Fatal(err)
	}
	return string(p.Body)
}

const datedPost = "---\ntitle: A\ndate: 2026-01-01\n---\nWords.\n"

// A file that cannot be read for a moment is read when it can, though it is the same then.
func TestFileIsReadAgainThoughItIsTheSame(t *testing.T) {
	r := newReading(t, "a.md", datedPost, 1)
	r.rename("a.md", "elsewhere")
	r.build()
	if len(r.l.Posts) != 0 || len(r.l.Problems) != 1 {
		t.Fatalf("without the bytes: %d posts, %v", len(r.l.Posts), r.l.Problems)
	}
	r.rename("elsewhere", "a.md")
	r.scan()
	r.build()
	if r.whole() != "Words.\n" || len(r.l.Problems) != 0 {
		t.Errorf("with the bytes: %v", r.l.Problems)
	}
}

// The same while the settings change: the post is that of the old ones until it can be read.
func TestFileIsReadAgainForOtherSettings(t *testing.T) {
	r := newReading(t, "a.md", datedPost, 1)
	r.build()
	r.o.Site.URL = "https://new.example"
	r.rename("a.md", "elsewhere")
	r.build()
	r.rename("elsewhere", "a.md")
	if r.whole() != "Words.\n" {
		t.Error("the text is lost")
	}
	r.scan()
	r.build()
	if r.whole() != "Words.\n" || r.l.Posts[0].URL[:len("https://new.example")] != "https://new.example" {
		t.Errorf("the post is at %s", r.l.Posts[0].URL)
	}
}

// A post whose file has a name that it cannot be read under keeps its text.
func TestPostUnderAnImpossibleNameKeepsItsText(t *testing.T) {
	r := newReading(t, "2026-01-01-a.md", "---\ntitle: A\n---\nWords.\n", 0)
	r.build()
	r.rename("2026-01-01-a.md", "a.md")
	r.scan()
	r.build()
	if r.whole() != "Words.\n" || len(r.l.Problems) != 1 {
		t.Errorf("problems: %v", r.l.Problems)
	}
}
