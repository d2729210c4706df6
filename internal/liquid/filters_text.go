package liquid

import (
	"encoding/base64"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// white is what Ruby takes for white space.
const white = " \t\n\v\f\r"

func isWhite(c rune) bool { return c < utf8.RuneSelf && strings.ContainsRune(white, c) }

func words(s string) []string { return strings.FieldsFunc(s, isWhite) }

var textFilters = map[string]filter{
	"append":               ofText1(func(s, end string) string { return s + end }),
	"capitalize":           ofText(capitalize),
	"downcase":             ofText(strings.ToLower),
	"lstrip":               ofText(func(s string) string { return strings.TrimLeft(s, white) }),
	"newline_to_br":        ofText(func(s string) string { return newlines.Replace(s) }),
	"normalize_whitespace": ofText(func(s string) string { return strings.Join(words(s), " ") }),
	"prepend":              ofText1(func(s, start string) string { return start + s }),
	"remove":               {remove(-1), 1, 1},
	"remove_first":         {remove(1), 1, 1},
	"remove_last":          ofText1(func(s, old string) string { return replaceLast(s, old, "") }),
	"replace":              {replace(-1), 1, 2},
	"replace_first":        {replace(1), 1, 2},
	"replace_last": {func(r *run, in any, args arguments) (any, error) {
		return replaceLast(r.asText(in), args.text(r, 0, ""), args.text(r, 1, "")), nil
	}, 2, 2},
	"rstrip":         ofText(func(s string) string { return strings.TrimRight(s, white+"\x00") }),
	"slice":          {slice, 1, 2},
	"split":          {split, 1, 1},
	"strip":          ofText(func(s string) string { return strings.TrimLeft(strings.TrimRight(s, white+"\x00"), white) }),
	"strip_html":     ofText(stripHTML),
	"strip_newlines": ofText(func(s string) string { return noNewlines.Replace(s) }),
	"truncate":       {truncate, 0, 2},
	"truncatewords":  {truncateWords, 0, 2},
	"upcase":         ofText(upcase),

	"base64_encode":          ofText(func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }),
	"base64_decode":          {apply: decode(base64.StdEncoding)},
	"base64_url_safe_encode": ofText(func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) }),
	"base64_url_safe_decode": {apply: decode(base64.URLEncoding)},
}

var (
	newlines   = strings.NewReplacer("\r\n", "<br />\n", "\n", "<br />\n")
	noNewlines = strings.NewReplacer("\r\n", "", "\n", "")
	// longer are the letters that become more than one.
	longer = strings.NewReplacer("ß", "SS", "ﬀ", "FF", "ﬁ", "FI", "ﬂ", "FL", "ﬃ", "FFI", "ﬄ", "FFL", "ﬅ", "ST", "ﬆ", "ST", "ŉ", "ʼN", "և", "ԵՒ")
)

func upcase(s string) string { return strings.ToUpper(longer.Replace(s)) }

func capitalize(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	start := string(unicode.ToTitle(first))
	if long := longer.Replace(s[:size]); long != s[:size] {
		start = capitalize(long)
	}
	return start + strings.ToLower(s[size:])
}

var errBase64 = errors.New("invalid base64")

// decode makes the filter that reads what is encoded. Bytes that are no text are a mistake.
func decode(encoding *base64.Encoding) applied {
	return func(r *run, in any, _ arguments) (any, error) {
		text, err := encoding.DecodeString(r.asText(in))
		if err != nil || !utf8.Valid(text) {
			return nil, errBase64
		}
		return string(text), nil
	}
}

// remove makes the filter that takes out the first n occurrences, or all.
func remove(n int) applied {
	return func(r *run, in any, args arguments) (any, error) {
		return strings.Replace(r.asText(in), args.text(r, 0, ""), "", n), nil
	}
}

