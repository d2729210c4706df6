package clean

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/idna"
)

var (
	hostName   = regexp.MustCompile(`^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$`)
	unreserved = regexp.MustCompile(`^[A-Za-z0-9._~-]$`)
	escapable  = regexp.MustCompile(`%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~!$&'()*+,;=:@/?#\[\]-]`)
	brackets   = strings.NewReplacer("[", "%5B", "]", "%5D")
)

// URL returns raw in the canonical form of RFC 3986 sections 6.2.2 and 6.2.3,
// an IRI turned into a URI: lower-case scheme and ASCII host, no default port,
// at least the path "/", no dot segments, percent-encoding exactly where it
// must be. It returns "" when raw is not an absolute http or https URL.
func URL(raw string) string {
	u, err := url.Parse(escapable.ReplaceAllStringFunc(Text(raw), escape))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	host, port := canonicalHost(u.Hostname()), strings.TrimLeft(u.Port(), "0")
	if host == "" {
		return ""
	}
	u.Host = host
	if port != "" && u.Scheme+port != "http80" && u.Scheme+port != "https443" {
		u.Host += ":" + port
	}
	if u.Path == "" {
		u.Path = "/"
	}
	out := u.ResolveReference(u).String() // without dot segments
	if strings.HasPrefix(host, "[") {
		return out
	}
	return brackets.Replace(out)
}

// escape normalises one percent-encoded byte, or encodes what may not stand in
// a URI. Brackets are left for later, as an IPv6 host has them.
func escape(s string) string {
	if len(s) != 3 || s[0] != '%' {
		return url.PathEscape(s)
	}
	if c, err := url.PathUnescape(s); err == nil && unreserved.MatchString(c) {
		return c
	}
	return strings.ToUpper(s)
}

// canonicalHost returns the host in lower case, international names in ASCII
// (RFC 5891), or "" for what cannot be one.
func canonicalHost(host string) string {
	if strings.Contains(host, ":") {
		addr, err := netip.ParseAddr(host)
		if err != nil || addr.Zone() != "" {
			return ""
		}
		return "[" + addr.String() + "]"
	}
	host = strings.ToLower(host)
	if hostName.MatchString(host) {
		return host
	}
	host, err := idna.Lookup.ToASCII(host)
	if err != nil || !hostName.MatchString(host) {
		return ""
	}
	return host
}
