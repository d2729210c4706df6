package server

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"strings"

	"broadsheet/internal/media"
)

// fileSecurity keeps a picture that is a document of its own (SVG) from running
// scripts in the site's name.
var fileSecurity = newField("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")

// file is an open media file, ready to be sent.
type file struct {
	*os.File
	info   fs.FileInfo
	fields []field
}

// media returns the media file that is handed out at a path, or nil. To a preview,
// nothing of it is kept, and no other site may read it.
func (h *handler) media(path string, preview bool) *file {
	mime := media.TypeOf(path)
	if mime == "" || h.open == nil {
		return nil
	}
	opened, err := h.open(path)
	if err != nil {
		return nil
	}
	info, err := opened.Stat()
	if err != nil {
		h.log.Debug("media file", "path", path, "error", errors.Join(err, opened.Close()))
		return nil
	}
	if strings.HasPrefix(mime, "text/") {
		mime += "; charset=utf-8"
	}
	fields := []field{newField("Content-Type", mime), noSniff, fileSecurity}
	if preview {
		fields = append(fields, noCache)
	} else {
		fields = append(fields, field{"Cache-Control", h.fileCaching}, anyOrigin)
	}
	return &file{opened, info, fields}
}

// ServeHTTP sends the file, or the parts of it that a player asks for (RFC 9110
// section 14), and closes it.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer f.Close() //nolint:errcheck // nothing was written
	setFields(w.Header(), f.fields)
	// Spelled so that http.ServeContent finds it.
	w.Header()["Etag"] = []string{fmt.Sprintf(`"%x-%x"`, f.info.ModTime().UnixNano(), f.info.Size())}
	http.ServeContent(w, r, "", f.info.ModTime(), f)
}
