package liquid

import (
	"regexp"
	"strconv"
)

// literal is text, as it stands.
type literal struct {
	text string
	line int
	raw  bool // shown even if it is blank
}

func (n literal) render(r *run) {
	r.line = n.line
	r.write(n.text)
}

type sequence []node

func (n sequence) render(r *run) { r.sequence(n) }

// output is {{ an expression }}.
type output struct{ value *expression }

func (p *parser) output(t token) node {
	if t.args == "" {
		return nil
	}
	return &output{p.run.expression(t.args, t.line)}
}

func (n *output) render(r *run) { r.print(r.eval(n.value)) }

// A name may be written with what it could be asked for, which is then part of the name.
const signature = `[\pL\d_.\[\]()-]+`

var (
	assignment = regexp.MustCompile(`(?s)(` + signature + `)\s*=\s*(.*)`)
	captured   = regexp.MustCompile(signature)
)

// assign is {% assign name = expression %}.
type assign struct {
	name  string
	value *expression
}

func (p *parser) newAssign(t token) node {
	found := assignment.FindStringSubmatch(t.args)
	if found == nil {
		p.run.problem(t.line, "assign wants a name, = and a value: left out")
		return nil
	}
	value := p.run.expression(found[2], t.line)
	if value == nil {
		return nil
	}
	return &assign{found[1], value}
}

func (n *assign) render(r *run) {
	r.spend(textCost(n.name))
	r.vars[n.name] = plain(r.eval(n.value))
}

// capture is {% capture name %}.
type capture struct {
	name string
	body []node
}

func (p *parser) newCapture(s section) node {
	name := captured.FindString(s.head.args)
	if name == "" {
		p.run.problem(s.head.line, "capture wants a name: its text stays where it is")
		return nil
	}
	return &capture{name, s.body}
}

func (n *capture) render(r *run) {
	r.spend(textCost(n.name))
	r.vars[n.name] = r.capture(n.body)
}

// counter is {% increment name %} or {% decrement name %}. Counters are no
// variables.
type counter struct {
	name string
	down bool
}

func (n counter) render(r *run) {
	r.spend(textCost(n.name))
	if n.down {
		r.counters[n.name]--
		r.write(strconv.Itoa(r.counters[n.name]))
		return
	}
	r.write(strconv.Itoa(r.counters[n.name]))
	r.counters[n.name]++
}

// ifChanged renders what differs from what the one before rendered.
type ifChanged struct{ body []node }

func (n *ifChanged) render(r *run) {
	if now := r.capture(n.body); now != r.changed {
		r.changed = now
		r.write(now)
	}
}

// branch is a part of if, unless or case.
type branch struct {
	test  *condition // of if
	when  []*operand // of case
	other bool       // else
	body  []node
}

// ifElse is {% if %} and {% unless %}.
type ifElse struct{ branches []branch }

func (p *parser) newIf(sections []section, holds bool) node {
	n := &ifElse{}
	for i, s := range sections {
		b := branch{body: s.body, other: s.head.name == "else"}
		if !b.other {
			if b.test = p.run.condition(s.head.args, s.head.line); b.test == nil {
				return nil
			}
		}
		n.branches = append(n.branches, b)
		if i == 0 && !holds {
			n.branches = []branch{{test: b.test}, {other: true, body: s.body}}
			n.unless(p, sections[1:])
			return n
		}
	}
	return n
}

// unless turns around what has been read: where the test holds, the clauses are
// rendered, and where it does not, the body.
func (n *ifElse) unless(p *parser, rest []section) {
	n.branches[0].body = bodies(nil).(sequence)
	if len(rest) > 0 {
		if inner := p.newIf(append([]section{{head: token{name: "if", args: "false", line: rest[0].head.line}}}, rest...), true); inner != nil {
			n.branches[0].body = []node{inner}
		}
	}
}

func (n *ifElse) render(r *run) {
	for _, b := range n.branches {
		if b.other || r.test(b.test) {
			r.sequence(b.body)
			return
		}
	}
}

// caseWhen is {% case %}.
type caseWhen struct {
	value    *operand
	line     int
	branches []branch
}

var betweenWhens = regexp.MustCompile(`,|\sor\s`)

func (p *parser) newCase(sections []section) node {
	head := sections[0].head
	n := &caseWhen{value: p.run.operandOf(laxValue.FindString(head.args), head.line), line: head.line}
	if head.args == "" || n.value == nil {
		p.run.problem(head.line, "case wants a value: its text stays")
		return nil
	}
	for _, s := range sections[1:] {
		b := branch{body: s.body, other: s.head.name == "else"}
		if !b.other {
			for _, one := range splitOutside(s.head.args, betweenWhens) {
				if e := p.run.operandOf(one, s.head.line); e != nil {
					b.when = append(b.when, e)
				}
			}
		}
		n.branches = append(n.branches, b)
	}
	return n
}

// render renders every branch that fits, as often as it does, and else if none did before.
func (n *caseWhen) render(r *run) {
	r.line = n.line
	value, found := r.value(n.value), false
	for _, b := range n.branches {
		fits := 0
		if b.other && !found {
			fits = 1
		}
		for _, when := range b.when {
			if r.equalOrEmpty(plain(value), r.value(when)) {
				fits++
			}
		}
		for range fits {
			found = true
			r.sequence(b.body)
		}
	}
}
