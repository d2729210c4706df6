package media

import (
	"path"
	"strings"
)

// types are the files of the posts folder that posts can show, play or offer:
// pictures, sound, films, books and other downloads, and what goes with them, by
// extension. The names are those of IANA where it has one. What programs alone
// read, and what may hold settings or secrets of a site, is not among them, but
// for the formats of transcripts.
var types = map[string]string{
	".apng": "image/apng", ".avif": "image/avif", ".bmp": "image/bmp", ".gif": "image/gif", ".heic": "image/heic", ".ico": "image/x-icon",
	".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".jxl": "image/jxl", ".png": "image/png", ".svg": "image/svg+xml", ".tif": "image/tiff",
	".tiff": "image/tiff", ".webp": "image/webp",

	".aac": "audio/aac", ".aif": "audio/x-aiff", ".aifc": "audio/x-aiff", ".aiff": "audio/x-aiff", ".amr": "audio/amr", ".caf": "audio/x-caf",
	".flac": "audio/flac", ".m4a": "audio/mp4", ".m4b": "audio/mp4", ".mid": "audio/midi", ".midi": "audio/midi", ".mka": "audio/x-matroska",
	".mp2": "audio/mpeg", ".mp3": "audio/mpeg", ".mpga": "audio/mpeg", ".oga": "audio/ogg", ".ogg": "audio/ogg", ".opus": "audio/ogg",
	".spx": "audio/ogg", ".wav": "audio/wav", ".wave": "audio/wav", ".weba": "audio/webm", ".wma": "audio/x-ms-wma",

	".3g2": "video/3gpp2", ".3gp": "video/3gpp", ".avi": "video/x-msvideo", ".flv": "video/x-flv", ".m4v": "video/mp4", ".mkv": "video/x-matroska",
	".mov": "video/quicktime", ".mp4": "video/mp4", ".mpeg": "video/mpeg", ".mpg": "video/mpeg", ".ogv": "video/ogg", ".qt": "video/quicktime",
	".webm": "video/webm", ".wmv": "video/x-ms-wmv",

	".m3u": "audio/x-mpegurl", ".m3u8": "application/vnd.apple.mpegurl", ".pls": "audio/x-scpls",

	".azw": "application/vnd.amazon.ebook", ".azw3": "application/vnd.amazon.mobi8-ebook", ".cbr": "application/vnd.comicbook-rar",
	".cbz": "application/vnd.comicbook+zip", ".djvu": "image/vnd.djvu", ".epub": "application/epub+zip", ".fb2": "application/x-fictionbook+xml",
	".mobi": "application/x-mobipocket-ebook", ".pdf": "application/pdf",

	".csv": "text/csv", ".doc": "application/msword", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".odp": "application/vnd.oasis.opendocument.presentation", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
	".odt": "application/vnd.oasis.opendocument.text", ".ppt": "application/vnd.ms-powerpoint",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".rtf": "application/rtf",
	".xls": "application/vnd.ms-excel", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".gpx": "application/gpx+xml", ".ics": "text/calendar", ".kml": "application/vnd.google-earth.kml+xml", ".vcf": "text/vcard",

	".7z": "application/x-7z-compressed", ".apk": "application/vnd.android.package-archive", ".bz2": "application/x-bzip2",
	".dmg": "application/x-apple-diskimage", ".gz": "application/gzip", ".iso": "application/x-iso9660-image", ".rar": "application/vnd.rar",
	".tar": "application/x-tar", ".tgz": "application/gzip", ".torrent": "application/x-bittorrent", ".xz": "application/x-xz", ".zip": "application/zip",
	".zst": "application/zstd",

	".json": "application/json", ".lrc": "text/plain", ".srt": "application/x-subrip", ".txt": "text/plain", ".vtt": "text/vtt",
}

// endings are the types of files whose extension alone says less. A file in HTML
// is else a page or a post.
var endings = []struct{ ending, mime string }{
	{".chapters.json", "application/json+chapters"}, // Podcasting 2.0
	{"transcript.html", "text/html"},
	{"transcript.htm", "text/html"},
}

// TypeOf returns the MIME type that the extension of a file's name or of a
// URL's path stands for; empty when it is that of no media file.
func TypeOf(name string) string {
	for _, e := range endings {
		if len(name) > len(e.ending) && strings.EqualFold(name[len(name)-len(e.ending):], e.ending) {
			return e.mime
		}
	}
	return types[strings.ToLower(path.Ext(name))]
}

// Is reports whether a file of this name is a media file.
func Is(name string) bool { return TypeOf(name) != "" }
