package liquid

import (
	"reflect"
	"regexp"
	"strings"

	"github.com/osteele/liquid/values"
)

// condition is comparisons joined by "and" and "or", which Liquid groups from
// the right, whichever they are.
type condition struct {
	left, right *expression
	operator    string // empty when left alone decides
	join        string // "and", "or"; empty for the last one
	rest        *condition
}

var (
	joins     = regexp.MustCompile(`\s(and|or)\s`)
	operators = regexp.MustCompile(`==|!=|<>|<=|>=|<|>|\bcontains\b`)
)

// condition reads a condition. One that cannot be read is a problem, and nil.
func (r *run) condition(source string, line int) *condition {
	first, bare := &condition{}, withoutStrings(source)
	for c := first; ; c = c.rest {
		found := joins.FindStringSubmatchIndex(bare)
		this := source
		if found != nil {
			this, c.join = source[:found[0]], source[found[2]:found[3]]
			source, bare = source[found[1]:], bare[found[1]:]
		}
		if !c.read(r, this, line) {
			return nil
		}
		if found == nil {
			return first
		}
		c.rest = &condition{}
	}
}

// read reads one comparison.
func (c *condition) read(r *run, source string, line int) bool {
	if at := operators.FindStringIndex(withoutStrings(source)); at != nil {
		c.operator = source[at[0]:at[1]]
		if c.right = r.operand(source[at[1]:], line); c.right == nil {
			return false
		}
		source = source[:at[0]]
	}
	c.left = r.operand(source, line)
	return c.left != nil
}

// emptiness is the value of "empty" and "blank", to which every string, list and
// map without anything in it is equal.
type emptiness struct{}

func (r *run) operand(source string, line int) *expression {
	source = strings.TrimSpace(source)
	if source == "empty" || source == "blank" {
		return &expression{Expression: constant(emptiness{}), line: line}
	}
	return r.expression(source, line)
}

func (r *run) test(c *condition) bool {
	for ; ; c = c.rest {
		holds := r.compare(c)
		if c.join == "" || holds == (c.join == "or") {
			return holds
		}
	}
}

func (r *run) compare(c *condition) bool {
	a := r.eval(c.left)
	if c.operator == "" {
		return truth(a)
	}
	b := r.eval(c.right)
	r.spend(textCost(a))
	switch c.operator {
	case "==":
		return r.equal(a, b)
	case "!=", "<>":
		return !r.equal(a, b)
	case "contains":
		return r.contains(a, b)
	case "<":
		return values.Less(a, b)
	case ">":
		return values.Less(b, a)
	case "<=":
		return values.Less(a, b) || isOrdered(a, b) && r.equal(a, b)
	}
	return values.Less(b, a) || isOrdered(a, b) && r.equal(a, b)
}

// truth reports whether a condition takes a value for true.
func truth(value any) bool { return value != nil && value != false }

// isOrdered reports whether one of two values can come before the other.
func isOrdered(a, b any) bool { return a != nil && b != nil }

func (r *run) equal(a, b any) bool {
	a, b = r.plain(a), r.plain(b)
	if a == (emptiness{}) {
		a, b = b, a
	}
	if b == (emptiness{}) {
		return isEmpty(a)
	}
	// Only as much as has been paid for is looked at.
	if r.weigh(a) > maxWeight || r.weigh(b) > maxWeight || r.stopped {
		return false
	}
	if _, ok := a.(map[string]any); ok {
		return reflect.DeepEqual(a, b)
	}
	r.spend(textCost(a))
	return values.Equal(a, b)
}

// isEmpty reports whether a string, list or map holds nothing.
func isEmpty(value any) bool {
	switch v := value.(type) {
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// contains reports whether a string holds another, a list a value, or a map a
// key.
func (r *run) contains(a, b any) bool {
	switch a := r.plain(a).(type) {
	case string:
		r.spend(textCost(a))
		return b != nil && strings.Contains(a, r.textOf(b))
	case []any:
		for _, item := range a {
			if r.spend(nodeCost); r.stopped {
				return false
			}
			if r.equal(item, b) {
				return true
			}
		}
	case map[string]any:
		_, found := a[r.textOf(b)]
		return found
	}
	return false
}

// textCost is what it costs to read through a string.
func textCost(value any) int {
	s, _ := value.(string)
	return len(s) / 4
}
