package layout

import (
	"fmt"
	"html/template"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// comparisons are those of Hugo, which takes values as they come: numbers of all kinds are
// alike, and so are texts, escaped or not.
var comparisons = template.FuncMap{
	"eq": func(a any, others ...any) bool {
		for _, b := range others {
			if same(a, b) {
				return true
			}
		}
		return false
	},
	"ne": func(a any, others ...any) bool {
		for _, b := range others {
			if same(a, b) {
				return false
			}
		}
		return true
	},
	"lt": func(a, b any) bool { return order(a, b) < 0 },
	"le": func(a, b any) bool { return order(a, b) <= 0 },
	"gt": func(a, b any) bool { return order(a, b) > 0 },
	"ge": func(a, b any) bool { return order(a, b) >= 0 },
	"cond": func(condition, yes, no any) any {
		if truth(condition) {
			return yes
		}
		return no
	},
	"default": func(otherwise any, given ...any) any {
		if len(given) == 0 || !isSet(given[0]) {
			return otherwise
		}
		return given[0]
	},
	"isset": func(of, key any) bool {
		v := reflect.ValueOf(of)
		switch v.Kind() {
		case reflect.Map:
			return v.MapIndex(reflect.ValueOf(toString(key))).IsValid() || v.MapIndex(reflect.ValueOf(strings.ToLower(toString(key)))).IsValid()
		case reflect.Slice, reflect.Array:
			at, err := toInt(key)
			return err == nil && at >= 0 && at < v.Len()
		}
		return false
	},
}

// truth is that of templates, but for moments: the zero one is none.
func truth(v any) bool {
	if at, ok := v.(time.Time); ok {
		return !at.IsZero()
	}
	is, _ := template.IsTrue(v)
	return is
}

// isSet reports whether default keeps a value. False is one, for somebody said it.
func isSet(v any) bool {
	if _, ok := v.(bool); ok {
		return true
	}
	return truth(v)
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

func same(a, b any) bool {
	a, b = plainValue(a), plainValue(b)
	if at, ok := a.(time.Time); ok {
		other, ok := b.(time.Time)
		return ok && at.Equal(other)
	}
	return reflect.DeepEqual(a, b)
}

// order compares two values: texts as texts, everything else as numbers. A list or a
// map counts as many as it holds.
func order(a, b any) int {
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

// conversions make one kind of value of another. What is safe for Hugo is judged again
// by the sanitiser.
var conversions = template.FuncMap{
	"safeHTML":     func(s any) template.HTML { return template.HTML(toString(s)) },         //nolint:gosec // see above
	"safeHTMLAttr": func(s any) template.HTMLAttr { return template.HTMLAttr(toString(s)) }, //nolint:gosec // see above
	"safeURL":      func(s any) template.URL { return template.URL(toString(s)) },           //nolint:gosec // see above
	"safeCSS":      func(s any) template.CSS { return template.CSS(toString(s)) },           //nolint:gosec // see above
	"safeJS":       func(s any) template.JS { return template.JS(toString(s)) },             //nolint:gosec // see above
	"int":          toInt,
	"float":        toFloat,
	"string":       toString,
}

func toString(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case fmt.Stringer:
		return v.String()
	}
	if r := reflect.ValueOf(v); r.Kind() == reflect.String {
		return r.String()
	}
	return fmt.Sprint(v)
}

func toInt(v any) (int, error) {
	n, err := toFloat(v)
	if math.IsNaN(n) || math.Abs(n) >= 1<<53 {
		return 0, fmt.Errorf("%v is no whole number", n)
	}
	return int(n), err
}

func toFloat(v any) (float64, error) {
	switch v := plainValue(v).(type) {
	case nil:
		return 0, nil
	case float64:
		return v, nil
	case bool:
		if v {
			return 1, nil
		}
		return 0, nil
	case string:
		n, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		if err != nil {
			return 0, fmt.Errorf("%q is no number", v)
		}
		return n, nil
	}
	return 0, fmt.Errorf("%T is no number", v)
}
