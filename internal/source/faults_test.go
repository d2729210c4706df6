package source_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"broadsheet/internal/source"
)

func TestFileThatIsNoFileAnyMoreKeepsItsLastVersion(t *testing.T) {
	tests := []struct {
		name    string
		replace func(f *folder, path string) error
		problem string
	}{
		{"pipe", func(_ *folder, path string) error { return syscall.Mkfifo(path, 0o644) },
			"a.md: this is no regular file; it is never opened; the last good version stays"},
		{"dangling link", func(_ *folder, path string) error { return os.Symlink("nowhere", path) },
			"a.md: the link leads nowhere"},
		{"link out of the folder", func(_ *folder, path string) error { return os.Symlink("/etc/passwd", path) },
			"a.md: the link leads out of the folder; the last good version stays"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFolder(t)
			f.write("a.md", "a")
			f.write("b.md", "b")
			f.scan(later)
			f.remove("a.md")
			f.check(tt.replace(f, f.path("a.md")))
			f.scan(0)
			s := f.scan(time.Hour)
			f.holds(s, "a.md: a", "b.md: b")
			f.names(s, tt.problem)
			if !s.Files[0].Stale {
				t.Error("the old bytes are not marked as stale")
			}
		})
	}
}

func TestRootThatCannotBeListedIsAnError(t *testing.T) {
	if os.Geteuid() == 0 { // root may read everything
		runAsNobody(t)
		return
	}
	f := newFolder(t)
	f.write("a.md", "a")
	f.scan(later)
	f.check(os.Chmod(f.root, 0o111))
	t.Cleanup(func() { _ = os.Chmod(f.root, 0o755) })
	if _, err := source.Scan(context.Background(), f.root, f.last, f.o); !errors.Is(err, source.ErrNoRoot) || !errors.Is(err, os.ErrPermission) {
		t.Errorf("error %v, want ErrNoRoot: an empty snapshot would take all posts away", err)
	}
}

func TestLinkToAFolderDoesNotRenameItsFiles(t *testing.T) {
	f := newFolder(t)
	f.mkdir("posts")
	f.write("posts/x.md", "x")
	f.mkdir(".hidden")
	f.write(".hidden/y.md", "y")
	f.check(os.Symlink("posts", f.path("articles"))) // before posts by name
	f.check(os.Symlink(".hidden", f.path("shown")))
	f.holds(f.scan(later), "posts/x.md: x", "shown/y.md: y")
}

func TestFoldersOnTheWayToTheRootAreVisited(t *testing.T) {
	f := newFolder(t)
	far, err := filepath.EvalSymlinks(t.TempDir())
	f.check(err)
	links := filepath.Join(far, "links")
	f.check(os.MkdirAll(links, 0o755))
	link := filepath.Join(links, "current")
	f.check(os.Symlink(f.root, link))
	f.check(os.Symlink("links/current", filepath.Join(far, "live")))
	tests := []struct {
		name, root string
		missing    bool
		want       []string
	}{
		{"a plain folder", f.root, false, []string{filepath.Dir(f.root)}},
		{"a link to a link", filepath.Join(far, "live"), false, []string{far, links, filepath.Dir(f.root)}},
		{"a link on the way", filepath.Join(link, "2026"), true, []string{links, f.root}},
		{"nothing there yet", filepath.Join(far, "not", "yet"), true, []string{far}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var visited []string
			_, err := source.Scan(context.Background(), tt.root, nil, source.Options{Visit: func(dir string) { visited = append(visited, dir) }})
			if errors.Is(err, source.ErrNoRoot) != tt.missing {
				t.Errorf("error %v", err)
			}
			for _, dir := range tt.want {
				if !slices.Contains(visited, dir) {
					t.Errorf("%s was not visited, only %q", dir, visited)
				}
			}
		})
	}
}

func TestFileThatVanishesBetweenListingAndReadingIsMissing(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.mkdir("zz")
	f.o.Visit = func(dir string) {
		if dir == f.path("zz") { // by now a.md is listed
			f.remove("a.md")
		}
	}
	f.names(f.scan(later))
	f.o.Visit = nil
	f.write("a.md", "a")
	f.scan(later)
	f.write("a.md", "new")
	f.o.Visit = func(dir string) {
		if dir == f.path("zz") {
			f.remove("a.md")
		}
	}
	s := f.scan(later)
	f.holds(s, "a.md: a")
	for _, p := range s.Problems {
		if p.File == "a.md" {
			t.Errorf("problem %v", p)
		}
	}
}

func TestTimesSetAmidAnInPlaceWriteDoNotCompleteIt(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "the old text")
	f.scan(0)
	f.write("a.md", "the ne")
	earlier := time.Now().Add(-time.Second)
	f.check(os.Chtimes(f.path("a.md"), earlier, earlier)) // as chmod does, this parts ctime from mtime
	f.now = time.Now()
	f.holds(f.scan(0), "a.md: the old text")
	f.write("a.md", "the new text")
	f.holds(f.scan(settled), "a.md: the new text")
}
