package server

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path"
	"strings"

	"broadsheet/internal/media"
)

// fileSecurity keeps a picture that is a document of its own (SVG) from running
// scripts in the site's name.
var fileSecurity = newField("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")

// files hands out the media files of a folder: pictures, sound, films, and what
// goes with them. Everything else stays private, the posts' own files before
// all.
type files struct {
	roots   []string
	private func(path string) bool
	caching []string
	log     *slog.Logger
}

// file is an open media file, ready to be sent.
type file struct {
	*os.File
	info    fs.FileInfo
	mime    string
	caching []string
}

// open returns the media file that a request's path names, or nil. Links are
// followed as long as they stay inside the folder.
func (f files) open(name string) *file {
	mime := media.TypeOf(name)
	if mime == "" || strings.Contains(name, "/.") || strings.ContainsAny(name, "\x00\\") {
		return nil
	}
	if f.private(strings.TrimPrefix(path.Clean("/"+name), "/")) {
		return nil
	}
	opened := f.first(name)
	if opened == nil {
		return nil
	}
	info, err := opened.Stat()
	if err != nil {
		f.log.Debug("media file", "path", name, "error", errors.Join(err, opened.Close()))
		return nil
	}
	if strings.HasPrefix(mime, "text/") {
		mime += "; charset=utf-8"
	}
	return &file{opened, info, mime, f.caching}
}

// first opens the file in the first folder that has one of that name.
func (f files) first(name string) *os.File {
	for _, root := range f.roots {
		if opened, err := media.Open(root, name); err == nil {
			return opened
		}
	}
	return nil
}

// ServeHTTP sends the file, or the parts of it that a player asks for (RFC 9110
// section 14), and closes it.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer f.Close() //nolint:errcheck // nothing was written
	setFields(w.Header(), []field{
		newField("Content-Type", f.mime),
		// Spelled so that http.ServeContent finds it.
		newField("Etag", fmt.Sprintf(`"%x-%x"`, f.info.ModTime().UnixNano(), f.info.Size())),
		{"Cache-Control", f.caching}, anyOrigin, noSniff, fileSecurity,
	})
	http.ServeContent(w, r, "", f.info.ModTime(), f)
}
