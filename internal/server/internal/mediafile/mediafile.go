// Package mediafile sends the media files of the posts folder: pictures, sound, films, and what
// goes with them. net/http does the sending, with ranges and conditions.
package mediafile

import (
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"time"

	"broadsheet/internal/media"
	"broadsheet/internal/server/internal/reply"
	"broadsheet/internal/server/internal/request"
	"broadsheet/internal/server/internal/transfer"
)

// fileSecurity keeps a picture that is a document of its own (SVG) from running
// scripts in the site's name.
var fileSecurity = reply.NewField("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")

// tagTimeout is how long a client that asks whether a file has changed waits for the hash. To send
// it the whole file would cost more.
const tagTimeout = 10 * time.Second

// Shelf hands out media files. Its hashes are computed once for each version of a file.
type Shelf struct {
	// Open opens the media file at a path; nil: there are none.
	Open func(path string) (*os.File, error)
	// Caching is the Cache-Control of files, but for those of a preview.
	Caching reply.Field
	Log     *slog.Logger

	tags media.Tags
}

// File is an open media file, ready to be sent.
type File struct {
	*os.File
	info   fs.FileInfo
	fields []reply.Field
	shelf  *Shelf
	path   string
}

// Find returns the media file that is handed out at a path, or nil. ServeHTTP closes it. No cache
// keeps the files of a preview, and no other site may read them.
func (s *Shelf) Find(path string, preview bool) *File {
	mime := media.TypeOf(path)
	if mime == "" || s.Open == nil {
		return nil
	}
	opened, err := s.Open(path)
	if err != nil {
		return nil
	}
	info, err := opened.Stat()
	if err != nil {
		s.Log.Debug("media file", slog.String("path", path), slog.Any("error", errors.Join(err, opened.Close())))
		return nil
	}
	if strings.HasPrefix(mime, "text/") {
		mime += "; charset=utf-8"
	}
	fields := []reply.Field{reply.NewField("Content-Type", mime), reply.NoSniff, fileSecurity, reply.NoCache}
	if !preview {
		fields = append(fields[:3], s.Caching, reply.AnyOrigin)
	}
	return &File{opened, info, fields, s, path}
}

// ServeHTTP sends the file, or the parts of it that a player asks for (RFC 9110
// section 14), and closes it.
func (f *File) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer f.Close() //nolint:errcheck // nothing was written
	reply.Set(w.Header(), f.fields...)
	if hash := f.hash(r); hash != "" {
		w.Header()["Etag"] = []string{`"` + hash + `"`} // spelled so that http.ServeContent finds it
	}
	// The layers of an image may be dated alike, so that a new version has the date of the old
	// one. The time of its change is later.
	modified := f.info.ModTime()
	if changed := media.Changed(f.info); changed.After(modified) && !changed.After(time.Now()) {
		modified = changed
	}
	http.ServeContent(transfer.Patient(w, r), request.WithRanges(r), "", modified, f.File)
}

// hash returns the hash of the file; empty where it is not known yet, and r does
// not depend on it.
func (f *File) hash(r *http.Request) string {
	reopen := func() (*os.File, error) { return f.shelf.Open(f.path) }
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
