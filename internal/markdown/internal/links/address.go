package links

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/idna"
)

// maxData bounds a picture inside an address: an icon, not a photograph.
const maxData = 32 << 10

// schemes says what becomes of an address that is not of the web. One that is
// not listed may start a program on the reader's device: it is refused too.
var schemes = map[string]bool{ // true: harmless, false: refused
	"mailto": true, "tel": true, "sms": true, "irc": true, "ircs": true, "xmpp": true, "sip": true, "sips": true,
	"matrix": true, "magnet": true, "feed": true, "ftp": true, "ftps": true, "sftp": true, "ssh": true, "git": true,
	"svn": true, "gopher": true, "gemini": true, "news": true, "nntp": true, "geo": true, "webcal": true, "urn": true,
	"doi": true, "tag": true, "bitcoin": true, "ipfs": true, "chrome": true, "about": true, "apt": true, "itms": true,
	"podcast": true, "javascript": false, "vbscript": false, "livescript": false, "mocha": false, "data": false,
	"blob": false, "filesystem": false, "file": false, "view-source": false, "jar": false, "mhtml": false,
}

var (
	schemeStart = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
	dataImage   = regexp.MustCompile(`^(?i:data:image/(png|gif|jpeg|webp);base64,)[A-Za-z0-9+/]*={0,2}$`)
	template    = regexp.MustCompile(`(?i)(\{|%7B)(\{|%7B|%|%25)`)
)

// resolve makes raw absolute and a valid URI. A complaint says what is wrong
// with it; an empty result means that it must not be published.
func resolve(base *url.URL, raw string, image bool) (result, complaint string) {
	ref := strip(raw)
	scheme := strings.ToLower(strings.TrimSuffix(schemeStart.FindString(ref), ":"))
	harmless, known := schemes[scheme]
	switch {
	case scheme == "" || scheme == "http" || scheme == "https":
		return resolveWeb(base, ref, scheme)
	case image && len(ref) <= maxData && dataImage.MatchString(ref):
		return ref, ""
	case known && !harmless:
		return "", fmt.Sprintf("the scheme %q has no place in a feed; the address was left out", scheme)
	case harmless && !wrapsWeb(scheme, ref):
		return "", fmt.Sprintf("the scheme %q within %q has no place in a feed; the address was left out", schemeStart.FindString(ref[len(scheme)+1:]), scheme)
	case harmless:
		return escape(ref, false), ""
	}
	return "", fmt.Sprintf("unknown scheme %q, expected https, http or mailto; the address was left out", scheme)
}

// wrapsWeb reports whether an address whose scheme stands before another address, as
// in feed:https://example.org/rss.xml, leads to the web. Others do.
func wrapsWeb(scheme, ref string) bool {
	if scheme != "feed" && scheme != "podcast" {
		return true
	}
	switch strings.ToLower(schemeStart.FindString(strings.TrimSpace(ref[len(scheme)+1:]))) {
	case "", "http:", "https:":
		return true
	}
	return false
}

// strip takes away what browsers ignore in an address, as the URL standard
// says, so that "java\nscript:" is seen for what it is.
func strip(raw string) string {
	trimmed := strings.TrimFunc(raw, func(r rune) bool { return r <= ' ' })
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, trimmed)
}

func resolveWeb(base *url.URL, ref, scheme string) (result, complaint string) {
	escaped := escape(ref, true)
	switch {
	case strings.HasPrefix(escaped, "//"):
		escaped = "https:" + escaped
	case scheme == "" && escaped != "" && !strings.ContainsRune("/?#", rune(escaped[0])):
		escaped = "./" + escaped // a colon further on makes no scheme
	}
	u, err := url.Parse(escaped)
	if err != nil { // a name may hold letters, a password may not
		escaped = escapeAll(escaped)
		if u, err = url.Parse(escaped); err != nil {
			return escaped, "not a valid URL; left as it is"
		}
	}
	if strings.HasPrefix(u.Host, "[") && !isIPv6(u.Hostname()) {
		return escapeAll(escaped), "not a valid URL; left as it is"
	}
	if u = settle(base, u); u.Host == "" {
		return escapeAll(escaped), "no host name, expected https://host/path; left as it is"
	}
	if err := canonicalHost(u); err != nil {
		return u.String(), "the host name is not valid; left as it is"
	}
	return u.String(), misplaced(ref)
}

// isIPv6 reports whether host is an address as it may stand in brackets (RFC
// 3986 section 3.2.2). One with a zone leads nowhere from another machine.
func isIPv6(host string) bool {
	address, err := netip.ParseAddr(host)
	return err == nil && address.Is6() && address.Zone() == ""
}

// settle resolves u against base, and again while dot segments are left: after
// an empty segment one round of net/url does not find them all.
func settle(base, u *url.URL) *url.URL {
	u = base.ResolveReference(u)
	for again := base.ResolveReference(u); again.EscapedPath() != u.EscapedPath(); again = base.ResolveReference(u) {
		u = again
	}
	return u
}

// misplaced recognises addresses that were meant for a site generator.
func misplaced(ref string) (complaint string) {
	switch {
	case template.MatchString(ref):
		return "template text, which is not filled in here; it was escaped"
	case strings.HasPrefix(ref, "@/"):
		return "an internal link, which is not followed here; expected a path or an absolute URL"
	}
	return ""
}

// canonicalHost lower-cases the host and writes it in ASCII (RFC 5891).
func canonicalHost(u *url.URL) error {
	u.Host = strings.ToLower(u.Host)
	if strings.IndexFunc(u.Host, func(r rune) bool { return r > '~' }) < 0 {
		return nil
	}
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil {
		return err
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	u.Host = host
	return nil
}

// escape percent-encodes what RFC 3986 does not allow where it stands. The
// authority keeps its brackets, and with names its letters of any script,
// which canonicalHost sees to.
func escape(ref string, names bool) string {
	start := len(schemeStart.FindString(ref))
	if !strings.HasPrefix(ref[start:], "//") {
		return escapeAll(ref)
	}
	start += len("//")
	end := len(ref)
	if i := strings.IndexAny(ref[start:], "/?#"); i >= 0 {
		end = start + i
	}
	return ref[:start] + escapeBytes(ref[start:end], "[]", names) + escapeAll(ref[end:])
}

// escapeAll leaves the first number sign, which opens the fragment.
func escapeAll(ref string) string {
	before, fragment, found := strings.Cut(ref, "#")
	if !found {
		return escapeBytes(before, "", false)
	}
	return escapeBytes(before, "", false) + "#" + escapeBytes(fragment, "", false)
}

func escapeBytes(s, also string, letters bool) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', letters && c > '~',
			strings.IndexByte("-._~:/?@!$&'()*+,;="+also, c) >= 0,
			c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
