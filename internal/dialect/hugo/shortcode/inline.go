package shortcode

import (
	"fmt"
	"strings"

	"broadsheet/internal/markdown"

	"golang.org/x/net/html"
)

// Spot is where a shortcode stands in Markdown.
type Spot uint8

// The spots.
const (
	InText  Spot = iota // among words
	Alone               // a paragraph of its own
	InCode              // in a code block or span
	Address             // in the brackets of a link or an image
)

// Frozen writes HTML into Markdown so that it comes out as it is: on one line, with
// nothing in its words that Markdown knows.
func Frozen(shown string, at Spot) string {
	shown = strings.TrimSpace(shown)
	switch at {
	case InCode:
		return plain(shown)
	case Address:
		return encoded(strings.ReplaceAll(html.UnescapeString(shown), " ", "%20"))
	}
	if !strings.Contains(shown, "<") {
		return encoded(html.UnescapeString(shown))
	}
	line := oneLine(shown)
	if at == Alone {
		return line
	}
	// A line that begins with a tag of a block would be HTML as a whole. This tag, which
	// means nothing, keeps it a paragraph.
	return "<x-x></x-x>" + line
}

// oneLine writes HTML on one line.
func oneLine(shown string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(shown))
	hidden := ""
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return b.String()
		}
		t := z.Token()
		switch {
		case hidden != "":
			if kind == html.EndTagToken && t.Data == hidden {
				hidden = ""
			}
		case kind == html.TextToken:
			b.WriteString(encoded(t.Data))
		case kind == html.StartTagToken && (t.Data == "script" || t.Data == "style"):
			hidden = t.Data
		case kind == html.StartTagToken, kind == html.SelfClosingTagToken:
			writeTag(&b, t)
		case kind == html.EndTagToken:
			if isTagName(t.Data) {
				b.WriteString("</" + t.Data + ">")
			}
		}
	}
}

// writeTag writes a tag as CommonMark knows one (section 6.6).
func writeTag(b *strings.Builder, t html.Token) {
	if !isTagName(t.Data) {
		return
	}
	b.WriteString("<" + t.Data)
	for _, a := range t.Attr {
		if !isAttributeName(a.Key) {
			continue
		}
		b.WriteString(" " + a.Key + `="` + encodedValue(a.Val) + `"`)
	}
	b.WriteString(" " + markdown.Kept + ">")
}

func isTagName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" && s[0] >= 'a'
}

func isAttributeName(s string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyz_:"
	return s != "" && strings.IndexByte(letters, s[0]) >= 0 && strings.Trim(s, letters+"0123456789.-") == ""
}

// encodedValue is the value of an attribute in quotes, on one line.
func encodedValue(s string) string {
	return strings.NewReplacer("\r\n", "&#10;", "\n", "&#10;", "\r", "&#13;").Replace(html.EscapeString(s))
}

// encoded writes words so that Markdown finds nothing in them.
func encoded(s string) string {
	var b strings.Builder
	for _, c := range s {
		switch {
		case c == '\n' || c == '\r' || c == '\t', c > ' ' && c < 0x7f && !isPlain(c):
			fmt.Fprintf(&b, "&#%d;", c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

func isPlain(c rune) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune(",;?/%", c)
}

// plain is the text of HTML, for code.
func plain(shown string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(shown))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(z.Token().Data)
		}
	}
}
