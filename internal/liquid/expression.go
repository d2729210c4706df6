package liquid

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/osteele/liquid/expressions"
	"github.com/osteele/liquid/values"
)

// expression is one that has been read.
type expression struct {
	expressions.Expression
	line   int
	source string
}

var (
	// askedOfRange matches what would make a range list all its numbers, however
	// many: asking it for a property.
	askedOfRange = regexp.MustCompile(`\)\s*[.\[]`)
	// compares matches what a condition may hold only.
	compares = regexp.MustCompile(`[=<>]|\b(and|or|contains)\b`)
	siteTime = regexp.MustCompile(`\bsite\s*\.\s*time\b`)
)

// expression reads an expression. One that cannot be read is a problem, and nil.
func (r *run) expression(source string, line int) *expression {
	if r.taken+readCost+len(source) > r.steps {
		r.stop("there is too much of it")
	}
	if r.spend(readCost + len(source)); r.stopped {
		return nil
	}
	bare := withoutStrings(source)
	switch {
	case strings.TrimSpace(source) == "":
		r.problem(line, "an expression is missing: left out")
		return nil
	case len(source) > maxExpression:
		r.problem(line, quote(source)+" is too long: left out")
		return nil
	case strings.Contains(bare, "..") && askedOfRange.MatchString(bare):
		r.problem(line, quote(source)+" asks for a part of a range: left out")
		return nil
	case compares.MatchString(bare):
		r.problem(line, quote(source)+" cannot be read: left out")
		return nil
	case siteTime.MatchString(bare):
		r.problem(line, "site.time is left empty: posts do not change with the time of day")
	}
	e, err := parseExpression(source)
	if err != nil {
		r.problem(line, quote(source)+" cannot be read: left out")
		return nil
	}
	return &expression{Expression: e, line: line, source: source}
}

// parseExpression turns what the parser panics with into an error.
func parseExpression(source string) (e expressions.Expression, err error) {
	defer func() {
		if why := recover(); why != nil {
			err = fmt.Errorf("parse: %v", why)
		}
	}()
	if strings.ContainsAny(source, "%{};") && strings.ContainsAny(withoutStrings(source), "%{};") {
		return nil, errors.New("parse: not an expression") // the marks by which the parser knows its statements
	}
	return expressions.Parse(source)
}

// eval evaluates an expression; nil, which it may be, is empty. A mistake is a
// problem, and empty.
func (r *run) eval(e *expression) (value any) {
	if e == nil {
		return nil
	}
	if r.spend(nodeCost + len(e.source)/2); r.stopped {
		return nil
	}
	defer func() {
		if recover() != nil {
			r.problem(e.line, quote(e.source)+" makes the evaluation fail: left out")
			value = nil
		}
	}()
	r.line = e.line
	value, err := e.Evaluate(r.context)
	var unknown expressions.UndefinedFilter
	switch {
	case errors.As(err, &unknown):
		r.problem(e.line, "unknown filter "+quote(string(unknown))+": left out")
	case err != nil:
		r.problem(e.line, quote(e.source)+" cannot be evaluated: left out")
	default:
		return value
	}
	return nil
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

// list returns the values of a list, of a range, or the pairs of a map, in the
// order of its keys. Anything else is a list of itself, and nil an empty one.
func (r *run) list(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v
	case map[string]any:
		if r.spend(nodeCost * len(v)); r.stopped { // keys are sorted each time
			return nil
		}
		return pairs(v)
	case values.Range:
		return r.listRange(v)
	}
	return []any{value}
}

func (r *run) listRange(v values.Range) []any {
	n := v.Len()
	if n > maxItems {
		r.problem(r.line, fmt.Sprintf("a range of more than %d numbers: left out", maxItems))
		return nil
	}
	var list []any
	for i := range n {
		list = append(list, v.Index(i))
	}
	r.spend(nodeCost * len(list))
	return list
}
