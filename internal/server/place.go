package server

import (
	"net"
	"net/http"
	"net/netip"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/edition"
)

// look returns what the edition says to a request for a path, be it written below
// the path of the base URL, as a proxy hands it on that leaves it alone, or without
// it, as one does that takes it away.
func (d *Documents) look(e *edition.Edition, path, format, asked string) any {
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

// mended is a path without dot segments (RFC 3986 section 5.2.4).
func mended(at string) string {
	if !strings.Contains(at, "/.") {
		return at
	}
	clean := path.Clean("/" + at)
	if clean != "/" && (strings.HasSuffix(at, "/") || strings.HasSuffix(at, "/.") || strings.HasSuffix(at, "/..")) {
		clean += "/"
	}
	return clean
}

// moved is an address that something has moved to, for good.
type moved string

// ServeHTTP leads there.
func (m moved) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.leads(r).ServeHTTP(w, r) }

// leads returns the answer that leads there, with the query of the request where the
// address has none.
func (m moved) leads(r *http.Request) *fixed {
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

// ServeHTTP leads there.
func (m movedPrivately) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.leads(r).private().ServeHTTP(w, r)
}

// private returns what a preview answers where others would give that answer: no
// cache keeps it, and no other site may read it. Documents and files see to that
// themselves.
func private(found any) any {
	switch f := found.(type) {
	case *fixed:
		return f.private()
	case moved:
		return movedPrivately{f}
	}
	return found
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

// knownHost reports whether a request is for this machine or one of the names. A
// page of another site can have a name of its own lead to this machine (DNS
// rebinding), but not an address, nor localhost.
func knownHost(host string, names []string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if _, err := netip.ParseAddr(host); err == nil || host == "" || host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, host) })
}

// strange is the answer to a request for another host.
var strange = newText(http.StatusMisdirectedRequest,
	"This is not for everybody: ask by an address, as localhost, or by the name in the public URL.\n", noStore, noSniff)
