package liquid

import (
	"fmt"
	"regexp"
	"strings"
)

// expression is a value and the filters that it goes through.
type expression struct {
	value   *operand
	filters []call
	line    int
	length  int // of its source
}

// call is a filter with its arguments.
type call struct {
	name     string
	args     []*operand
	keywords []keywordArg
}

type keywordArg struct {
	name  string
	value *operand
}

func (c *call) add(key, value string) {
	if key != "" {
		c.keywords = append(c.keywords, keywordArg{key, newOperand(value)})
		return
	}
	c.args = append(c.args, newOperand(value))
}

var siteTime = regexp.MustCompile(`\bsite\s*\.\s*time\b`)

const tooMuchTemplate = "there is too much of it"

// charge takes what reading a source costs, and reports whether it may be read.
func (r *run) charge(source string, line int) bool {
	if r.taken+readCost+len(source) > r.steps {
		r.stop(tooMuchTemplate)
	}
	if r.spend(readCost + len(source)); r.stopped {
		return false
	}
	if len(source) > maxExpression {
		r.problem(line, quote(source)+" is too long: left out")
		return false
	}
	if strings.Contains(source, "site") && siteTime.MatchString(source) {
		r.problem(line, "site.time is left empty: posts do not change with the time of day")
	}
	return true
}

// expression reads an expression; nil if it is too long. What is not written as it should
// be is a problem, and read as far as anything can be found in it.
func (r *run) expression(source string, line int) *expression {
	if !r.charge(source, line) {
		return nil
	}
	return r.expressed(r.read(source), source, line)
}

// reading is what an expression says.
type reading struct {
	value   *operand
	filters []call
	strict  bool // written as it should be
}

func (r *run) read(source string) reading {
	value, filters, err := r.strictParts(source)
	if err != nil && !r.stopped {
		r.spend(laxCost * len(source))
		value, filters = laxParts(source)
	}
	return reading{newOperand(value), filters, err == nil}
}

// expressed makes an expression of what was read of a source.
func (r *run) expressed(read reading, source string, line int) *expression {
	if !read.strict && !r.stopped {
		r.problem(line, quote(source)+" is not written as Liquid wants it: read as far as it can be")
	}
	return &expression{value: read.value, filters: read.filters, line: line, length: len(source)}
}

// operandOf reads a value without filters.
func (r *run) operandOf(source string, line int) *operand {
	if !r.charge(source, line) {
		return nil
	}
	return newOperand(source)
}

// eval evaluates an expression; nil, which it may be, is empty.
func (r *run) eval(e *expression) (value any) {
	if e == nil {
		return nil
	}
	if r.spend(nodeCost + e.length/2); r.stopped {
		return nil
	}
	r.line = e.line
	if value = r.value(e.value); len(e.filters) > 0 {
		value = plain(value)
	}
	for i := range e.filters {
		if value = r.call(&e.filters[i], value); r.stopped {
			return nil
		}
	}
	return value
}

// call applies a filter. One that nobody knows leaves the value as it is.
func (r *run) call(c *call, in any) any {
	r.spend(nodeCost)
	f, known := r.filters[c.name]
	if !known {
		r.problem(r.line, "unknown filter "+quote(c.name)+": left out")
		return in
	}
	args := make([]any, 0, len(c.args)+2)
	args = append(args, in)
	for _, arg := range c.args {
		args = append(args, r.value(arg))
	}
	if len(c.keywords) > 0 {
		options := &hash{}
		for _, k := range c.keywords {
			options.set(Pair{k.name, r.value(k.value)})
		}
		args = append(args, options)
	}
	if n := len(args) - 1; n < f.least || n > f.most {
		r.problem(r.line, fmt.Sprintf("%s takes %s, not %d: left empty", c.name, f.arity(), n))
		return nil
	}
	return r.filtered(c.name, f.apply, args)
}

