package liquid

import (
	"regexp"
	"slices"
	"strings"
)

// What Liquid finds in a tag that is not written as it should be: whatever looks like an
// expression, with the rest passed over.
const quotedFragment = `(?:"[^"]*"|'[^']*'|(?:[^\s,|'"]|"[^"]*"|'[^']*')+)`

var (
	laxValue     = regexp.MustCompile(`(?s)(` + quotedFragment + `)(.*)`)
	laxFilters   = regexp.MustCompile(`(?s)\|\s*(.*)`)
	laxFilter    = regexp.MustCompile(`(?:\s+|` + quotedFragment + `|,)+`)
	laxName      = regexp.MustCompile(`[A-Za-z0-9_]+`)
	laxArgument  = regexp.MustCompile(`[:,]\s*((?:[A-Za-z0-9_]+\s*:\s*)?` + quotedFragment + `)`)
	keyword      = regexp.MustCompile(`^([A-Za-z0-9_][\w-]*)\s*:\s*(` + quotedFragment + `)$`)
	laxCondition = regexp.MustCompile(`(` + quotedFragment + `)\s*([=!<>a-z_]+)?\s*(` + quotedFragment + `)?`)
	laxJoins     = regexp.MustCompile(`"[^"]*"|'[^']*'|\b(?:and|or)\b`)
)

// strictParts reads a value and its filters.
func (r *run) strictParts(source string) (value string, filters []call, err error) {
	l, err := r.lexer(source)
	if err != nil || l.ended() {
		return "", nil, err
	}
	if value, err = l.value(); err != nil {
		return "", nil, err
	}
	for l.take("|") {
		c, err := l.call()
		if err != nil {
			return "", nil, err
		}
		filters = append(filters, c)
	}
	if !l.ended() {
		return "", nil, errSyntax
	}
	return value, filters, nil
}

// call takes a filter with its arguments.
func (l *lexer) call() (c call, err error) {
	name := l.next()
	if name.kind != nameLexeme {
		return c, errSyntax
	}
	c.name = name.text
	if !l.take(":") {
		return c, nil
	}
	for {
		key := ""
		if l.peek(0).kind == nameLexeme && l.peek(1).text == ":" && l.peek(1).kind == markLexeme {
			key = l.next().text
			l.next()
		}
		value, err := l.value()
		if err != nil {
			return c, err
		}
		c.add(key, value)
		if !l.take(",") {
			return c, nil
		}
	}
}

// laxParts finds a value and filters.
func laxParts(source string) (value string, filters []call) {
	found := laxValue.FindStringSubmatch(source)
	if found == nil {
		return "", nil
	}
	rest := laxFilters.FindStringSubmatch(found[2])
	if rest == nil {
		return found[1], nil
	}
	for _, piece := range laxFilter.FindAllString(rest[1], -1) {
		c := call{name: laxName.FindString(piece)}
		if c.name == "" {
			continue
		}
		for _, argument := range laxArgument.FindAllStringSubmatch(piece, -1) {
			if pair := keyword.FindStringSubmatch(argument[1]); pair != nil {
				c.add(pair[1], pair[2])
			} else {
				c.add("", argument[1])
			}
		}
		filters = append(filters, c)
	}
	return found[1], filters
}

// strictCondition reads comparisons, each joined to the next one.
func (r *run) strictCondition(source string) (*condition, error) {
	l, err := r.lexer(source)
	if err != nil {
		return nil, err
	}
	first := &condition{}
	for c := first; ; c = c.rest {
		if err := l.comparison(c); err != nil {
			return nil, err
		}
		switch {
		case l.take("and"):
			c.join = "and"
		case l.take("or"):
			c.join = "or"
		case l.ended():
			return first, nil
		default:
			return nil, errSyntax
		}
		c.rest = &condition{}
	}
}

func (l *lexer) comparison(c *condition) error {
	left, err := l.value()
	if err != nil {
		return err
	}
	c.left = newOperand(left)
	if l.peek(0).kind != comparisonLexeme {
		return nil
	}
	c.operator = l.next().text
	right, err := l.value()
	c.right = newOperand(right)
	return err
}

// laxConditions finds comparisons; nil if there are none, or one that compares by nothing known.
func laxConditions(source string) *condition {
	first := &condition{}
	joins := joinsOf(source)
	for c, start := first, 0; ; c = c.rest {
		piece, join := strings.TrimSpace(source[start:]), ""
		if len(joins) > 0 {
			piece, join = source[start:joins[0][0]], source[joins[0][0]:joins[0][1]]
			start, joins = joins[0][1], joins[1:]
		}
		found := laxCondition.FindStringSubmatch(piece)
		if found == nil {
			return nil
		}
		if c.left, c.operator = newOperand(found[1]), found[2]; c.operator != "" {
			c.right = newOperand(found[3])
		}
		if c.operator != "" && !comparisons[c.operator] {
			return nil
		}
		if c.join = join; join == "" {
			return first
		}
		c.rest = &condition{}
	}
}

// joinsOf returns where each "and" or "or" stands that is not quoted.
func joinsOf(source string) [][]int {
	return slices.DeleteFunc(laxJoins.FindAllStringIndex(source, -1), func(at []int) bool {
		return source[at[0]] == '"' || source[at[0]] == '\''
	})
}
