// Package value holds the values of layouts as Hugo takes them: numbers of all kinds are alike, and
// so are texts, escaped or not. It compares and converts them, and calculates with them. In go values
// of any type; nothing here keeps anything or costs more than what it is given.
package value

import (
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Comparisons are those of Hugo, which takes values as they come: numbers of all kinds are
// alike, and so are texts, escaped or not.
var Comparisons = template.FuncMap{
	"eq": func(a any, others ...any) bool {
		for _, b := range others {
			if Same(a, b) {
				return true
			}
		}
		return false
	},
	"ne": func(a any, others ...any) bool {
		for _, b := range others {
			if Same(a, b) {
				return false
			}
		}
		return true
	},
	"lt": func(a, b any) bool { return Order(a, b) < 0 },
	"le": func(a, b any) bool { return Order(a, b) <= 0 },
	"gt": func(a, b any) bool { return Order(a, b) > 0 },
	"ge": func(a, b any) bool { return Order(a, b) >= 0 },
	"cond": func(condition, yes, no any) any {
		if Truth(condition) {
			return yes
		}
		return no
	},
	"default": func(otherwise any, given ...any) any {
		if len(given) == 0 || !IsSet(given[0]) {
			return otherwise
		}
		return given[0]
	},
	"isset": func(of, key any) bool {
		v := reflect.ValueOf(of)
		switch v.Kind() {
		case reflect.Map:
			return v.MapIndex(reflect.ValueOf(String(key))).IsValid() || v.MapIndex(reflect.ValueOf(strings.ToLower(String(key)))).IsValid()
		case reflect.Slice, reflect.Array:
			at, err := Int(key)
			return err == nil && at >= 0 && at < v.Len()
		}
		return false
	},
}

// Truth is that of templates, but for moments: the zero one is none.
func Truth(v any) bool {
	if at, ok := v.(time.Time); ok {
		return !at.IsZero()
	}
	is, _ := template.IsTrue(v)
	return is
}

// IsSet reports whether default keeps a value. False is one, for somebody said it.
func IsSet(v any) bool {
	if _, ok := v.(bool); ok {
		return true
	}
	return Truth(v)
}

// plainValue makes values of one kind the same type.
func plainValue(v any) any {
	switch v := v.(type) {
	case time.Time:
		return v
	case nil:
		return nil
	}
	r := reflect.ValueOf(v)
	switch {
	case r.CanInt():
		return float64(r.Int())
	case r.CanUint():
		return float64(r.Uint())
	case r.CanFloat():
		return r.Float()
	case r.Kind() == reflect.String:
		return r.String()
	case r.Kind() == reflect.Bool:
		return r.Bool()
	}
	return v
}

// Same reports whether two values are equal, whatever their types are.
func Same(a, b any) bool {
	a, b = plainValue(a), plainValue(b)
	if at, ok := a.(time.Time); ok {
		other, ok := b.(time.Time)
		return ok && at.Equal(other)
	}
	return reflect.DeepEqual(a, b)
}

// Order compares two values: texts as texts, everything else as numbers. A list or a
// map counts as many as it holds.
func Order(a, b any) int {
	a, b = plainValue(a), plainValue(b)
	first, isText := a.(string)
	second, areTexts := b.(string)
	if isText && areTexts {
		return strings.Compare(first, second)
	}
	x, y := weight(a), weight(b)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

func weight(v any) float64 {
	switch v := v.(type) {
	case nil:
		return 0
	case float64:
		return v
	case time.Time:
		return float64(v.Unix())
	case string:
		n, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return 0
		}
		return n
	}
	if r := reflect.ValueOf(v); r.Kind() == reflect.Slice || r.Kind() == reflect.Map {
		return float64(r.Len())
	}
	return 0
}
