package liquid

import (
	"errors"
	"fmt"
	"maps"
)

// filter makes a value of another. It changes neither that nor its arguments.
type filter struct {
	apply       applied
	least, most int // arguments that it takes
}

// applied is what a filter does.
type applied func(r *run, in any, args arguments) (any, error)

// arity says how many arguments a filter takes.
func (f filter) arity() string {
	switch {
	case f.most == 0:
		return "no argument"
	case f.least == f.most:
		return fmt.Sprintf("%d arguments", f.least)
	}
	return fmt.Sprintf("%d to %d arguments", f.least, f.most)
}

// arguments of a filter; those that were not given are nil.
type arguments []any

func (a arguments) at(i int) any {
	if i < len(a) {
		return a[i]
	}
	return nil
}

// text returns an argument as text, or what it is without one.
func (a arguments) text(r *run, i int, without string) string {
	if i >= len(a) {
		return without
	}
	return r.asText(a[i])
}

// int returns an argument that has to be an integer, or what it is without one.
func (a arguments) int(i, without int) (int, error) {
	if i >= len(a) {
		return without, nil
	}
	return toInt(a[i])
}

var (
	errTooLong = errors.New("the result is too long")
	errNow     = errors.New("posts do not change with the time of day")
)

// ofText makes a filter of a function of text.
func ofText(f func(string) string) filter {
	return filter{apply: func(r *run, in any, _ arguments) (any, error) { return f(r.asText(in)), nil }}
}

// ofGiven makes a filter of a function of text, which leaves nil as it is.
func ofGiven(f func(string) string) filter {
	return filter{apply: func(r *run, in any, _ arguments) (any, error) {
		if in == nil {
			return nil, nil
		}
		return f(r.asText(in)), nil
	}}
}

// ofText1 makes a filter of a function of text that has one argument.
func ofText1(f func(s, arg string) string) filter {
	return filter{func(r *run, in any, args arguments) (any, error) { return f(r.asText(in), args.text(r, 0, "")), nil }, 1, 1}
}

// filters returns all filters by name.
func filters() map[string]filter {
	all := map[string]filter{}
	for _, some := range []map[string]filter{textFilters, escapeFilters, numberFilters, listFilters, changeFilters, selectFilters, jekyllFilters} {
		maps.Copy(all, some)
	}
	return all
}

// filtered applies a filter within the bounds of the post.
func (r *run) filtered(name string, f applied, args []any) any {
	for i := range args {
		r.spend(nodeCost + textCost(args[i]) + r.weigh(args[i]))
	}
	if c, ok := costs[name]; ok && args[0] != nil {
		text := r.asText(args[0])
		if !isScalar(args[0]) {
			args[0] = text
		}
		r.spend(c.of(text))
	}
	if r.stopped {
		return nil
	}
	out, err := f(r, args[0], args[1:])
	if s, ok := out.(string); ok {
		if r.spend(len(s)); len(s) > maxText { // which was made all the same
			err = errTooLong
		}
	} else if err == nil && r.weigh(out) > maxWeight {
		err = errTooLong
	}
	if err != nil && !r.stopped {
		r.problem(r.line, fmt.Sprintf("%s: %v: left empty", name, err))
	}
	if err != nil {
		return nil
	}
	return out
}
