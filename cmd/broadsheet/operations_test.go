package main

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// feedIDs are those of a JSON feed, in its order.
func feedIDs(feed string) []string {
	var list []string
	for _, found := range regexp.MustCompile(`"id":"([^"]*)"`).FindAllStringSubmatch(feed, -1) {
		list = append(list, found[1])
	}
	return list
}

// The volume comes late, settings and all: they are read before anything is
// published, and the state begins with the right ids.
func TestSettingsOfALateFolderAreReadFirst(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	root, away, state := filepath.Join(dir, "site"), filepath.Join(dir, "away"), filepath.Join(dir, "state")
	for name, text := range map[string]string{
		"_config.yml":                "title: J\nurl: https://blog.example.org\npermalink: /:title/\n",
		"_posts/2026-01-02-hello.md": "---\ntitle: Hello\n---\nHello.\n",
		"about.md":                   "---\ntitle: About\ndate: 2026-01-02\n---\nA page.\n",
	} {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(away, name)), 0o755))
		must(t, os.WriteFile(filepath.Join(away, name), []byte(text), 0o644))
	}
	want := "https://blog.example.org/hello"
	for _, when := range []string{"late", "at a restart"} {
		s, args := newService(t, root, []string{"--url", "", "--state", state})
		s.start(args)
		if when == "late" {
			s.until("the admin listener", func() bool { return s.ask(s.admin+"/healthz").status == http.StatusOK })
			must(t, os.Rename(away, root))
		}
		s.awaitFirst()
		s.until("the post", func() bool { return s.shows("Hello.") })
		if got := strings.Join(feedIDs(s.feed()), " "); got != want {
			t.Errorf("%s: the ids are %s, want %s", when, got, want)
		}
		s.stop()
	}
}

// While the volume is away, SIGHUP does not replace its settings by none.
func TestHangupWhileTheFolderIsAway(t *testing.T) {
	t.Parallel()
	root := newFolder(t)
	must(t, os.WriteFile(filepath.Join(root, "a.md"), []byte(article("First")), 0o644))
	must(t, os.WriteFile(filepath.Join(root, "broadsheet.yaml"), []byte("title: One\nlanguage: is\n"), 0o644))
	s := startProcess(t, root)
	s.until("the post", func() bool { return s.shows("End of First") })
	before := s.feed()
	must(t, os.Rename(root, root+"-away"))
	s.until("the folder to be missed", func() bool { return s.facts().State == "degraded" })
	must(t, s.process.Signal(syscall.SIGHUP))
	for range 20 {
		if now := s.feed(); now != before {
			t.Fatalf("the feed was\n%s\nand is\n%s", before, now)
		}
		pause(50 * time.Millisecond)
	}
	must(t, os.Rename(root+"-away", root))
	s.save("b.md", article("Second"))
	s.until("a new post", func() bool { return s.shows("End of Second") })
	if now := s.feed(); !strings.Contains(now, `"title":"One"`) || !strings.Contains(now, `"language":"is"`) {
		t.Errorf("the settings are others: %s", now)
	}
}

// Layers of an image have all the same date: bytes alone tell one from another.
func TestPictureOfTheSameSizeAndDateIsAnother(t *testing.T) {
	t.Parallel()
	s := startService(t, newFolder(t))
	picture := func(bytes string) {
		name := filepath.Join(filepath.Dir(s.root), "new.gif")
		must(t, os.WriteFile(name, []byte(bytes), 0o644))
		must(t, os.Chtimes(name, time.Unix(1, 0), time.Unix(1, 0)))
		must(t, os.Rename(name, s.path("x.gif")))
	}
	picture("GIF89a-one")
	s.write("a.md", "---\ntitle: A\ndate: 2026-01-02\n---\n![](x.gif)\n")
	s.until("the picture", func() bool { return s.ask(s.public+"/x.gif").status == http.StatusOK })
	first := s.ask(s.public + "/x.gif")
	picture("GIF89a-two")
	s.until("the other picture", func() bool {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.public+"/x.gif", nil)
		must(t, err)
		request.Header.Set("If-None-Match", first.etag)
		response, err := s.client.Do(request)
		must(t, err)
		defer response.Body.Close()
		var body bytes.Buffer
		_, err = body.ReadFrom(response.Body)
		must(t, err)
		return response.StatusCode == http.StatusOK && body.String() == "GIF89a-two"
	})
}

