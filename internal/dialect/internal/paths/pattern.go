package paths

import (
	"net/url"
	"strings"
)

// Expand puts what fill says in the place of each placeholder: a colon and words
// of lower-case letters, with "_" between them.
func Expand(pattern string, fill func(name string) string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, ":")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		length := letters(rest)
		for word := length; word > 0 && strings.HasPrefix(rest[length:], "_"); {
			if word = letters(rest[length+1:]); word > 0 {
				length += 1 + word
			}
		}
		name := pattern[len(before) : len(before)+1+length]
		if length > 0 {
			name = fill(name)
		}
		b.WriteString(name)
		pattern = rest[length:]
	}
}

// letters returns how many lower-case letters a text begins with.
func letters(text string) int { return len(text) - len(strings.TrimLeft(text, lowerCase)) }

const lowerCase = "abcdefghijklmnopqrstuvwxyz"

// dateLayouts are those of the placeholders that dialects share.
var dateLayouts = map[string]string{
	":year": "2006", ":month": "01", ":day": "02", ":hour": "15", ":minute": "04", ":second": "05",
	":short_year": "06", ":i_month": "1", ":i_day": "2",
}

// DateLayout returns the layout of a placeholder for a part of a date, such as ":year".
func DateLayout(name string) (layout string, ok bool) {
	layout, ok = dateLayouts[name]
	return layout, ok
}

// Escape encodes what a path of a URL cannot hold (RFC 3986 section 3.3).
func Escape(s string) string { return (&url.URL{Path: s}).EscapedPath() }

// Of is the decoded path of an address below that of a site; empty for any other.
func Of(address, site string) string {
	rest, below := strings.CutPrefix(address, site+"/")
	if !below {
		return ""
	}
	decoded, err := url.PathUnescape(rest)
	if err != nil {
		return ""
	}
	return "/" + decoded
}
