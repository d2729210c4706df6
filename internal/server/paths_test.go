package server_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

// placed is a handler of one post below a URL with a path.
func placed(preview bool) http.Handler {
	e := edition.New(edition.Input{
		Site: blog.Site{Title: "T", URL: "https://example.org/blog"}, Now: time.Unix(2e9, 0), Settings: edition.Settings{Preview: preview},
		Redirects: edition.Redirects{Moves: []blog.Move{{From: "/old/", To: "/new/"}, {From: "/asks", To: "/new/?a=1"}, {From: "/part", To: "/new/#x"}}},
	})
	return server.New(server.Options{Edition: always(e), Hosts: []string{"blog.example.org"}})
}

func askFor(h http.Handler, method, target, host string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	r.Host = host
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPathsAreAnsweredBelowTheBaseAndWithoutIt(t *testing.T) {
	h := placed(false)
	for path, want := range map[string]int{
		"/blog/": 200, "/blog": 200, "/": 200, "/blog/rss.xml": 200, "/rss.xml": 200, "/blog/atom.xml": 200, "/blogs/rss.xml": 404,
		"/./rss.xml": 200, "/a/../rss.xml": 200, "/../rss.xml": 200, "/blog/./feed.json": 200, "/%2e/rss.xml": 200, "/blog/../blog/rss.xml": 200,
		"/blog/old/": 301, "/old/": 301, "/blog/nothing": 404, "/nothing": 404,
	} {
		if got := askFor(h, http.MethodGet, path, "example.org"); got.Code != want {
			t.Errorf("%s: status %d, want %d", path, got.Code, want)
		}
	}
}

func TestMovesKeepTheQuery(t *testing.T) {
	h := placed(false)
	for path, want := range map[string]string{
		"/old/": "https://example.org/blog/new/", "/blog/old/?a=1&b=%20c": "https://example.org/blog/new/?a=1&b=%20c",
		"/old/?x=\"<>": "https://example.org/blog/new/?x=%22%3C%3E", "/asks?b=2": "https://example.org/blog/new/?a=1", "/part?b=2": "https://example.org/blog/new/?b=2#x",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path, r.URL.RawQuery = cutQuery(path)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Location"); w.Code != http.StatusMovedPermanently || got != want {
			t.Errorf("%s: %d to %q, want %q", path, w.Code, got, want)
		}
	}
}

func cutQuery(target string) (path, query string) {
	for i := range len(target) {
		if target[i] == '?' {
			return target[:i], target[i+1:]
		}
	}
	return target, ""
}

func TestOnlyKnownHostsSeeWhatIsPrivate(t *testing.T) {
	for name, h := range map[string]http.Handler{
		"preview": placed(true), "admin": server.NewAdmin(server.AdminOptions{Hosts: []string{"blog.example.org"}}),
	} {
		for host, known := range map[string]bool{
			"localhost": true, "localhost:8080": true, "LOCALHOST.": true, "app.localhost:1": true, "127.0.0.1": true, "127.0.0.1:9090": true, "[::1]:9090": true,
			"[::1]": true, "10.1.2.3:9090": true, "blog.example.org": true, "Blog.Example.Org:443": true,
			"evil.example": false, "evil.example:9090": false, "127.0.0.1.evil.example": false, "localhost.evil.example": false, "example.org": false, "xlocalhost": false,
		} {
			for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodOptions} {
				w := askFor(h, method, "/", host)
				if got := w.Code != http.StatusMisdirectedRequest; got != known {
					t.Errorf("%s: %s of %s: status %d", name, method, host, w.Code)
				}
				for field := range w.Header() {
					if len(field) > 14 && field[:14] == "Access-Control" {
						t.Errorf("%s: %s of %s sends %s", name, method, host, field)
					}
				}
			}
		}
	}
}
