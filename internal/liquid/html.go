package liquid

import "strings"

// hidden are the pieces of HTML that go with what is in them.
var hidden = []struct{ start, end string }{{"<script", "</script>"}, {"<style", "</style>"}, {"<!--", "-->"}}

// stripHTML takes the tags out of a text, and scripts, styles and comments. It
// looks at each byte a bounded number of times.
func stripHTML(s string) string {
	var b strings.Builder
	s = strings.ToValidUTF8(s, "\uFFFD") // so that lower is of equal length
	rest := htmlRest{text: s, lower: strings.Map(lowerASCII, s), missing: map[string]bool{}}
	for {
		start := strings.IndexByte(rest.text, '<')
		if start < 0 {
			b.WriteString(rest.text)
			return b.String()
		}
		b.WriteString(rest.text[:start])
		rest.cut(start)
		end := rest.tagEnd()
		if end < 0 {
			b.WriteByte('<')
			end = 1
		}
		rest.cut(end)
	}
}

// htmlRest is what of a text is still to be stripped.
type htmlRest struct {
	text, lower string
	missing     map[string]bool // ends that do not come any more
}

func (r *htmlRest) cut(n int) { r.text, r.lower = r.text[n:], r.lower[n:] }

// tagEnd returns where what starts here ends, or -1.
func (r *htmlRest) tagEnd() int {
	for _, h := range hidden {
		if strings.HasPrefix(r.lower, h.start) {
			if end := r.find(h.end); end >= 0 {
				return end
			}
		}
	}
	return r.find(">")
}

func (r *htmlRest) find(end string) int {
	if r.missing[end] {
		return -1
	}
	at := strings.Index(r.lower, end)
	if at < 0 {
		r.missing[end] = true
		return -1
	}
	return at + len(end)
}

func lowerASCII(c rune) rune {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
