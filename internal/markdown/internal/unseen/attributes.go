package unseen

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

var (
	// attributeList matches a list of attributes as kramdown has it, {: hidden="hidden"},
	// and others, {hidden=true}; before and behind it there is no brace.
	attributeList = regexp.MustCompile(`\{:?[ \t]*([^{}\n%<][^{}\n]*)\}`)
	listHere      = regexp.MustCompile("^" + attributeList.String())
	definition    = regexp.MustCompile(`^ {0,3}\{:([\w-]+):([^{}\n]*)\}[ \t\r]*$`)
	underline     = regexp.MustCompile(`^ {0,3}(?:=+|-+)[ \t\r\n]*$`)
	mayHide       = regexp.MustCompile(`(?i)hidden|style`)
)

// withoutListed takes out the blocks and the spans that an attribute list hides. The
// lines stay.
func withoutListed(text string) string {
	if !strings.Contains(text, "{") || !mayHide.MatchString(text) {
		return text
	}
	l := listed{text: text, lines: strings.SplitAfter(text, "\n"), defined: map[string]string{}}
	l.prepare()
	for i := 0; i < len(l.lines); i++ {
		if l.fences[i] == 0 {
			l.line(i)
		}
	}
	return l.rest()
}

// maxDefined bounds the attributes that one name stands for, in bytes.
const maxDefined = 1 << 10

// listed is a text in which attribute lists are looked for.
type listed struct {
	text    string
	lines   []string
	starts  []int             // of the lines
	fences  []int             // 1 for the first line of a block of code between fences, 2 for the others
	defined map[string]string // attributes by the names that stand for them
	hidden  [][2]int          // from where to where the text is hidden
	outline *outline
}

func (l *listed) prepare() {
	at, fence := 0, ""
	l.outline = newOutline()
	for _, line := range l.lines {
		l.starts = append(l.starts, at)
		at += len(line)
		inner, inside := strings.TrimLeft(line, " \t>"), 0
		switch {
		case fence != "":
			inside = 2
			if strings.HasPrefix(inner, fence) {
				fence = ""
			}
		case strings.HasPrefix(inner, "```"), strings.HasPrefix(inner, "~~~"):
			fence, inside = inner[:3], 1
		}
		l.fences = append(l.fences, inside)
		m := definition.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m != nil && inside == 0 && len(l.defined[m[1]]) < maxDefined {
			l.defined[m[1]] += " " + m[2]
		}
		l.outline.add(line, inside, m != nil || isList(line), m != nil)
	}
	l.starts = append(l.starts, at)
}

// line looks at the lists of a line.
func (l *listed) line(i int) {
	line := l.lines[i]
	if !strings.Contains(line, "{") || definition.MatchString(strings.TrimSuffix(line, "\n")) {
		return
	}
	inner := strings.TrimSpace(strings.TrimLeft(line, " \t>"))
	code, read, last, first, seen := 0, 0, -1, 0, -1
	for _, m := range attributeList.FindAllStringSubmatchIndex(line, -1) {
		from, to := m[0], m[1]
		if from != last {
			first = from // of the lists that follow each other
		}
		last = to
		code, read = codeAfter(code, line[read:from]), from
		braces := from > 0 && line[from-1] == '{' || to < len(line) && line[to] == '}'
		if braces || code > 0 || seen == first || !l.hides(line[m[2]:m[3]]) {
			continue
		}
		seen = first
		list := line[from:to]
		switch item := listItem.FindString(line); {
		case inner == list:
			l.block(i)
		case item != "" && len(item) == first:
			l.hide(i, l.outline.endOf(i))
		case !l.span(l.starts[i]+first, line[first:to]) && strings.HasSuffix(inner, list) && (strings.HasPrefix(inner, "#") || i+1 < len(l.lines) && underline.MatchString(l.lines[i+1])):
			l.hide(i, i+1)
		}
	}
}

// codeAfter returns how many backticks close the span of code that is open at the end
// of a text; 0: none is. Before it, that many did.
func codeAfter(open int, text string) int {
	for {
		at := strings.IndexByte(text, '`')
		if at < 0 {
			return open
		}
		text = text[at:]
		row := len(text) - len(strings.TrimLeft(text, "`"))
		if text = text[row:]; open == 0 {
			open = row
		} else if open == row {
			open = 0
		}
	}
}

// hides reports whether attributes hide what they belong to. Names may stand for
// others.
func (l *listed) hides(attributes string) bool {
	for range 3 { // names for names for names
		if !mayHide.MatchString(attributes) && len(l.defined) == 0 {
			return false
		}
		tokens := html.NewTokenizer(strings.NewReader("<p " + strings.ReplaceAll(attributes, ">", " ") + ">"))
		tokens.Next()
		token := tokens.Token()
		if Hidden(token.DataAtom, token.Attr) {
			return true
		}
		attributes = ""
		for _, a := range token.Attr {
			attributes += " " + l.defined[a.Key]
		}
	}
	return false
}

// block hides the block that a list on a line of its own belongs to.
func (l *listed) block(i int) {
	for _, id := range l.outline.of[i] {
		b := l.outline.blocks[id]
		if i < b.from {
			l.hide(i, b.to)
		} else {
			l.hide(b.start, max(i+1, b.to))
		}
	}
}

// isList reports whether a line is a list of attributes.
func isList(line string) bool {
	inner := strings.TrimSpace(strings.TrimLeft(line, " \t>"))
	return strings.HasPrefix(inner, "{") && attributeList.FindString(inner) == inner
}

// hide notes that the lines from one to before another are hidden.
func (l *listed) hide(from, to int) {
	l.hidden = append(l.hidden, [2]int{l.starts[from], l.starts[to]})
}

// rest returns what is not hidden, on its lines.
func (l *listed) rest() string {
	if len(l.hidden) == 0 {
		return l.text
	}
	slices.SortFunc(l.hidden, func(a, b [2]int) int { return a[0] - b[0] })
	var out strings.Builder
	done := 0
	for _, part := range l.hidden {
		out.WriteString(l.text[done:max(done, part[0])])
		from := max(done, part[0])
		done = max(done, part[1])
		out.WriteString(strings.Repeat("\n", strings.Count(l.text[from:done], "\n")))
	}
	return out.String() + l.text[done:]
}
