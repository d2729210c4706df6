package paths

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// maxLength is how many bytes a path may have to be found.
const maxLength = 1024

// Fold returns one form for all spellings of a path that mean the same: letter case, the
// form of Unicode, doubled slashes and slashes at the end make no difference. It returns
// the empty string for a path that is too long.
func Fold(path string) string {
	if len(path) > maxLength {
		return ""
	}
	if isFolded(path) {
		if path == "/" {
			return path
		}
		return strings.TrimSuffix(path, "/")
	}
	segments := strings.FieldsFunc(strings.ToLower(norm.NFC.String(path)), func(r rune) bool { return r == '/' })
	return "/" + strings.Join(segments, "/")
}

// isFolded reports whether a path, as nearly all are, is of plain characters that have
// no other spelling. It may end with a slash.
func isFolded(path string) bool {
	if path == "" || path[0] != '/' {
		return false
	}
	for i := 1; i < len(path); i++ {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '_':
		case c == '/' && path[i-1] != '/', c == '.' && path[i-1] != '/' && path[i-1] != '.':
		default:
			return false
		}
	}
	return true
}

// CutSuffix cuts the end of a path off, whatever its letter case.
func CutSuffix(path, suffix string) (before string, found bool) {
	at := len(path) - len(suffix)
	if at < 0 || !strings.EqualFold(path[at:], suffix) {
		return path, false
	}
	return path[:at], true
}
