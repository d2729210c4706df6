package liquid

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/osteele/liquid/values"
)

var listFilters = map[string]filter{
	"array_to_sentence_string": sentence,
	"compact":                  ofList(func(list []any) any { return without(list, func(v any) bool { return v == nil }) }),
	"concat":                   concat,
	"default":                  orDefault,
	"first":                    ofList(func(list []any) any { return arguments(list).at(0) }),
	"join":                     join,
	"last":                     ofList(func(list []any) any { return arguments(list).at(max(0, len(list)-1)) }),
	"map":                      mapTo,
	"pop":                      ofList(func(list []any) any { return list[:max(0, len(list)-1)] }),
	"push":                     push,
	"reverse":                  ofList(func(list []any) any { return reversed(list) }),
	"shift":                    ofList(func(list []any) any { return list[min(1, len(list)):] }),
	"size":                     size,
	"sort":                     sortBy,
	"sort_natural":             sortNatural,
	"uniq":                     uniq,
	"unshift":                  unshift,
}

func without(list []any, drop func(any) bool) any {
	return slices.DeleteFunc(slices.Clone(list), drop)
}

func concat(r *run, in any, args arguments) (any, error) {
	return slices.Concat(r.list(in), r.list(args.at(0))), nil
}

func push(r *run, in any, args arguments) (any, error) {
	return append(slices.Clip(r.list(in)), args.at(0)), nil
}

func unshift(r *run, in any, args arguments) (any, error) {
	return append([]any{args.at(0)}, r.list(in)...), nil
}

func orDefault(_ *run, in any, args arguments) (any, error) {
	if !truth(in) || isEmpty(in) {
		return args.at(0), nil
	}
	return in, nil
}

func size(_ *run, in any, _ arguments) (any, error) {
	switch v := in.(type) {
	case string:
		return utf8.RuneCountInString(v), nil
	case []any:
		return len(v), nil
	case map[string]any:
		return len(v), nil
	}
	return 0, nil
}

// texts returns what the values of a list print.
func (r *run) texts(list []any) ([]string, error) {
	texts, length := make([]string, len(list)), 0
	for i, item := range list {
		if texts[i] = r.textOf(item); r.stopped {
			return nil, errTooLong
		}
		if length += len(texts[i]); length > maxText {
			return nil, errTooLong
		}
	}
	return texts, nil
}

func (r *run) joined(texts []string, separator string) (any, error) {
	if len(separator)*len(texts) > maxText {
		return nil, errTooLong
	}
	return strings.Join(texts, separator), nil
}

func join(r *run, in any, args arguments) (any, error) {
	texts, err := r.texts(r.list(in))
	if err != nil {
		return nil, err
	}
	return r.joined(texts, args.text(r, 0, " "))
}

// sentence joins a list as in prose: "a, b, and c".
func sentence(r *run, in any, args arguments) (any, error) {
	texts, err := r.texts(r.list(in))
	if err != nil {
		return nil, err
	}
	connector := args.text(r, 0, "and")
	switch n := len(texts); n {
	case 0:
		return "", nil
	case 1:
		return texts[0], nil
	case 2:
		return texts[0] + " " + connector + " " + texts[1], nil
	default:
		texts[n-1] = connector + " " + texts[n-1]
		return r.joined(texts, ", ")
	}
}

// property returns what a value has under a name, which may be a path: "a.b".
func property(value any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		m, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = m[name]
	}
	return value
}

// key returns the function that finds what values are sorted by: what they have
// under the name that an argument is, or without one themselves.
func (a arguments) key(r *run, i int) func(any) any {
	if a.at(i) == nil {
		return func(v any) any { return v }
	}
	name := a.text(r, i, "")
	return func(v any) any { return property(v, name) }
}

func mapTo(r *run, in any, args arguments) (any, error) {
	list, name := slices.Clone(r.list(in)), args.text(r, 0, "")
	for i := range list {
		list[i] = property(list[i], name)
	}
	return list, nil
}

func uniq(r *run, in any, _ arguments) (any, error) {
	seen := map[string]bool{}
	var list []any
	for _, item := range r.list(in) {
		key, err := r.json(item)
		if err != nil {
			return nil, err
		}
		if !seen[key] {
			seen[key] = true
			list = append(list, item)
		}
	}
	return list, nil
}

// json returns the JSON of a value that is not too large.
func (r *run) json(value any) (string, error) {
	if n := r.weigh(value); n > maxItems*10 || r.stopped {
		return "", errTooLong
	}
	s := toJSON(value)
	r.spend(len(s))
	return s, nil
}

var errOrder = errors.New(`the place of what is empty is "first" or "last"`)

// sortBy sorts a list by its values, or by what they have under a name; those
// without it come first, or where the second argument says.
func sortBy(r *run, in any, args arguments) (any, error) {
	list, empty := slices.Clone(r.list(in)), args.text(r, 1, "first")
	if empty != "first" && empty != "last" {
		return nil, errOrder
	}
	key := args.key(r, 0)
	r.stableSort(list, func(v, w any) int {
		a, b := key(v), key(w)
		r.spend(textCost(a))
		switch {
		case a == nil || b == nil:
			return compareNil(a == nil, b == nil, empty == "last")
		case values.Less(a, b):
			return -1
		case values.Less(b, a):
			return 1
		}
		return 0
	})
	return list, nil
}

func compareNil(a, b, last bool) int {
	if a == b {
		return 0
	}
	if a == last {
		return 1
	}
	return -1
}

// sortNatural sorts a list without regard to case.
func sortNatural(r *run, in any, args arguments) (any, error) {
	list := slices.Clone(r.list(in))
	key := args.key(r, 0)
	lower := func(v any) string { return strings.ToLower(r.textOf(key(v))) }
	r.stableSort(list, func(v, w any) int { return strings.Compare(lower(v), lower(w)) })
	return list, nil
}

// stableSort sorts as long as there are steps left.
func (r *run) stableSort(list []any, compare func(v, w any) int) {
	slices.SortStableFunc(list, func(v, w any) int {
		if r.spend(nodeCost); r.stopped {
			return 0
		}
		return compare(v, w)
	})
}
