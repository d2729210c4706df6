// Package text holds the functions of layouts that make something of texts alone. In go texts; what
// they make is no longer than a few times what they are given, so that nobody has to watch them.
package text

import (
	"crypto/md5"  //nolint:gosec // layouts name things by it
	"crypto/sha1" //nolint:gosec // so they do by this
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"html"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// OfOne make a text of a text.
var OfOne = map[string]func(string) string{
	"lower": strings.ToLower, "upper": strings.ToUpper, "title": title, "humanize": humanize, "firstupper": firstUpper,
	"chomp":      func(s string) string { return strings.TrimRight(s, "\r\n") },
	"trimspace":  strings.TrimSpace,
	"urlize":     func(s string) string { return strings.ToLower(words(s, "-")) },
	"anchorize":  func(s string) string { return strings.ToLower(strings.Map(anchorRune, strings.TrimSpace(s))) },
	"plainify":   func(s string) string { return html.UnescapeString(tags.ReplaceAllString(s, "")) },
	"emojify":    func(s string) string { return s },
	"htmlEscape": html.EscapeString, "htmlUnescape": html.UnescapeString,
	"md5":          func(s string) string { sum := md5.Sum([]byte(s)); return hex.EncodeToString(sum[:]) },  //nolint:gosec // see above
	"sha1":         func(s string) string { sum := sha1.Sum([]byte(s)); return hex.EncodeToString(sum[:]) }, //nolint:gosec // see above
	"sha256":       func(s string) string { sum := sha256.Sum256([]byte(s)); return hex.EncodeToString(sum[:]) },
	"base64Encode": func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"pathbase":     path.Base, "pathext": path.Ext, "pathdir": path.Dir, "pathclean": path.Clean,
	"pathbasename": func(s string) string { return strings.TrimSuffix(path.Base(s), path.Ext(s)) },
}

// OfTwo make something of a text and another.
var OfTwo = map[string]func(s, other string) any{
	"trim":        func(s, cut string) any { return strings.Trim(s, cut) },
	"trimLeft":    func(cut, s string) any { return strings.TrimLeft(s, cut) },
	"trimRight":   func(cut, s string) any { return strings.TrimRight(s, cut) },
	"trimPrefix":  func(cut, s string) any { return strings.TrimPrefix(s, cut) },
	"trimSuffix":  func(cut, s string) any { return strings.TrimSuffix(s, cut) },
	"hasPrefix":   func(s, begin string) any { return strings.HasPrefix(s, begin) },
	"hasSuffix":   func(s, end string) any { return strings.HasSuffix(s, end) },
	"contains":    func(s, part string) any { return strings.Contains(s, part) },
	"containsany": func(s, any string) any { return strings.ContainsAny(s, any) },
	"countof":     func(part, s string) any { return strings.Count(s, part) },
	"split":       func(s, by string) any { return strings.Split(s, by) },
}

var tags = regexp.MustCompile(`<[^<>]*>`)

// title writes the words of a title with capitals.
func title(s string) string {
	all := strings.Fields(s)
	for i, word := range all {
		if i == 0 || i == len(all)-1 || !smallWords[strings.ToLower(word)] {
			all[i] = firstUpper(word)
		}
	}
	return strings.Join(all, " ")
}

// smallWords are those that the style of the Associated Press writes small.
var smallWords = map[string]bool{
	"a": true, "an": true, "and": true, "as": true, "at": true, "but": true, "by": true, "for": true, "in": true, "nor": true,
	"of": true, "on": true, "or": true, "so": true, "the": true, "to": true, "up": true, "yet": true,
}

func firstUpper(s string) string {
	c, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(c)) + s[size:]
}

// humanize makes words of a name.
func humanize(s string) string { return firstUpper(strings.Join(strings.FieldsFunc(s, isJoint), " ")) }

func isJoint(c rune) bool { return c == '-' || c == '_' || unicode.IsSpace(c) }

// words joins the words of a text, without marks that addresses do not have.
func words(s, by string) string {
	keep := func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || unicode.IsSpace(c) || strings.ContainsRune("._~/\\#+-@", c) {
			return c
		}
		return -1
	}
	return strings.Join(strings.Fields(strings.Map(keep, s)), by)
}

func anchorRune(c rune) rune {
	switch {
	case unicode.IsLetter(c), unicode.IsNumber(c), c == '_', c == '-':
		return c
	case unicode.IsSpace(c):
		return '-'
	}
	return -1
}
