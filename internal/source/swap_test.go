package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// tree makes another folder beside the root.
func (f *folder) tree(name string, files map[string]string) string {
	f.t.Helper()
	root := filepath.Join(filepath.Dir(f.root), name)
	f.check(os.MkdirAll(root, 0o755))
	for path, text := range files {
		f.check(os.MkdirAll(filepath.Dir(filepath.Join(root, path)), 0o755))
		f.check(os.WriteFile(filepath.Join(root, path), []byte(text), 0o644))
	}
	return root
}

// point makes the root a link to a tree, in one step.
func (f *folder) point(target string) {
	f.t.Helper()
	next := f.root + "-next"
	f.check(os.Symlink(target, next))
	f.check(os.Rename(next, f.root))
}

// linked is a folder whose root is a link to a tree of three posts.
func linked(t *testing.T) *folder {
	f := newFolder(t)
	f.remove("")
	f.point(f.tree("one", map[string]string{"a.md": "a1", "b.md": "b1", "sub/c.md": "c1"}))
	f.holds(f.scan(later), "a.md: a1", "b.md: b1", "sub/c.md: c1")
	return f
}

func TestSwappedRootIsNeverAUnionOfBoth(t *testing.T) {
	two := map[string]string{"a.md": "a2", "z.md": "z2"}
	ways := []struct {
		name string
		swap func(f *folder)
	}{
		{"the link leads elsewhere", func(f *folder) { f.point(f.tree("two", two)) }},
		{"the link leads elsewhere and the old tree is removed", func(f *folder) {
			f.point(f.tree("two", two))
			f.check(os.RemoveAll(filepath.Join(filepath.Dir(f.root), "one")))
		}},
		{"a folder takes the link's place", func(f *folder) {
			f.check(os.Remove(f.root))
			f.check(os.Rename(f.tree("two", two), f.root))
		}},
	}
	for _, tt := range ways {
		t.Run(tt.name, func(t *testing.T) {
			f := linked(t)
			tt.swap(f)
			f.now = time.Now()
			s := f.scan(0)
			f.holds(s, "a.md: a1", "b.md: b1", "sub/c.md: c1")
			f.names(s)
			if s.Again <= 0 || s.Again > confirmed {
				t.Errorf("again in %v", s.Again)
			}
			f.holds(f.scan(confirmed), "a.md: a2", "z.md: z2") // too young to be taken were they not of a new tree
			f.holds(f.scan(later), "a.md: a2", "z.md: z2")
		})
	}
}

func TestSwappedTreeThatIsStillFilledIsAwaited(t *testing.T) {
	f := linked(t)
	two := f.tree("two", map[string]string{"a.md": "a2"})
	f.point(two)
	old := []string{"a.md: a1", "b.md: b1", "sub/c.md: c1"}
	for i := range 5 {
		f.holds(f.scan(confirmed), old...)
		f.tree("two", map[string]string{fmt.Sprintf("n%d.md", i): "n"})
	}
	f.holds(f.scan(confirmed), old...)
	f.holds(f.scan(confirmed), "a.md: a2", "n0.md: n", "n1.md: n", "n2.md: n", "n3.md: n", "n4.md: n")
}

func TestSwappedTreeThatNeverRestsIsTakenInTheEnd(t *testing.T) {
	f := linked(t)
	f.point(f.tree("two", map[string]string{"a.md": "a2"}))
	f.scan(0)
	for i := range 2 {
		f.tree("two", map[string]string{fmt.Sprintf("n%d.md", i): "n"})
		if i == 0 {
			f.holds(f.scan(10*time.Second), "a.md: a1", "b.md: b1", "sub/c.md: c1")
		}
	}
	f.scan(21 * time.Second)
	f.holds(f.scan(settled), "a.md: a2", "n0.md: n", "n1.md: n")
}

func TestFileOfASwappedTreeThatIsStillWrittenWaits(t *testing.T) {
	f := linked(t)
	two := f.tree("two", map[string]string{"a.md": "a2"})
	file, err := os.Create(filepath.Join(two, "half.md"))
	f.check(err)
	_, err = file.WriteString("half")
	f.check(err)
	f.point(two)
	f.now = time.Now()
	f.scan(0)
	s := f.scan(confirmed)
	f.holds(s, "a.md: a2")
	if len(s.Held) != 1 || s.Held[0].Path != "half.md" {
		t.Errorf("held back: %v", s.Held)
	}
	f.check(file.Close())
	f.holds(f.scan(settled), "a.md: a2", "half.md: half")
}

func TestEmptyTreeInTheRootsPlaceIsHeld(t *testing.T) {
	f := linked(t)
	one := filepath.Join(filepath.Dir(f.root), "one")
	old := []string{"a.md: a1", "b.md: b1", "sub/c.md: c1"}
	f.point(f.tree("empty", nil))
	s := f.scan(later)
	f.holds(s, old...)
	f.names(s, "the folder was replaced by an empty one")
	s = f.scan(20 * time.Second)
	f.holds(s, old...)
	f.names(s, "the folder was replaced by an empty one")

	f.point(one) // it was an accident
	s = f.scan(later)
	f.holds(s, old...)
	f.names(s)

	f.point(filepath.Join(filepath.Dir(f.root), "empty"))
	f.scan(later)
	f.holds(f.scan(29*time.Second), old...)
	f.holds(f.scan(2 * time.Second))
	f.names(f.scan(0))
}

func TestTreeThatFillsAfterAnEmptyStartIsTakenAtOnce(t *testing.T) {
	f := linked(t)
	f.check(os.Remove(f.root))
	f.mkdir("")
	f.holds(f.scan(later), "a.md: a1", "b.md: b1", "sub/c.md: c1")
	f.write("new.md", "new")
	f.holds(f.scan(later), "a.md: a1", "b.md: b1", "sub/c.md: c1")
	f.holds(f.scan(confirmed), "new.md: new")
}

func TestPostOfASwappedTreeKeepsItsIdentity(t *testing.T) {
	f := linked(t)
	before := keys(f.last)
	f.point(f.tree("two", map[string]string{"renamed.md": "b1", "sub/c.md": "c1"}))
	f.scan(0)
	s := f.scan(confirmed)
	f.holds(s, "renamed.md: b1", "sub/c.md: c1")
	want := map[string]uint64{"renamed.md": before["b.md"], "sub/c.md": before["sub/c.md"]}
	if diff := cmp.Diff(want, keys(s)); diff != "" {
		t.Error(diff)
	}
}

// Kubernetes writes a new folder, and then renames the link ..data to lead there.
func TestKubernetesSwapsAreWhole(t *testing.T) {
	f := newFolder(t)
	publish := func(n int) {
		dir := fmt.Sprintf("..2026_%d", n)
		f.mkdir(dir)
		for _, name := range []string{"a.md", "b.md"} {
			f.write(dir+"/"+name, fmt.Sprint(n))
		}
		f.check(os.Symlink(dir, f.path("..data_tmp")))
		f.check(os.Rename(f.path("..data_tmp"), f.path("..data")))
	}
	publish(0)
	f.check(os.Symlink("..data/a.md", f.path("a.md")))
	f.check(os.Symlink("..data/b.md", f.path("b.md")))
	f.scan(0)
	for n := 1; n < 20; n++ {
		publish(n)
		f.now = time.Now()
		f.scan(0)
		f.scan(confirmed)
		f.holds(f.last, fmt.Sprintf("a.md: %d", n), fmt.Sprintf("b.md: %d", n))
		f.remove(fmt.Sprintf("..2026_%d", n-1))
	}
}
