package live_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const faulty = "the folder cannot be published: a fault of this program, please report it: " + fault

func TestFaultInATurnLeavesTheEditionAsItIs(t *testing.T) {
	withSettings(t, func(f *fixture) {
		<-f.First()
		before := f.feed()
		f.write(map[string]string{"settings": "fault", "two.md": post("Two", "1999-01-02")})
		f.after(10 * time.Minute) // many turns
		if f.feed() != before || f.Ready() != nil {
			t.Errorf("ready: %v; feed %.300s", f.Ready(), f.feed())
		}
		s := f.Status()
		if s.State != "degraded" || len(s.Problems) != 1 || s.Problems[0].Message != faulty || s.Posts.Posts != 1 {
			t.Errorf("%s, %d posts, problems %v", s.State, s.Posts.Posts, s.Problems)
		}
		if told := f.log.count(faulty); told != 1 {
			t.Errorf("told %d times", told)
		}
		f.write(map[string]string{"settings": "Mended"})
		f.after(4 * time.Second)
		f.expect("Mended")
		if s := f.Status(); s.State != "ready" || len(s.Problems) > 0 || f.hides("Two")() {
			t.Errorf("once mended: %s, problems %v", s.State, s.Problems)
		}
	})
}

func TestFaultAtTheStartIsWaitedOut(t *testing.T) {
	root := filepath.Join(t.TempDir(), "posts")
	inVirtualTimeAt(t, 0, root, map[string]string{"one.md": post("One", "1999-01-01"), "settings": "fault"}, follows(root), func(f *fixture) {
		f.after(5 * time.Minute)
		if err := f.Ready(); err == nil || !strings.Contains(err.Error(), faulty) || f.Status().State != "waiting" {
			t.Errorf("%s, not ready because: %v", f.Status().State, err)
		}
		f.write(map[string]string{"settings": "Mended"})
		<-f.First()
		f.expect("Mended")
		if p := f.Status().Problems; len(p) > 0 {
			t.Errorf("once mended: %v", p)
		}
	})
}
