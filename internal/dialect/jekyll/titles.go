package jekyll

import (
	"regexp"
	"strings"
	"unicode"

	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/markdown"
)

var anyTag = regexp.MustCompile(`(?s)<!--.*?-->|<[^>]*>`)

// feedTitle returns a title as the feed plugin does: with typographic quotes, and
// without anything that looks like a tag.
func feedTitle(title string) string {
	return typographic(values.Title(anyTag.ReplaceAllString(markdown.WithoutHidden(title), "")))
}

// titleised makes a title of a slug: each word between hyphens begins with a
// capital, and the rest of it is small.
func titleised(slug string) string {
	words := strings.Split(slug, "-")
	for i, w := range words {
		runes := []rune(strings.ToLower(w))
		if len(runes) > 0 {
			runes[0] = unicode.ToUpper(runes[0])
		}
		words[i] = string(runes)
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// dashes are what rows of hyphens and dots become, the longer ones first.
var dashes = strings.NewReplacer("---", "—", "--", "–", "...", "…")

// typographic puts typographic quotes, dashes and ellipses into a text, as Jekyll does
// with titles: a quote opens where something begins, and closes everywhere else.
func typographic(s string) string {
	if !strings.ContainsAny(s, `"'-.`) {
		return s
	}
	var out strings.Builder
	before := ' '
	runes := []rune(dashes.Replace(s))
	for i, c := range runes {
		opens := unicode.IsSpace(before) || strings.ContainsRune("([{<“‘—–-", before)
		switch {
		case c == '"' && opens:
			c = '“'
		case c == '"':
			c = '”'
		case c == '\'' && opens && !decade(runes[i+1:]):
			c = '‘'
		case c == '\'':
			c = '’'
		}
		out.WriteRune(c)
		before = c
	}
	return out.String()
}

// decade reports whether a text begins like that of an abbreviated year, as in
// the '90s.
func decade(s []rune) bool { return len(s) > 1 && unicode.IsDigit(s[0]) && unicode.IsDigit(s[1]) }
