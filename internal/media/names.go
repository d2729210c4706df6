package media

import (
	"bytes"
	"html"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Names returns what in a text may be the name of a media file, or the address of
// one, as it is written there, sorted and each once. The text may be Markdown,
// HTML, front matter or a template: a name ends in the extension of a media file,
// and begins after a quote, a bracket, a space or whatever else ends the word
// before it. As names may hold spaces, one place can give several. Entities are
// decoded, codes and backslashes too. What stands in a comment is named to nobody.
//
// The time it takes grows with the length of the text, and so does what it
// returns.
func Names(text []byte) []string {
	if !mayName(text) {
		return nil
	}
	visible := string(withoutComments(text))
	found := map[string]struct{}{}
	collect(visible, found)
	if strings.Contains(visible, "&") {
		if decoded := html.UnescapeString(visible); decoded != visible {
			collect(decoded, found)
			visible = decoded
		}
	}
	for _, other := range []string{percentDecoded(visible), unescaped(visible)} {
		if other != visible {
			collect(other, found)
		}
	}
	if len(found) == 0 {
		return nil
	}
	return slices.Sorted(maps.Keys(found))
}

// mayName reports whether a text may hold names, without making another of it: most hold
// none. No name comes of leaving out comments and backslashes that did not end before, but
// of decoding any may.
func mayName(text []byte) bool {
	if bytes.IndexByte(text, '&') >= 0 || bytes.IndexByte(text, '%') >= 0 {
		return true
	}
	for {
		dot := bytes.IndexByte(text, '.')
		if dot < 0 {
			return false
		}
		text = text[dot:]
		if extensionEnd(string(text[:min(len(text), longestExtension+2)]), 0) > 0 {
			return true
		}
		text = text[1:]
	}
}

// percentDecoded returns a text with the letters, digits, dots and the like that
// addresses may write as their codes (RFC 3986 section 2.1).
func percentDecoded(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	return percentCode.ReplaceAllStringFunc(text, func(code string) string {
		n, _ := strconv.ParseUint(code[1:], 16, 8) // two digits
		if c := byte(n); isAlphanumeric(c) || strings.IndexByte("-._~", c) >= 0 {
			return string(c)
		}
		return code
	})
}

var percentCode = regexp.MustCompile("%[0-9A-Fa-f]{2}")

// unescaped returns a text without the backslashes that Markdown has before dots.
func unescaped(text string) string { return strings.ReplaceAll(text, `\.`, ".") }

// comments are what text is hidden between.
var comments = [][2]string{
	{"<!--", "-->"},
	{"{% comment %}", "{% endcomment %}"},
	{"{{% comment %}}", "{{% /comment %}}"},
	{"{{< comment >}}", "{{< /comment >}}"},
	{"{::comment}", "{:/comment}"},
}

// withoutComments puts a space in place of each comment. One that has no end is
// none.
func withoutComments(text []byte) []byte {
	for _, marks := range comments {
		begin, end := []byte(marks[0]), []byte(marks[1])
		if !bytes.Contains(text, begin) {
			continue
		}
		var kept []byte
		for {
			before, rest, found := bytes.Cut(text, begin)
			_, after, closed := bytes.Cut(rest, end)
			if !found || !closed {
				kept = append(kept, text...)
				break
			}
			kept = append(append(kept, before...), ' ')
			text = after
		}
		text = kept
	}
	return text
}

// collect adds the names in a text. Each byte is looked at twice at the most: a
// name does not reach back behind the end of the one before.
func collect(text string, found map[string]struct{}) {
	least := 0 // where the next name may begin
	for dot := 0; ; dot++ {
		next := strings.IndexByte(text[dot:], '.')
		if next < 0 {
			return
		}
		dot += next
		end := extensionEnd(text, dot)
		if end == 0 || dot <= least || strings.IndexByte(" \"", text[dot-1]) >= 0 {
			continue
		}
		for _, begin := range beginnings(text, least, dot) {
			keep(text[begin:end], found)
		}
		least, dot = end, end-1
	}
}

// longestExtension is that of the extensions in types, with its dot.
const longestExtension = 12

// extensionEnd returns where the extension of a media file that begins with the
// dot ends; 0 where there is none, or where it is not the end of a name.
func extensionEnd(text string, dot int) int {
	end := dot + 1
	for end < len(text) && end-dot < longestExtension && isAlphanumeric(text[end]) {
		end++
	}
	if end == dot+1 || !ofMedia(text[dot:end]) || end < len(text) && goesOn(text[end:]) {
		return 0
	}
	return end
}

// ofMedia reports whether files with this extension are media files, perhaps only
// some of them.
func ofMedia(extension string) bool {
	extension = strings.ToLower(extension)
	return types[extension] != "" || slices.ContainsFunc(endings, func(e struct{ ending, mime string }) bool { return path.Ext(e.ending) == extension })
}

// goesOn reports whether what follows an extension is part of the same word.
func goesOn(rest string) bool {
	c := rest[0]
	return isAlphanumeric(c) || strings.IndexByte("_-/", c) >= 0 || c == '.' && len(rest) > 1 && isAlphanumeric(rest[1])
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// What ends the text before a name: always, for a name with spaces, and for one
// without.
const (
	always = "\n\r\x00\"<>`"
	spaced = always + "()[]{}',;=|*"
	plain  = spaced + " \t\\"
)

// beginnings returns where the name whose extension begins at the dot may begin,
// but not before least: as a word, as words between brackets, or as all that
// stands between quotes or on the rest of the line.
func beginnings(text string, least, dot int) []int {
	word, words, line := -1, -1, least
	for i := dot - 1; i >= least; i-- {
		c := text[i]
		if word < 0 && strings.IndexByte(plain, c) >= 0 {
			word = i + 1
		}
		if words < 0 && strings.IndexByte(spaced, c) >= 0 {
			words = i + 1
		}
		if strings.IndexByte(always, c) >= 0 || i > 0 && introduces(text[i-1:i+1]) {
			line = i + 1
			break
		}
	}
	all := []int{line}
	for _, begin := range []int{words, word} {
		if begin >= 0 && !slices.Contains(all, begin) {
			all = append(all, begin)
		}
	}
	return all
}

// introduces reports whether two bytes stand before the target of a link, or the
// value of a key.
func introduces(two string) bool { return two == "](" || two == ": " || two == "= " }

// keep adds a name unless it has an extension alone. A backslash may be one of
// Markdown's, which is no part of the name.
func keep(name string, found map[string]struct{}) {
	name = strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(name), "- "), "'") // of a list, and of its quotes
	if strings.HasPrefix(path.Base(name), ".") || TypeOf(name) == "" || len(name) > longestName {
		return
	}
	if _, here := found[name]; here {
		return
	}
	name = strings.Clone(name) // the text is not to be kept for it
	found[name] = struct{}{}
	if bare := strings.ReplaceAll(name, `\`, ""); bare != name {
		found[bare] = struct{}{}
	}
}

// longestName is how many bytes a path has at the most, and an address hardly
// ever more.
const longestName = 4096
