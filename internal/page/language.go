package page

import (
	"embed"
	"fmt"
	"html/template"
	"strings"

	"broadsheet/internal/page/internal/words"

	"golang.org/x/text/language"
)

//go:embed theme
var embedded embed.FS

// wordsFolder is where a theme has one file for each language of its words.
const wordsFolder = "words/"

// choose returns the words for a language; English where it has none.
func (t *Theme) choose(tag string) (w *words.Words, known bool) {
	if wanted, err := language.Parse(tag); err == nil {
		if _, i, confidence := t.matcher.Match(wanted); confidence >= language.High {
			return t.words[i], true
		}
	}
	return t.words[0], false
}

// langAttributes returns lang and dir for an element of language inner within
// one of language outer; nothing where they are the same.
func langAttributes(outer, inner string) template.HTMLAttr {
	if inner == "" || strings.EqualFold(outer, inner) {
		return ""
	}
	return template.HTMLAttr(fmt.Sprintf(` lang="%s" dir="%s"`, template.HTMLEscapeString(inner), words.Direction(inner))) // escaped above
}
