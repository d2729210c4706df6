package files_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/files"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	check(t, os.WriteFile(name, []byte(text), 0o600))
}

// Children are sorted, each with its kind, however often the system has to be asked.
func TestChildren(t *testing.T) {
	dir := t.TempDir()
	var want []string
	for i := range 300 {
		name := fmt.Sprintf("%03d a rather long name of a file.md", i)
		write(t, filepath.Join(dir, name), "")
		want = append(want, name+" file")
	}
	check(t, os.Mkdir(filepath.Join(dir, "folder"), 0o755))
	check(t, os.Symlink("folder", filepath.Join(dir, "link")))
	want = append(want, "folder dir", "link link")
	all, err := files.Children(dir, make([]byte, 2<<10))
	check(t, err)
	var got []string
	for _, c := range all {
		kind := ""
		switch {
		case c.IsFile():
			kind = "file"
		case c.IsDir():
			kind = "dir"
		case c.IsLink():
			kind = "link"
		}
		got = append(got, c.Base()+" "+kind)
		if c.Name != filepath.Join(dir, c.Base()) {
			t.Errorf("%s is %s", c.Base(), c.Name)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if _, err := files.Children(filepath.Join(dir, "missing"), make([]byte, 2<<10)); !os.IsNotExist(err) {
		t.Errorf("a folder that is missing: %v", err)
	}
}

func TestChildBelowAFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "root", "sub")
	check(t, os.MkdirAll(dir, 0o755))
	write(t, filepath.Join(dir, "a.md"), "words")
	all, err := files.Children(dir, make([]byte, 2<<10))
	if err != nil || len(all) != 1 || all[0].Base() != "a.md" || all[0].Name != filepath.Join(dir, "a.md") {
		t.Fatalf("%v, %v", all, err)
	}
	c := all[0]
	for folder, want := range map[string]string{"": "a.md", "sub": "sub/a.md", "link": "link/a.md", "root/sub": "root/sub/a.md"} {
		if got := c.Below(folder); got != want {
			t.Errorf("below %q: %s, want %s", folder, got, want)
		}
	}
}

// All ways to look at a file find the same print.
func TestPrintsAreTheSameHoweverAFileIsLookedAt(t *testing.T) {
	dir := t.TempDir()
	var eyes files.Looker
	defer eyes.Close()
	for i := range 10 { // so many that the folder is held open
		name := filepath.Join(dir, fmt.Sprint(i))
		write(t, name, "words")
		info, err := os.Lstat(name)
		check(t, err)
		want := files.PrintOf(info)
		if got, regular, err := eyes.Look(name); err != nil || !regular || got != want {
			t.Errorf("looked at: %v %v %v, want %v", got, regular, err, want)
		}
		file, err := files.Open(name)
		check(t, err)
		if got, regular, err := file.Print(); err != nil || !regular || got != want {
			t.Errorf("open: %v %v %v, want %v", got, regular, err, want)
		}
		data := make([]byte, 5)
		if err := file.Fill(data); err != nil || string(data) != "words" {
			t.Errorf("read %q, %v", data, err)
		}
		if err := file.Fill(data); err == nil {
			t.Error("more was read than there is")
		}
		file.Close()
	}
	if _, regular, err := eyes.Look(dir); err != nil || regular {
		t.Errorf("the folder: regular %v, %v", regular, err)
	}
	if _, _, err := eyes.Look(filepath.Join(dir, "missing")); !os.IsNotExist(err) {
		t.Errorf("a file that is missing: %v", err)
	}
}

func TestMarks(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "file")
	of := func(name string) files.Mark {
		t.Helper()
		m, err := files.MarkOf(name)
		check(t, err)
		return m
	}
	if m := of(name); m.Exists() || m.Regular() || m != (files.Mark{}) {
		t.Errorf("nothing has the mark %v", m)
	}
	if m := of(dir); !m.Exists() || m.Regular() {
		t.Errorf("a folder has the mark %v", m)
	}
	write(t, name, "a")
	first := of(name)
	if !first.Exists() || !first.Regular() || of(name) != first {
		t.Errorf("a file has the mark %v, then %v", first, of(name))
	}
	if m := of(filepath.Join(name, "below")); m.Exists() {
		t.Errorf("what lies below a file has the mark %v", m)
	}
	write(t, name, "ab")
	if of(name) == first {
		t.Error("other bytes have the same mark")
	}
}

// Each is found as the last one that is the same file, with few questions and with many.
func TestSelves(t *testing.T) {
	type file struct {
		name string
		self files.Self
	}
	birth := blog.StampOf(time.Unix(1, 0))
	known := []*file{
		{"a", files.Self{Birth: birth}}, {"b", files.Self{Birth: birth + 1}}, {"second name of a", files.Self{Birth: birth}}, {"no birth", files.Self{}},
	}
	selves := files.SelvesOf(known, func(f *file) files.Self { return f.self })
	for range 40 {
		if got := selves.Find(files.Self{Birth: birth}); got == nil || got.name != "second name of a" {
			t.Fatalf("found %v", got)
		}
		if got := selves.Find(files.Self{Birth: birth + 1}); got == nil || got.name != "b" {
			t.Fatalf("found %v", got)
		}
		if got := selves.Find(files.Self{Birth: birth + 2}); got != nil {
			t.Fatalf("found %v, which nobody knows", got)
		}
		if got := selves.Find(files.Self{}); got != nil {
			t.Fatalf("found %v without a birth", got)
		}
	}
}

// Each file is looked at once, however many there are, unless there is no use in it any more.
func TestEach(t *testing.T) {
	for _, n := range []int{0, 1, 15, 16, 17, 1000} {
		looks := make([]int, n)
		err := files.Each(context.Background(), n, func(i int, _ *files.Looker) { looks[i]++ })
		if err != nil || slices.ContainsFunc(looks, func(times int) bool { return times != 1 }) {
			t.Errorf("%d: looks %v, %v", n, looks, err)
		}
	}
	ended, end := context.WithCancel(context.Background())
	end()
	err := files.Each(ended, 100, func(int, *files.Looker) { t.Error("a file is looked at all the same") })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
