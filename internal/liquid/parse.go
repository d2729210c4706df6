package liquid

import (
	"slices"
	"strings"
)

// node is a piece of a template, ready to be rendered any number of times.
type node interface {
	render(r *run)
}

// section is the head of a block, or of a clause in it, and what follows it.
type section struct {
	head token
	body []node
}

// clauses are the tags that part a block of a name into sections; a name that is
// not in it is none of a block.
var clauses = map[string][]string{
	"capture":   nil,
	"case":      {"when", "else"},
	"for":       {"else"},
	"highlight": nil,
	"if":        {"elsif", "else"},
	"ifchanged": nil,
	"tablerow":  nil,
	"unless":    {"elsif", "else"},
}

// parser makes nodes of tokens. What it cannot read it reports to its run.
type parser struct {
	run     *run
	tokens  []token
	open    []string        // blocks around the next token
	unknown map[string]bool // tags nobody knows, which may turn out to be blocks
}

// parse returns the nodes of a template that begins on a line.
func (r *run) parse(source string, line int) []node {
	return r.parseTokens(scan(source, line, r.problem))
}

func (r *run) parseTokens(tokens []token) []node {
	p := parser{run: r, tokens: tokens, unknown: map[string]bool{}}
	nodes, _ := p.nodes()
	return nodes
}

// nodes reads up to a tag that ends this section, which stays unread, or to the
// end of the template, which is a token without a name.
func (p *parser) nodes() (nodes []node, end token) {
	for len(p.tokens) > 0 && !p.run.stopped {
		t := p.tokens[0]
		if t.kind == tag && p.ends(t.name) {
			return nodes, t
		}
		p.tokens = p.tokens[1:]
		if n := p.node(t); n != nil {
			nodes = append(nodes, n)
		}
	}
	return nodes, token{}
}

// ends reports whether a tag is the next clause of the innermost block, or the
// end of any.
func (p *parser) ends(name string) bool {
	if len(p.open) == 0 {
		return false
	}
	if block, ok := strings.CutPrefix(name, "end"); ok {
		return slices.Contains(p.open, block)
	}
	return slices.Contains(clauses[p.open[len(p.open)-1]], name)
}

// node returns what a token does; nil if nothing.
func (p *parser) node(t token) node {
	_, isBlock := clauses[t.name]
	switch {
	case t.kind == text:
		return literal{t.args, t.line, t.raw}
	case t.kind == object:
		return p.output(t)
	case !isBlock:
		return p.tag(t)
	case len(p.open) >= maxNesting:
		p.run.problem(t.line, t.name+" is nested too deep: left out")
		return nil
	}
	return p.block(t)
}

// block reads a block to its end. One without an end keeps its text.
func (p *parser) block(t token) node {
	p.open = append(p.open, t.name)
	sections := []section{{head: t}}
	for {
		body, end := p.nodes()
		sections[len(sections)-1].body = body
		if slices.Contains(clauses[t.name], end.name) {
			p.tokens = p.tokens[1:]
			sections = append(sections, section{head: end})
			continue
		}
		p.open = p.open[:len(p.open)-1]
		if end.name == "end"+t.name {
			p.tokens = p.tokens[1:]
			return p.build(sections)
		}
		if !p.run.stopped {
			p.run.problem(t.line, t.name+" without end"+t.name)
		}
		return bodies(sections)
	}
}

// build makes a block of its sections. One whose tag cannot be read keeps its
// text.
func (p *parser) build(sections []section) node {
	quiet := quieten(sections)
	var n node
	switch name := sections[0].head.name; name {
	case "if", "unless":
		n = p.newIf(sections, name == "if")
	case "case":
		n = p.newCase(sections)
	case "for", "tablerow":
		n = p.newLoop(sections)
	case "capture":
		n = p.newCapture(sections[0])
	case "highlight":
		n = p.newHighlight(sections[0])
	case "ifchanged":
		n = &ifChanged{sections[0].body}
	}
	switch {
	case n == nil:
		return bodies(sections)
	case quiet && sections[0].head.name != "capture":
		return quietly{n}
	}
	return n
}

// quietly is a block that shows nothing, whatever happens in it.
type quietly struct{ node }

// quieten takes the white space out of a block in which nothing else is shown, as
// Liquid does: an author who only assigns there wants no blank lines.
func quieten(sections []section) bool {
	for _, s := range sections {
		if slices.ContainsFunc(s.body, shows) {
			return false
		}
	}
	if name := sections[0].head.name; name == "capture" {
		return true
	}
	for i := range sections {
		sections[i].body = slices.DeleteFunc(sections[i].body, func(n node) bool { _, isText := n.(literal); return isText })
	}
	return true
}

// shows reports whether a node can show anything but white space.
func shows(n node) bool {
	switch n := n.(type) {
	case literal:
		return n.raw || strings.Trim(n.text, white) != ""
	case *assign, *capture, quietly:
		return false
	}
	return true
}

// bodies is what remains of a block without its tags.
func bodies(sections []section) node {
	var all sequence
	for _, s := range sections {
		all = append(all, s.body...)
	}
	return all
}

// tag returns what a tag outside of a block does; nil if nothing.
func (p *parser) tag(t token) node {
	switch t.name {
	case "assign":
		return p.newAssign(t)
	case "break", "continue":
		return jump{t.line, t.name}
	case "cycle":
		return p.newCycle(t)
	case "echo":
		return p.output(t)
	case "increment", "decrement":
		return counter{name: t.args, down: t.name == "decrement"}
	case "include", "include_cached":
		return p.newInclude(t)
	case "link", "post_url":
		return &link{line: t.line, tag: t.name, target: p.argument(t)}
	}
	p.unknownTag(t)
	return nil
}

// unknownTag reports a tag once, however often it stands in the template, and
// its end not at all.
func (p *parser) unknownTag(t token) {
	block, isEnd := strings.CutPrefix(t.name, "end")
	_, known := clauses[block]
	switch {
	case t.name == "" && strings.HasPrefix(t.args, "#"): // a remark
	case t.name == "":
		p.run.problem(t.line, "a tag without a name: left out")
	case t.name == "include_relative":
		p.run.problem(t.line, "include_relative cannot read other files: left out")
	case isEnd && p.unknown[block]:
	case isEnd && (known || block == "raw" || block == "comment"):
		p.run.problem(t.line, t.name+" without "+block)
	case slices.Contains([]string{"else", "elsif", "when"}, t.name):
		p.run.problem(t.line, t.name+" outside of its block")
	default:
		p.unknown[t.name] = true
		p.run.problem(t.line, "unknown tag "+quote(t.name)+": left out")
	}
}

// argument reads the argument of a tag that may itself hold objects.
func (p *parser) argument(t token) []node {
	if !strings.Contains(t.args, "{{") {
		return []node{literal{t.args, t.line, false}}
	}
	return p.run.parse(t.args, t.line)
}
