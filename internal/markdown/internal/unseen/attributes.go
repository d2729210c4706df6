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
	fences  []int             // 1 for the lines of a block of code between fences
	defined map[string]string // attributes by the names that stand for them
	hidden  [][2]int          // from where to where the text is hidden
	after   int               // the line after the last list: no block reaches over it
}

func (l *listed) prepare() {
	at, fence := 0, ""
	for _, line := range l.lines {
		l.starts = append(l.starts, at)
		at += len(line)
		inner, inside := strings.TrimLeft(line, " \t>"), 0
		switch {
		case fence != "":
			inside = 1
			if strings.HasPrefix(inner, fence) {
				fence = ""
			}
		case strings.HasPrefix(inner, "```"), strings.HasPrefix(inner, "~~~"):
			fence, inside = inner[:3], 1
		}
		l.fences = append(l.fences, inside)
		if m := definition.FindStringSubmatch(strings.TrimSuffix(line, "\n")); m != nil && inside == 0 && len(l.defined[m[1]]) < maxDefined {
			l.defined[m[1]] += " " + m[2]
		}
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
	code, read := 0, 0
	for _, m := range attributeList.FindAllStringSubmatchIndex(line, -1) {
		from, to := m[0], m[1]
		code, read = codeAfter(code, line[read:from]), from
		braces := from > 0 && line[from-1] == '{' || to < len(line) && line[to] == '}'
		if braces || code > 0 || !l.hides(line[m[2]:m[3]]) {
			continue
		}
		list := line[from:to]
		switch item := listItem.FindString(line); {
		case inner == list:
			l.block(i)
		case item != "" && len(item) == from:
			l.hide(i, l.end(i, i+1))
		case !l.span(l.starts[i]+from, list) && strings.HasSuffix(inner, list) && (strings.HasPrefix(inner, "#") || i+1 < len(l.lines) && underline.MatchString(l.lines[i+1])):
			l.hide(i, i+1)
		}
	}
	if l.isList(i) {
		l.after = i + 1
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

// block hides the block that a list on a line of its own belongs to: the one that
// ends before it, else the one that comes next.
func (l *listed) block(i int) {
	if i > l.after && !l.isBlank(i-1) {
		l.hide(l.start(i), i+1)
		return
	}
	next := i + 1
	for next < len(l.lines) && l.isBlank(next) {
		next++
	}
	if next < len(l.lines) && !l.isList(next) {
		l.hide(i, l.end(next, next+1))
	}
}

// start returns the first line of the block that ends before a line.
func (l *listed) start(end int) int {
	indented := strings.TrimLeft(l.lines[end], " \t") != l.lines[end]
	first := end - 1
	if l.fences[first] == 1 {
		for first > l.after && l.fences[first-1] == 1 {
			first--
		}
		return first
	}
	for first > l.after && (!indented || !l.isItem(first)) && !l.isBlank(first-1) && l.fences[first-1] == 0 && l.isQuoted(first-1) == l.isQuoted(end-1) {
		first--
	}
	for !indented && l.ofList(first) { // a list goes on after blank lines
		before := first - 1
		for before > l.after && l.isBlank(before) {
			before--
		}
		if before < l.after || !l.ofList(before) {
			break
		}
		first = before
	}
	return first
}

// end returns the line after the block that begins with a line and goes on at
// another.
func (l *listed) end(first, at int) int {
	if l.fences[first] == 1 {
		for at < len(l.lines) && l.fences[at] == 1 {
			at++
		}
		return at
	}
	list := l.ofList(first)
	one := first+1 == at && attributeList.MatchString(l.lines[first]) && l.isItem(first) // one item of a list
	for at < len(l.lines) {
		next := at
		for next < len(l.lines) && l.isBlank(next) {
			next++
		}
		stays := next == at && (!one || !l.isItem(next)) || next < len(l.lines) && list && (!one && l.ofList(next) || l.isIndented(next))
		if !stays || next == len(l.lines) || l.isList(next) {
			break
		}
		at = next + 1
	}
	return at
}

func (l *listed) isBlank(i int) bool { return strings.TrimLeft(l.lines[i], " \t\r\n>") == "" }

// isList reports whether a line is a list of attributes.
func (l *listed) isList(i int) bool {
	inner := strings.TrimSpace(strings.TrimLeft(l.lines[i], " \t>"))
	return strings.HasPrefix(inner, "{") && attributeList.FindString(inner) == inner
}

func (l *listed) isItem(i int) bool { return listItem.MatchString(l.lines[i]) }
func (l *listed) isQuoted(i int) bool {
	return strings.HasPrefix(strings.TrimLeft(l.lines[i], " "), ">")
}
func (l *listed) ofList(i int) bool { return l.isItem(i) || l.isIndented(i) }

func (l *listed) isIndented(i int) bool {
	return !l.isBlank(i) && (strings.HasPrefix(l.lines[i], "  ") || strings.HasPrefix(l.lines[i], "\t"))
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
