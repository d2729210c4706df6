package liquid

import (
	"strings"
)

// condition is a comparison joined to another by "and" or "or", which Liquid groups from
// the right, whichever they are.
type condition struct {
	left, right *operand
	operator    string // empty when left alone decides
	join        string // "and", "or"; empty for the last one
	rest        *condition
	line        int // of the first one
	length      int // of the source of all
}

var comparisons = map[string]bool{"==": true, "!=": true, "<>": true, "<": true, ">": true, "<=": true, ">=": true, "contains": true}

// condition reads a condition. One that cannot be read is a problem, and nil.
func (r *run) condition(source string, line int) *condition {
	if strings.TrimSpace(source) == "" {
		r.problem(line, "an expression is missing: left out")
		return nil
	}
	if !r.charge(source, line) {
		return nil
	}
	c, err := r.strictCondition(source)
	if r.stopped {
		return nil
	}
	if err != nil {
		r.spend(laxCost * len(source))
		if c = laxConditions(source); c == nil {
			r.problem(line, quote(source)+" cannot be read: left out")
			return nil
		}
		r.problem(line, quote(source)+" is not written as Liquid wants it: read as far as it can be")
	}
	c.line, c.length = line, len(source)
	return c
}

func (r *run) test(c *condition) bool {
	r.line = c.line
	r.spend(c.length / 2)
	for ; ; c = c.rest {
		if r.spend(nodeCost); r.stopped {
			return false
		}
		holds := r.compare(c)
		if c.join == "" || holds == (c.join == "or") {
			return holds
		}
	}
}

func (r *run) compare(c *condition) bool {
	a := r.value(c.left)
	if c.operator == "" {
		return truth(a)
	}
	b := r.value(c.right)
	r.spend(textCost(a) + textCost(b))
	switch c.operator {
	case "==":
		return r.equalOrEmpty(a, b)
	case "!=", "<>":
		return !r.equalOrEmpty(a, b)
	case "contains":
		return r.contains(plain(a), plain(b))
	}
	return r.ordered(a, b, c.operator)
}

// ordered reports whether one value is larger than another. Values that have no order are
// nothing of both; a number and a text are a mistake.
func (r *run) ordered(a, b any, operator string) bool {
	order, ok := compareValues(a, b)
	if !ok {
		if comparable(a) && comparable(b) {
			r.problem(r.line, quote(toText(a))+" and "+quote(toText(b))+" cannot be compared: taken for false")
		}
		return false
	}
	switch operator {
	case "<":
		return order < 0
	case ">":
		return order > 0
	case "<=":
		return order <= 0
	}
	return order >= 0
}

// comparable reports whether a value has an order with others of its kind.
func comparable(value any) bool {
	switch value.(type) {
	case string, moment:
		return true
	}
	return isNumber(value)
}

// compareValues returns the order of two values of one kind.
func compareValues(a, b any) (order int, ok bool) {
	switch x := a.(type) {
	case string:
		if y, same := b.(string); same {
			return strings.Compare(x, y), true
		}
	case moment:
		if y, same := b.(moment); same && x.day == y.day {
			return x.at.Compare(y.at), true
		}
	}
	return compareNumbers(a, b)
}

// equalOrEmpty compares by "==", on either side of which "empty" asks for what holds nothing.
// No value is blank: Liquid by itself does not know what that is.
func (r *run) equalOrEmpty(a, b any) bool {
	e, ok := a.(emptiness)
	if !ok {
		if e, ok = b.(emptiness); !ok {
			return r.equal(a, b)
		}
		b = a
	}
	return !e.blank && isEmpty(b)
}

func (r *run) equal(a, b any) bool {
	// Only as much as has been paid for is looked at.
	if r.weigh(a) > maxWeight || r.weigh(b) > maxWeight || r.stopped {
		return false
	}
	r.spend(textCost(a))
	return equal(a, b)
}

func equal(a, b any) bool {
	switch x := a.(type) {
	case nil:
		return b == nil
	case bool, span:
		return a == b
	case []any:
		y, ok := b.([]any)
		return ok && equalLists(x, y)
	case *hash:
		y, ok := b.(*hash)
		return ok && equalHashes(x, y)
	case *loopState:
		return a == b
	}
	order, ok := compareValues(a, b)
	return ok && order == 0
}

func equalLists(a, b []any) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

func equalHashes(a, b *hash) bool {
	if a == b {
		return true
	}
	if len(a.pairs) != len(b.pairs) {
		return false
	}
	for _, pair := range a.pairs {
		if other, found := b.get(pair.Key); !found || !equal(pair.Value, other) {
			return false
		}
	}
	return true
}

// isEmpty reports whether a string, list or map holds nothing.
func isEmpty(value any) bool {
	switch v := value.(type) {
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case *hash:
		return len(v.pairs) == 0
	case emptiness:
		return true
	}
	return false
}

// contains reports whether a string holds another, a list or range a value, or a map a
// key.
func (r *run) contains(a, b any) bool {
	if !truth(b) {
		return false
	}
	switch a := a.(type) {
	case string:
		r.spend(textCost(a))
		return strings.Contains(a, r.asText(b))
	case []any:
		return r.listContains(a, b)
	case *hash:
		key, ok := b.(string)
		_, found := a.get(key)
		return ok && found
	case span:
		n, ok := b.(int)
		return ok && a.from <= n && n <= a.to
	}
	return false
}

func (r *run) listContains(list []any, value any) bool {
	for _, item := range list {
		if r.spend(nodeCost); r.stopped {
			return false
		}
		if r.equal(item, value) {
			return true
		}
	}
	return false
}
