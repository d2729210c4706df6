package post

import (
	"strings"
	"unicode"
)

// dashes are what rows of hyphens and dots become, the longer ones first.
var dashes = strings.NewReplacer("---", "—", "--", "–", "...", "…")

// smart puts typographic quotes, dashes and ellipses into a text, as Jekyll does
// with titles: a quote opens where something begins, and closes everywhere else.
func smart(s string) string {
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
