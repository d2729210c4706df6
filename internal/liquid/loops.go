package liquid

import (
	"fmt"
	"regexp"
	"strings"
)

// jump is {% break %} or {% continue %}.
type jump struct {
	line int
	name string
}

func (n jump) render(r *run) {
	if r.loops == 0 {
		r.problem(n.line, n.name+" outside of a loop: left out")
		return
	}
	r.jump = n.name
}

// loop is {% for %} and {% tablerow %}.
type loop struct {
	name                string // of the variable
	over                *expression
	limit, offset, cols *expression
	reversed            bool
	table               bool
	body, otherwise     []node
}

var (
	loopHead = regexp.MustCompile(`^([\pL_][\pL\d_-]*)\s+in\s+`)
	// loopOption matches an option, or anything else, after what a loop is over.
	loopOption = regexp.MustCompile(`^[\s,]*(?:(reversed)\b|(limit|offset|cols)\s*:\s*(\([^)]*\)|[^\s,]+))`)
	// loopOptions matches where the options begin.
	loopOptions = regexp.MustCompile(`[\s,]+(reversed\b|(limit|offset|cols)\s*:)`)
)

func (p *parser) newLoop(sections []section) node {
	head := sections[0].head
	n := &loop{table: head.name == "tablerow", body: sections[0].body}
	if !n.read(p.run, head) {
		return nil
	}
	for _, s := range sections[1:] {
		n.otherwise = append(n.otherwise, s.body...)
	}
	return n
}

// read reads the arguments of the tag. It reports whether they make sense.
func (n *loop) read(r *run, head token) bool {
	found := loopHead.FindStringSubmatch(head.args)
	if found == nil {
		r.problem(head.line, head.name+" wants a name, in and a list: its text stays")
		return false
	}
	n.name = found[1]
	over, options := head.args[len(found[0]):], ""
	if at := loopOptions.FindStringIndex(withoutStrings(over)); at != nil {
		over, options = over[:at[0]], over[at[0]:]
	}
	for strings.TrimSpace(options) != "" {
		option := loopOption.FindStringSubmatch(options)
		if option == nil {
			r.problem(head.line, head.name+" does not know "+quote(options)+": left out")
			break
		}
		options = options[len(option[0]):]
		n.option(r, option, head.line)
	}
	n.over = r.expression(over, head.line)
	return n.over != nil
}

func (n *loop) option(r *run, option []string, line int) {
	if option[1] != "" {
		n.reversed = true
		return
	}
	value := r.expression(option[3], line)
	switch option[2] {
	case "limit":
		n.limit = value
	case "offset":
		n.offset = value
	case "cols":
		n.cols = value
	}
}

func (n *loop) render(r *run) {
	items := n.items(r)
	if len(items) == 0 {
		r.sequence(n.otherwise)
		return
	}
	outer := r.vars["forloop"]
	defer r.bind("forloop", outer)()
	defer r.bind(n.name, nil)()
	columns := n.columns(r, len(items))
	r.loops++
	defer func() { r.loops-- }()
	for i, item := range items {
		if r.spend(nodeCost); r.stopped {
			return
		}
		r.vars[n.name] = item
		r.vars["forloop"] = forloop(i, len(items), outer)
		n.turn(r, i, columns, len(items))
		left := r.jump
		if r.jump = ""; left == "break" {
			return
		}
	}
}

// turn renders one turn of the loop.
func (n *loop) turn(r *run, i, columns, length int) {
	if !n.table {
		r.sequence(n.body)
		return
	}
	row, column := i/columns+1, i%columns+1
	if column == 1 {
		r.write(fmt.Sprintf("<tr class=\"row%d\">", row))
	}
	r.write(fmt.Sprintf("<td class=\"col%d\">", column))
	r.sequence(n.body)
	r.write("</td>")
	if column == columns || i == length-1 {
		r.write("</tr>\n")
	}
}

// columns returns how many columns a table has.
func (n *loop) columns(r *run, length int) int {
	if columns, ok := toInt(r.eval(n.cols)); ok && columns > 0 {
		return columns
	}
	return length
}

// items returns what the loop is over, options applied.
func (n *loop) items(r *run) []any {
	items := r.list(r.eval(n.over))
	if len(items) == 1 && items[0] == "" {
		return nil
	}
	if offset, ok := toInt(r.eval(n.offset)); ok && offset > 0 {
		items = items[min(offset, len(items)):]
	}
	if limit, ok := toInt(r.eval(n.limit)); ok && limit >= 0 {
		items = items[:min(limit, len(items))]
	}
	if n.reversed {
		items = reversed(items)
	}
	return items
}

// forloop is what a turn of a loop knows of itself.
func forloop(i, length int, outer any) map[string]any {
	return map[string]any{
		"index": i + 1, "index0": i, "rindex": length - i, "rindex0": length - i - 1,
		"first": i == 0, "last": i == length-1, "length": length, "parentloop": outer,
	}
}

// cycle is {% cycle %}: one value after the other, each time it is rendered.
type cycle struct {
	group  string      // what shares a turn: the tags of a name, or of the same values
	named  *expression // the name, if there is one
	values []*expression
}

var (
	comma      = regexp.MustCompile(`,`)
	cycleGroup = regexp.MustCompile(`:`)
)

func (p *parser) newCycle(t token) node {
	n := &cycle{group: t.args}
	args := t.args
	if parts := splitOutside(args, cycleGroup); len(parts) > 1 {
		n.named = p.run.expression(parts[0], t.line)
		args = strings.Join(parts[1:], ":")
	}
	for _, one := range splitOutside(args, comma) {
		if e := p.run.expression(one, t.line); e != nil {
			n.values = append(n.values, e)
		}
	}
	if len(n.values) == 0 {
		return nil
	}
	return n
}

func (n *cycle) render(r *run) {
	group := n.group
	if n.named != nil {
		group = ":" + r.textOf(r.eval(n.named))
	}
	at := r.cycles[group] % len(n.values)
	r.cycles[group] = at + 1
	r.print(r.eval(n.values[at]))
}
