package liquid

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// link is {% link %} and {% post_url %}.
type link struct {
	line   int
	tag    string
	target []node
}

func (n *link) render(r *run) {
	find := r.site.PostURL
	if n.tag == "link" {
		find = r.site.LinkURL
	}
	target := strings.TrimSpace(r.capture(n.target))
	if find != nil {
		if url, ok := find(target); ok {
			r.write(url)
			return
		}
	}
	r.problem(n.line, n.tag+" "+quote(target)+" leads nowhere: left out")
}

// include is {% include file name=value %}.
type include struct {
	line   int
	file   []node
	params []param
}

type param struct {
	name  string
	value *expression
}

var (
	// includeFile matches the name of the file, which may hold objects.
	includeFile  = regexp.MustCompile(`^(?:[^\s{]|\{\{.*?\}\}|\{)+`)
	includeParam = regexp.MustCompile(`^\s*([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s"']+)`)
	escaped      = regexp.MustCompile(`\\(["'\\])`)
)

func (p *parser) newInclude(t token) node {
	file := includeFile.FindString(t.args)
	if file == "" {
		p.run.problem(t.line, "include wants the name of a file: left out")
		return nil
	}
	n := &include{line: t.line, file: p.argument(token{args: file, line: t.line})}
	for rest := t.args[len(file):]; strings.TrimSpace(rest) != ""; {
		found := includeParam.FindStringSubmatch(rest)
		if found == nil {
			p.run.problem(t.line, "include does not know "+quote(rest)+": left out")
			break
		}
		rest = rest[len(found[0]):]
		n.params = append(n.params, param{found[1], p.param(found[2], t.line)})
	}
	return n
}

// param reads the value of a parameter: a string, in which a backslash escapes,
// or an expression.
func (p *parser) param(value string, line int) *expression {
	if value[0] != '"' && value[0] != '\'' {
		return p.run.expression(value, line)
	}
	return &expression{value: &operand{constant: escaped.ReplaceAllString(value[1:len(value)-1], "$1")}, line: line}
}

func (n *include) render(r *run) {
	name := strings.TrimSpace(strings.Trim(strings.TrimSpace(r.capture(n.file)), `"'`))
	source, found := r.site.Includes[norm.NFC.String(name)]
	switch {
	case !found:
		r.problem(n.line, "there is no include "+quote(name)+": left out")
		return
	case len(r.where) >= maxIncludes:
		r.problem(n.line, "include "+quote(name)+" is nested too deep: left out")
		return
	}
	params := &hash{}
	for _, p := range n.params {
		r.spend(textCost(p.name))
		params.set(Pair{p.name, plain(r.eval(p.value))})
	}
	if r.weigh(params) > maxWeight {
		r.problem(n.line, "include "+quote(name)+" is given too much: left out")
		return
	}
	r.where = append(r.where, place{name, n.line})
	defer r.bind("include", params)()
	r.line = 1
	if _, known := r.parsed[name]; !known {
		r.spend(len(source))
		r.parsed[name] = r.parse(source, 1)
	}
	r.sequence(r.parsed[name])
	r.where = r.where[:len(r.where)-1]
	r.line = n.line
}

// highlight is {% highlight language %}.
type highlight struct {
	language string
	body     []node
	end      string // what parts it from the text behind it
}

var language = regexp.MustCompile(`^[\pL\d.+#_-]+$`)

func (p *parser) newHighlight(s section) node {
	n := &highlight{body: s.body}
	words := strings.Fields(s.head.args)
	switch {
	case len(words) == 0:
		p.run.problem(s.head.line, "highlight names no language")
	case !language.MatchString(words[0]):
		p.run.problem(s.head.line, quote(words[0])+" is no name of a language")
	default:
		n.language = strings.ToLower(words[0])
	}
	if len(p.tokens) > 0 && !strings.HasPrefix(strings.TrimLeft(p.tokens[0].args, " \t\r"), "\n") {
		n.end = "\n"
	}
	return n
}

func (n *highlight) render(r *run) {
	code := strings.TrimRight(strings.Trim(r.capture(n.body), "\r\n"), " \t\r\n")
	if isHTML(r.file) {
		r.write(`<pre><code class="language-` + escapeHTML(n.language) + `">` + escapeHTML(code) + "</code></pre>")
		return
	}
	before, indent := r.lastLine()
	r.write(before + fenced(code, n.language, indent) + n.end)
}

// lastLine returns what has to come before a block in Markdown, and the white
// space at the start of each of its lines: that which stands before the tag, so
// that a block in a list stays there. Text on the same line, and HTML above, is
// closed first.
func (r *run) lastLine() (before, indent string) {
	out := r.out.Bytes()
	start := bytes.LastIndexByte(out, '\n') + 1
	last := out[start:]
	if len(last) > maxIndent || len(bytes.TrimLeft(last, " \t")) > 0 {
		return "\n", ""
	}
	above := bytes.TrimSuffix(out[:start], []byte("\n"))
	above = bytes.TrimLeft(above[bytes.LastIndexByte(above, '\n')+1:], " \t")
	if bytes.HasPrefix(above, []byte("<")) {
		before = "\n" + string(last)
	}
	return before, string(last)
}

// maxIndent bounds the white space that is taken for the indent of a block.
const maxIndent = 32

// fenced returns a fenced code block of which the first line is indented
// already. Its fence is longer than any in the code, so that it ends where it
// should.
func fenced(code, language, indent string) string {
	fence := strings.Repeat("`", max(3, longestRun(code, '`')+1))
	if len(code) > maxText/(maxIndent+1) {
		indent = ""
	}
	lines := strings.Split(code, "\n")
	if indented(lines, indent) {
		for i := range lines {
			lines[i] = strings.TrimPrefix(lines[i], indent)
		}
	}
	lines = append(append([]string{fence + language}, lines...), fence)
	return strings.Join(lines, "\n"+indent)
}

// indented reports whether all lines that are not blank have an indent.
func indented(lines []string, indent string) bool {
	return !slices.ContainsFunc(lines, func(l string) bool { return strings.TrimSpace(l) != "" && !strings.HasPrefix(l, indent) })
}

// longestRun returns the length of the longest run of c.
func longestRun(s string, c byte) int {
	longest, now := 0, 0
	for i := range len(s) {
		if s[i] != c {
			now = 0
			continue
		}
		now++
		longest = max(longest, now)
	}
	return longest
}
