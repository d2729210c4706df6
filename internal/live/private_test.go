package live_test

import (
	"testing"
	"time"

	"broadsheet/internal/dialect"
	"broadsheet/internal/live"
)

// What is private follows the settings in force: a folder that becomes a Jekyll site
// hands out no file of a private folder from then on, though a post still shows it.
func TestWhatIsPrivateFollowsTheSettings(t *testing.T) {
	inVirtualTime(t, map[string]string{
		"_posts/1999-01-01-one.md": "![x](/_pictures/x.png) ![y](/open/y.png)\n", "_pictures/x.png": "x", "open/y.png": "y",
		"old.md": "---\ntitle: Old\ndate: 1999-01-02\n---\n![x](_pictures/x.png)\n",
	}, live.Options{}, func(f *fixture) {
		<-f.First()
		opens := func(path string) bool {
			file, err := f.Open(path)
			if err == nil {
				_ = file.Close()
			}
			return err == nil
		}
		if !opens("/_pictures/x.png") || !opens("/open/y.png") {
			t.Fatal("what a post of a plain folder shows is not handed out")
		}
		s := settings()
		s.Made = dialect.Site{Kind: "jekyll", Root: f.root}
		f.Reload(s)
		f.after(5 * time.Second)
		if opens("/_pictures/x.png") || !opens("/open/y.png") {
			t.Errorf("private: handed out %v, want false; open: %v, want true", opens("/_pictures/x.png"), opens("/open/y.png"))
		}
		f.Reload(settings())
		f.after(5 * time.Second)
		if !opens("/_pictures/x.png") {
			t.Error("the folder is plain again, and its picture is private still")
		}
	})
}