// operand is a value as it is written: a constant, a range, or a name with what it is asked for.
type operand struct {
	constant any
	from, to *operand // of a range
	name     *operand // of a variable; nil otherwise
	parts    []part
}

// part is what a value is asked for.
type part struct {
	key   *operand // in brackets
	name  string
	quick bool // size, first and last work without a key of that name
}

var (
	integerForm  = regexp.MustCompile(`^-?\d+$`)
	floatForm    = regexp.MustCompile(`^-?\d[\d.]+$`)
	rangeForm    = regexp.MustCompile(`(?s)^\(\s*(\S+)\s*\.\.\s*(\S+)\s*\)$`)
	variableForm = regexp.MustCompile(`\[[^\]]+\]|` + nameForm.String())
	nameForm     = regexp.MustCompile(`[\pL\pM\d_-]+\??`)
)

var literals = map[string]any{
	"": nil, "nil": nil, "null": nil, "true": true, "false": false, "empty": emptiness{}, "blank": emptiness{blank: true},
}

// newOperand reads a value.
func newOperand(source string) *operand { return nestedOperand(source, 0) }

// nestedOperand reads a value in so many ranges. One in too many is nil.
func nestedOperand(source string, depth int) *operand {
	source = strings.TrimSpace(source)
	if value, known := literals[source]; known {
		return &operand{constant: value}
	}
	first, last := source[0], source[len(source)-1]
	switch {
	case (first == '"' || first == '\'') && first == last:
		return &operand{constant: source[1:max(1, len(source)-1)]}
	case integerForm.MatchString(source):
		return &operand{constant: parseInteger(source)}
	case floatForm.MatchString(source):
		return &operand{constant: parseFloat(source)}
	}
	if depth >= maxInner {
		return &operand{}
	}
	if ends := rangeForm.FindStringSubmatch(source); ends != nil {
		return &operand{from: nestedOperand(ends[1], depth+1), to: nestedOperand(ends[2], depth+1)}
	}
	return newVariable(source)
}

// newVariable reads a name and what it is asked for, whatever stands between.
func newVariable(source string) *operand {
	closed := strings.LastIndexByte(source, ']') + 1 // behind which no bracket is worth a search
	found := append(variableForm.FindAllString(source[:closed], -1), nameForm.FindAllString(source[closed:], -1)...)
	if len(found) == 0 {
		return &operand{}
	}
	v := &operand{name: &operand{constant: found[0]}}
	if inner, ok := bracketed(found[0]); ok {
		v.name = newOperand(inner)
	}
	for _, one := range found[1:] {
		if inner, ok := bracketed(one); ok {
			v.parts = append(v.parts, part{key: newOperand(inner)})
			continue
		}
		v.parts = append(v.parts, part{name: one, quick: one == "size" || one == "first" || one == "last"})
	}
	return v
}

func bracketed(part string) (inner string, ok bool) {
	inner, ok = strings.CutPrefix(part, "[")
	return strings.TrimSuffix(inner, "]"), ok
}

// splitOutside cuts an expression at a separator, where it is not quoted, and
// trims the pieces.
func splitOutside(source string, separator *regexp.Regexp) []string {
	var pieces []string
	start := 0
	for _, at := range separator.FindAllStringIndex(withoutStrings(source), -1) {
		pieces = append(pieces, strings.TrimSpace(source[start:at[0]]))
		start = at[1]
	}
	return append(pieces, strings.TrimSpace(source[start:]))
}

// withoutStrings returns an expression with its quoted strings blanked, at equal
// length.
func withoutStrings(source string) string {
	if !strings.ContainsAny(source, `"'`) {
		return source
	}
	b := []byte(source)
	for i := 0; i < len(b); i++ {
		if b[i] != '"' && b[i] != '\'' {
			continue
		}
		end := strings.IndexByte(source[i+1:], b[i])
		if end < 0 {
			break
		}
		for range end {
			i++
			b[i] = '_'
		}
		i++
	}
	return string(b)
}
