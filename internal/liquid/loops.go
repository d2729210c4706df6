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
		r.problem(n.line, n.name+" outside of a loop: nothing more is rendered")
	}
	r.jump = n.name
}

// loop is {% for %} and {% tablerow %}.
type loop struct {
	line                int
	name                string // of the variable
	list                string // the source of what it is over
	over                *operand
	limit, offset, cols *operand
	resumes             bool // offset: continue
	reversed            bool
	table               bool
	body, otherwise     []node
}

var (
	laxLoop      = regexp.MustCompile(`^\s*([\pL\d_-]+)\s+in\s+((?:` + quotedFragment + `)+)\s*(reversed)?`)
	laxAttribute = regexp.MustCompile(`([A-Za-z0-9_][\w-]*)\s*:\s*(` + quotedFragment + `)`)
)

func (p *parser) newLoop(sections []section) node {
	head := sections[0].head
	n := &loop{line: head.line, table: head.name == "tablerow", body: sections[0].body}
	if !p.run.charge(head.args, head.line) {
		return nil
	}
	if n.strict(p.run, head.args) != nil && !n.lax(head.args) {
		p.run.problem(head.line, head.name+" wants a name, in and a list: its text stays")
		return nil
	}
	for _, s := range sections[1:] {
		n.otherwise = append(n.otherwise, s.body...)
	}
	return n
}

// strict reads the arguments of the tag by its grammar.
func (n *loop) strict(r *run, args string) error {
	l, err := r.lexer(args)
	if err != nil {
		return err
	}
	name := l.next()
	if name.kind != nameLexeme || !l.take("in") {
		return errSyntax
	}
	if n.list, err = l.value(); err != nil {
		return err
	}
	n.name, n.over = name.text, newOperand(n.list)
	n.reversed = !n.table && l.take("reversed")
	for !l.ended() {
		l.take(",")
		option := l.next()
		if option.kind != nameLexeme || !l.take(":") {
			return errSyntax
		}
		value, err := l.value()
		if err != nil || !n.option(option.text, value) {
			return errSyntax
		}
	}
	return nil
}

// lax finds the arguments of a tag.
func (n *loop) lax(args string) bool {
	found := laxLoop.FindStringSubmatch(args)
	if found == nil {
		return false
	}
	n.name, n.list, n.over, n.reversed = found[1], found[2], newOperand(found[2]), found[3] != "" && !n.table
	n.limit, n.offset, n.cols, n.resumes = nil, nil, nil, false
	for _, pair := range laxAttribute.FindAllStringSubmatch(args, -1) {
		n.option(pair[1], pair[2])
	}
	return true
}

// option reads an option; it is false if there is none of that name.
func (n *loop) option(name, source string) bool {
	switch name {
	case "limit":
		n.limit = newOperand(source)
	case "offset":
		n.offset, n.resumes = newOperand(source), source == "continue" && !n.table
	case "cols":
		n.cols = newOperand(source)
	}
	return name == "limit" || name == "offset" || n.table && name == "cols"
}

func (n *loop) render(r *run) {
	r.line = n.line
	r.spend(len(n.name) + len(n.list))
	over := r.value(n.over)
	items, err := n.items(r, over)
	if err != nil {
		r.problem(n.line, "a limit or an offset is no integer: the loop is left out")
		return
	}
	if n.table {
		n.rows(r, over, items)
		return
	}
	if len(items) == 0 {
		r.sequence(n.otherwise)
		return
	}
	state := &loopState{name: n.name + "-" + n.list, length: len(items), outer: r.locals["forloop"]}
	defer r.bind("forloop", state)()
	defer r.bind(n.name, nil)()
	r.loops++
	defer func() { r.loops-- }()
	for i, item := range items {
		if r.spend(nodeCost + textCost(n.name)); r.stopped {
			return
		}
		state.index = i
		r.locals[n.name] = item
		r.sequence(n.body)
		if left := r.leave(); left == "break" {
			return
		}
	}
}

