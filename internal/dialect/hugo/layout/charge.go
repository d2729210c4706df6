package layout

import (
	"html/template"
	"reflect"
	"regexp"
)

const (
	// maxWork is what all calls of functions of a page may cost: the bytes and members that they
	// are given, and callCost for each call.
	maxWork  = 32 << 20
	callCost = 64
	// regexpCost is by how much a byte costs more that a regular expression looks at.
	regexpCost = 16
)

// priced are functions whose work is a multiple of what they are given.
var priced = map[string]int{"findRE": regexpCost, "replaceRE": regexpCost, "uniq": 64, "union": 64, "intersect": 64, "complement": 64, "symdiff": 64, "sort": 8, "where": 8}

// charged is a function whose calls are counted: a few of them may be given much, or many little.
func (r *Run) charged(name string, function any) any {
	f := reflect.ValueOf(function)
	price := max(priced[name], 1)
	return reflect.MakeFunc(f.Type(), func(args []reflect.Value) []reflect.Value {
		if err := r.charge(args, price); err != nil {
			panic(err) // the template returns it as the error of the call
		}
		if f.Type().IsVariadic() {
			return f.CallSlice(args)
		}
		return f.Call(args)
	}).Interface()
}

// charge counts a call with these arguments.
func (r *Run) charge(args []reflect.Value, price int) error {
	left := (maxWork - r.work) / price
	for _, arg := range args {
		left = weigh(arg, left)
	}
	if r.work = maxWork - left*price + callCost; r.work > maxWork || left < 0 {
		r.work = maxWork + 1
		return errTooMuch
	}
	return nil
}

// weigh returns what is left of a number of bytes once a value was looked at: those of texts, and
// some for each member of a list or a map.
func weigh(v reflect.Value, left int) int {
	const member = 16
	if left < 0 {
		return left
	}
	switch v.Kind() {
	case reflect.Interface:
		return weigh(v.Elem(), left)
	case reflect.String:
		return left - v.Len()
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return left - v.Len()
		}
		for i := 0; i < v.Len() && left >= 0; i++ {
			left = weigh(v.Index(i), left-member)
		}
	case reflect.Map:
		for entries := v.MapRange(); left >= 0 && entries.Next(); {
			left = weigh(entries.Value(), left-member)
		}
	}
	return left
}

// wide are formats that ask for more columns than anybody means, or whose width is an argument.
var wide = regexp.MustCompile(`%[-+# 0\[\]\d]*\*|%[-+# 0]*\d{4}|%[^a-zA-Z%]*\.(\*|\d{4})`)

// escapers are those of Go's templates, to be charged like other functions.
var escapers = template.FuncMap{"html": template.HTMLEscaper, "js": template.JSEscaper, "urlquery": template.URLQueryEscaper}
