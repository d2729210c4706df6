// Package permalink makes the addresses of pages as Hugo does: it fills patterns, and cleans what
// stands in an address. In go names and dates; nothing here knows the site.
package permalink

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

var slashes = regexp.MustCompile(`/{2,}`)

// Collapse makes one slash of several, and sees to it that there is one at the beginning.
func Collapse(at string) string { return slashes.ReplaceAllString("/"+at, "/") }

// tokens are what may stand in a pattern, a longer one before any that it begins with.
var tokens = []string{
	"slugorcontentbasename", "contentbasename", "slugorfilename", "filename", "slug", "title",
	"sectionslugs", "sectionslug", "sections", "section",
	"yearday", "year", "monthname", "month", "weekdayname", "weekday", "day",
}

var token = regexp.MustCompile(`:(?:` + strings.Join(tokens, "|") + `)(?:\[[^\]]*\])?`)

// Names are what stands for the tokens of a pattern.
type Names struct {
	Date     time.Time // of the page, in the zone in which it is written
	Section  string    // the folder at the top of the content
	Sections []string  // the folders that lead to the section of the page
	Title    string
	Slug     string // empty: none is stated
	File     string // of the file, or of the folder of a bundle, without language and extension
}

// Fill puts names for the tokens of a pattern, such as ":year" or ":sections[1:]".
func Fill(pattern string, names func() Names) string {
	return token.ReplaceAllStringFunc(pattern, func(token string) string { return names().of(token) })
}

// of returns what stands for a token.
func (n Names) of(token string) string {
	token, index, _ := strings.Cut(token, "[")
	switch token {
	case ":section", ":sectionslug":
		return n.Section
	case ":sections", ":sectionslugs":
		return strings.Join(between(n.Sections, strings.TrimSuffix(index, "]")), "/")
	case ":title":
		return segment(n.Title)
	case ":slug":
		return segment(cmp.Or(n.Slug, n.Title, n.File))
	case ":slugorcontentbasename", ":slugorfilename":
		return segment(cmp.Or(n.Slug, n.File))
	case ":filename", ":contentbasename":
		return segment(n.File)
	}
	return date(token, n.Date)
}

// date returns what stands for a token of the date.
func date(token string, at time.Time) string {
	switch token {
	case ":year":
		return at.Format("2006")
	case ":month":
		return at.Format("01")
	case ":monthname":
		return at.Format("January")
	case ":day":
		return at.Format("02")
	case ":weekday":
		return strconv.Itoa(int(at.Weekday()))
	case ":weekdayname":
		return at.Weekday().String()
	}
	return strconv.Itoa(at.YearDay())
}

// between returns the folders that an index such as "1:" or "last" asks for.
func between(folders []string, index string) []string {
	from, to := 0, len(folders)
	low, high, isRange := strings.Cut(index, ":")
	position := func(s string, otherwise int) int {
		var n int
		if s == "last" {
			return len(folders) - 1
		}
		if _, err := fmt.Sscan(s, &n); err != nil {
			return otherwise
		}
		return min(max(n, 0), len(folders))
	}
	switch {
	case index == "":
		return folders
	case isRange:
		from, to = position(low, 0), position(high, to)
	default:
		from = position(index, 0)
		to = min(from+1, len(folders))
		if index == "last" && to == 1 { // as Hugo has it: there is no last one of one
			to = 0
		}
	}
	return folders[max(from, 0):max(from, 0, to)]
}

// segment is one segment of an address: a slash in it would make two.
func segment(s string) string { return Clean(strings.ReplaceAll(s, "/", "-")) }

// Clean makes an address of words: hyphens for white space, and nothing but
// letters, digits, marks and what paths commonly hold.
func Clean(s string) string {
	var out strings.Builder
	runes := []rune(strings.TrimSpace(s))
	hyphen := false
	for i, c := range runes {
		switch {
		case unicode.IsSpace(c):
			hyphen = true
			continue
		case unicode.IsLetter(c), unicode.IsDigit(c), unicode.IsMark(c), strings.ContainsRune("._~/\\#+-@", c),
			c == '%' && i+2 < len(runes) && isHex(runes[i+1]) && isHex(runes[i+2]):
			if hyphen && c != '-' && !strings.HasSuffix(out.String(), "-") {
				out.WriteByte('-')
			}
			hyphen = false
			out.WriteRune(c)
		}
	}
	return out.String()
}

func isHex(c rune) bool { return unicode.Is(unicode.ASCII_Hex_Digit, c) }
