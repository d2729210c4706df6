package liquid

import "unicode/utf8"

// value evaluates an operand.
func (r *run) value(o *operand) any {
	switch {
	case o == nil:
		return nil
	case o.from != nil:
		return span{r.rangeEnd(r.value(o.from)), r.rangeEnd(r.value(o.to))}
	case o.name == nil:
		return o.constant
	}
	r.spend(len(o.parts))
	value := r.variable(plain(r.value(o.name)))
	for _, p := range o.parts {
		var found bool
		if value, found = r.part(value, p); !found {
			return nil
		}
	}
	return value
}

// rangeEnd returns where a range begins or ends, which a text may say.
func (r *run) rangeEnd(value any) int {
	switch v := value.(type) {
	case int:
		return v
	case float64:
		return int(max(-1e15, min(v, 1e15)))
	case string:
		n, _ := r.leading(v).(int)
		return n
	}
	return 0
}

// variable returns what a name means: in the blocks around, then what was assigned, then
// what the page brings along, and the counters last.
func (r *run) variable(name any) any {
	key, ok := name.(string)
	if !ok {
		return nil
	}
	r.spend(textCost(key))
	if value, found := r.locals[key]; found {
		return value
	}
	if value, found := r.vars[key]; found {
		return value
	}
	if value, found := r.given[key]; found {
		return value
	}
	if n, found := r.counters[key]; found {
		return n
	}
	return nil
}

// part returns what a value has under a key.
func (r *run) part(value any, p part) (any, bool) {
	var key any = p.name
	if p.key != nil {
		key = plain(r.value(p.key))
	}
	r.spend(textCost(key))
	switch v := value.(type) {
	case *hash:
		if name, ok := key.(string); ok {
			if item, found := v.get(name); found {
				return item, true
			}
		}
	case *loopState:
		if name, ok := key.(string); ok {
			return v.get(name)
		}
	case []any:
		if at, ok := key.(int); ok {
			return element(v, at), true
		}
	}
	if p.quick {
		return r.quick(value, p.name)
	}
	return nil, false
}

// element returns a value of a list, counted from the end if at is negative.
func element(list []any, at int) any {
	if at < 0 {
		at += len(list)
	}
	if at < 0 || at >= len(list) {
		return nil
	}
	return list[at]
}

// quick returns the size of a value, or the first or last of its values.
func (r *run) quick(value any, name string) (any, bool) {
	switch v := value.(type) {
	case []any:
		switch name {
		case "size":
			return len(v), true
		case "first":
			return element(v, 0), true
		}
		return element(v, -1), true
	case *hash:
		switch {
		case name == "size":
			return len(v.pairs), true
		case name == "first" && len(v.pairs) > 0:
			return []any{v.pairs[0].Key, v.pairs[0].Value}, true
		}
	case span:
		switch name {
		case "size":
			return v.count(), true
		case "first":
			return v.from, true
		}
		return v.to, true
	case string:
		if name == "size" {
			r.spend(textCost(v))
			return utf8.RuneCountInString(v), true
		}
	case int:
		return 8, name == "size" // bytes, in Ruby
	}
	return nil, false
}
