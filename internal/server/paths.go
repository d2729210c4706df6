package server

import (
	"path"
	"strings"

	"broadsheet/internal/edition"
)

// lookUp returns what published says of a path. The path may begin with that of the
// base URL or not: some proxies leave it there, others take it away.
func (d *Documents) lookUp(e *edition.Edition, path, format, asked string) any {
	if inside, ok := below(e.Base(), path); ok {
		within, _ := below(e.Base(), asked)
		if found := d.published(e, inside, format, within); found != nil {
			return found
		}
	}
	return d.published(e, path, format, asked)
}

// below returns the path below a base, which has no slash at its end.
func below(base, path string) (string, bool) {
	rest, ok := strings.CutPrefix(path, base)
	switch {
	case base == "" || !ok || rest != "" && rest[0] != '/':
		return "", false
	case rest == "":
		return "/", true
	}
	return rest, true
}

// withoutDots returns a path without dot segments (RFC 3986 section 5.2.4).
func withoutDots(at string) string {
	if !strings.Contains(at, "/.") {
		return at
	}
	clean := path.Clean("/" + at)
	if clean != "/" && (strings.HasSuffix(at, "/") || strings.HasSuffix(at, "/.") || strings.HasSuffix(at, "/..")) {
		clean += "/"
	}
	return clean
}
