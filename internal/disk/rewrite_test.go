package disk_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"broadsheet/internal/disk"
)

func TestRewriteKeepsModeAndLeavesNothingBehind(t *testing.T) {
	root := folder(t, map[string]string{"sub/a.md": "old"})
	name := filepath.Join(root, "sub", "a.md")
	if err := os.Chmod(name, 0o604); err != nil {
		t.Fatal(err)
	}
	if err := disk.Rewrite(root, "sub/a.md", []byte("old"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode() != 0o604 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	holds(t, root, map[string]string{"sub/a.md": "new"})
}

func TestRewriteKeepsHardLinks(t *testing.T) {
	root, outside := folder(t, map[string]string{"a.md": "---\nold\n"}), filepath.Join(t.TempDir(), "b.md")
	must(t, os.Link(filepath.Join(root, "a.md"), outside))
	for _, step := range [][2]string{{"---\nold\n", "---\nid: x\nold\n"}, {"---\nid: x\nold\n", "--"}} {
		if err := disk.Rewrite(root, "a.md", []byte(step[0]), []byte(step[1])); err != nil {
			t.Fatal(err)
		}
		holds(t, root, map[string]string{"a.md": step[1]})
		if got, err := os.ReadFile(outside); err != nil || string(got) != step[1] {
			t.Errorf("the other name has %q, %v", got, err)
		}
	}
}

// Only root can give files away; to others the file is somebody else's in any case.
func TestRewriteKeepsTheOwner(t *testing.T) {
	root := folder(t, map[string]string{"a.md": "old"})
	name := filepath.Join(root, "a.md")
	if os.Geteuid() == 0 {
		must(t, os.Chown(name, 1234, 4321))
	}
	before, err := os.Stat(name)
	must(t, err)
	must(t, disk.Rewrite(root, "a.md", []byte("old"), []byte("new")))
	after, err := os.Stat(name)
	must(t, err)
	if ownerOf(after) != ownerOf(before) || after.Mode() != before.Mode() {
		t.Errorf("%v of %v, was %v of %v", after.Mode(), ownerOf(after), before.Mode(), ownerOf(before))
	}
	holds(t, root, map[string]string{"a.md": "new"})
}

func ownerOf(info os.FileInfo) [2]uint32 {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return [2]uint32{}
	}
	return [2]uint32{s.Uid, s.Gid}
}

func TestRewriteLeavesReadOnlyFilesAlone(t *testing.T) {
	root := folder(t, map[string]string{"a.md": "old"})
	must(t, os.Chmod(filepath.Join(root, "a.md"), 0o444))
	err := disk.Rewrite(root, "a.md", []byte("old"), []byte("new"))
	if err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("a read-only file: %v", err)
	}
	holds(t, root, map[string]string{"a.md": "old"})
}

func TestRewriteLeavesAloneWhatChanged(t *testing.T) {
	for _, now := range []string{"OLD", "older", ""} {
		root := folder(t, map[string]string{"a.md": now})
		err := disk.Rewrite(root, "a.md", []byte("old"), []byte("new"))
		if err == nil || !strings.Contains(err.Error(), "changed meanwhile") {
			t.Errorf("%q: %v", now, err)
		}
		holds(t, root, map[string]string{"a.md": now})
	}
	if err := disk.Rewrite(folder(t, nil), "a.md", []byte("old"), []byte("new")); !os.IsNotExist(err) {
		t.Errorf("a file that is gone: %v", err)
	}
}

func TestRewriteFollowsLinksInsideTheFolderOnly(t *testing.T) {
	root, outside := folder(t, map[string]string{"in/a.md": "old"}), folder(t, map[string]string{"a.md": "old"})
	for link, target := range map[string]string{"inside": "in", "outside": outside} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := disk.Rewrite(root, "inside/a.md", []byte("old"), []byte("new")); err != nil {
		t.Error(err)
	}
	err := disk.Rewrite(root, "outside/a.md", []byte("old"), []byte("new"))
	if err == nil || !strings.Contains(err.Error(), "out of the folder") {
		t.Errorf("a link out of the folder: %v", err)
	}
	holds(t, root, map[string]string{"in/a.md": "new"})
	holds(t, outside, map[string]string{"a.md": "old"})
}

// folder makes a folder of files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// holds checks that these are the folder's files, links left out.
func holds(t *testing.T, root string, want map[string]string) {
	t.Helper()
	found := 0
	err := filepath.WalkDir(root, func(name string, e os.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		found++
		text, err := os.ReadFile(name)
		rel, _ := filepath.Rel(root, name)
		if string(text) != want[filepath.ToSlash(rel)] {
			t.Errorf("%s holds %q", rel, text)
		}
		return err
	})
	if err != nil || found != len(want) {
		t.Errorf("found %d files, want %d; %v", found, len(want), err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
