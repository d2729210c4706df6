package liquid

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var jekyllFilters = map[string]filter{
	"absolute_url":        absoluteURL,
	"date":                date,
	"date_to_long_string": dateToString("January"),
	"date_to_rfc822":      formatDate("Mon, 02 Jan 2006 15:04:05 -0700"),
	"date_to_string":      dateToString("Jan"),
	"date_to_xmlschema":   formatDate("2006-01-02T15:04:05-07:00"),
	"inspect":             jsonify,
	"json":                jsonify,
	"jsonify":             jsonify,
	"markdownify":         markdownify,
	"number_of_words":     numberOfWords,
	"relative_url":        relativeURL,
	"slugify":             slugify,
	"smartify":            ofText(smartify),
	"strip_index":         ofText(func(s string) string { return index.ReplaceAllString(s, "/") }),
}

var (
	index   = regexp.MustCompile(`/index\.html?$`)
	slashes = regexp.MustCompile(`//+`)
)

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
	return escapeURI(slashes.ReplaceAllString(base+withSlash(address), "/"))
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

func jsonify(r *run, in any, _ arguments) (any, error) { return r.json(in) }

func markdownify(r *run, in any, _ arguments) (any, error) {
	if r.site.Markdown == nil {
		return r.asText(in), nil
	}
	return r.site.Markdown(r.asText(in)), nil
}

// numberOfWords counts words; with "cjk" or "auto" each Chinese or Japanese
// letter, and each Korean syllable, is one.
func numberOfWords(r *run, in any, args arguments) (any, error) {
	s := r.asText(in)
	if mode := args.text(r, 0, ""); mode != "cjk" && mode != "auto" {
		return len(strings.Fields(s)), nil
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
	return count + len(strings.Fields(s)), nil
}

// slugModes are what becomes a dash.
var slugModes = map[string]*regexp.Regexp{
	"":        regexp.MustCompile(`[^\pL\pM\p{Nd}]+`),
	"default": regexp.MustCompile(`[^\pL\pM\p{Nd}]+`),
	"latin":   regexp.MustCompile(`[^\pL\pM\p{Nd}]+`),
	"raw":     regexp.MustCompile(`\s+`),
	"pretty":  regexp.MustCompile(`[^\pL\pM\p{Nd}._~!$&'()+,;=@]+`),
	"ascii":   regexp.MustCompile(`[^A-Za-z0-9]+`),
}

// slugify makes a piece of an address of a title.
func slugify(r *run, in any, args arguments) (any, error) {
	if in == nil {
		return nil, nil
	}
	s, mode := r.asText(in), args.text(r, 0, "")
	dashed, known := slugModes[mode]
	if !known {
		return strings.ToLower(s), nil
	}
	if mode == "latin" {
		s = strings.Map(func(c rune) rune {
			if unicode.Is(unicode.Mn, c) {
				return -1
			}
			return c
		}, norm.NFKD.String(s))
	}
	return strings.ToLower(strings.Trim(dashed.ReplaceAllString(s, "-"), "-")), nil
}

var (
	openingQuote = regexp.MustCompile(`(^|[\s(\[{<\-])(["'])`)
	entities     = strings.NewReplacer("---", "—", "--", "–", "...", "…", `"`, "”", "'", "’")
)

// smartify makes typographic quotes, dashes and ellipses of plain ones.
func smartify(s string) string {
	s = openingQuote.ReplaceAllStringFunc(s, func(found string) string {
		if before, ok := strings.CutSuffix(found, `"`); ok {
			return before + "“"
		}
		return strings.TrimSuffix(found, "'") + "‘"
	})
	return entities.Replace(html.UnescapeString(s))
}
