package text

import (
	"bytes"
	"regexp"
	"strings"
)

// atxHeading matches a first-level heading (CommonMark section 4.2): its text
// stands between white space. A closing row of # is one only behind white space,
// so that C# keeps its sign; attributes in braces are none of the text.
var atxHeading = regexp.MustCompile(`^ {0,3}#(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t\r]*$`)

var headingAttributes = regexp.MustCompile(`[ \t]*\{[#.:][^{}]*\}$`)

// escapedMark matches punctuation that a backslash makes text (CommonMark section
// 2.4).
var escapedMark = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")

// Heading returns the text of the first-level heading that a body begins with, without
// its marks, and how many bytes of the body it takes; empty if there is none.
func Heading(body []byte) (heading string, length int) {
	trimmed := bytes.TrimLeft(body, "\r\n")
	line, rest, _ := bytes.Cut(trimmed, []byte("\n"))
	heading, isHeading := atxTitle(line)
	if !isHeading {
		heading, rest = setextTitle(trimmed)
	}
	heading = escapedMark.ReplaceAllString(headingAttributes.ReplaceAllString(heading, ""), "$1")
	return heading, len(body) - len(rest)
}

// atxTitle returns the text of a first-level heading that begins with a number
// sign; false if the line is none.
func atxTitle(line []byte) (text string, ok bool) {
	m := atxHeading.FindSubmatch(line)
	if m == nil {
		return "", false
	}
	text = strings.TrimSpace(string(m[1]))
	if strings.Trim(text, "#") == "" { // no words, only a closing row
		return "", true
	}
	return text, true
}

// notParagraph matches lines that begin something else than the text of a heading.
var notParagraph = regexp.MustCompile("^(?: {4}|\t| {0,3}(?:[#>|<]|[-+*][ \t]|\\d{1,9}[.)][ \t]|```|~~~|(?:[-*_][ \t]*){3,}\\s*$))")

// underline matches the line that makes the text above it a first-level heading.
var underline = regexp.MustCompile(`^ {0,3}=+[ \t]*\r?$`)

// setextTitle returns the text of a heading that is underlined, and what follows
// it; nothing if the body begins with none.
func setextTitle(body []byte) (text string, rest []byte) {
	var lines []string
	for rest = body; len(rest) > 0 && len(lines) < 8; {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		switch {
		case underline.Match(line) && len(lines) > 0:
			return strings.Join(lines, " "), rest
		case len(bytes.TrimSpace(line)) == 0, notParagraph.Match(line):
			return "", nil
		}
		lines = append(lines, strings.TrimSpace(string(line)))
	}
	return "", nil
}