// leave returns what a turn of a loop was left by, once.
func (r *run) leave() (jump string) {
	jump, r.jump = r.jump, ""
	return jump
}

// rows renders a table. Jumps leave a cell, and then what is around the table.
func (n *loop) rows(r *run, over any, items []any) {
	if over == nil {
		return
	}
	columns, err := r.integer(plain(r.value(n.cols)))
	if n.cols == nil || err != nil || columns <= 0 {
		columns = max(1, len(items))
	}
	state := &loopState{length: len(items), columns: columns}
	defer r.bind("tablerowloop", state)()
	defer r.bind(n.name, nil)()
	r.write("<tr class=\"row1\">\n")
	for i, item := range items {
		if r.spend(nodeCost + textCost(n.name)); r.stopped {
			return
		}
		state.index = i
		r.locals[n.name] = item
		n.cell(r, state)
	}
	r.write("</tr>\n")
}

func (n *loop) cell(r *run, s *loopState) {
	column := s.index%s.columns + 1
	r.write(fmt.Sprintf("<td class=\"col%d\">", column))
	r.sequence(n.body)
	r.write("</td>")
	if column == s.columns && s.index < s.length-1 {
		r.write(fmt.Sprintf("</tr>\n<tr class=\"row%d\">", s.index/s.columns+2))
	}
}

// items returns what the loop is over, options applied.
func (n *loop) items(r *run, over any) ([]any, error) {
	var items []any
	switch v := over.(type) {
	case []any, *hash, span:
		items = r.list(v)
	case string:
		if v == "" {
			return nil, nil
		}
		return []any{v}, nil // which has no part, whatever the options say
	}
	key := n.name + "-" + n.list
	from, err := r.bound(n.offset, 0)
	if n.resumes {
		from, err = r.reached[key], nil
	}
	if err != nil {
		return nil, err
	}
	limit, err := r.bound(n.limit, len(items))
	if err != nil {
		return nil, err
	}
	from = max(0, from)
	to := max(from, min(from+max(0, min(limit, len(items))), len(items)))
	r.reached[key] = to
	items = items[min(from, len(items)):min(to, len(items))]
	if n.reversed {
		r.spend(len(items))
		items = reversed(items)
	}
	return items, nil
}

// bound returns what an option says, or without it what holds then.
func (r *run) bound(o *operand, without int) (int, error) {
	value := plain(r.value(o))
	if value == nil {
		return without, nil
	}
	return r.integer(value)
}

// cycle is {% cycle %}: one value after the other, each time it is rendered.
type cycle struct {
	line   int
	group  string   // what shares a turn: the tags of a name, or of the same values
	named  *operand // the name, if there is one
	values []*operand
}

var (
	comma      = regexp.MustCompile(`,`)
	cycleGroup = regexp.MustCompile(`:`)
)

func (p *parser) newCycle(t token) node {
	n := &cycle{line: t.line, group: t.args}
	if !p.run.charge(t.args, t.line) {
		return nil
	}
	args := t.args
	if parts := splitOutside(args, cycleGroup); len(parts) > 1 {
		n.named = newOperand(parts[0])
		args = strings.Join(parts[1:], ":")
	}
	for _, one := range splitOutside(args, comma) {
		if value := laxValue.FindStringSubmatch(one); value != nil {
			n.values = append(n.values, newOperand(value[1]))
		}
	}
	if len(n.values) == 0 {
		p.run.problem(t.line, "cycle wants values: left out")
		return nil
	}
	return n
}

func (n *cycle) render(r *run) {
	r.line = n.line
	group := n.group
	if n.named != nil {
		group = ":" + r.asText(r.value(n.named))
	}
	r.spend(textCost(group))
	at := r.cycles[group] % len(n.values)
	r.cycles[group] = at + 1
	r.print(r.value(n.values[at]))
}
