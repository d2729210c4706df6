package layout

import (
	"cmp"
	"fmt"
	"html/template"
	"maps"
	"reflect"
	"slices"
	"strings"

	"broadsheet/internal/dialect/hugo/layout/internal/value"
)

// maxMembers is how many values a list may hold, with those inside of these.
const maxMembers = 10_000

// lists are functions of lists and maps.
func (r *Run) lists() template.FuncMap {
	return template.FuncMap{
		"slice": func(all ...any) ([]any, error) { return append([]any{}, all...), r.check(all...) },
		"dict":  r.dict,
		"index": index,
		"in": func(of, one any) bool {
			if list, ok := value.List(of); ok {
				return slices.ContainsFunc(list, func(v any) bool { return value.Same(v, one) })
			}
			return strings.Contains(value.String(of), value.String(one))
		},
		"first":   func(n, of any) ([]any, error) { return part(of, n, func(l []any, n int) []any { return l[:n] }) },
		"last":    func(n, of any) ([]any, error) { return part(of, n, func(l []any, n int) []any { return l[len(l)-n:] }) },
		"after":   func(n, of any) ([]any, error) { return part(of, n, func(l []any, n int) []any { return l[n:] }) },
		"append":  r.appended,
		"delimit": r.delimit,
		"seq":     seq,
		"uniq": func(of any) []any {
			list, _ := value.List(of)
			var all []any
			for _, v := range list {
				if !slices.ContainsFunc(all, func(other any) bool { return value.Same(v, other) }) && len(all) < 1000 {
					all = append(all, v)
				}
			}
			return all
		},
		"reverse": func(of any) []any {
			list, _ := value.List(of)
			slices.Reverse(list)
			return list
		},
		"sort": sorted,
		"merge": func(all ...any) (map[string]any, error) {
			merged := map[string]any{}
			for _, one := range all {
				m, ok := one.(map[string]any)
				if !ok {
					return nil, fmt.Errorf("it merges %T, which is no map", one)
				}
				maps.Copy(merged, m)
			}
			return merged, r.check(merged)
		},
	}
}

func (r *Run) dict(all ...any) (map[string]any, error) {
	if len(all)%2 != 0 {
		return nil, fmt.Errorf("it makes a map of %d values", len(all))
	}
	m := map[string]any{}
	for i := 0; i < len(all); i += 2 {
		m[value.String(all[i])] = all[i+1]
	}
	return m, r.check(m)
}

// check returns an error where values hold more than layouts may build: a list that
// holds another twice, over and over, is soon larger than memory when it is shown.
func (r *Run) check(all ...any) error {
	left := maxMembers
	for _, v := range all {
		if !fits(v, &left) {
			return errTooMuch
		}
	}
	return nil
}

func fits(v any, left *int) bool {
	if *left--; *left < 0 {
		return false
	}
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Slice:
		for i := range r.Len() {
			if !fits(r.Index(i).Interface(), left) {
				return false
			}
		}
	case reflect.Map:
		for _, key := range r.MapKeys() {
			if !fits(r.MapIndex(key).Interface(), left) {
				return false
			}
		}
	case reflect.String:
		*left -= r.Len() / 128
	}
	return *left >= 0
}

// index returns a member by keys, nil where there is none.
func index(of any, keys ...any) (any, error) {
	for _, key := range keys {
		r := reflect.ValueOf(of)
		switch r.Kind() {
		case reflect.Slice, reflect.String:
			at, err := value.Int(key)
			if err != nil {
				return nil, err
			}
			if at < 0 || at >= r.Len() {
				return nil, nil //nolint:nilnil // nothing is a value of layouts
			}
			of = r.Index(at).Interface()
		case reflect.Map:
			m, _ := of.(map[string]any)
			v, ok := m[value.String(key)]
			if !ok {
				v = m[strings.ToLower(value.String(key))]
			}
			of = v
		default:
			return nil, nil //nolint:nilnil // so is it here
		}
	}
	return of, nil
}

// part is a part of a list that a number says.
func part(of, n any, cut func(list []any, n int) []any) ([]any, error) {
	length, err := value.Int(n)
	if err != nil {
		return nil, err
	}
	list, ok := value.List(of)
	if !ok {
		return nil, fmt.Errorf("it asks %T for members", of)
	}
	return cut(list, min(max(length, 0), len(list))), nil
}

// appended is a list, which comes last, with more members.
func (r *Run) appended(all ...any) ([]any, error) {
	if len(all) == 0 {
		return nil, nil
	}
	list, ok := value.List(all[len(all)-1])
	if !ok && all[len(all)-1] != nil {
		return nil, fmt.Errorf("it appends to %T, which is no list", all[len(all)-1])
	}
	more := all[:len(all)-1]
	if len(more) == 1 {
		if members, ok := value.List(more[0]); ok {
			more = members
		}
	}
	list = append(list, more...)
	return list, r.check(list)
}

func (r *Run) delimit(of, by any, lastBy ...any) (template.HTML, error) {
	if err := r.check(of); err != nil {
		return "", err
	}
	list, _ := value.List(of)
	if m, ok := of.(map[string]any); ok {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			list = append(list, m[key])
		}
	}
	var b strings.Builder
	for i, one := range list {
		switch {
		case i == len(list)-1 && i > 0 && len(lastBy) > 0:
			b.WriteString(value.String(lastBy[0]))
		case i > 0:
			b.WriteString(value.String(by))
		}
		b.WriteString(value.String(one))
	}
	text, err := r.text(b.String())
	return template.HTML(text), err //nolint:gosec // the sanitiser comes later
}

// seq counts: to an end, from a beginning, in steps.
func seq(args ...any) ([]int, error) {
	var n []int
	for _, arg := range args {
		one, err := value.Int(arg)
		if err != nil {
			return nil, err
		}
		n = append(n, one)
	}
	first, step, last := 1, 1, 0
	switch len(n) {
	case 1:
		last = n[0]
	case 2:
		first, last = n[0], n[1]
	case 3:
		first, step, last = n[0], n[1], n[2]
	default:
		return nil, fmt.Errorf("it counts by %d numbers", len(n))
	}
	if last < first && len(n) < 3 {
		step = -1
	}
	var all []int
	for i := first; step > 0 && i <= last || step < 0 && i >= last; i += step {
		if all = append(all, i); len(all) > maxMembers {
			return nil, errTooMuch
		}
	}
	return all, nil
}

// sorted sorts a list by its members, or by what these hold under a key.
func sorted(of any, args ...any) ([]any, error) {
	list, _ := value.List(of)
	key := ""
	if len(args) > 0 {
		key = value.String(args[0])
	}
	by := func(v any) any {
		if m, ok := v.(map[string]any); ok && key != "" && key != "value" {
			return cmp.Or(m[key], m[strings.ToLower(key)])
		}
		return v
	}
	slices.SortStableFunc(list, func(a, b any) int { return value.Order(by(a), by(b)) })
	if len(args) > 1 && value.String(args[1]) == "desc" {
		slices.Reverse(list)
	}
	return list, nil
}
