package server

import (
	"net/http"
	"strings"
)

// moved answers with a redirect to an address, for good.
type moved string

// ServeHTTP sends the redirect.
func (m moved) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.redirect(r).ServeHTTP(w, r) }

// redirect returns the answer, with the query of the request where the address has
// none.
func (m moved) redirect(r *http.Request) *fixed {
	to, fragment, hasFragment := strings.Cut(string(m), "#")
	if r.URL.RawQuery != "" && !strings.Contains(to, "?") {
		to += "?" + safeQuery(r.URL.RawQuery)
	}
	if hasFragment {
		to += "#" + fragment
	}
	return movedTo(to)
}

// movedPrivately is what moved is in a preview.
type movedPrivately struct{ moved }

// ServeHTTP sends the redirect.
func (m movedPrivately) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.redirect(r).private().ServeHTTP(w, r)
}

// safeQuery is a query with what cannot stand in a URL escaped.
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
