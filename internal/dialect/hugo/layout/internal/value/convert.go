package value

import (
	"fmt"
	"html/template"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// Conversions make one kind of value of another. What is safe for Hugo is judged again
// by the sanitiser.
var Conversions = template.FuncMap{
	"safeHTML":     func(s any) template.HTML { return template.HTML(String(s)) },         //nolint:gosec // see above
	"safeHTMLAttr": func(s any) template.HTMLAttr { return template.HTMLAttr(String(s)) }, //nolint:gosec // see above
	"safeURL":      func(s any) template.URL { return template.URL(String(s)) },           //nolint:gosec // see above
	"safeCSS":      func(s any) template.CSS { return template.CSS(String(s)) },           //nolint:gosec // see above
	"safeJS":       func(s any) template.JS { return template.JS(String(s)) },             //nolint:gosec // see above
	"int":          Int,
	"float":        Float,
	"string":       String,
}

// String is a value as text.
func String(v any) string {
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

// Int is a value as a whole number, without what stands behind the point.
func Int(v any) (int, error) {
	n, err := Float(v)
	if math.IsNaN(n) || math.Abs(n) >= 1<<53 {
		return 0, fmt.Errorf("%v is no whole number", n)
	}
	return int(n), err
}

// Float is a value as a number.
func Float(v any) (float64, error) {
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

// List returns the members of a list, copied; false if v is none.
func List(v any) ([]any, bool) {
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Slice {
		return nil, false
	}
	all := make([]any, r.Len())
	for i := range all {
		all[i] = r.Index(i).Interface()
	}
	return all, true
}
