package text

import (
	"regexp"
	"strings"
	"unicode"

	"broadsheet/internal/dialect/hugo/layout/internal/value"
)

// ReplaceSome replaces the first so many matches; all below 0.
func ReplaceSome(re *regexp.Regexp, text, by string, left int) string {
	var out []byte
	last := 0
	for _, at := range re.FindAllStringSubmatchIndex(text, left) {
		out = append(out, text[last:at[0]]...)
		out = re.ExpandString(out, by, text, at)
		last = at[1]
	}
	return string(append(out, text[last:]...))
}

// Substr is a part of a text: from a position on, of a length, or to an end.
func Substr(s string, at []any, toEnd bool) (string, error) {
	runes := []rune(s)
	from, length := 0, len(runes)
	if len(at) > 0 {
		from, _ = value.Int(at[0])
	}
	if from < 0 {
		from = max(len(runes)+from, 0)
	}
	from = min(from, len(runes))
	if len(at) > 1 {
		length, _ = value.Int(at[1])
		if toEnd {
			length -= from
		}
	}
	end := min(from+length, len(runes))
	if length < 0 {
		end = len(runes) + length
	}
	return string(runes[from:max(end, from)]), nil
}

// Truncate cuts a text between two words, and marks it.
func Truncate(n any, args ...any) (string, error) {
	limit, err := value.Int(n)
	if err != nil || len(args) == 0 {
		return "", err
	}
	mark, text := "…", []rune(value.String(args[len(args)-1]))
	if len(args) > 1 {
		mark = value.String(args[0])
	}
	if len(text) <= limit {
		return string(text), nil
	}
	cut := string(text[:max(limit, 0)])
	if i := strings.LastIndexFunc(cut, unicode.IsSpace); i > 0 && !unicode.IsSpace(text[limit]) {
		cut = cut[:i]
	}
	return strings.TrimRightFunc(cut, unicode.IsSpace) + mark, nil
}
