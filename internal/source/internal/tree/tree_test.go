package tree_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"broadsheet/internal/source/internal/tree"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// folder returns an empty one by its true name.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	check(t, err)
	return dir
}

// The approach to a root is the folders whose entries decide what it is, in order.
func TestApproach(t *testing.T) {
	far, root := folder(t), folder(t)
	links := filepath.Join(far, "links")
	check(t, os.Mkdir(links, 0o755))
	check(t, os.Symlink(root, filepath.Join(links, "current")))
	check(t, os.Symlink("links/current", filepath.Join(far, "live")))
	check(t, os.Symlink("loop", filepath.Join(far, "loop")))
	for name, want := range map[string][]string{
		root:                                    {filepath.Dir(root)},
		filepath.Join(far, "live"):              {far, links, filepath.Dir(root)},
		filepath.Join(links, "current", "2026"): {links, root},
		filepath.Join(far, "not", "yet"):        {far},
	} {
		if got := tree.Approach(name); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := tree.Approach(filepath.Join(far, "loop")); !slices.Contains(got, far) {
		t.Errorf("a link to itself: %q, want %s among them", got, far)
	}
}

func TestGenerationIsThatOfTheFolder(t *testing.T) {
	dir := folder(t)
	root, link := filepath.Join(dir, "root"), filepath.Join(dir, "link")
	check(t, os.Mkdir(root, 0o755))
	check(t, os.Symlink("root", link))
	of := func(name string) tree.Generation {
		t.Helper()
		g, err := tree.Of(name)
		check(t, err)
		return g
	}
	first := of(root)
	if first.Real != root || of(link) != first {
		t.Errorf("%v, by a link %v, want both of %s", first, of(link), root)
	}
	check(t, os.WriteFile(filepath.Join(root, "a.md"), nil, 0o600))
	if of(root) != first {
		t.Error("a file more makes another tree of it")
	}
	check(t, os.Symlink("..2026", filepath.Join(root, "..data")))
	if of(root) == first {
		t.Error("it is the same tree though ..data leads elsewhere")
	}
	check(t, os.Remove(filepath.Join(root, "..data")))
	check(t, os.Rename(root, root+".old"))
	check(t, os.Mkdir(root, 0o755))
	if runtime.GOOS == "linux" && of(root) == first { // others do not tell folders apart
		t.Error("it is the same tree though another folder bears the name")
	}
}

func TestRootThatIsNoFolderIsAnError(t *testing.T) {
	dir := folder(t)
	file := filepath.Join(dir, "file")
	check(t, os.WriteFile(file, nil, 0o600))
	for _, name := range []string{file, filepath.Join(dir, "missing"), filepath.Join(file, "below")} {
		if _, err := tree.Of(name); !errors.Is(err, tree.ErrNoRoot) {
			t.Errorf("%s: error %v, want %v", name, err, tree.ErrNoRoot)
		}
	}
}
