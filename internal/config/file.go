package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"go.yaml.in/yaml/v4"
)

const (
	fileName     = "broadsheet.yaml"
	fileVariable = "BROADSHEET_CONFIG"
	fileLimit    = 1 << 20 // no settings are this long: somebody named the wrong file
)

// file applies the settings file, if there is one.
func (l *loader) file(o Options) {
	if name := o.named(); name != "" {
		l.read(name, true)
		return
	}
	if !l.read(filepath.Join(o.Dir, fileName), false) {
		l.read(filepath.Join(o.Dir, "..", fileName), false)
	}
}

// named returns the settings file that somebody named, empty if nobody did.
func (o Options) named() string {
	if o.File != "" || o.LookupEnv == nil {
		return o.File
	}
	name, _ := o.LookupEnv(fileVariable)
	return name
}

// read says whether there is such a file, whatever may be wrong with it. It
// refuses what could keep it waiting, such as a pipe.
func (l *loader) read(name string, wanted bool) bool {
	at := place{name: filepath.ToSlash(name)}
	info, err := os.Stat(name)
	if !wanted && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)) {
		return false
	}
	var data []byte
	if err == nil && (!info.Mode().IsRegular() || info.Size() > fileLimit) {
		err = errors.New("not a regular file of at most 1 MiB")
	} else if err == nil {
		data, err = os.ReadFile(name)
	}
	if err != nil {
		if detail, ok := errors.AsType[*fs.PathError](err); ok {
			err = detail.Err // without the name, which the problem has already
		}
		l.complain(at, "cannot read the settings: "+err.Error())
		return true
	}
	l.parse(data, at)
	return true
}

func (l *loader) parse(data []byte, at place) {
	root, err := document(data)
	if detail, ok := errors.AsType[*yaml.LoadError](err); ok {
		// The context is where that began which was never closed.
		at.line = cmp.Or(detail.ContextMark.Line, detail.Mark.Line)
		err = errors.New(detail.Message)
	}
	switch {
	case err != nil:
		l.complain(at, "not YAML: "+err.Error())
	case root == nil || isNull(root):
	case root.Kind != yaml.MappingNode:
		l.complain(place{at.name, root.Line}, "found "+kindName(root)+"; expected lines such as title: My blog")
	default:
		l.mapping(root, at.name, keys(), l.entry)
	}
}

// document returns the root of the only document in data, nil if it is empty.
func document(data []byte) (*yaml.Node, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var doc, more yaml.Node
	if err := loader.Load(&doc); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if err := loader.Load(&more); !errors.Is(err, io.EOF) {
		return nil, cmp.Or(err, errors.New("found a second document"))
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return doc.Content[0], nil
}

// mapping hands each pair to visit, the key with hyphens, and complains of
// keys that are unknown or repeated. A key without a value is passed over.
func (l *loader) mapping(n *yaml.Node, file string, known []string, visit func(string, *yaml.Node, place)) {
	lines := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, at := n.Content[i].Value, place{file, n.Content[i].Line}
		key := strings.ReplaceAll(name, "_", "-")
		switch first, v := lines[key], follow(n.Content[i+1]); {
		case !slices.Contains(known, key):
			l.complain(at, fmt.Sprintf("unknown key %q%s", name, suggest(key, known)))
		case first > 0:
			l.complain(at, fmt.Sprintf("%q is set twice, first on line %d", name, first))
		default:
			lines[key] = at.line
			if !isNull(v) {
				visit(key, v, at)
			}
		}
	}
}

// entry applies one setting of the file.
func (l *loader) entry(key string, v *yaml.Node, at place) {
	w := table[slices.Index(keys(), key)]
	switch value := v.Value; {
	case key == "author":
		l.people(w, v, at)
	case key == "moved" && v.Kind == yaml.MappingNode:
		l.apply(w, pairs(v), at)
	case w.many && isList(v):
		l.apply(w, joined(v), at)
	case v.Kind != yaml.ScalarNode:
		l.complain(at, fmt.Sprintf("%s: found %s; expected a single value", key, kindName(v)))
	case (key == "state" || key == "theme") && value != "" && !filepath.IsAbs(value):
		l.apply(w, filepath.Join(filepath.Dir(filepath.FromSlash(at.name)), value), at)
	default:
		l.apply(w, value, at)
	}
}

// isList reports whether n is a list of single values without semicolons, which
// would make more of them.
func isList(n *yaml.Node) bool {
	return n.Kind == yaml.SequenceNode && !slices.ContainsFunc(n.Content, func(one *yaml.Node) bool {
		return follow(one).Kind != yaml.ScalarNode || strings.Contains(follow(one).Value, ";")
	})
}

// pairs writes a mapping of single values as a list of keys with their values.
func pairs(n *yaml.Node) string {
	var all []string
	for i := 0; i+1 < len(n.Content); i += 2 {
		all = append(all, n.Content[i].Value+" "+follow(n.Content[i+1]).Value)
	}
	return strings.Join(all, "; ")
}

func joined(n *yaml.Node) string {
	values := make([]string, len(n.Content))
	for i, one := range n.Content {
		values[i] = follow(one).Value
	}
	return strings.Join(values, "; ")
}

func keys() []string {
	list := make([]string, len(table))
	for i, w := range table {
		list[i] = w.key
	}
	return list
}

// follow returns what an alias stands for.
func follow(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

func isNull(n *yaml.Node) bool { return n.ShortTag() == "!!null" }

func kindName(n *yaml.Node) string {
	names := map[yaml.Kind]string{yaml.MappingNode: "a mapping", yaml.SequenceNode: "a list"}
	return cmp.Or(names[n.Kind], strconv.Quote(n.Value))
}

// suggest asks for the known word that is nearest to word, if one is near.
func suggest(word string, known []string) string {
	for edits := range 3 {
		for _, k := range known {
			if near(strings.ToLower(word), k, edits) {
				return fmt.Sprintf(" (did you mean %q?)", k)
			}
		}
	}
	return ""
}

// near says whether so few edits of a letter make b of a.
func near(a, b string, edits int) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	if a == "" || b == "" || edits == 0 {
		return len(a)+len(b) <= edits
	}
	return near(a[1:], b, edits-1) || near(a, b[1:], edits-1) || near(a[1:], b[1:], edits-1)
}
