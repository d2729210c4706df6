package liquid

import (
	"errors"
	"fmt"
	"maps"

	"github.com/osteele/liquid/expressions"
)

// filter makes a value of another. It changes neither that nor its arguments,
// which are plain values (see converter).
type filter func(r *run, in any, args arguments) (any, error)

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
	if a.at(i) == nil {
		return without
	}
	return r.asText(a[i])
}

func (a arguments) int(i, without int) int {
	if n, ok := toInt(a.at(i)); ok {
		return n
	}
	return without
}

var (
	errTooLong = errors.New("the result is too long")
	errNow     = errors.New("posts do not change with the time of day")
)

// ofText makes a filter of a function of text.
func ofText(f func(string) string) filter {
	return func(r *run, in any, _ arguments) (any, error) { return f(r.asText(in)), nil }
}

// ofText1 makes a filter of a function of text that has one argument.
func ofText1(f func(s, arg string) string) filter {
	return func(r *run, in any, args arguments) (any, error) { return f(r.asText(in), args.text(r, 0, "")), nil }
}

// ofList makes a filter of a function of lists.
func ofList(f func([]any) any) filter {
	return func(r *run, in any, _ arguments) (any, error) { return f(r.list(in)), nil }
}

// filters returns all filters by name.
func filters() map[string]filter {
	all := map[string]filter{}
	for _, some := range []map[string]filter{textFilters, escapeFilters, numberFilters, listFilters, selectFilters, jekyllFilters} {
		maps.Copy(all, some)
	}
	return all
}

// addFilters makes the filters known to expressions.
func (r *run) addFilters(config *expressions.Config) {
	for name, f := range r.filters {
		config.AddFilter(name, func(args ...any) any { return r.filtered(name, f, args) })
	}
}

// filtered applies a filter within the bounds of the post.
func (r *run) filtered(name string, f filter, args []any) any {
	for i := range args {
		args[i] = r.plain(args[i])
		r.spend(nodeCost + textCost(args[i]) + r.weigh(args[i]))
	}
	if c, ok := costs[name]; ok && args[0] != nil {
		args[0] = r.asText(args[0])
		r.spend(c.of(args[0]))
	}
	if r.stopped {
		return nil
	}
	out, err := f(r, args[0], args[1:])
	if s, ok := out.(string); ok && len(s) > maxText {
		err = errTooLong
	} else if ok {
		r.spend(len(s))
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
