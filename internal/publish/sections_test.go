package publish_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/publish"
)

// hugoSite is a publication of a site of Hugo's, looked at as time goes by.
func hugoSite(t *testing.T, files map[string]string) *fixture {
	f := newFixture(t, map[string]string{"hugo.toml": "baseURL = 'https://example.org/'\n"})
	f.write(files)
	made, problems := dialect.Read(f.dir, "")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	f.settings.Made = made
	f.clock = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return f
}

// shown are the paths of what is public.
func shown(p *publish.Publication) string {
	var all []string
	for _, post := range slices.Concat(p.Library.Posts, p.Library.Unlisted) {
		all = append(all, strings.TrimPrefix(post.URL, "https://example.org"))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// What lies in a section comes and goes with it, with its files, and nothing but the clock is
// needed for that. Whoever edits the section moves these moments.
func TestPagesComeAndGoWithTheirSection(t *testing.T) {
	page := "---\ntitle: A\ndate: 2024-01-02\n---\nText ![](x.png)\n"
	section := "---\ntitle: S\npublishDate: %s\nexpiryDate: %s\n---\n"
	f := hugoSite(t, map[string]string{
		"content/s/_index.md": fmt.Sprintf(section, "2027-01-01", "2029-01-01"), "content/s/a.md": page, "content/s/x.png": "x",
		"content/s/b/index.md": page, "content/s/b/x.png": "x", "content/s/deep/c.md": page, "content/s/d.md": "---\ntitle: D\ndate: 2024-01-02\nbuild: {list: never}\n---\n",
		"content/s/e.md": "---\ntitle: E\ndate: 2024-01-02\nexpiryDate: 2028-01-01\n---\n", "content/o/o.md": "---\ntitle: O\ndate: 2024-01-02\n---\n![](/s/b/x.png)\n",
	})
	var p *publish.Publication
	look := func(at time.Time, want string, next time.Time) {
		t.Helper()
		f.clock = at.Add(-2 * time.Minute)
		p = f.publish(p, f.cache)
		if got := shown(p); got != want || !p.Library.Next.Equal(next) {
			t.Errorf("at %s: %q is public until %s, want %q until %s", at, got, p.Library.Next, want, next)
		}
		file, err := p.Open("/s/b/x.png")
		if err == nil {
			_ = file.Close()
		}
		if public := strings.Contains(want, "/s/b/"); (err == nil) != public {
			t.Errorf("at %s: a file beside a page is served: %v, want %v", at, err == nil, public)
		}
	}
	day := func(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }
	look(day(2027).Add(-time.Second), "/o/o/", day(2027))
	look(day(2027), "/o/o/ /s/a/ /s/b/ /s/d/ /s/deep/c/ /s/e/", day(2028))
	look(day(2028), "/o/o/ /s/a/ /s/b/ /s/d/ /s/deep/c/", day(2029))
	look(day(2029), "/o/o/", time.Time{})

	f.write(map[string]string{"content/s/_index.md": fmt.Sprintf(section, "2030-01-01", "2031-01-01")})
	look(day(2029).Add(time.Hour), "/o/o/", day(2030))
	f.write(map[string]string{"content/s/_index.md": fmt.Sprintf(section, "2028-01-01", "2031-01-01")})
	look(day(2029).Add(2*time.Hour), "/o/o/ /s/a/ /s/b/ /s/d/ /s/deep/c/", day(2031))
}

// What lies in a section whose page cannot be read is private with all its files, and is public
// again once the author has mended the page. The section is told once, not each of its pages.
func TestSectionsThatCannotBeReadKeepTheirFiles(t *testing.T) {
	page := "---\ntitle: A\ndate: 2024-01-02\n---\nText ![](x.png)\n"
	for file, texts := range map[string]struct{ wrong, right, told string }{
		"_index.md":   {"---\ndraft: maybe\n---\n", "---\ndraft: false\n---\n", "_index.md:2: "},
		"_index.html": {"---\npublishDate: 2099-02-31\n---\n", "---\npublishDate: 2020-01-02\n---\n", "_index.html:2: "},
		"_INDEX.md":   {"---\n_build: never\n---\n", "---\n_build: {render: never}\n---\n", "_INDEX.md:2: "},
		"_index.org":  {"#+title: S\n#+draft: maybe\n", "#+title: S\n#+draft: false\n", "_index.org:2: "},
		"_index.rst":  {"---\ndraft: true\n---\n", "---\ndraft: false\n---\n", ""},
	} {
		f := hugoSite(t, map[string]string{
			"content/s/" + file: texts.wrong, "content/s/a.md": page, "content/s/x.png": "x",
			"content/s/b/index.md": page, "content/s/b/x.png": "x",
		})
		p := f.publish(nil, f.cache)
		look := func(want string, public bool) {
			t.Helper()
			if got := shown(p); got != want {
				t.Errorf("%s: %q is public, want %q", file, got, want)
			}
			for _, name := range []string{"/content/s/x.png", "/s/b/x.png"} {
				opened, err := p.Open(name)
				if err == nil {
					_ = opened.Close()
				}
				if (err == nil) != public {
					t.Errorf("%s: %s is served: %v, want %v", file, name, err == nil, public)
				}
			}
		}
		look("", false)
		var told []string
		for _, problem := range p.Library.Problems {
			if problem.Severity == blog.Error {
				told = append(told, problem.Error())
			}
		}
		if texts.told == "" && len(told) > 0 || texts.told != "" && (len(told) != 1 || !strings.HasPrefix(told[0], "content/s/"+texts.told)) {
			t.Errorf("%s: told %q", file, told)
		}
		f.write(map[string]string{"content/s/" + file: texts.right})
		f.clock = f.clock.Add(time.Hour)
		p = f.publish(p, f.cache)
		look("/s/a/ /s/b/", true)
	}
}
