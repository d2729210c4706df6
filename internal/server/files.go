package server

import (
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"time"

	"broadsheet/internal/media"
)

// fileSecurity keeps a picture that is a document of its own (SVG) from running
// scripts in the site's name.
var fileSecurity = newField("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")

// tagTimeout is how long a client that asks whether a file changed waits for the
// answer to be known: that is cheaper than to send it the whole file.
const tagTimeout = 10 * time.Second

// shelf hands out media files: pictures, sound, films, and what goes with them.
type shelf struct {
	open    func(path string) (*os.File, error) // nil: there are none
	caching field
	tags    media.Tags
}

// file is an open media file, ready to be sent.
type file struct {
	*os.File
	info   fs.FileInfo
	fields []field
	shelf  *shelf
	path   string
}

// media returns the media file that is handed out at a path, or nil. Of those of a
// preview no cache keeps anything, and no other site may read them.
func (d *Documents) media(path string, preview bool) *file {
	mime := media.TypeOf(path)
	if mime == "" || d.shelf.open == nil {
		return nil
	}
	opened, err := d.shelf.open(path)
	if err != nil {
		return nil
	}
	info, err := opened.Stat()
	if err != nil {
		d.log.Debug("media file", slog.String("path", path), slog.Any("error", errors.Join(err, opened.Close())))
		return nil
	}
	if strings.HasPrefix(mime, "text/") {
		mime += "; charset=utf-8"
	}
	fields := []field{newField("Content-Type", mime), noSniff, fileSecurity, noCache}
	if !preview {
		fields = append(fields[:3], d.shelf.caching, anyOrigin)
	}
	return &file{opened, info, fields, d.shelf, path}
}

// ServeHTTP sends the file, or the parts of it that a player asks for (RFC 9110
// section 14), and closes it.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer f.Close() //nolint:errcheck // nothing was written
	setFields(w.Header(), f.fields)
	if hash := f.hash(r); hash != "" {
		w.Header()["Etag"] = []string{`"` + hash + `"`} // spelled so that http.ServeContent finds it
	}
	// A version may be as old as the one before it, as in the layers of an image that
	// are all dated alike; but it came later.
	modified := f.info.ModTime()
	if changed := media.Changed(f.info); changed.After(modified) && !changed.After(time.Now()) {
		modified = changed
	}
	http.ServeContent(patient(w, r), withRanges(r), "", modified, f.File)
}

// hash returns the hash of the file; empty where it is not known yet, and r does
// not depend on it.
func (f *file) hash(r *http.Request) string {
	reopen := func() (*os.File, error) { return f.shelf.open(f.path) }
	hash, done := f.shelf.tags.Of(f.File, f.info, reopen)
	if done == nil || !asksForTag(r) {
		return hash
	}
	timer := time.NewTimer(tagTimeout)
	defer timer.Stop()
	select {
	case <-done:
		hash, _ = f.shelf.tags.Of(f.File, f.info, reopen)
	case <-timer.C:
	case <-r.Context().Done():
	}
	return hash
}

// asksForTag reports whether the answer depends on the file's tag.
func asksForTag(r *http.Request) bool {
	for _, name := range []string{"If-None-Match", "If-Match", "If-Range"} {
		if r.Header[name] != nil {
			return true
		}
	}
	return false
}
