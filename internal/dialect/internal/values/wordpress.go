package values

import (
	"regexp"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter/meta"
)

var (
	// kept is what WordPress keeps of an enclosure, and its exporters copy: an
	// address, a length and a type, a line each. Front matter may have made
	// spaces of the line ends, or left them as the escapes of another language.
	kept = regexp.MustCompile(`^(\S.*?)(?:` + apart + `([0-9][0-9,]*))?(?:` + apart + `([A-Za-z]+/[A-Za-z0-9.+-]+)(?:[;\s\\](?s:.*))?)?$`)

	// playing is how long it plays, where a plugin added that in PHP's notation.
	playing = regexp.MustCompile(`"duration";s:[0-9]+:"([0-9:.]+)"`)

	digits = regexp.MustCompile(`^[0-9]*$`)
)

const apart = `(?:\s|\\r|\\n)+`

// wordPress reads an enclosure as WordPress keeps it. Any part but the address
// may be missing; but one of them has to be there.
func wordPress(text string) (blog.Enclosure, bool) {
	text = strings.TrimSpace(text)
	m := kept.FindStringSubmatch(text)
	if m == nil || m[2] == "" && m[3] == "" || !isAddress(m[1]) {
		return blog.Enclosure{}, false
	}
	e := blog.Enclosure{URL: m[1], Size: Size(m[2]), Type: MIMEType(m[3])}
	if d := playing.FindStringSubmatch(text); d != nil {
		e.Duration = Duration(d[1])
	}
	return e, true
}

// inParts tells a list whose members are the address, length and type of one
// file from a list of files.
func inParts(list []meta.Value) bool {
	if len(list) < 2 || len(list) > 4 || !isAddress(strings.TrimSpace(list[0].Text)) {
		return false
	}
	second, last := strings.TrimSpace(list[1].Text), strings.TrimSpace(list[len(list)-1].Text)
	return second != "" && digits.MatchString(second) || MIMEType(last) != "" && typeOf(last) == "" && !isAddress(last) && !strings.HasPrefix(last, "/")
}