// An upload that is still zeros after a while is no reason to stop: others are
// published, and the service ends when it is told to.
func TestUnfinishedEpisodeHoldsUpNobody(t *testing.T) {
	t.Parallel()
	s := startService(t, newFolder(t))
	frame := append([]byte{0xff, 0xfb, 0x90, 0x64}, make([]byte, 413)...)
	must(t, os.WriteFile(s.path("episode.mp3"), append(bytes.Repeat(frame, 2500), make([]byte, 20<<20)...), 0o644))
	s.write("episode.md", "---\ntitle: Episode\ndate: 2026-01-03\nenclosure: episode.mp3\n---\nListen.\n")
	s.save("b.md", article("Urgent"))
	s.until("both posts", func() bool { return s.shows("End of Urgent") && s.shows("episode.mp3") })
	if got := s.ask(s.admin + "/readyz"); got.status != http.StatusOK {
		t.Errorf("not ready: %s", got.body)
	}
	s.stop()
}

// Proxies take the path of the base URL off, or leave it.
func TestBaseWithAPathAnswersBothWays(t *testing.T) {
	t.Parallel()
	s := startService(t, newFolder(t), "--url", "https://example.org/blog/")
	s.write("a.md", article("First"))
	s.until("the post", func() bool { return s.shows("End of First") })
	for _, path := range []string{"/", "/rss.xml", "/atom.xml", "/feed.json", "/2026/01/02/a/"} {
		below, alone := s.ask(s.public+"/blog"+path), s.ask(s.public+path)
		if below.status != http.StatusOK || alone != below {
			t.Errorf("%s: %d below the base, %d without it", path, below.status, alone.status)
		}
	}
}

// Names come from a Mac in one form, and are typed in another.
func TestNamesMeetInEitherForm(t *testing.T) {
	root, out := newFolder(t), t.TempDir()
	for name, text := range map[string]string{
		"be\u0301be\u0301.gif": "GIF89a\x01\x00\x01\x00\x00\x00\x00;",
		"cafe\u0301.md":        "---\ntitle: Coffee\ndate: 2026-01-02\n---\n" + strings.Repeat("Some words. ", 20),
		"a.md":                 "---\ntitle: A\ndate: 2026-01-03\n---\n![b](b\u00e9b\u00e9.gif) [c](caf\u00e9.md)\n" + strings.Repeat("Some words. ", 20),
	} {
		must(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o644))
	}
	if said, code := command(t, "check", root); code != 0 {
		t.Errorf("check ends with %d: %s", code, said)
	}
	if said, code := command(t, "build", root, "--url", "https://example.org", "--out", out); code != 0 {
		t.Fatalf("build ends with %d: %s", code, said)
	}
	feed, err := os.ReadFile(filepath.Join(out, "feed.json"))
	must(t, err)
	for _, link := range regexp.MustCompile(`(?:src|href)=\\"https://example\.org([^"\\]*)\\"`).FindAllStringSubmatch(string(feed), -1) {
		name, err := url.PathUnescape(link[1])
		must(t, err)
		if _, err := os.Stat(filepath.Join(out, name)); err != nil {
			t.Errorf("%s leads nowhere: %v", link[1], err)
		}
	}
	if n := strings.Count(string(feed), "b%C3%A9b%C3%A9.gif") + strings.Count(string(feed), "be%CC%81be%CC%81.gif"); n == 0 || strings.Contains(string(feed), `caf\u00e9.md`) {
		t.Errorf("the names are not found: %s", feed)
	}
}
