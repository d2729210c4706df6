package lint

import (
	"strings"
	"unicode"

	"broadsheet/internal/blog"
	"broadsheet/internal/markdown"
)

// fewWords is how many words say next to nothing below a title.
const fewWords = 3

// isEmpty reports whether a post has next to no words, and nothing to look at, to listen
// to or to follow. A post without a title may have a single word.
func (c *Checker) isEmpty(p *blog.Post, content markdown.Content) bool {
	if p.ExternalURL() != "" || p.Image().URL != "" || len(p.Enclosures()) > 0 || p.Summary() != "" {
		return false
	}
	for _, tag := range []string{"<img", "<video", "<audio", "<a "} {
		if strings.Contains(content.HTML, tag) {
			return false
		}
	}
	n := countWords(markdown.Plain(content.HTML, 0))
	if n >= fewWords || n > 0 && p.Title == "" {
		return false
	}
	return content.Summary == "" || c.whole(p).Excerpt() == nil
}

// unspaced are pictures, and the scripts that put no spaces between words.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
	unicode.Tibetan, unicode.So,
}

// countWords counts the words of a text. Pictures, and scripts that put no spaces between
// words, are counted by the character.
func countWords(text string) int {
	n := 0
	for _, word := range strings.Fields(text) {
		apart, together := 0, 0
		for _, r := range word {
			switch {
			case unicode.In(r, unspaced...):
				apart++
			case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsSymbol(r):
				together = 1
			}
		}
		n += apart + together
	}
	return n
}
