package media_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"broadsheet/internal/media"
)

// tagOf returns the tag of a file, waiting until it is known.
func tagOf(t *testing.T, tags *media.Tags, name string) string {
	t.Helper()
	open := func() (*os.File, error) { return os.Open(name) }
	for {
		file, err := open()
		if err != nil {
			t.Fatal(err)
		}
		info, err := file.Stat()
		if err != nil {
			t.Fatal(err)
		}
		hash, done := tags.Of(file, info, open)
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		switch {
		case hash != "":
			return hash
		case done != nil:
			<-done
		default:
			time.Sleep(50 * time.Millisecond) // it is too fresh to be sure of
		}
	}
}

func TestTagsFollowFromBytesAlone(t *testing.T) {
	for _, size := range []int{10, 3 << 20} {
		var tags, others media.Tags
		dir, date := t.TempDir(), time.Unix(1, 0)
		write := func(name, fill string) string {
			name = filepath.Join(dir, name)
			if err := os.WriteFile(name+".new", bytes.Repeat([]byte(fill), size), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(name+".new", date, date); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(name+".new", name); err != nil {
				t.Fatal(err)
			}
			return name
		}
		a := write("a.gif", "1")
		first := tagOf(t, &tags, a)
		if again := tagOf(t, &tags, a); again != first {
			t.Errorf("the same file: %s, then %s", first, again)
		}
		if copied := tagOf(t, &others, write("b.gif", "1")); copied != first {
			t.Errorf("the same bytes: %s, then %s", first, copied)
		}
		if other := tagOf(t, &tags, write("a.gif", "2")); other == first {
			t.Error("other bytes of the same size and date have the same tag")
		}
		if back := tagOf(t, &tags, write("a.gif", "1")); back != first {
			t.Errorf("the first bytes again: %s, then %s", first, back)
		}
	}
}

func TestLinksAreJudgedByTheirTarget(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{".env", ".git/a.png", "a.png", "sub/b.png", "post.md", "..data/c.png"} {
		if err := os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{
		"env.png": ".env", "git": ".git", "post.png": "post.md", "to.png": "a.png", "dir": "sub", "twice.png": "dir/b.png",
		"c.png": "..data/c.png", "again.png": "env.png", "deep.png": "git/a.png", "loop.png": "loop.png",
	} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"a.png": "a.png", "to.png": "a.png", "dir/b.png": "sub/b.png", "twice.png": "sub/b.png", "c.png": "..data/c.png",
		"env.png": "", "git/a.png": "", "post.png": "", "again.png": "", "deep.png": "", "loop.png": "",
	} {
		asked := name
		file, err := media.Open(root, name, func(target string) bool { asked = target; return true })
		if err != nil {
			if want != "" {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if file.Close() != nil || asked != want {
			t.Errorf("%s opened %s, want %q", name, asked, want)
		}
		if refused, err := media.Open(root, name, func(string) bool { return false }); name != want && err == nil {
			t.Errorf("%s was opened though it is not allowed: %v", name, refused.Close())
		}
	}
}
