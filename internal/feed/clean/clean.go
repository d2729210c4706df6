// Package clean makes what authors wrote fit for a feed: texts without the
// characters that XML forbids, addresses in canonical form, language tags,
// e-mail addresses and ids.
//
// In goes any string; out comes one that every feed format can carry, or the
// empty string where nothing fit is left. Doing it twice changes nothing. No
// input is an error and none makes it panic.
package clean

import (
	"crypto/sha1"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"broadsheet/internal/blog"
)

var (
	space = regexp.MustCompile(`[ \t\n]+`)
	email = regexp.MustCompile(`^[A-Za-z0-9._%+'-]+@([A-Za-z0-9-]+\.)+[A-Za-z][A-Za-z0-9-]*$`)
	iri   = regexp.MustCompile("^[A-Za-z][A-Za-z0-9+.-]*:([^\\s<>\"{}|\\\\^`%]|%[0-9A-Fa-f]{2})+$")
)

// Text returns s without the characters that no feed can carry and without
// white space around it; invalid UTF-8 becomes U+FFFD, and every line end LF.
// Clean text, which is nearly all there is, is returned without being copied.
func Text(s string) string {
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < 0x7f || c == '\n' || c == '\t' {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '\r' || r == utf8.RuneError || forbidden(r) {
			s = strings.Map(keep, strings.ReplaceAll(s, "\r\n", "\n"))
			break
		}
		i += n
	}
	return strings.TrimSpace(s)
}

// keep is what Text makes of one rune; strings.Map hands it each byte of
// invalid UTF-8 as U+FFFD.
func keep(r rune) rune {
	switch {
	case r == '\r':
		return '\n'
	case forbidden(r):
		return -1
	}
	return r
}

// forbidden tells the characters outside of XML 1.0 section 2.2, and with them
// DEL and the C1 controls: allowed there, but discouraged and flagged by
// validators.
func forbidden(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r >= 0x7f && r <= 0x9f || r == 0xFFFE || r == 0xFFFF
}

// Line returns s as text on one line, each run of white space a single space.
func Line(s string) string {
	s = Text(s)
	if !strings.ContainsAny(s, "\t\n") && !strings.Contains(s, "  ") {
		return s
	}
	return space.ReplaceAllString(s, " ")
}

// Language returns a BCP 47 tag, mending the underscore of POSIX locales, or
// "" when s cannot be one.
func Language(s string) string {
	tag, ok := blog.LanguageTag(s)
	if !ok {
		return ""
	}
	return tag
}

// Email returns a bare e-mail address, or "" when s is none that every
// validator would take.
func Email(s string) string { return matching(email, s) }

func matching(form *regexp.Regexp, s string) string {
	if s = strings.TrimSpace(s); form.MatchString(s) {
		return s
	}
	return ""
}

// namespaceURL is the name space of RFC 9562 section 6.6 for names that are
// URLs, the nearest there is for names of posts.
const namespaceURL = "\x6b\xa7\xb8\x11\x9d\xad\x11\xd1\x80\xb4\x00\xc0\x4f\xd4\x30\xc8"

// IRI returns id unchanged when it is an IRI, else a urn:uuid made from it: the
// version 5 UUID of RFC 9562 section 5.5, as lasting and as unique as id is.
func IRI(id string) string {
	if IsIRI(id) {
		return id
	}
	return "urn:uuid:" + UUID(namespaceURL, id)
}

// UUID returns the version 5 UUID of a name within a name space, which is the 16
// bytes of another UUID (RFC 9562 section 5.5).
func UUID(namespace, name string) string {
	h := sha1.Sum([]byte(namespace + name))
	h[6], h[8] = h[6]&0x0f|0x50, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// IsIRI tells whether s is absolute, as RFC 4287 section 4.2.6 wants ids to be,
// and free of what no IRI may hold. A web address must have a host besides.
func IsIRI(s string) bool {
	if !iri.MatchString(s) || strings.Count(s, "#") > 1 {
		return false
	}
	scheme, _, _ := strings.Cut(strings.ToLower(s), ":")
	return scheme != "http" && scheme != "https" || URL(s) != ""
}
