package liquid

import (
	"errors"
	"regexp"
	"sync"
)

var selectFilters = map[string]filter{
	"find":         firstOf(where),
	"find_exp":     firstOf(whereExp),
	"group_by":     groupBy,
	"group_by_exp": groupByExp,
	"where":        where,
	"where_exp":    whereExp,
}

var (
	variableName = regexp.MustCompile(`^[\pL_][\pL\d_-]*$`)
	errNoName    = errors.New("the first argument is to be a name")
	errTooDeep   = errors.New("an expression asks for itself")
	errUnread    = errors.New("the expression cannot be read")
)

// firstOf makes the filter that returns the first value that another leaves.
func firstOf(f filter) filter {
	return func(r *run, in any, args arguments) (any, error) {
		found, err := f(r, in, args)
		if err != nil {
			return nil, err
		}
		return arguments(r.list(found)).at(0), nil
	}
}

// where keeps the values that have something under a name; being one of a list
// will do.
func where(r *run, in any, args arguments) (any, error) {
	name, target := args.text(r, 0, ""), args.at(1)
	shown := sync.OnceValue(func() string { return r.asText(target) })
	return r.keep(in, func(item any) bool {
		has := property(item, name)
		if list, ok := has.([]any); ok && target != nil {
			return r.contains(list, target)
		}
		return r.equal(has, target) || target != nil && has != nil && isScalar(has) && toText(has) == shown()
	})
}

func isScalar(value any) bool {
	switch value.(type) {
	case []any, map[string]any:
		return false
	}
	return true
}

// whereExp keeps the values for which a condition holds, where they go by a name.
func whereExp(r *run, in any, args arguments) (any, error) {
	name := args.text(r, 0, "")
	if !variableName.MatchString(name) {
		return nil, errNoName
	}
	if r.inner >= maxInner {
		return nil, errTooDeep
	}
	c := r.condition(args.text(r, 1, ""), r.line)
	if c == nil {
		return nil, errUnread
	}
	defer r.bind(name, nil)()
	r.inner++
	defer func() { r.inner-- }()
	return r.keep(in, func(item any) bool {
		r.vars[name] = item
		return r.test(c)
	})
}

func (r *run) keep(in any, keep func(any) bool) (any, error) {
	kept := []any{}
	for _, item := range r.list(in) {
		if r.spend(nodeCost); r.stopped {
			break
		}
		if keep(item) {
			kept = append(kept, item)
		}
	}
	return kept, nil
}

// groupBy makes groups, in the order in which they turn up, of the values that
// print alike under a name.
func groupBy(r *run, in any, args arguments) (any, error) {
	name := args.text(r, 0, "")
	return r.group(in, func(item any) any { return property(item, name) })
}

func groupByExp(r *run, in any, args arguments) (any, error) {
	name := args.text(r, 0, "")
	if !variableName.MatchString(name) {
		return nil, errNoName
	}
	if r.inner >= maxInner {
		return nil, errTooDeep
	}
	e := r.expression(args.text(r, 1, ""), r.line)
	if e == nil {
		return nil, errUnread
	}
	defer r.bind(name, nil)()
	r.inner++
	defer func() { r.inner-- }()
	return r.group(in, func(item any) any {
		r.vars[name] = item
		return r.plain(r.eval(e))
	})
}

func (r *run) group(in any, key func(any) any) (any, error) {
	names := []any{}
	groups := map[string][]any{}
	for _, item := range r.list(in) {
		value := key(item)
		r.spend(2 * nodeCost)
		name := r.textOf(value)
		if r.spend(len(name)); r.stopped {
			break
		}
		if _, known := groups[name]; !known {
			names = append(names, name)
		}
		groups[name] = append(groups[name], item)
	}
	for i, name := range names {
		items := groups[name.(string)]
		names[i] = map[string]any{"name": name, "items": items, "size": len(items)}
	}
	return names, nil
}
