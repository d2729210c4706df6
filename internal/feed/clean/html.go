package clean

import (
	"html"
	"regexp"
	"strings"
)

var (
	tag      = regexp.MustCompile(`<[A-Za-z/!?]`)
	htmlText = strings.NewReplacer("&", "&amp;", "<", "&lt;")
)

// SeemsHTML tells whether a reader that takes the plain text s for HTML would
// show something else than s.
func SeemsHTML(s string) bool {
	return strings.ContainsAny(s, "<&") && (tag.MatchString(s) || html.UnescapeString(s) != s)
}

// HTML returns HTML that shows the plain text s. It is s itself where that is
// possible, so that readers which do not expect HTML show the same.
func HTML(s string) string {
	if !SeemsHTML(s) {
		return s
	}
	return htmlText.Replace(s)
}
