package liquid

import "strings"

// hidden are the pieces of HTML that go with what is in them.
var hidden = []struct{ start, end string }{{"<script", "</script>"}, {"<style", "</style>"}, {"<!--", "-->"}}

// stripHTML takes scripts, styles and comments out of a text, and then the tags. It looks at
// each byte a bounded number of times.
func stripHTML(s string) string {
	missing := map[string]bool{} // ends that do not come any more
	s = cutPieces(s, func(rest string) int {
		for _, h := range hidden {
			if strings.HasPrefix(rest, h.start) {
				return pieceEnd(rest, len(h.start), h.end, missing)
			}
		}
		return 0
	})
	return cutPieces(s, func(rest string) int { return pieceEnd(rest, 1, ">", missing) })
}

// cutPieces takes out the pieces that begin with "<" and of which length is positive.
func cutPieces(s string, length func(rest string) int) string {
	var b strings.Builder
	for {
		start := strings.IndexByte(s, '<')
		if start < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:start])
		s = s[start:]
		n := length(s)
		if n == 0 {
			b.WriteByte('<')
			n = 1
		}
		s = s[n:]
	}
}

// pieceEnd returns how long a piece is that ends so; 0 if it does not.
func pieceEnd(s string, from int, end string, missing map[string]bool) int {
	if missing[end] {
		return 0
	}
	at := strings.Index(s[from:], end)
	if at < 0 {
		missing[end] = true
		return 0
	}
	return from + at + len(end)
}
