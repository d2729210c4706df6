package walk_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/source/internal/tree"
	"broadsheet/internal/source/internal/walk"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// seen is what a walk told.
type seen struct {
	files, media, visited []string
	result                walk.Result
	err                   error
}

func walked(ctx context.Context, t *testing.T, root string, depth int) seen {
	t.Helper()
	at, err := tree.Of(root)
	check(t, err)
	var s seen
	ends := func(with string) func(string) bool {
		return func(name string) bool { return strings.HasSuffix(name, with) }
	}
	s.result, s.err = walk.Walk(ctx, at, walk.Options{
		MaxDepth: depth, Skip: filepath.Join(at.Real, "skipped"), Ignore: func(rel string) bool { return rel == "passed" },
		Post: ends(".md"), IsMedia: ends(".png"), Listed: func(int) {},
		Visit: func(dir string) {
			rel, err := filepath.Rel(at.Real, dir)
			check(t, err)
			s.visited = append(s.visited, rel)
		},
		File: func(f walk.Sight) {
			rel, err := filepath.Rel(at.Real, f.Name)
			check(t, err)
			s.files = append(s.files, strings.TrimSuffix(f.Path+" at "+rel+": "+f.Broken, ": "))
		},
		Media: func(rel string, _ fs.FileInfo) { s.media = append(s.media, rel) },
	})
	return s
}

func TestWalk(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a.md", "b.png", "c.txt", "sub/d.md", "sub/e.png", "skipped/f.md", "passed/g.md", ".git/h.md", ".git/i.png", "j.md~"} {
		check(t, os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755))
		check(t, os.WriteFile(filepath.Join(root, name), nil, 0o600))
	}
	for name, target := range map[string]string{
		"again": "sub", "circle": ".", "dead.md": "nowhere.md", "out.md": "/dev/null", "same.md": "a.md", "hidden.png": ".git/i.png", "shown": ".git",
	} {
		check(t, os.Symlink(target, filepath.Join(root, name)))
	}
	s := walked(context.Background(), t, root, 16)
	check(t, s.err)
	want := []string{
		"a.md at a.md", "dead.md at dead.md: the link leads nowhere: no such file or directory",
		"out.md at out.md: the link leads out of the folder", "same.md at a.md", "sub/d.md at sub/d.md", "shown/h.md at .git/h.md",
	}
	if !slices.Equal(s.files, want) {
		t.Errorf("files\n%s, want\n%s", strings.Join(s.files, "\n"), strings.Join(want, "\n"))
	}
	if want := []string{"b.png", "sub/e.png"}; !slices.Equal(s.media, want) {
		t.Errorf("media %q, want %q", s.media, want)
	}
	if got, want := slices.Sorted(maps.Keys(s.result.Folders)), []string{"", "shown", "sub"}; !slices.Equal(got, want) {
		t.Errorf("folders %q, want %q", got, want)
	}
	if !s.result.Winding || len(s.result.Lost) > 0 || len(s.result.Problems) > 0 {
		t.Errorf("winding %v, lost %q, problems %v", s.result.Winding, s.result.Lost, s.result.Problems)
	}
	if len(s.result.Notes) != 1 || s.result.Notes[0].File != "hidden.png" {
		t.Errorf("notes %v, want one of hidden.png", s.result.Notes)
	}
}

func TestWalkEnds(t *testing.T) {
	root := t.TempDir()
	check(t, os.MkdirAll(filepath.Join(root, "1", "2", "3"), 0o755))
	s := walked(context.Background(), t, root, 2)
	check(t, s.err)
	if want := []string{".", "1", "1/2"}; !slices.Equal(s.visited, want) {
		t.Errorf("visited %q, want %q", s.visited, want)
	}
	if p := s.result.Problems; len(p) != 1 || p[0].File != "1/2/3" || !s.result.Winding {
		t.Errorf("problems %v, winding %v", p, s.result.Winding)
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if s := walked(ended, t, root, 2); !errors.Is(s.err, context.Canceled) {
		t.Errorf("error %v", s.err)
	}
}
