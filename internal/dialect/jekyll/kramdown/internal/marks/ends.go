package marks

import (
	"strings"

	"broadsheet/internal/dialect/jekyll/kramdown/internal/scan"
	"broadsheet/internal/dialect/jekyll/kramdown/internal/span"
)

// List returns the length of a list of attributes that takes whole lines.
func List(rest string) int { return listLineOf(rest, span.ListLength) }

// AnyList is the same for lists that have a name, too.
func AnyList(rest string) int { return listLineOf(rest, span.AnyListLength) }

func listLineOf(rest string, length func(string) int) int {
	margin := scan.Margin(rest)
	n := length(rest[margin:])
	if n == 0 {
		return 0
	}
	end := scan.LineEnd(rest[margin+n:])
	if end == 0 {
		return 0
	}
	return margin + n + end
}

// LeadingList separates a list of attributes from the text that it stands before.
func LeadingList(text string) (rest, attributes string) {
	trimmed := strings.TrimLeft(text, " \t\n\v\f\r")
	n := span.ListLength(trimmed)
	if n == 0 {
		return text, ""
	}
	return strings.TrimLeft(trimmed[n:], " \t\n\v\f\r"), trimmed[2 : n-1]
}

// Target separates an address from the title behind it.
func Target(text string) (address, title string, hasTitle bool) {
	if inner, ok := strings.CutPrefix(text, "<"); ok {
		if end := strings.IndexByte(inner, '>'); end >= 0 {
			after := inner[end+1:]
			tail := scan.Trim(after)
			switch {
			case tail == "":
				return inner[:end], "", false
			case IsQuoted(tail) && scan.Spaces(after) > 0:
				return inner[:end], tail[1 : len(tail)-1], true
			}
		}
	}
	for i := 1; i < len(text)-2; i++ {
		if (text[i] == '"' || text[i] == '\'') && (text[i-1] == ' ' || text[i-1] == '\t') && text[len(text)-1] == text[i] {
			return strings.TrimRight(text[:i], " \t"), text[i+1 : len(text)-1], true
		}
	}
	return text, "", false
}

// IsQuoted reports whether a text is in quotes.
func IsQuoted(s string) bool {
	n := len(s)
	return n > 2 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0]
}

// IsEnd reports whether a line is the mark that ends a block.
func IsEnd(rest string) bool { return rest[0] == '^' && scan.LineEnd(rest[1:]) > 0 }

// OpensBlock reports whether a line ends a paragraph in GitHub's dialect.
func OpensBlock(rest string) bool {
	margin := scan.Margin(rest)
	if margin == len(rest) {
		return false
	}
	switch rest[margin] {
	case '*', '-', '+', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return Bullet(rest, 3) > 0 || Number(rest, 3) > 0
	case '#':
		return margin == 0 && Heading(rest) > 0
	case '>':
		return true
	case '`', '~':
		return scan.Run(rest[margin:], '`') > 2 || scan.Run(rest[margin:], '~') > 2
	}
	return false
}

// EndsLazily reports whether a line cannot continue a block whose other lines are marked.
func EndsLazily(rest string) bool {
	if rest == "" || scan.IsBlank(rest[:scan.Line(rest)]) {
		return true
	}
	switch margin := scan.Margin(rest); rest[margin] {
	case '{':
		return AnyList(rest) > 0
	case '^':
		return IsEnd(rest)
	case '<':
		return EndsAtTag(rest[margin:])
	}
	return false
}

// EndsAtTag reports whether a tag is that of an element which is no span.
func EndsAtTag(s string) bool {
	end := strings.HasPrefix(s, "</")
	from := 1
	if end {
		from = 2
	}
	n := scan.Name(s[from:])
	if n == 0 {
		return false
	}
	name := s[from : from+n]
	word := 0
	for word < n && scan.IsWord(name[word]) {
		word++
	}
	if scan.IsSpan(name[:word]) || name[:word] == "script" {
		return false
	}
	if end {
		_, length := scan.CloseTag(s)
		return length > 0
	}
	return true
}
