package liquid

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

var escapeFilters = map[string]filter{
	"cgi_escape":  {apply: onlyText(url.QueryEscape)},
	"escape":      ofGiven(escapeHTML),
	"escape_once": ofText(escapeOnce),
	"h":           ofGiven(escapeHTML),
	"uri_escape":  {apply: onlyText(escapeURI)},
	"url_decode":  {apply: urlDecode},
	"url_encode":  ofGiven(url.QueryEscape),
	"xml_escape":  ofText(func(s string) string { return xmlEscapes.Replace(s) }),
}

var (
	escapes    = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")
	xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;")
	toEscape   = regexp.MustCompile(`["'<>]|&(?:[a-zA-Z]+;|#\d+;)?`)
)

func escapeHTML(s string) string { return escapes.Replace(s) }

// escapeOnce leaves what is escaped already.
func escapeOnce(s string) string {
	return toEscape.ReplaceAllStringFunc(s, func(found string) string {
		if len(found) > 1 {
			return found
		}
		return escapeHTML(found)
	})
}

var errNoText = errors.New("only a text will do")

// onlyText makes a filter that stops at anything but text.
func onlyText(f func(string) string) applied {
	return func(_ *run, in any, _ arguments) (any, error) {
		s, ok := in.(string)
		if !ok {
			return nil, errNoText
		}
		return f(s), nil
	}
}

var escapedBytes = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

func urlDecode(r *run, in any, _ arguments) (any, error) {
	if in == nil {
		return nil, nil
	}
	s := strings.ReplaceAll(r.asText(in), "+", " ")
	s = escapedBytes.ReplaceAllStringFunc(s, func(found string) string {
		return string([]byte{unhex(found[1])<<4 | unhex(found[2])})
	})
	if !utf8.ValidString(s) {
		return nil, errors.New("invalid byte sequence in UTF-8")
	}
	return s, nil
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}

// escapeURI encodes what may not stand in an address (RFC 3986 section 2).
func escapeURI(s string) string { return escapeBut(s, "-._~:/?#[]@!$&'()*+,;=%") }

// escapeBut encodes all but letters, digits and the marks that are allowed.
func escapeBut(s, allowed string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c < utf8.RuneSelf && (isAlphanumeric(c) || strings.IndexByte(allowed, c) >= 0) {
			b.WriteByte(c)
			continue
		}
		const digits = "0123456789ABCDEF"
		b.Write([]byte{'%', digits[c>>4], digits[c&15]})
	}
	return b.String()
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
