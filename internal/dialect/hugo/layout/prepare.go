package layout

import (
	"slices"
	"strings"
	"text/template/parse"
)

// stepFunc is called at the beginning of each round of a loop.
const stepFunc = "__step"

// prepare makes a tree ready to be run: each round of a loop counts, keys of parameters
// are in lower case, as Hugo has them, and functions that are not known are noted.
func (l *layout) prepare(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, one := range n.Nodes {
				l.prepare(one)
			}
		}
	case *parse.ActionNode:
		l.pipe(n.Pipe)
	case *parse.IfNode:
		l.branch(&n.BranchNode)
	case *parse.WithNode:
		l.branch(&n.BranchNode)
	case *parse.RangeNode:
		l.branch(&n.BranchNode)
		n.List.Nodes = append([]parse.Node{step()}, n.List.Nodes...)
	case *parse.TemplateNode:
		l.pipe(n.Pipe)
	}
}

// step is an action that shows nothing.
func step() parse.Node {
	set := parse.New("")
	set.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	made, err := set.Parse("{{$__ := "+stepFunc+"}}", "", "", trees)
	if err != nil {
		return &parse.TextNode{NodeType: parse.NodeText}
	}
	return made.Root.Nodes[0]
}

func (l *layout) branch(n *parse.BranchNode) {
	l.pipe(n.Pipe)
	l.prepare(n.List)
	l.prepare(n.ElseList)
}

func (l *layout) pipe(n *parse.PipeNode) {
	if n == nil {
		return
	}
	for _, command := range n.Cmds {
		for i, arg := range command.Args {
			command.Args[i] = l.arg(arg)
		}
	}
}

// arg prepares an argument. A function of a package, such as strings.ToLower, is the
// one that it is called for short.
func (l *layout) arg(n parse.Node) parse.Node {
	switch n := n.(type) {
	case *parse.FieldNode:
		n.Ident = withoutZone(n.Ident)
		l.fields(n.Ident)
	case *parse.VariableNode:
		n.Ident = withoutZone(n.Ident)
		l.fields(n.Ident[1:])
	case *parse.ChainNode:
		if short := shortName(n); short != "" {
			return l.arg(parse.NewIdentifier(short).SetPos(n.Pos))
		}
		n.Node = l.arg(n.Node)
		n.Field = withoutZone(n.Field)
		l.fields(n.Field)
		if len(n.Field) == 0 {
			return n.Node
		}
	case *parse.PipeNode:
		l.pipe(n)
	case *parse.IdentifierNode:
		if !known[n.Ident] {
			l.unknown = append(l.unknown, n.Ident)
		}
	}
	return n
}

// withoutZone leaves out what would show a date in the zone of this machine: dates are in that
// of the site.
func withoutZone(names []string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return name == "Local" })
}

// shortName is the name of a function that a chain such as strings.ToLower means;
// empty if it means none.
func shortName(n *parse.ChainNode) string {
	of, ok := n.Node.(*parse.IdentifierNode)
	if !ok || known[of.Ident] && of.Ident != "time" {
		return ""
	}
	name := of.Ident + "." + n.Field[0]
	if short := shortNames[strings.ToLower(name)]; short != "" {
		return short
	}
	return strings.ReplaceAll(name, ".", "__") // unknown, under a name that can be one
}

// fields reads what a layout asks for: the keys of parameters are in lower case.
func (l *layout) fields(names []string) {
	isKey := false
	for i, name := range names {
		if isKey {
			names[i] = strings.ToLower(name)
		}
		isKey = isKey || name == "Params"
		l.inner = l.inner || name == "Inner" || name == "InnerDeindent"
	}
}
