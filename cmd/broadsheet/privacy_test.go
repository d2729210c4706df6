package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/cmd/broadsheet/wire"
	"broadsheet/internal/config"
	"broadsheet/internal/edition"
	"broadsheet/internal/publish"
	"broadsheet/internal/server"
	"broadsheet/internal/source"
)

// A seed draws a site in which some posts are public, and others are not in one of
// many ways; public ones hold parts that nobody is to read, and the folder holds
// files that are nobody's business. The oracle knows every word and every picture.
//
//	go test ./cmd/broadsheet -run TestNothingPrivateIsPublished -privacy 2000         more seeds
//	go test ./cmd/broadsheet -run TestNothingPrivateIsPublished -privacy-seed 4711 -v one of them, with its files
var (
	privacySeeds = flag.Int("privacy", 0, "how many random sites to draw; 0 means 40")
	privacySeed  = flag.Uint64("privacy-seed", 0, "the one seed to draw a site from; 0: many")
)

// TestNothingPrivateIsPublished: no secret word stands in any document, and no secret
// file is handed out, however it is asked for; every public word and file is there.
// That holds again after some posts were withdrawn and others were released.
func TestNothingPrivateIsPublished(t *testing.T) {
	t.Parallel()
	if *privacySeed != 0 {
		keepsPrivate(t, *privacySeed)
		return
	}
	first, count := uint64(time.Now().UnixNano()), *privacySeeds //nolint:gosec // any number does
	if count == 0 {
		count = 40
	}
	for n := range uint64(count) { //nolint:gosec // it is not negative
		seed := first + n
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) { keepsPrivate(t, seed) })
		if t.Failed() {
			t.Fatalf("once more with: go test ./cmd/broadsheet -run TestNothingPrivateIsPublished -privacy-seed %d -v", seed)
		}
	}
}

func keepsPrivate(t *testing.T, seed uint64) {
	site := drawSite(seed)
	dir := t.TempDir()
	b := &published{t: t, cache: edition.NewCache(0), dir: dir, settings: site.settings, clock: time.Now()}
	for range 2 {
		b.write(site.files)
		before := b.edition
		b.publish(t.Context())
		b.judge(site, before)
		if t.Failed() {
			t.Logf("dialect %s, settings %v", site.dialect, site.settings)
			for _, name := range slices.Sorted(maps.Keys(site.files)) {
				t.Logf("-- %s --\n%s", name, site.files[name])
			}
			return
		}
		site.turn()
	}
}

// published is a folder, and what is published of it.
type published struct {
	t        *testing.T
	dir      string
	settings map[string]string
	clock    time.Time // of its own
	files    *source.Snapshot
	cache    *edition.Cache
	made     *publish.Publication
	edition  *edition.Edition
	handler  http.Handler
	problems string
}

// write makes the folder hold these files alone.
func (b *published) write(files map[string]string) {
	b.t.Helper()
	check := func(err error) {
		if err != nil {
			b.t.Fatal(err)
		}
	}
	old, err := os.ReadDir(b.dir)
	check(err)
	for _, entry := range old {
		check(os.RemoveAll(filepath.Join(b.dir, entry.Name())))
	}
	for name, text := range files {
		file := filepath.Join(b.dir, filepath.FromSlash(name))
		check(os.MkdirAll(filepath.Dir(file), 0o755))
		check(os.WriteFile(file, []byte(text), 0o600))
	}
}

// publish makes an edition of the folder, which follows the one before.
func (b *published) publish(ctx context.Context) {
	b.t.Helper()
	s, _, err := config.Load(config.Options{Dir: b.dir, LookupEnv: func(key string) (string, bool) {
		value, ok := b.settings[key]
		return value, ok
	}})
	if err != nil {
		b.t.Fatal(err)
	}
	theme, _ := wire.Theme(s)
	settings := wire.Publish(s, theme)
	o := settings.Scan()
	o.Now = func() time.Time { return b.clock }
	for range 2 { // what has changed has come to rest at the second look, and what is gone is gone
		b.clock = b.clock.Add(time.Minute)
		if b.files, err = source.Scan(ctx, s.Generator.Root, b.files, o); err != nil {
			b.t.Fatal(err)
		}
	}
	in := publish.Input{Files: b.files, Settings: settings, Now: b.clock, Cache: b.cache}
	before := publish.Publish(b.made, in)
	in.Now = in.Now.Add(time.Minute) // what looks like a copy has waited by then
	made := publish.Publish(before, in)
	b.made, b.edition, b.problems = made, made.Edition, fmt.Sprint(made.Problems, made.Edition.Problems())
	b.handler = server.New(server.Options{Edition: func() *edition.Edition { return made.Edition }, Open: made.Open})
}

