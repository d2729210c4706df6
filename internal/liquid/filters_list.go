package liquid

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

var listFilters = map[string]filter{
	"array_to_sentence_string": {sentence, 0, 1},
	"compact":                  {compact, 0, 1},
	"concat":                   {concat, 1, 1},
	"default":                  {orDefault, 0, 2},
	"first":                    {apply: func(_ *run, in any, _ arguments) (any, error) { return end(in, "first"), nil }},
	"join":                     {join, 0, 1},
	"last":                     {apply: func(_ *run, in any, _ arguments) (any, error) { return end(in, "last"), nil }},
	"map":                      {mapTo, 1, 1},
	"reverse":                  {apply: func(r *run, in any, _ arguments) (any, error) { return reversed(r.flat(in)), nil }},
	"size":                     {apply: size},
	"uniq":                     {uniq, 0, 1},
}

func reversed(list []any) []any {
	turned := make([]any, len(list))
	for i, item := range list {
		turned[len(list)-1-i] = item
	}
	return turned
}

// flat returns the values that most filters of lists work on: those of lists in the list too,
// while a map is one value.
func (r *run) flat(value any) []any {
	switch v := value.(type) {
	case *hash:
		return []any{v}
	case []any:
		var list []any
		flatten(&list, v)
		r.spend(len(list))
		return list
	}
	return r.list(value)
}

func flatten(to *[]any, list []any) {
	for _, item := range list {
		if inner, ok := item.([]any); ok {
			flatten(to, inner)
		} else if len(*to) <= maxWeight {
			*to = append(*to, item)
		}
	}
}

// end returns the first or last of some values.
func end(in any, which string) any {
	switch in.(type) {
	case []any, *hash, span:
		value, _ := (*run)(nil).quick(in, which)
		return value
	}
	return nil
}

// having returns what a value has under a name, as a filter of Liquid asks for it.
func (r *run) having(item any, key any) (any, error) {
	if r.spend(textCost(item) + textCost(key)); r.stopped {
		return nil, errTooLong
	}
	name, isName := key.(string)
	switch v := item.(type) {
	case *hash:
		value, _ := v.get(name)
		return value, nil
	case string:
		if isName && strings.Contains(v, name) {
			return name, nil
		}
		return nil, nil
	}
	if isNumber(item) && !isFloat(item) {
		return nil, fmt.Errorf("cannot select the property %s", quote(toText(key)))
	}
	return nil, nil
}

func compact(r *run, in any, args arguments) (any, error) {
	kept := []any{}
	for _, item := range r.flat(in) {
		value := item
		if len(args) > 0 {
			var err error
			if value, err = r.having(item, args[0]); err != nil {
				return nil, err
			}
		}
		if value != nil {
			kept = append(kept, item)
		}
	}
	return kept, nil
}

var errNoList = errors.New("only a list will do")

func concat(r *run, in any, args arguments) (any, error) {
	var more []any
	switch v := args.at(0).(type) {
	case []any, span:
		more = r.list(v)
	case *hash:
		more = []any{v}
	default:
		return nil, errNoList
	}
	return append(append([]any{}, r.flat(in)...), more...), nil
}

// orDefault puts something in the place of what is empty, or false unless that is allowed.
func orDefault(_ *run, in any, args arguments) (any, error) {
	var instead any = ""
	if len(args) > 0 {
		instead = plain(args[0])
	}
	options, ok := args.at(1).(*hash)
	if first, isOptions := args.at(0).(*hash); isOptions && len(args) == 1 && options == nil {
		options, ok = first, true
	}
	if ok {
		if allowed, _ := options.get("allow_false"); truth(allowed) && in == false {
			return in, nil
		}
	}
	if !truth(in) || isEmpty(in) {
		return instead, nil
	}
	return in, nil
}

func size(_ *run, in any, _ arguments) (any, error) {
	switch v := in.(type) {
	case string:
		return utf8.RuneCountInString(v), nil
	case []any:
		return len(v), nil
	case *hash:
		return len(v.pairs), nil
	case span:
		return v.count(), nil
	case int:
		return 8, nil // bytes, in Ruby
	}
	return 0, nil
}

// texts returns what the values of a list are as text.
func (r *run) texts(list []any) ([]string, error) {
	texts, length := make([]string, len(list)), 0
	for i, item := range list {
		if texts[i] = r.asText(item); r.stopped {
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
	texts, err := r.texts(r.flat(in))
	if err != nil {
		return nil, err
	}
	return r.joined(texts, args.text(r, 0, " "))
}

// sentence joins a list as in prose: "a, b, and c".
func sentence(r *run, in any, args arguments) (any, error) {
	list, ok := in.([]any)
	if s, isText := in.(string); isText && utf8.RuneCountInString(s) <= 2 {
		for _, c := range s { // of which Jekyll makes a list by accident
			list = append(list, string(c))
		}
		ok = true
	}
	if !ok {
		return nil, errNoList
	}
	texts, err := r.texts(list)
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

func mapTo(r *run, in any, args arguments) (any, error) {
	flat := r.flat(in)
	list := make([]any, len(flat))
	for i, item := range flat {
		var err error
		if list[i], err = r.having(item, args[0]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// uniq keeps the first of all values that look alike.
func uniq(r *run, in any, args arguments) (any, error) {
	seen := map[string]bool{}
	list := []any{}
	for _, item := range r.flat(in) {
		value := item
		if len(args) > 0 {
			var err error
			if value, err = r.having(item, args[0]); err != nil {
				return nil, err
			}
		}
		key := r.look(value)
		if r.stopped {
			return nil, errTooLong
		}
		if !seen[key] {
			seen[key] = true
			list = append(list, item)
		}
	}
	return list, nil
}

// look returns a text that only values that are the same to Ruby share.
func (r *run) look(value any) string {
	if s, ok := value.(string); ok {
		r.spend(len(s))
	}
	return r.textBy(value, func(value any) string {
		var b strings.Builder
		inspect(&b, value)
		return b.String()
	})
}
