package disk_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/disk"
)

func TestReplace(t *testing.T) {
	name := filepath.Join(t.TempDir(), "deep", "er", "file")
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, text := range []string{"first", "second"} {
		if err := disk.ReplaceAt(name, strings.NewReader(text), disk.Options{Modified: at, Finish: disk.Readable, Sync: true}); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(name)
		if err != nil || info.Mode() != 0o644 || !info.ModTime().Equal(at) {
			t.Errorf("%v, %v", info, err)
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != text {
			t.Errorf("it holds %q, %v", got, err)
		}
	}
	only(t, filepath.Dir(name), "file")
}

func TestFailureLeavesTheOldFileAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "file")
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused := errors.New("refused")
	err := disk.ReplaceAt(name, strings.NewReader("new"), disk.Options{Finish: func(*os.File) error { return refused }})
	if got, _ := os.ReadFile(name); !errors.Is(err, refused) || string(got) != "old" {
		t.Errorf("%v, and the file holds %q", err, got)
	}
	only(t, dir, "file")
}

func TestLinksLeadNowhereElse(t *testing.T) {
	inside, outside := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(inside, "link")); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(inside)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := disk.Replace(root, "link/file", strings.NewReader("x"), disk.Options{}); err == nil {
		t.Error("it was written through the link")
	}
	only(t, outside)
}

// What is being written is not swept; what nobody writes any more is, and nothing
// but that.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".broadsheet-1.tmp", "sub/.broadsheet-ABC.tmp", ".broadsheet-1.txt", "broadsheet-1.tmp", "sub/post.md"} {
		name = filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, nil, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	sweep := func(*os.File) error { disk.SweepAll(dir); return nil }
	if err := disk.ReplaceAt(filepath.Join(dir, "file"), strings.NewReader("x"), disk.Options{Finish: sweep}); err != nil {
		t.Errorf("it was swept while it was written: %v", err)
	}
	only(t, dir, ".broadsheet-1.txt", "broadsheet-1.tmp", "file", "sub/post.md")
}

// only fails unless these are the files below a folder.
func only(t *testing.T, dir string, want ...string) {
	t.Helper()
	var got []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			got = append(got, path)
		}
		return err
	})
	if err != nil || strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("there are %q, %v; want %q", got, err, want)
	}
}
