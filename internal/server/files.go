package server

import (
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path"
	"strings"
	"syscall"
)

// mediaTypes are the files of the posts folder that are handed out: pictures,
// sound, films, and what goes with them. Everything else stays private, the
// posts' own files before all.
var mediaTypes = map[string]string{
	".avif": "image/avif", ".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png",
	".svg": "image/svg+xml", ".webp": "image/webp", ".ico": "image/x-icon",
	".aac": "audio/aac", ".flac": "audio/flac", ".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".oga": "audio/ogg",
	".ogg": "audio/ogg", ".opus": "audio/ogg", ".wav": "audio/wav",
	".m4v": "video/mp4", ".mov": "video/quicktime", ".mp4": "video/mp4", ".ogv": "video/ogg", ".webm": "video/webm",
	".pdf": "application/pdf", ".srt": "application/x-subrip", ".vtt": "text/vtt; charset=utf-8",
}

// fileSecurity keeps a picture that is a document of its own (SVG) from running
// scripts in the site's name.
var fileSecurity = newField("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")

// files hands out the media files of a folder.
type files struct {
	root    string // empty: there are none
	caching []string
	log     *slog.Logger
}

// file is an open media file, ready to be sent.
type file struct {
	*os.File
	info    fs.FileInfo
	media   string
	caching []string
}

// open returns the media file that a request's path names, or nil. Links are
// followed as long as they stay inside the folder.
func (f files) open(name string) *file {
	media := mediaTypes[strings.ToLower(path.Ext(name))]
	if f.root == "" || media == "" || strings.Contains(name, "/.") || strings.ContainsAny(name, "\x00\\") {
		return nil
	}
	// The folder is opened anew each time: it may have been swapped.
	root, err := os.OpenRoot(f.root)
	if err != nil {
		return nil
	}
	defer root.Close() //nolint:errcheck // nothing was written
	// O_NONBLOCK: whatever the name says, it may be that of a pipe.
	opened, err := root.OpenFile(strings.TrimLeft(path.Clean("/"+name), "/"), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil
	}
	info, err := opened.Stat()
	if err != nil || !info.Mode().IsRegular() {
		f.log.Debug("not a regular file", "path", name, "closed", opened.Close())
		return nil
	}
	return &file{opened, info, media, f.caching}
}

// ServeHTTP sends the file, or the parts of it that a player asks for (RFC 9110
// section 14), and closes it.
func (f *file) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer f.Close() //nolint:errcheck // nothing was written
	setFields(w.Header(), []field{
		newField("Content-Type", f.media),
		// Spelled so that http.ServeContent finds it.
		newField("Etag", fmt.Sprintf(`"%x-%x"`, f.info.ModTime().UnixNano(), f.info.Size())),
		{"Cache-Control", f.caching}, anyOrigin, noSniff, fileSecurity,
	})
	http.ServeContent(w, r, "", f.info.ModTime(), f)
}
