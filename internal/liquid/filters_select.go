package liquid

import (
	"errors"
	"strings"
)

var selectFilters = map[string]filter{
	"find":         {firstOf(where), 2, 2},
	"find_exp":     {firstOf(whereExp), 2, 2},
	"group_by":     {groupBy, 1, 1},
	"group_by_exp": {groupByExp, 2, 2},
	"where":        {where, 2, 2},
	"where_exp":    {whereExp, 2, 2},
}

var (
	errTooDeep = errors.New("an expression asks for itself")
	errUnread  = errors.New("the expression cannot be read")
)

// property returns what a value has under a name, which may be a path: "a.b". On the way
// nothing is false, as in Jekyll.
func (r *run) property(item any, name string) (any, error) {
	if !strings.Contains(name, ".") {
		return r.jekyllHaving(item, name)
	}
	r.spend(textCost(name))
	for key := range strings.SplitSeq(name, ".") {
		if r.spend(2); item == nil || item == false {
			return false, nil
		}
		var err error
		if item, err = r.jekyllHaving(item, key); err != nil {
			return nil, err
		}
	}
	return item, nil
}

// jekyllHaving is having, and lists have no names.
func (r *run) jekyllHaving(item any, name string) (any, error) {
	if _, isList := item.([]any); isList {
		return nil, errNoProperty
	}
	return r.having(item, name)
}

var errNoProperty = errors.New("a list has no property of a name")

// selectable returns the values to select from; it is false for what is no list.
func (r *run) selectable(in any) ([]any, bool) {
	switch v := in.(type) {
	case *hash:
		r.spend(len(v.pairs))
		list := make([]any, len(v.pairs))
		for i, pair := range v.pairs {
			list[i] = pair.Value
		}
		return list, true
	case []any, span:
		return r.list(v), true
	}
	return nil, false
}

// firstOf makes the filter that returns the first value that another leaves.
func firstOf(f applied) applied {
	return func(r *run, in any, args arguments) (any, error) {
		found, err := f(r, in, args)
		if _, ok := r.selectable(in); err != nil || !ok {
			return found, err
		}
		list, _ := found.([]any)
		return element(list, 0), nil
	}
}

// where keeps the values that have something under a name; being one of a list will do, and
// looking alike.
func where(r *run, in any, args arguments) (any, error) {
	name := args.text(r, 0, "")
	_, empty := args.at(1).(emptiness)
	target := r.asText(args.at(1))
	return r.keep(in, func(item any) (bool, error) {
		has, err := r.property(item, name)
		switch {
		case err != nil:
			return false, err
		case args.at(1) == nil:
			return has == nil, nil
		case empty:
			return r.isBlank(has), nil
		}
		return r.looksLike(has, target), nil
	})
}

// isBlank reports whether the text of a value or of all values of a list is empty.
func (r *run) isBlank(value any) bool {
	if h, ok := value.(*hash); ok {
		return len(h.pairs) == 0
	}
	return r.textBy(value, shown) == ""
}

// looksLike reports whether a value, or one of a list, is this text.
func (r *run) looksLike(value any, target string) bool {
	r.spend(textCost(value))
	switch value.(type) {
	case string:
		return value == target
	case nil:
		return false
	}
	if isScalar(value) {
		return r.asText(value) == target
	}
	for _, one := range r.list(value) {
		if r.spend(nodeCost + textCost(one)); r.stopped || r.asText(one) == target {
			return !r.stopped
		}
	}
	return false
}

// whereExp keeps the values for which a condition holds, where they go by a name.
func whereExp(r *run, in any, args arguments) (any, error) {
	if _, ok := r.selectable(in); !ok {
		return in, nil
	}
	c, err := r.conditionOf(args.text(r, 1, ""))
	if err != nil {
		return nil, err
	}
	return r.within(args.text(r, 0, ""), func(set func(any)) (any, error) {
		return r.keep(in, func(item any) (bool, error) {
			set(item)
			return r.test(c), nil
		})
	})
}

// withoutEmpty makes "empty" a text like any, as it is in the conditions of Jekyll's filters.
func (c *condition) withoutEmpty() {
	for ; c != nil; c = c.rest {
		for _, o := range []*operand{c.left, c.right} {
			if o != nil {
				o.constant = plain(o.constant)
			}
		}
	}
}

// within lets an expression see values under a name.
func (r *run) within(name string, do func(set func(any)) (any, error)) (any, error) {
	if r.inner >= maxInner {
		return nil, errTooDeep
	}
	r.inner++
	defer func() { r.inner-- }()
	defer r.bind(name, nil)()
	return do(func(item any) { r.locals[name] = item })
}

func (r *run) keep(in any, keep func(any) (bool, error)) (any, error) {
	list, ok := r.selectable(in)
	if !ok {
		return in, nil
	}
	kept := []any{}
	for _, item := range list {
		if r.spend(nodeCost); r.stopped {
			break
		}
		holds, err := keep(item)
		if err != nil {
			return nil, err
		}
		if holds {
			kept = append(kept, item)
		}
	}
	return kept, nil
}

// groupBy makes groups, in the order in which they turn up, of the values that
// print alike under a name.
func groupBy(r *run, in any, args arguments) (any, error) {
	name := args.text(r, 0, "")
	return r.group(in, func(item any) (any, error) {
		value, err := r.property(item, name)
		if err != nil {
			return nil, err
		}
		return r.asText(value), nil
	})
}

func groupByExp(r *run, in any, args arguments) (any, error) {
	e := r.expressionOf(args.text(r, 1, ""))
	if e == nil {
		return nil, errUnread
	}
	return r.within(args.text(r, 0, ""), func(set func(any)) (any, error) {
		return r.group(in, func(item any) (any, error) {
			set(item)
			return plain(r.eval(e)), nil
		})
	})
}

func (r *run) group(in any, key func(any) (any, error)) (any, error) {
	switch in.(type) {
	case []any, *hash, span:
	default:
		return in, nil
	}
	names, at := []any{}, map[string]int{}
	var groups [][]any
	for _, item := range r.list(in) {
		name, err := key(item)
		if err != nil {
			return nil, err
		}
		r.spend(2 * nodeCost)
		look := r.look(name)
		if r.spend(len(look)); r.stopped {
			return nil, nil
		}
		i, known := at[look]
		if !known {
			i = len(groups)
			at[look], names, groups = i, append(names, name), append(groups, nil)
		}
		groups[i] = append(groups[i], item)
	}
	for i, name := range names {
		names[i] = &hash{pairs: []Pair{{"name", name}, {"items", groups[i]}, {"size", len(groups[i])}}}
	}
	return names, nil
}
