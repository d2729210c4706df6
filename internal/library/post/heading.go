package post

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

// titleFromHeading takes the heading that the body begins with as the title.
// It leaves the body, where it would be read a second time.
func (r *reader) titleFromHeading() {
	body := bytes.TrimLeft(r.post.Body, "\r\n")
	line, rest, _ := bytes.Cut(body, []byte("\n"))
	m := atxHeading.FindSubmatch(line)
	if m == nil {
		return
	}
	text := strings.TrimSpace(string(m[1]))
	if strings.Trim(text, "#") == "" { // no words, only a closing row
		text = ""
	}
	text = escapedMark.ReplaceAllString(headingAttributes.ReplaceAllString(text, ""), "$1")
	if text == "" {
		return
	}
	skipped := r.post.Body[:len(r.post.Body)-len(rest)]
	r.post.Title = plainTitle(text)
	r.post.BodyLine += bytes.Count(skipped, []byte("\n"))
	r.post.Body = rest
}
