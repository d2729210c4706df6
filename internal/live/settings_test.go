package live_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/live"
)

// fault is what a program says that has one.
const fault = "no luck"

// follows returns options by which settings are followed that lie in one file of
// the folder: the title of the publication, "bad" for a mistake.
func follows(root string) live.Options {
	read := func(name string) (live.Settings, error) {
		s := live.Settings{Site: site, Made: dialect.Site{Kind: "plain", Root: root}}
		data, err := os.ReadFile(filepath.Join(root, name))
		if errors.Is(err, os.ErrNotExist) {
			return s, nil
		}
		if s.Site.Title = strings.TrimSpace(string(data)); s.Site.Title == "bad" {
			err = errors.New("a mistake")
		}
		if s.Site.Title == "fault" {
			panic(fault)
		}
		return s, err
	}
	return live.Options{Config: live.Config{
		Files: func() []string { return []string{filepath.Join(root, "settings")} },
		Read: func() live.Reading {
			s, err := read("settings")
			r := live.Reading{Settings: s}
			if err != nil {
				r.Problems = []blog.Problem{{File: "settings", Line: 1, Severity: blog.Error, Message: err.Error()}}
			}
			if s.Site.Title == "Needs more" {
				r.Restart = []string{"listen"}
			}
			return r
		},
	}}
}

// withSettings runs a test in virtual time, in a folder with a post and settings.
func withSettings(t *testing.T, test func(f *fixture)) {
	t.Helper()
	root := filepath.Join(t.TempDir(), "posts")
	inVirtualTimeAt(t, 0, root, map[string]string{"one.md": post("One", "1999-01-01"), "settings": "First"}, follows(root), test)
}

func (f *fixture) titled(title string) bool {
	return strings.Contains(f.feed(), fmt.Sprintf(`"title":%q,"home_page_url"`, title))
}

func (f *fixture) expect(title string) {
	f.t.Helper()
	if !f.titled(title) {
		f.t.Errorf("want %q; settings %+v; feed %.300s", title, f.Status().Settings, f.feed())
	}
}

func TestSettingsOfTheFolderAreFollowed(t *testing.T) {
	withSettings(t, func(f *fixture) {
		<-f.First()
		f.expect("First")
		if s := f.Status().Settings; s.Read == nil || len(s.Files) != 1 || !strings.HasSuffix(s.Files[0], "/settings") || len(s.Problems) > 0 {
			t.Errorf("settings: %+v", s)
		}
		f.write(map[string]string{"settings": "Second", "two.md": post("Two", "1999-01-02")})
		f.after(4 * time.Second) // polled, and looked at twice
		f.expect("Second")
		if f.hides("Two")() {
			t.Error("the post that came with them is missing")
		}
		f.write(map[string]string{"settings": "Needs more"})
		f.after(4 * time.Second)
		f.expect("Needs more")
		if s := f.Status().Settings; len(s.Restart) != 1 || f.log.count("a restart is needed") != 1 {
			t.Errorf("settings: %+v", s)
		}
	})
}

func TestSettingsWithMistakesChangeNothing(t *testing.T) {
	withSettings(t, func(f *fixture) {
		<-f.First()
		f.write(map[string]string{"settings": "bad", "two.md": post("Two", "1999-01-02")})
		f.after(10 * time.Second)
		f.expect("First")
		if f.hides("Two")() {
			t.Error("posts are not followed any more")
		}
		s := f.Status()
		if len(s.Settings.Problems) != 1 || len(s.Problems) != 1 || s.Problems[0].Error() != "settings:1: a mistake" {
			t.Errorf("problems: %v, %v", s.Settings.Problems, s.Problems)
		}
		if n := f.log.count("the settings stay as they were"); n != 1 {
			t.Errorf("said %d times", n)
		}
		f.write(map[string]string{"settings": "Mended"})
		f.after(4 * time.Second)
		f.expect("Mended")
		if p := f.Status().Problems; len(p) != 0 {
			t.Errorf("problems: %v", p)
		}
	})
}

func TestHalfWrittenSettingsAreNotRead(t *testing.T) {
	withSettings(t, func(f *fixture) {
		<-f.First()
		for n := range 20 { // with polls among them
			f.write(map[string]string{"settings": strings.Repeat("x", n+1)})
			f.after(200 * time.Millisecond)
			f.expect("First")
		}
		f.after(4 * time.Second)
		f.expect(strings.Repeat("x", 20))
	})
}

