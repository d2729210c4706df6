package view

import (
	"reflect"

	"broadsheet/internal/dialect/hugo/layout/internal/value"
)

// Printable is a value as it may be printed: what layouts ask of a page is no text, and would be an
// address in memory.
func Printable(v any) any {
	switch v := v.(type) {
	case *Call, *Page, *Site, *Scratch, Call, Page, Site, Scratch:
		return value.String(v)
	case map[string]any:
		all := make(map[string]any, len(v))
		for key, one := range v {
			all[key] = Printable(one)
		}
		return all
	case []any:
		all := make([]any, len(v))
		for i, one := range v {
			all[i] = Printable(one)
		}
		return all
	}
	switch reflect.ValueOf(v).Kind() {
	case reflect.Func, reflect.Pointer, reflect.Chan, reflect.UnsafePointer:
		return ""
	}
	return v
}
