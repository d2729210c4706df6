package liquid

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var jekyllFilters = map[string]filter{
	"absolute_url":        {apply: absoluteURL},
	"date":                {date, 1, 1},
	"date_to_long_string": {dateToString("January"), 0, 2},
	"date_to_rfc822":      {apply: formatDate("Mon, 02 Jan 2006 15:04:05 -0700")},
	"date_to_string":      {dateToString("Jan"), 0, 2},
	"date_to_xmlschema":   {apply: formatDate("2006-01-02T15:04:05-07:00")},
	"inspect":             {apply: func(r *run, in any, _ arguments) (any, error) { return xmlEscapes.Replace(r.look(in)), nil }},
	"jsonify":             {apply: jsonify},
	"markdownify":         {apply: markdownify},
	"number_of_words":     {numberOfWords, 0, 1},
	"relative_url":        {apply: relativeURL},
	"slugify":             {slugify, 0, 1},
	"smartify":            ofText(smartify),
	"strip_index":         ofGiven(func(s string) string { return index.ReplaceAllString(s, "/") }),
}

var index = regexp.MustCompile(`/index\.html?$`)

// relativeURL puts the base path of the site in front of an address that has no
// scheme.
func relativeURL(r *run, in any, _ arguments) (any, error) {
	if in == nil {
		return nil, nil
	}
	return r.relative(r.asText(in)), nil
}

func (r *run) relative(address string) string {
	if isAbsolute(address) {
		return address
	}
	base := withSlash(strings.TrimSuffix(r.site.BaseURL, "/"))
	return normalURL(base + withSlash(address))
}

// normalURL encodes what may not stand in each part of an address, letters composed.
func normalURL(address string) string {
	const inPath = "-._~!$&'()*+,;=:@/%"
	address, fragment, hasFragment := strings.Cut(strings.TrimRight(address, white), "#")
	address, query, hasQuery := strings.Cut(address, "?")
	address = escapeBut(norm.NFKC.String(address), inPath)
	if hasQuery {
		address += "?" + escapeBut(norm.NFKC.String(query), inPath+"?")
	}
	if hasFragment {
		address += "#" + escapeBut(norm.NFKC.String(fragment), inPath+"?")
	}
	return address
}

// absoluteURL puts the address of the site in front of that.
func absoluteURL(r *run, in any, _ arguments) (any, error) {
	if in == nil {
		return nil, nil
	}
	address := r.asText(in)
	if isAbsolute(address) {
		return address, nil
	}
	address = strings.TrimSuffix(r.site.URL, "/") + r.relative(address)
	if address == r.site.URL && address != "" {
		address += "/"
	}
	return address, nil
}

func isAbsolute(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme != ""
}

func withSlash(path string) string {
	if path == "" || strings.HasPrefix(path, "/") {
		return path
	}
	return "/" + path
}

func jsonify(r *run, in any, _ arguments) (any, error) {
	return r.textBy(in, func(value any) string {
		var b strings.Builder
		toJSON(&b, value)
		return b.String()
	}), nil
}

func markdownify(r *run, in any, _ arguments) (any, error) {
	text := r.asText(in)
	if r.site.Markdown != nil {
		text = r.site.Markdown(text)
	}
	if text == "" {
		return "\n", nil // as kramdown makes it of nothing
	}
	return text, nil
}

// numberOfWords counts words; with "cjk" or "auto" each Chinese or Japanese
// letter, and each Korean syllable, is one.
func numberOfWords(r *run, in any, args arguments) (any, error) {
	s := r.asText(in)
	if mode := args.text(r, 0, ""); mode != "cjk" && mode != "auto" {
		return len(words(s)), nil
	}
	count := 0
	const firstHangul = '\u1100' // before all others of these
	s = strings.Map(func(c rune) rune {
		if c >= firstHangul && unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			count++
			return ' '
		}
		return c
	}, s)
	return count + len(words(s)), nil
}

// slugModes are what becomes a dash.
var slugModes = map[string]*regexp.Regexp{
	"default": regexp.MustCompile(`[^\pL\pM\p{Nd}]+`),
	"latin":   regexp.MustCompile(`[^\pL\pM\p{Nd}]+`),
	"raw":     regexp.MustCompile(`[ \t\n\v\f\r]+`),
	"pretty":  regexp.MustCompile(`[^\pL\pM\p{Nd}._~!$&'()+,;=@]+`),
	"ascii":   regexp.MustCompile(`[^A-Za-z0-9]+`),
}

// slugify makes a piece of an address of a title.
func slugify(r *run, in any, args arguments) (any, error) {
	if in == nil {
		return nil, nil
	}
	s, ok := in.(string)
	if !ok {
		return nil, errNoText
	}
	mode := "default"
	if args.at(0) != nil {
		mode = args.text(r, 0, "")
	}
	dashed, known := slugModes[mode]
	if !known {
		return strings.ToLower(s), nil
	}
	if mode == "latin" {
		s = transliterate(s)
	}
	return strings.ToLower(strings.Trim(dashed.ReplaceAllString(s, "-"), "-")), nil
}

// spelt are the Latin letters that are no others with marks.
var spelt = strings.NewReplacer("Æ", "AE", "æ", "ae", "Ð", "D", "ð", "d", "Ø", "O", "ø", "o", "Þ", "Th", "þ", "th", "ß", "ss",
	"Đ", "D", "đ", "d", "Ħ", "H", "ħ", "h", "ı", "i", "Ĳ", "IJ", "ĳ", "ij", "ĸ", "k", "Ŀ", "L", "ŀ", "l", "Ł", "L", "ł", "l",
	"ŉ", "'n", "Ŋ", "NG", "ŋ", "ng", "Œ", "OE", "œ", "oe", "Ŧ", "T", "ŧ", "t", "×", "x")

// transliterate writes Western and Central European letters in ASCII. Others are lost.
func transliterate(s string) string {
	var b strings.Builder
	for _, c := range spelt.Replace(norm.NFC.String(s)) {
		const lastLatin = 'ž'
		if c >= utf8.RuneSelf && c <= lastLatin {
			c, _ = utf8.DecodeRuneInString(norm.NFD.String(string(c)))
		}
		if c >= utf8.RuneSelf {
			c = '?'
		}
		b.WriteRune(c)
	}
	return b.String()
}
