package live_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"broadsheet/internal/edition"
	"broadsheet/internal/live"
)

// picture is a PNG of this size, in as many bytes as every other.
func picture(t *testing.T, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	const length = 4096
	return b.String() + strings.Repeat("\x00", length-b.Len())
}

// page returns what the current edition has under a path.
func (f *fixture) page(path string) *edition.Content {
	f.t.Helper()
	c, err := f.Edition().Find(path).Content()
	f.check(err)
	return c
}

func illustrated(t *testing.T) *fixture {
	f := newFixture(t, map[string]string{
		"shown.md": "---\ndate: 2026-01-04\n---\n![In the text](in/text.png)\n",
		"front.md": "---\ntitle: Front\ndate: 2026-01-03\nimage: front.png\n---\nOf the front matter.\n",
		"raw.md":   "---\ntitle: Raw\ndate: 2026-01-02\n---\n<img src=\"/raw.png\" alt=\"HTML\">\n",
		"other.md": "---\ntitle: Other\ndate: 2026-01-01\n---\n![Never changed](other.png)\n",

		"in/text.png": picture(t, 31, 32), "front.png": picture(t, 33, 34), "raw.png": picture(t, 35, 36), "other.png": picture(t, 37, 38),
	}, live.Options{Settings: live.Settings{Document: edition.Settings{Pages: true}}})
	f.until("all posts are there", func() bool { return f.Edition() != nil && f.Status().Posts.Posts == 4 })
	return f
}

func TestReplacedPictureChangesThePagesThatShowIt(t *testing.T) {
	for _, c := range []struct{ file, page, before, after string }{
		{"in/text.png", "/shown/", `width="31" height="32"`, `width="61" height="62"`},
		{"front.png", "/", `width="33" height="34"`, `width="61" height="62"`},
		{"raw.png", "/raw/", `width="35" height="36"`, `width="61" height="62"`},
	} {
		t.Run(c.file, func(t *testing.T) {
			f := illustrated(t)
			first := f.page(c.page)
			if !strings.Contains(string(first.Body), c.before) {
				t.Fatalf("%s lacks %s:\n%s", c.page, c.before, first.Body)
			}
			f.write(map[string]string{c.file: picture(t, 61, 62)})
			f.until("the page says the new size", func() bool { return strings.Contains(string(f.page(c.page).Body), c.after) })
			second := f.page(c.page)
			if strings.Contains(string(second.Body), c.before) || second.Hash == first.Hash || !second.Modified.After(first.Modified) {
				t.Errorf("tag %s, %v, then %s, %v", first.Hash, first.Modified, second.Hash, second.Modified)
			}
		})
	}
}

func TestUnrelatedPictureRendersNothingAnew(t *testing.T) {
	f := illustrated(t)
	before := map[string]*edition.Content{}
	f.until("all pages are those of one edition, which is the last", func() bool {
		e := f.Edition()
		for _, path := range []string{"/front/", "/raw/", "/other/"} {
			before[path] = f.page(path)
		}
		return f.Edition() == e
	})
	f.page("/shown/")
	f.write(map[string]string{"in/text.png": picture(t, 61, 62)})
	f.until("the page says the new size", func() bool { return strings.Contains(string(f.page("/shown/").Body), `width="61"`) })
	for path, content := range before {
		if f.page(path) != content {
			t.Errorf("%s was rendered anew", path)
		}
	}
}

func TestPictureThatComesLaterGetsItsSize(t *testing.T) {
	f := newFixture(t, map[string]string{
		"late.md": "---\ndate: 2026-01-04\n---\n![Late](https://example.org/late.png)\n",
	}, live.Options{Settings: live.Settings{Document: edition.Settings{Pages: true}}})
	f.until("the post is there", func() bool { return f.Edition() != nil && f.Status().Posts.Posts == 1 })
	if body := string(f.page("/late/").Body); strings.Contains(body, "width=\"7") {
		t.Fatalf("a size of what is not there:\n%s", body)
	}
	f.write(map[string]string{"late.png": picture(t, 71, 72)})
	f.until("the page says its size", func() bool { return strings.Contains(string(f.page("/late/").Body), `width="71" height="72"`) })
}
