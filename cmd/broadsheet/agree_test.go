package main

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestServeAndBuildAgree draws folders of each dialect, with pictures, files and
// addresses that want the same place. What serve answers is what a static server has
// of what build wrote, to the byte, and the other way round.
func TestServeAndBuildAgree(t *testing.T) {
	t.Parallel()
	draw := drawFrom(t)
	for n := range 9 {
		tree := randomTree(draw)
		addFiles(tree, draw)
		t.Run("drawn "+strconv.Itoa(n), func(t *testing.T) {
			root, out := newFolder(t), filepath.Join(t.TempDir(), "out")
			for name, text := range tree {
				file := filepath.Join(root, filepath.FromSlash(name))
				must(t, os.MkdirAll(filepath.Dir(file), 0o755))
				must(t, os.WriteFile(file, []byte(text), 0o644))
			}
			var said bytes.Buffer
			if code := run(t.Context(), []string{"build", root, "--out", out, "--url", "https://example.org", "--items", "1000"}, &said, &said); code != 0 {
				t.Fatalf("build ended with %d:\n%s", code, &said)
			}
			s := startService(t, root)
			for _, at := range placesOf(t, tree, out) {
				if !strings.Contains(said.String(), "build cannot write "+at+" to") {
					agree(t, s, out, at)
				}
			}
			s.stop()
		})
	}
}

// addFiles adds media files, some where a post would like to be, and posts that show
// them.
func addFiles(tree map[string]string, draw *rand.Rand) {
	one := func(of ...string) string { return of[draw.IntN(len(of))] }
	folder, posts := "", ""
	switch {
	case tree["hugo.toml"] != "":
		folder, posts = one("static/", "content/posts/"), "content/posts/"
	case tree["_config.yml"] != "":
		posts = "_posts/"
	}
	for range 5 {
		tree[folder+one("", "assets/", "images/", "feed/", "a/", "tags/")+one("p.png", "q.pdf", "café.mp3", "index.html", "x.transcript.html")] = "bytes " + one("1", "2", "3")
	}
	for n := range 5 {
		tree[posts+"2026-02-0"+strconv.Itoa(n+1)+"-shows.md"] = "---\ntitle: Shows\ndate: 2026-02-0" + strconv.Itoa(n+1) + "\n" +
			one("permalink", "url") + ": " + one("/p.png", "/assets/q.pdf", "/feed/index.html", "/a", "/a.html", "/a/", "/v1.2", "/v1.2/b/", "/%C3%A9t%C3%A9/", "/x/index.html") +
			"\n---\n![](/p.png) [q](/assets/q.pdf) [c](/images/caf%C3%A9.mp3) [t](/a/x.transcript.html) [f](/feed/index.html)\n"
	}
}

// placesOf returns where something may be: at each file that was built, at its folder, at
// each file of the tree and at what readers commonly ask for.
func placesOf(t *testing.T, tree map[string]string, out string) []string {
	t.Helper()
	all := map[string]bool{"/": true, "/feed": true, "/feed/": true, "/rss": true, "/atom": true, "/feed.xml": true, "/index.xml": true, "/nothing": true}
	add := func(name string) {
		all["/"+name] = true
		if folder, ok := strings.CutSuffix(name, "index.html"); ok {
			all["/"+folder] = true
		}
		page, ok := strings.CutSuffix(name, ".html")
		if base := path.Base(page); ok && base != "index" && base != "404" && path.Ext(page) != ".transcript" {
			all["/"+page] = true
		}
	}
	must(t, filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, err = filepath.Rel(out, name)
			add(filepath.ToSlash(name))
		}
		return err
	}))
	for name := range tree {
		add(name)
		add(strings.TrimPrefix(name, "static/"))
	}
	var sorted []string
	for at := range all {
		sorted = append(sorted, at)
	}
	slices.Sort(sorted)
	return sorted
}

// agree asks both for an address.
func agree(t *testing.T, s *service, out, at string) {
	t.Helper()
	got := s.ask(s.public + (&url.URL{Path: at}).EscapedPath())
	built := builtAt(out, at)
	switch answered := got.status == http.StatusOK; {
	case answered && built == nil:
		if strings.HasPrefix(got.body, "{") && path.Ext(at) == "" {
			return // JSON is no page, whatever a static server would call it
		}
		t.Errorf("%s is answered, and no file of build", at)
	case !answered && built != nil:
		t.Errorf("%s is a file of build, and answered with %d", at, got.status)
	case answered && !slices.Contains(built, got.body):
		t.Errorf("%s is %.80q, and %.80q in build", at, got.body, built)
	}
}

// builtAt returns what static servers may have at an address: they differ in what they
// look for first. Letter case matters only where names differ in nothing else.
func builtAt(out, at string) []string {
	var all []string
	for _, ending := range []string{"", ".html", "/index.html"} {
		if ending == ".html" && strings.HasSuffix(at, "/") {
			continue
		}
		for _, name := range spelledAs(out, strings.Trim(at, "/")+ending) {
			if data, err := os.ReadFile(name); err == nil {
				all = append(all, string(data))
			}
		}
	}
	return all
}

// spelledAs returns the files below a folder that have a name, in any letter case if
// none has it as it is.
func spelledAs(folder, name string) []string {
	if _, err := os.Stat(filepath.Join(folder, filepath.FromSlash(name))); err == nil {
		return []string{filepath.Join(folder, filepath.FromSlash(name))}
	}
	folders := []string{folder}
	for part := range strings.SplitSeq(strings.Trim(name, "/"), "/") {
		var next []string
		for _, dir := range folders {
			entries, _ := os.ReadDir(dir) // a file has none
			for _, e := range entries {
				if strings.EqualFold(e.Name(), part) {
					next = append(next, filepath.Join(dir, e.Name()))
				}
			}
		}
		folders = next
	}
	return folders
}
