package unseen

import "strings"

// maxSpan bounds how far before an attribute list its span may begin, in bytes.
const maxSpan = 4 << 10

// span hides the span that ends at a place of the text, with the list that begins there and
// those that follow it: without their span they would be text. False if no span ends there.
func (l *listed) span(end int, list string) bool {
	from := max(0, end-maxSpan)
	if n := len(l.hidden); n > 0 {
		from = max(from, min(end, l.hidden[n-1][1]))
	}
	if i := strings.LastIndex(l.text[from:end], "\n\n"); i >= 0 {
		from += i
	}
	size := spanSize(l.text[from:end])
	if size > 0 {
		to := end + len(list)
		for next := listHere.FindString(l.text[to:]); next != ""; next = listHere.FindString(l.text[to:]) {
			to += len(next)
		}
		l.hidden = append(l.hidden, [2]int{end - size, to})
	}
	return size > 0
}

// spanSize returns how long the span is that a text ends with, or 0.
func spanSize(text string) int {
	if text == "" {
		return 0
	}
	rest, last := text, text[len(text)-1]
	switch last {
	case '}': // another list
		if at := strings.LastIndexByte(text, '{'); at > 0 {
			return spanSize(text[:at]) + len(text) - at
		}
		return 0
	case '`', '*', '_', '$', '~':
		rest = strings.TrimRight(text, string(last))
		at := strings.LastIndex(rest, text[len(rest):])
		return sizeFrom(text, at)
	case '>':
		at := strings.LastIndexByte(text, '<')
		if at >= 0 && strings.HasPrefix(text[at:], "</") {
			at = strings.LastIndex(text[:at], "<"+strings.TrimRight(text[at+2:], "> "))
		}
		return sizeFrom(text, at)
	case ')':
		if at := opening(text, '(', ')'); at > 0 && text[at-1] == ']' {
			rest = text[:at]
		}
	case ']':
		if at := opening(text, '[', ']'); at > 0 && text[at-1] == ']' {
			rest = text[:at] // a name of the link before it
		}
	}
	at := opening(rest, '[', ']')
	if at > 0 && text[at-1] == '!' {
		at--
	}
	return sizeFrom(text, at)
}

func sizeFrom(text string, at int) int {
	if at < 0 {
		return 0
	}
	return len(text) - at
}

// opening returns where the bracket opens that closes at the end of a text; -1: it
// does not.
func opening(text string, opens, closes byte) int {
	if text == "" || text[len(text)-1] != closes {
		return -1
	}
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case closes:
			depth++
		case opens:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
