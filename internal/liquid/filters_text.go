package liquid

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var textFilters = map[string]filter{
	"append":               ofText1(func(s, end string) string { return s + end }),
	"capitalize":           ofText(capitalize),
	"downcase":             ofText(strings.ToLower),
	"lstrip":               ofText(func(s string) string { return strings.TrimLeftFunc(s, unicode.IsSpace) }),
	"newline_to_br":        ofText(func(s string) string { return newline.ReplaceAllString(s, "<br />\n") }),
	"normalize_whitespace": ofText(func(s string) string { return strings.Join(strings.Fields(s), " ") }),
	"prepend":              ofText1(func(s, start string) string { return start + s }),
	"remove":               ofText1(func(s, old string) string { return strings.ReplaceAll(s, old, "") }),
	"remove_first":         ofText1(func(s, old string) string { return strings.Replace(s, old, "", 1) }),
	"replace":              replace(-1),
	"replace_first":        replace(1),
	"rstrip":               ofText(func(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) }),
	"slice":                slice,
	"split":                split,
	"strip":                ofText(strings.TrimSpace),
	"strip_html":           ofText(stripHTML),
	"strip_newlines":       ofText(func(s string) string { return newline.ReplaceAllString(s, "") }),
	"truncate":             truncate,
	"truncatewords":        truncateWords,
	"upcase":               ofText(strings.ToUpper),
}

var escapeFilters = map[string]filter{
	"cgi_escape":  ofText(url.QueryEscape),
	"escape":      ofText(escapeHTML),
	"escape_once": ofText(func(s string) string { return escapeHTML(html.UnescapeString(s)) }),
	"uri_escape":  ofText(escapeURI),
	"url_decode":  urlDecode,
	"url_encode":  ofText(url.QueryEscape),
	"xml_escape":  ofText(escapeHTML),
}

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

func escapeHTML(s string) string { return escapes.Replace(s) }

var newline = regexp.MustCompile(`\r?\n`)

func capitalize(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + strings.ToLower(s[size:])
}

// replace makes the filter that replaces the first n occurrences, or all.
func replace(n int) filter {
	return func(r *run, in any, args arguments) (any, error) {
		s, from, to := r.asText(in), args.text(r, 0, ""), args.text(r, 1, "")
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

// slice returns part of a string, or of a list.
func slice(r *run, in any, args arguments) (any, error) {
	start, length := args.int(0, 0), args.int(1, 1)
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
	s, separator := r.asText(in), args.text(r, 0, " ")
	if strings.Count(s, separator) > maxItems {
		return nil, errTooLong
	}
	pieces := strings.Split(s, separator)
	if separator == " " {
		pieces = strings.Fields(s)
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
	s, most, end := []rune(r.asText(in)), args.int(0, 50), args.text(r, 1, "...")
	if len(s) <= most {
		return string(s), nil
	}
	keep := min(len(s), max(0, most-utf8.RuneCountInString(end)))
	return string(s[:keep]) + end, nil
}

func truncateWords(r *run, in any, args arguments) (any, error) {
	s, most, end := r.asText(in), max(1, args.int(0, 15)), args.text(r, 1, "...")
	words := strings.Fields(s)
	if len(words) <= most {
		return s, nil
	}
	return strings.Join(words[:most], " ") + end, nil
}

func urlDecode(r *run, in any, _ arguments) (any, error) {
	s, err := url.QueryUnescape(r.asText(in))
	if err != nil {
		return nil, err
	}
	return s, nil
}

// escapeURI encodes what may not stand in an address (RFC 3986 section 2).
func escapeURI(s string) string {
	const allowed = "-._~:/?#[]@!$&'()*+,;=%"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c < utf8.RuneSelf && (isAlphanumeric(c) || strings.IndexByte(allowed, c) >= 0) {
			b.WriteByte(c)
			continue
		}
		const digits = "0123456789ABCDEF"
		b.Write([]byte{'%', digits[c>>4], digits[c&15]})
	}
	return b.String()
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