// ask returns the answer to a request.
func (b *published) ask(method, path string, header map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(b.t.Context(), method, (&url.URL{Path: path}).EscapedPath(), http.NoBody)
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return w
}

// documents returns the body of every document, and of the deltas from the edition
// before, in lower case.
func (b *published) documents(before *edition.Edition) map[string]string {
	all := map[string]string{}
	for _, d := range b.edition.Documents() {
		w := b.ask(http.MethodGet, d.Path, nil)
		if w.Code != http.StatusOK {
			b.t.Errorf("%s: %d", d.Path, w.Code)
		}
		all[d.Path] = plainly(d, w.Body.Bytes())
		if before == nil || !strings.Contains(d.ContentType, "xml") && !strings.Contains(d.ContentType, "json") {
			continue
		}
		was := before.Find(d.Path)
		if was == nil {
			continue
		}
		if c, err := was.Content(); err == nil {
			w = b.ask(http.MethodGet, d.Path, map[string]string{"A-IM": "feed", "If-None-Match": `"` + c.Hash + `"`})
			all[d.Path+" delta"] = plainly(d, w.Body.Bytes())
		}
	}
	return all
}

// plainly is a body in lower case, with its address.
func plainly(d *edition.Document, body []byte) string {
	return strings.ToLower(d.Path + "\n" + string(bytes.ToValidUTF8(body, nil)))
}

// judge compares what is published with what is to be.
func (b *published) judge(site *site, before *edition.Edition) {
	b.t.Helper()
	documents := b.documents(before)
	var all strings.Builder
	told := map[string]bool{}
	for _, at := range slices.Sorted(maps.Keys(documents)) {
		all.WriteString(documents[at])
		for word, why := range site.secret {
			if strings.Contains(documents[at], word) && !told[word] {
				told[word] = true
				b.t.Errorf("%s holds %s, which is secret: %s", at, word, why)
			}
		}
	}
	for word, why := range site.public {
		if !strings.Contains(all.String(), word) {
			b.t.Errorf("no document holds %s, which is public: %s\nproblems: %s", word, why, b.problems)
		}
	}
	for _, at := range localPicture.FindAllString(all.String(), -1) {
		u, err := url.Parse(at)
		if err != nil {
			b.t.Fatal(err)
		}
		if site.holds(path.Base(u.Path)) { // the last good version of a broken post may show what is gone
			b.wants(u.Path, http.MethodGet, nil, http.StatusOK)
		}
	}
	b.judgeFiles(site)
	for path := range site.aliases {
		if w := b.ask(http.MethodGet, path, nil); w.Code != http.StatusNotFound {
			b.t.Errorf("%s, a former address of what is secret: %d", path, w.Code)
		}
	}
}

// holds reports whether the folder holds a picture of that name now.
func (s *site) holds(picture string) bool {
	for file := range s.media {
		if path.Base(file) == picture {
			return true
		}
	}
	return false
}

// localPicture matches the addresses of the site's own pictures in documents.
var localPicture = regexp.MustCompile(`https://example\.org/[^\s"'<>()&?#\\]*bild-[a-z]+\.png`)

// judgeFiles asks for the media files in every way.
func (b *published) judgeFiles(site *site) {
	b.t.Helper()
	for file, public := range site.media {
		paths := []string{"/" + file, "/./" + file}
		if below, ok := strings.CutPrefix(file, "static/"); ok && site.dialect == hugoDialect {
			paths = []string{"/" + below}
		}
		for _, path := range paths {
			if public {
				b.wants(path, http.MethodGet, nil, http.StatusOK)
				b.wants(path, http.MethodGet, map[string]string{"Range": "bytes=0-1"}, http.StatusPartialContent)
				continue
			}
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				for _, header := range []map[string]string{
					nil, {"Range": "bytes=0-1"}, {"Range": "bytes=9999-"}, {"Range": "bytes=-1"}, {"If-None-Match": "*"}, {"If-None-Match": `"x"`}, {"If-Match": `"x"`},
					{"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}, {"Range": "bytes=0-0", "If-Range": `"x"`},
				} {
					if !b.t.Failed() {
						b.wants(path, method, header, http.StatusNotFound)
					}
				}
			}
		}
	}
}

func (b *published) wants(path, method string, header map[string]string, status int) {
	b.t.Helper()
	if w := b.ask(method, path, header); w.Code != status {
		b.t.Errorf("%s %s %v: %d, want %d", method, path, header, w.Code, status)
	}
}
