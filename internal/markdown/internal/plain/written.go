package plain

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"broadsheet/internal/markdown/internal/dom"
	"broadsheet/internal/markdown/internal/unseen"
)

var (
	// tagLike is what may be a tag or a comment: a name, and attributes in the
	// forms that people write them in. A comment that is not closed ends nowhere.
	tagLike = regexp.MustCompile(`<!--(?s:.*?)(?:-->|\z)|<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s+[A-Za-z_:@][\w:.-]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>]+)|\s+hidden)*)\s*/?>`)

	endTag    = regexp.MustCompile(`(?i)</([a-z][a-z0-9]*)\s*>`)
	reference = regexp.MustCompile(`&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);`)
)

// common are the block elements whose tags authors leave in fields; see inline
// for the others.
var common = map[atom.Atom]bool{
	atom.P: true, atom.Br: true, atom.Div: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Ul: true, atom.Ol: true, atom.Li: true, atom.Blockquote: true, atom.Pre: true, atom.Hr: true, atom.Img: true, atom.Figure: true,
	atom.Figcaption: true, atom.Section: true, atom.Article: true, atom.Center: true,
}

// Written returns the text of a field that may hold some HTML, in one line: see
// markdown.Written.
func Written(text string) string {
	if strings.Contains(text, "<") {
		text = withoutTags(unseen.WithoutHidden(text))
	}
	if strings.Contains(text, "&") {
		text = reference.ReplaceAllStringFunc(text, html.UnescapeString)
	}
	return Fold(dom.Printable(text))
}

// withoutTags removes the tags of HTML, and with them what is not for reading.
// A tag between blocks parts words.
func withoutTags(text string) string {
	ends := endTags(text)
	opened := map[atom.Atom]bool{}
	var b strings.Builder
	done := 0
	for _, m := range tagLike.FindAllStringSubmatchIndex(text, -1) {
		if m[0] < done { // inside of an element that went
			continue
		}
		b.WriteString(text[done:m[0]])
		done = m[1]
		if m[4] < 0 { // a comment
			continue
		}
		name, opens := text[m[4]:m[5]], m[2] == m[3]
		element := atom.Lookup([]byte(strings.ToLower(name)))
		end := ends.after(element, done)
		switch paired := opens && end >= 0 || !opens && opened[element]; {
		case !isTag(element, name, paired || m[6] < m[7]):
			b.WriteString(text[m[0]:m[1]])
			continue
		case silenced[element] && opens && end >= 0:
			done = end
		case !inline[element]:
			b.WriteByte(' ')
		}
		opened[element] = true
	}
	return b.String() + text[done:]
}

// isTag tells the tag of an element from the name of a type, as in "List<Object>"
// or "Vec<T>": it has attributes or a counterpart, or else it is one of those
// that authors use, in lower case.
func isTag(element atom.Atom, name string, sure bool) bool {
	return element != 0 && (sure || (inline[element] || common[element]) && name == strings.ToLower(name))
}

// tags are the places of the end tags of each element, in order.
type tags map[atom.Atom][]int

func endTags(text string) tags {
	all := tags{}
	for _, m := range endTag.FindAllStringSubmatchIndex(text, -1) {
		element := atom.Lookup([]byte(strings.ToLower(text[m[2]:m[3]])))
		all[element] = append(all[element], m[0])
	}
	return all
}

// after returns the first place from at on, or -1.
func (t tags) after(element atom.Atom, at int) int {
	i, _ := slices.BinarySearch(t[element], at)
	if i == len(t[element]) {
		return -1
	}
	return t[element][i]
}