// replace makes the filter that replaces the first n occurrences, or all.
func replace(n int) applied {
	return func(r *run, in any, args arguments) (any, error) {
		s, from := r.asText(in), args.text(r, 0, "")
		to, err := replacement(args.text(r, 1, ""), from)
		if r.spend(2 * textCost(to)); err != nil {
			return nil, err
		}
		count := strings.Count(s, from)
		if n >= 0 {
			count = min(count, n)
		}
		if len(s)+count*len(to) > 2*maxText {
			return nil, errTooLong
		}
		return strings.Replace(s, from, to, n), nil
	}
}

var errAround = errors.New("a replacement by what is around the place is not supported")

// replacement returns what stands in for a text: as in Ruby, a backslash in it means that
// text, or itself.
func replacement(to, from string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(to); i++ {
		if to[i] != '\\' || i+1 == len(to) {
			b.WriteByte(to[i])
			continue
		}
		switch c := to[i+1]; {
		case c == '0' || c == '&':
			b.WriteString(from)
		case '1' <= c && c <= '9':
		case c == '\\':
			b.WriteByte('\\')
		case c == '`' || c == '\'':
			return "", errAround
		default:
			b.WriteString(to[i : i+2])
		}
		i++
		if b.Len() > maxText {
			return b.String(), errTooLong
		}
	}
	return b.String(), nil
}

func replaceLast(s, from, to string) string {
	at := strings.LastIndex(s, from)
	if at < 0 {
		return s
	}
	return s[:at] + to + s[at+len(from):]
}

// slice returns part of a string, or of a list.
func slice(r *run, in any, args arguments) (any, error) {
	start, err := args.int(0, 0)
	if err != nil {
		return nil, err
	}
	length := 1
	if args.at(1) != nil {
		if length, err = args.int(1, 1); err != nil {
			return nil, err
		}
	}
	if list, ok := in.([]any); ok {
		from, to := bounds(len(list), start, length)
		return list[from:to:to], nil
	}
	runes := []rune(r.asText(in))
	from, to := bounds(len(runes), start, length)
	return string(runes[from:to]), nil
}

// bounds returns where a part of something begins and ends; a negative start
// counts from the end.
func bounds(n, start, length int) (from, to int) {
	if start < 0 {
		start += n
	}
	if start < 0 || start >= n || length <= 0 {
		return 0, 0
	}
	return start, start + min(length, n-start)
}

// split parts a string; a single space stands for any white space, and nothing
// for the place between two letters. Empty pieces at the end go.
func split(r *run, in any, args arguments) (any, error) {
	s, separator := r.asText(in), args.text(r, 0, "")
	if strings.Count(s, separator) > maxItems {
		return nil, errTooLong
	}
	var pieces []string
	if separator == " " {
		pieces = words(s)
	} else {
		pieces = strings.Split(s, separator)
	}
	for len(pieces) > 0 && pieces[len(pieces)-1] == "" {
		pieces = pieces[:len(pieces)-1]
	}
	list := make([]any, len(pieces))
	for i, piece := range pieces {
		list[i] = piece
	}
	r.spend(nodeCost * len(list))
	return list, nil
}

// truncate shortens a string to so many letters, those of the ellipsis counted.
func truncate(r *run, in any, args arguments) (any, error) {
	most, err := args.int(0, 50)
	if err != nil || in == nil {
		return nil, err
	}
	s, end := []rune(r.asText(in)), args.text(r, 1, "...")
	if len(s) <= most {
		return string(s), nil
	}
	keep := min(len(s), max(0, most-utf8.RuneCountInString(end)))
	return string(s[:keep]) + end, nil
}

func truncateWords(r *run, in any, args arguments) (any, error) {
	most, err := args.int(0, 15)
	if err != nil || in == nil {
		return nil, err
	}
	s, end := r.asText(in), args.text(r, 1, "...")
	var kept []string
	rest := strings.TrimLeft(s, white)
	for n := max(1, most); n > 0 && rest != ""; n-- {
		after := strings.IndexAny(rest, white)
		if after < 0 {
			return s, nil
		}
		kept = append(kept, rest[:after])
		rest = strings.TrimLeft(rest[after:], white)
	}
	if len(kept) < max(1, most) {
		return s, nil
	}
	return strings.Join(kept, " ") + end, nil
}