func TestMissingSettingsAreWaitedFor(t *testing.T) {
	withSettings(t, func(f *fixture) {
		<-f.First()
		name := filepath.Join(f.root, "settings")
		f.check(os.Rename(name, name+".away"))
		f.after(20 * time.Second)
		f.expect("First")
		if p := f.Status().Problems; len(p) != 1 || !strings.Contains(p[0].Message, "missing") {
			t.Errorf("problems: %v", p)
		}
		f.check(os.Rename(name+".away", name))
		f.after(4 * time.Second)
		if p := f.Status().Problems; len(p) != 0 {
			t.Errorf("problems: %v", p)
		}
		f.after(time.Minute)
		f.expect("First")
		f.check(os.Remove(name)) // for good
		f.after(40 * time.Second)
		f.expect("Example")
	})
}

func TestSettingsStayWhileTheFolderIsAway(t *testing.T) {
	withSettings(t, func(f *fixture) {
		<-f.First()
		f.check(os.Rename(f.root, f.root+"-away"))
		f.after(10 * time.Second)
		f.Reread()
		f.after(10 * time.Minute)
		f.expect("First")
		if n := f.log.count("the settings are read when the folder is there"); n != 1 {
			t.Errorf("said %d times", n)
		}
		f.check(os.WriteFile(filepath.Join(f.root+"-away", "settings"), []byte("Second"), 0o644))
		f.check(os.Rename(f.root+"-away", f.root))
		f.after(4 * time.Second)
		f.expect("Second")
	})
}

func TestRereadDoesNotWait(t *testing.T) {
	withSettings(t, func(f *fixture) {
		<-f.First()
		f.check(os.Remove(filepath.Join(f.root, "settings")))
		f.Reread()
		f.after(100 * time.Millisecond)
		f.expect("Example")
	})
}

// Each tree has a title and a post that belong together.
func TestSettingsAndPostsAreOfOneTree(t *testing.T) {
	dir := t.TempDir()
	root := filepath.Join(dir, "current")
	point := func(n int) {
		tree := filepath.Join(dir, fmt.Sprint("tree-", n))
		must := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		must(os.Mkdir(tree, 0o755))
		must(os.WriteFile(filepath.Join(tree, "settings"), fmt.Append(nil, "Tree ", n), 0o644))
		must(os.WriteFile(filepath.Join(tree, "a.md"), []byte(post(fmt.Sprint("Post ", n), "1999-01-01")), 0o644))
		must(os.Symlink(tree, root+"-next"))
		must(os.Rename(root+"-next", root))
	}
	point(0)
	inVirtualTimeAt(t, 0, root, nil, follows(root), func(f *fixture) {
		<-f.First()
		seen := map[string]bool{}
		for n := 1; n < 20; n++ {
			point(n)
			for range 30 {
				f.after(100 * time.Millisecond)
				for i := range n + 1 {
					if f.titled(fmt.Sprint("Tree ", i)) {
						seen[fmt.Sprint(i)] = true
						if !f.shows(fmt.Sprintf(`"title":"Post %d"`, i))() {
							t.Fatalf("two trees in one: %.400s", f.feed())
						}
					}
				}
			}
			f.expect(fmt.Sprint("Tree ", n))
		}
		if len(seen) != 20 {
			t.Errorf("saw %d trees", len(seen))
		}
	})
}

func TestFolderThatComesLateIsTakenWhenItIsWhole(t *testing.T) {
	root := filepath.Join(t.TempDir(), "posts")
	o := follows(root)
	o.Arrived = true
	inVirtualTimeAt(t, 0, root, map[string]string{"0.md": post("Post 0", "1999-01-01")}, o, func(f *fixture) {
		for n := range 20 {
			f.write(map[string]string{fmt.Sprintf("%d.md", n): post(fmt.Sprint("Post ", n), "1999-01-01")})
			f.after(200 * time.Millisecond)
			if f.Edition() != nil {
				t.Fatalf("published while it was being filled: %.300s", f.feed())
			}
		}
		f.write(map[string]string{"settings": "Late"})
		f.after(4 * time.Second)
		f.expect("Late")
		if f.hides("Post 19")() {
			t.Errorf("feed: %s", f.feed())
		}
	})
}
