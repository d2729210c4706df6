package server

import (
	"net/http"
	"strings"

	"broadsheet/internal/server/internal/reply"
)

// moved redirects to an address, for good.
type moved string

// ServeHTTP sends the redirect.
func (m moved) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.redirect(r).ServeHTTP(w, r) }

// redirect returns the answer. The query of the request is added if the address has none.
func (m moved) redirect(r *http.Request) *reply.Fixed {
	to, fragment, hasFragment := strings.Cut(string(m), "#")
	if r.URL.RawQuery != "" && !strings.Contains(to, "?") {
		to += "?" + safeQuery(r.URL.RawQuery)
	}
	if hasFragment {
		to += "#" + fragment
	}
	return movedTo(to)
}

// movedPrivately is moved in a preview.
type movedPrivately struct{ moved }

// ServeHTTP sends the redirect.
func (m movedPrivately) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.redirect(r).Private().ServeHTTP(w, r)
}

// safeQuery escapes the bytes of a query that cannot stand in a URL.
func safeQuery(query string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(query) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}#", c) >= 0 {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
