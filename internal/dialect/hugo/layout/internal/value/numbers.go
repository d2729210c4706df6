package value

import (
	"errors"
	"html/template"
	"math"
	"reflect"
)

// Numbers are the functions of numbers. Whole ones stay whole. What adds to a text is joined by join.
func Numbers(join func(all []any) (string, error)) template.FuncMap {
	return template.FuncMap{
		"add": func(all ...any) (any, error) {
			if len(all) > 0 && reflect.ValueOf(all[0]).Kind() == reflect.String {
				return join(all)
			}
			return fold(all, func(a, b float64) (float64, error) { return a + b, nil })
		},
		"sub": func(all ...any) (any, error) {
			return fold(all, func(a, b float64) (float64, error) { return a - b, nil })
		},
		"mul": func(all ...any) (any, error) {
			return fold(all, func(a, b float64) (float64, error) { return a * b, nil })
		},
		"div": func(all ...any) (any, error) { return fold(all, divide(all)) },
		"mod": func(a, b any) (any, error) { return fold([]any{a, b}, remainder) },
		"modBool": func(a, b any) (bool, error) {
			rest, err := fold([]any{a, b}, remainder)
			return err == nil && !Truth(rest), err
		},
		"max": func(all ...any) (any, error) {
			return fold(all, func(a, b float64) (float64, error) { return math.Max(a, b), nil })
		},
		"min": func(all ...any) (any, error) {
			return fold(all, func(a, b float64) (float64, error) { return math.Min(a, b), nil })
		},
		"pow": func(a, b any) (any, error) {
			return fold([]any{a, b}, func(a, b float64) (float64, error) { return math.Pow(a, b), nil })
		},
		"abs":   rounded(math.Abs),
		"ceil":  rounded(math.Ceil),
		"floor": rounded(math.Floor),
		"round": rounded(math.Round),
	}
}

func rounded(f func(float64) float64) func(any) (float64, error) {
	return func(v any) (float64, error) {
		n, err := Float(v)
		return f(n), err
	}
}

// divide divides whole numbers as such.
func divide(all []any) func(a, b float64) (float64, error) {
	whole := areWhole(all)
	return func(a, b float64) (float64, error) {
		switch {
		case b == 0:
			return 0, errors.New("it divides by zero")
		case whole:
			return math.Trunc(a / b), nil
		}
		return a / b, nil
	}
}

func remainder(a, b float64) (float64, error) {
	if math.Trunc(b) == 0 {
		return 0, errors.New("it divides by zero")
	}
	return math.Mod(math.Trunc(a), math.Trunc(b)), nil
}

// fold applies a function of two numbers to all, from the left.
func fold(all []any, f func(a, b float64) (float64, error)) (any, error) {
	if len(all) == 1 {
		if list, ok := List(all[0]); ok {
			all = list
		}
	}
	if len(all) == 0 {
		return 0, errors.New("it counts nothing together")
	}
	sum, err := Float(all[0])
	for _, v := range all[1:] {
		var n float64
		if err == nil {
			n, err = Float(v)
		}
		if err == nil {
			sum, err = f(sum, n)
		}
	}
	if err == nil && areWhole(all) {
		return int(sum), nil
	}
	return sum, err
}

func areWhole(all []any) bool {
	for _, v := range all {
		if r := reflect.ValueOf(v); !r.IsValid() || !r.CanInt() && !r.CanUint() && r.Kind() != reflect.String {
			return false
		}
	}
	return true
}
