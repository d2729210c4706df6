// Package plain makes plain text of HTML: all of a fragment's, or a summary of
// a post, in one line and within a length.
//
// What comes out holds no tags and no line breaks, and never ends inside a
// word, or inside what a reader sees as one character. Lengths are in runes.
package plain

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"broadsheet/internal/markdown/internal/dom"
)

// Text returns the text of an HTML fragment in one line, cut to limit runes as
// Cut does. It reads tags one by one and builds no tree, so that no nesting can
// defeat it.
func Text(fragment string, limit int) string {
	return Cut(Fold(dom.Printable(tagless(fragment))), limit)
}

func tagless(fragment string) string {
	// A tokenizer is dear, and gives back all that is here but line endings, which
	// Fold takes.
	if !strings.ContainsAny(fragment, "<&\x00") {
		return fragment
	}
	var b strings.Builder
	var silence atom.Atom
	tokens := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if silence == 0 {
				b.WriteString(tokens.Token().Data)
			}
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			if !inline[token.DataAtom] {
				b.WriteByte(' ')
			}
			silence = silenceAfter(silence, token)
		}
	}
}

func silenceAfter(silence atom.Atom, token html.Token) atom.Atom {
	switch {
	case silence == 0 && token.Type == html.StartTagToken && silenced[token.DataAtom]:
		return token.DataAtom
	case token.Type == html.EndTagToken && token.DataAtom == silence:
		return 0
	}
	return silence
}

// silenced elements hold text that is not for reading. All but select and
// datalist hold no other elements in the eyes of a tokenizer.
var silenced = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Iframe: true, atom.Noembed: true, atom.Noframes: true, atom.Title: true,
	atom.Textarea: true, atom.Select: true, atom.Datalist: true, atom.Button: true, atom.Template: true,
}

// inline elements do not part words; nor do those that HTML does not know.
var inline = map[atom.Atom]bool{
	0: true, atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Big: true, atom.Cite: true,
	atom.Code: true, atom.Del: true, atom.Dfn: true, atom.Em: true, atom.Font: true, atom.I: true, atom.Ins: true,
	atom.Kbd: true, atom.Mark: true, atom.Q: true, atom.Ruby: true, atom.S: true, atom.Samp: true, atom.Small: true,
	atom.Span: true, atom.Strike: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true,
	atom.Tt: true, atom.U: true, atom.Var: true, atom.Wbr: true,
}

// Fold turns each run of white space into one space. It leaves
// no-break spaces alone: their author wanted them.
func Fold(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return r != '\u00A0' && r != '\u202F' && r != '\u2007' && unicode.IsSpace(r)
	}), " ")
}

// Cut shortens folded text to at most limit runes, ellipsis included.
func Cut(text string, limit int) string {
	if limit <= 0 || len(text) <= limit {
		return text
	}
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	end := limit - 1
	for end > 0 && !betweenWords(runes, end) {
		end--
	}
	if end == 0 { // one word longer than the limit
		for end = limit - 1; end > 0 && !betweenClusters(runes, end); {
			end--
		}
	}
	return strings.TrimRight(string(runes[:end]), " ,;:–—-、，；：") + "…"
}

func betweenWords(runes []rune, at int) bool {
	before, after := runes[at-1], runes[at]
	if before == ' ' || after == ' ' {
		return true
	}
	return (spaceless(before) || spaceless(after)) && betweenClusters(runes, at)
}

// spaceless reports whether r belongs to a script that writes words without
// spaces between them.
func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer,
		unicode.Myanmar) || r >= '\u3000' && r <= '\u303F' || r >= '\uFF00' && r <= '\uFFEF'
}

// betweenClusters reports whether what a reader sees as one character ends
// before runes[at]: no accent, joiner, skin tone or half flag is cut off.
func betweenClusters(runes []rune, at int) bool {
	after := runes[at]
	if unicode.IsMark(after) || after == '\u200D' || after >= 0x1F3FB && after <= 0x1F3FF || runes[at-1] == '\u200D' {
		return false
	}
	flags := 0
	for _, r := range slices.Backward(runes[:at]) {
		if !unicode.Is(unicode.Regional_Indicator, r) {
			break
		}
		flags++
	}
	return flags%2 == 0 || !unicode.Is(unicode.Regional_Indicator, after)
}
