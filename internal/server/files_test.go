package server_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"broadsheet/internal/edition"
	"broadsheet/internal/media"
	"broadsheet/internal/server"
)

// newMedia returns a server of a folder with all sorts of files.
func newMedia(t *testing.T) (*httptest.Server, string) {
	t.Helper()
	top := t.TempDir()
	root := filepath.Join(top, "posts")
	for name, text := range map[string]string{
		"posts/a.png": "0123456789", "posts/sub/song.MP3": "sound", "posts/x.svg": "<svg/>", "posts/post.md": "private",
		"posts/broadsheet.yaml": "private", "posts/.hidden.png": "private", "posts/.git/a.png": "private", "posts/ü b.jpg": "picture",
		"secret.png": "secret",
	} {
		name = filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{"in.png": "a.png", "out.png": "../secret.png", "passwd.png": "/etc/passwd"} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(root, "folder.png"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(root, "pipe.png"), 0o644); err != nil {
		t.Fatal(err)
	}
	e := edition.New(edition.Input{})
	s := httptest.NewServer(server.New(server.Options{Edition: always(e), Open: opens(root)}))
	t.Cleanup(s.Close)
	return s, root
}

// opens hands out every media file of a folder.
func opens(root string) func(string) (*os.File, error) {
	return func(name string) (*os.File, error) {
		if media.Hidden(name) {
			return nil, os.ErrNotExist
		}
		return media.Open(root, name, nil)
	}
}

func getMedia(t *testing.T, url string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func TestMediaFilesOfTheFolderAreSent(t *testing.T) {
	s, _ := newMedia(t)
	for path, want := range map[string][2]string{
		"/a.png": {"image/png", "0123456789"}, "/sub/song.MP3": {"audio/mpeg", "sound"}, "/x.svg": {"image/svg+xml", "<svg/>"},
		"/%C3%BC%20b.jpg": {"image/jpeg", "picture"}, "/in.png": {"image/png", "0123456789"},
	} {
		resp, body := getMedia(t, s.URL+path)
		if got := [2]string{resp.Header.Get("Content-Type"), body}; resp.StatusCode != http.StatusOK || got != want {
			t.Errorf("%s: %d %q, want %q", path, resp.StatusCode, got, want)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"} {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%s: %s: %q, want %q", path, name, got, want)
			}
		}
		if got := resp.Header.Get("Content-Security-Policy"); !strings.Contains(got, "sandbox") {
			t.Errorf("%s: Content-Security-Policy: %q", path, got)
		}
	}
}

func TestNothingElseIsSent(t *testing.T) {
	s, _ := newMedia(t)
	for _, path := range []string{
		"/post.md", "/broadsheet.yaml", "/.hidden.png", "/.git/a.png", "/out.png", "/passwd.png", "/folder.png", "/pipe.png", "/none.png",
		"/../secret.png", "/%2e%2e/secret.png", "/..%2fsecret.png", "/sub/../../secret.png", "/a.png%00.png", "/%5c..%5csecret.png", "/folder.png/", "/",
	} {
		resp, body := getMedia(t, s.URL+path)
		if strings.Contains(body, "secret") || strings.Contains(body, "private") || strings.Contains(body, "root:") {
			t.Errorf("%s sent %q", path, body)
		}
		if path != "/" && resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, resp.StatusCode)
		}
	}
}

func TestPlayersMayAskForAPart(t *testing.T) {
	s, _ := newMedia(t)
	resp, body := getMedia(t, s.URL+"/a.png", "Range", "bytes=2-4")
	if resp.StatusCode != http.StatusPartialContent || body != "234" || resp.Header.Get("Content-Range") != "bytes 2-4/10" {
		t.Errorf("%d %q %q", resp.StatusCode, body, resp.Header.Get("Content-Range"))
	}
}

func TestUnchangedMediaFileIsNotSentAgain(t *testing.T) {
	s, root := newMedia(t)
	resp, _ := getMedia(t, s.URL+"/a.png")
	tag := resp.Header.Get("ETag")
	if resp, body := getMedia(t, s.URL+"/a.png", "If-None-Match", tag); resp.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("%d %q", resp.StatusCode, body)
	}
	if err := os.WriteFile(filepath.Join(root, "a.png"), []byte("changed"), 0o644); err != nil {
		t.Fatal(err)
	}
	if resp, body := getMedia(t, s.URL+"/a.png", "If-None-Match", tag); resp.StatusCode != http.StatusOK || body != "changed" {
		t.Errorf("%d %q", resp.StatusCode, body)
	}
}
