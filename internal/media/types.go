package media

import (
	"path"
	"strings"
)

// types are the files of the posts folder that posts can show, play or offer:
// pictures, sound, films, and what goes with them, by extension.
var types = map[string]string{
	".avif": "image/avif", ".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png",
	".svg": "image/svg+xml", ".webp": "image/webp", ".ico": "image/x-icon",
	".aac": "audio/aac", ".flac": "audio/flac", ".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".oga": "audio/ogg",
	".ogg": "audio/ogg", ".opus": "audio/ogg", ".wav": "audio/wav",
	".m4v": "video/mp4", ".mov": "video/quicktime", ".mp4": "video/mp4", ".ogv": "video/ogg", ".webm": "video/webm",
	".pdf": "application/pdf", ".srt": "application/x-subrip", ".vtt": "text/vtt",
}

// chapters is how the names of Podcasting 2.0's chapter files end.
const chapters = ".chapters.json"

// TypeOf returns the MIME type that the extension of a file's name or of a
// URL's path stands for; empty when it is that of no media file.
func TypeOf(name string) string {
	if len(name) > len(chapters) && strings.EqualFold(name[len(name)-len(chapters):], chapters) {
		return "application/json+chapters"
	}
	return types[strings.ToLower(path.Ext(name))]
}

// Is reports whether a file of this name is a media file.
func Is(name string) bool { return TypeOf(name) != "" }
