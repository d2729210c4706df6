package liquid

import (
	"errors"
	"slices"
	"strings"
)

// changeFilters are those that Jekyll has for lists, and those that sort.
var changeFilters = map[string]filter{
	"pop":          {pop, 0, 1},
	"push":         {push, 1, 1},
	"sample":       {sample, 0, 1},
	"shift":        {shift, 0, 1},
	"sort":         {sortBy, 0, 2},
	"sort_natural": {sortNatural, 0, 1},
	"unshift":      {unshift, 1, 1},
}

var errNegative = errors.New("negative array size")

func pop(_ *run, in any, args arguments) (any, error) {
	list, ok := in.([]any)
	if !ok {
		return in, nil
	}
	n, err := args.int(0, 1)
	switch {
	case err != nil:
		return nil, err
	case n < 0:
		return nil, errNegative
	}
	return list[:max(0, len(list)-n)], nil
}

func push(_ *run, in any, args arguments) (any, error) {
	if list, ok := in.([]any); ok {
		return append(slices.Clip(list), plain(args.at(0))), nil
	}
	return in, nil
}

func shift(_ *run, in any, args arguments) (any, error) {
	list, ok := in.([]any)
	if !ok {
		return in, nil
	}
	n, err := args.int(0, 1)
	switch {
	case err != nil:
		return nil, err
	case n < 0:
		return nil, errNegative
	}
	return list[min(n, len(list)):], nil
}

func unshift(_ *run, in any, args arguments) (any, error) {
	if list, ok := in.([]any); ok {
		return append([]any{plain(args.at(0))}, list...), nil
	}
	return in, nil
}

var errLots = errors.New("posts draw no lots")

// sample draws a value only where there is no choice.
func sample(_ *run, in any, args arguments) (any, error) {
	list, ok := in.([]any)
	switch {
	case !ok:
		return in, nil
	case len(list) > 1:
		return nil, errLots
	case len(args) > 0 && args[0] != 1:
		return list, nil
	}
	return element(list, 0), nil
}

var (
	errOrder   = errors.New(`the place of what is empty is "first" or "last"`)
	errCompare = errors.New("values of such kinds cannot be compared")
	errNull    = errors.New("nil cannot be sorted")
)

// sortBy sorts a list by its values, or by what they have under a name; those
// without it come first, or where the second argument says.
func sortBy(r *run, in any, args arguments) (any, error) {
	switch in.(type) {
	case nil:
		return nil, errNull
	case []any, *hash, span:
	default:
		return nil, errNoList
	}
	list := slices.Clone(r.list(in))
	if args.at(0) == nil {
		return r.sorted(list)
	}
	empty := args.text(r, 1, "first")
	if empty != "first" && empty != "last" {
		return nil, errOrder
	}
	return r.sortedBy(list, args.text(r, 0, ""), empty == "last")
}

// sorted sorts values that can all be compared.
func (r *run) sorted(list []any) (any, error) {
	var failed error
	r.stableSort(list, func(v, w any) int {
		order, ok := r.order(v, w)
		if !ok {
			failed = errCompare
		}
		return order
	})
	return list, failed
}

// order returns the order of two values, of lists that of the first values that differ.
func (r *run) order(a, b any) (int, bool) {
	r.spend(textCost(a))
	x, ok := a.([]any)
	y, both := b.([]any)
	if !ok || !both {
		if a == nil && b == nil {
			return 0, true
		}
		if order, ok := compareValues(a, b); ok {
			return order, true
		}
		return 0, isScalar(a) && isScalar(b) && a == b
	}
	for i := range min(len(x), len(y)) {
		r.spend(1)
		if order, ok := r.order(x[i], y[i]); order != 0 || !ok {
			return order, ok
		}
	}
	return len(x) - len(y), true
}

// keyed is a value and what it is sorted by.
type keyed struct{ key, value any }

func (r *run) sortedBy(list []any, name string, last bool) (any, error) {
	for i, item := range list {
		key, err := r.property(item, name)
		if err != nil {
			return nil, err
		}
		list[i] = keyed{key, item}
	}
	r.stableSort(list, func(v, w any) int {
		a, b := v.(keyed).key, w.(keyed).key
		if a == nil || b == nil {
			return compareNil(a == nil, b == nil, last)
		}
		if order, ok := r.order(a, b); ok {
			return order
		}
		return strings.Compare(r.asText(a), r.asText(b))
	})
	for i, item := range list {
		list[i] = item.(keyed).value
	}
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

// sortNatural sorts a list without regard to case, what is nil last.
func sortNatural(r *run, in any, args arguments) (any, error) {
	list := slices.Clone(r.flat(in))
	for i, item := range list {
		key := item
		if args.at(0) != nil {
			var err error
			if key, err = r.having(item, args[0]); err != nil {
				return nil, err
			}
		}
		if key != nil {
			text := r.asText(key)
			if r.spend(len(text)); r.stopped {
				return nil, errTooLong
			}
			key = lowerASCII(text)
		}
		list[i] = keyed{key, item}
	}
	r.stableSort(list, func(v, w any) int {
		a, aText := v.(keyed).key.(string)
		b, bText := w.(keyed).key.(string)
		if !aText || !bText {
			return compareNil(!aText, !bText, true)
		}
		r.spend(textCost(a))
		return strings.Compare(a, b)
	})
	for i, item := range list {
		list[i] = item.(keyed).value
	}
	return list, nil
}

func lowerASCII(s string) string {
	return strings.Map(func(c rune) rune {
		if 'A' <= c && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	}, s)
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
