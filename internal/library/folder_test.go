package library_test

import (
	"fmt"
	"testing"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/library"
)

func TestRelativeAddressesLeadToFilesAndReadablePosts(t *testing.T) {
	files := map[string]string{
		"talks/a.md":        "---\ndate: 2026-01-01\n---\n",
		"talks/b.md":        "---\ndate: 2026-01-02\n---\n",
		"draft.md":          "---\ndate: 2026-01-03\ndraft: true\n---\n",
		"later.md":          "---\ndate: 2090-01-01\n---\n",
		"unlisted.md":       "---\ndate: 2026-01-04\nunlisted: true\n---\n",
		"talks/cat.png":     "",
		"top.png":           "",
		"talks/100%.png":    "",
		"talks/a b.png":     "",
		"talks/doc.pdf":     "",
		"talks/what?.mp3":   "",
		"pictures/ö.png":    "",
		"talks/sub/x.png":   "",
		"blog/prefixed.png": "",
	}
	o := options()
	o.Site.URL = "https://example.org/blog"
	o.Media = mediaOf(files)
	l := library.Build(nil, folder(files), o)
	var a *blog.Post
	for _, p := range l.Posts {
		if p.Path == "talks/a.md" {
			a = p
		}
	}
	const site = "https://example.org/blog"
	for ref, want := range map[string]string{
		"cat.png": site + "/talks/cat.png", "./cat.png": site + "/talks/cat.png", "../top.png": site + "/top.png",
		"top.png": site + "/top.png", "/top.png": site + "/top.png", "/blog/top.png": site + "/top.png", site + "/top.png": site + "/top.png",
		"sub/x.png": site + "/talks/sub/x.png", "100%.png": site + "/talks/100%25.png", "a%20b.png": site + "/talks/a%20b.png", "a b.png": site + "/talks/a%20b.png",
		"doc.pdf#page=3": site + "/talks/doc.pdf#page=3", "doc.pdf?v=2#x": site + "/talks/doc.pdf?v=2#x", "what?.mp3": site + "/talks/what%3F.mp3",
		"/pictures/%C3%B6.png": site + "/pictures/%C3%B6.png",
		"b.md":                 site + "/2026/01/02/b/", "b.md#part": site + "/2026/01/02/b/#part", "../unlisted.md": site + "/2026/01/04/unlisted/",
		"../draft.md": "", "../later.md": "", "nowhere.png": "", "../../top.png": "", "//example.org/top.png": "", "https://elsewhere.example/top.png": "",
		"": "", "#part": "", "?q": "", "talks/": "", "/blog/prefixed.png": site + "/blog/prefixed.png",
	} {
		if got, found := l.Book().Find(a.Path, ref); got != want || found != (want != "") {
			t.Errorf("%q leads to %q, want %q", ref, got, want)
		}
	}
}

// A library that is being served must not change while the next one is built.
func TestBuildingTheNextLibraryLeavesThisOneAlone(t *testing.T) {
	files := map[string]string{}
	for n := range 60 {
		files[fmt.Sprintf("p%d.md", n)] = fmt.Sprintf("---\ndate: 2026-01-01\nimage: a.png\n---\n[x](p%d.md)\n", (n+1)%60)
	}
	sized := func(size int64) library.Options {
		o := options()
		o.Media = address.NewFiles([]blog.Media{{Path: "a.png", Size: size}})
		return o
	}
	scan := folder(files)
	now := library.Build(nil, scan, sized(1))
	done := make(chan bool)
	go func() {
		defer close(done)
		for range 50 {
			for n, p := range now.Posts {
				now.Book().Find(p.Path, fmt.Sprintf("p%d.md", n))
			}
		}
	}()
	next := library.Build(now, scan, sized(2))
	<-done
	if now.Posts[0].Image().Size != 1 || next.Posts[0].Image().Size != 2 {
		t.Errorf("sizes %d and %d", now.Posts[0].Image().Size, next.Posts[0].Image().Size)
	}
}
