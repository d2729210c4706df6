package liquid

import (
	"errors"
	"fmt"
	"math"
)

var numberFilters = map[string]filter{
	"abs": ofNumber(func(n any) any {
		if i, ok := n.(int); ok && i != math.MinInt {
			return max(i, -i)
		}
		return math.Abs(float(n))
	}),
	"at_least":   ofNumbers(func(a, b any) (any, error) { return pick(a, b, float(b) > float(a)), nil }),
	"at_most":    ofNumbers(func(a, b any) (any, error) { return pick(a, b, float(b) < float(a)), nil }),
	"ceil":       ofNumber(func(n any) any { return integer(math.Ceil(float(n))) }),
	"divided_by": ofNumbers(divide),
	"floor":      ofNumber(func(n any) any { return integer(math.Floor(float(n))) }),
	"minus":      ofNumbers(func(a, b any) (any, error) { return calculate(a, b, float(a)-float(b), '-') }),
	"modulo":     ofNumbers(modulo),
	"plus":       ofNumbers(func(a, b any) (any, error) { return calculate(a, b, float(a)+float(b), '+') }),
	"round":      round,
	"times":      ofNumbers(func(a, b any) (any, error) { return calculate(a, b, float(a)*float(b), '*') }),
	"to_integer": ofNumber(func(n any) any { return integer(math.Trunc(float(n))) }),
}

var errZero = errors.New("division by zero")

// ofNumber makes a filter of a function of a number, an int or a float64. What is
// none counts as 0, as in Liquid.
func ofNumber(f func(any) any) filter {
	return func(_ *run, in any, _ arguments) (any, error) {
		if in == true {
			in = 1
		}
		return f(number(in)), nil
	}
}

func ofNumbers(f func(a, b any) (any, error)) filter {
	return func(_ *run, in any, args arguments) (any, error) { return f(number(in), number(args.at(0))) }
}

func number(value any) any {
	if n := toNumber(value); n != nil {
		return n
	}
	return 0
}

func float(n any) float64 {
	if i, ok := n.(int); ok {
		return float64(i)
	}
	f, _ := n.(float64)
	return f
}

// integer returns a number without fraction as an int, if it is one.
func integer(f float64) any {
	if math.Abs(f) < 1<<62 {
		return int(f)
	}
	return f
}

func pick(a, b any, second bool) any {
	if second {
		return b
	}
	return a
}

// calculate is exact for ints, as long as their result is one that a float64 can
// hold; approx is the result of floats.
func calculate(a, b any, approx float64, operator byte) (any, error) {
	x, first := a.(int)
	y, second := b.(int)
	switch {
	case math.IsNaN(approx) || math.IsInf(approx, 0):
		return nil, errors.New("the result is no number")
	case !first || !second || math.Abs(approx) > 1<<62:
		return approx, nil
	case operator == '+':
		return x + y, nil
	case operator == '-':
		return x - y, nil
	}
	return x * y, nil
}

// divide rounds down when both numbers are integers.
func divide(a, b any) (any, error) {
	x, first := a.(int)
	y, second := b.(int)
	if float(b) == 0 {
		return nil, errZero
	}
	if !first || !second {
		return calculate(a, b, float(a)/float(b), '/')
	}
	quotient := x / y
	if x%y != 0 && (x < 0) != (y < 0) {
		quotient--
	}
	return quotient, nil
}

// modulo has the sign of the divisor.
func modulo(a, b any) (any, error) {
	x, first := a.(int)
	y, second := b.(int)
	if float(b) == 0 {
		return nil, errZero
	}
	if first && second {
		rest := x % y
		if rest != 0 && (rest < 0) != (y < 0) {
			rest += y
		}
		return rest, nil
	}
	rest := math.Mod(float(a), float(b))
	if rest != 0 && (rest < 0) != (float(b) < 0) {
		rest += float(b)
	}
	return rest, nil
}

func round(_ *run, in any, args arguments) (any, error) {
	n, digits := number(in), args.int(0, 0)
	if digits <= 0 {
		return integer(math.Round(float(n))), nil
	}
	if _, ok := n.(int); ok || digits > 15 {
		return n, nil
	}
	scale := math.Pow10(digits)
	rounded := math.Round(float(n)*scale) / scale
	if math.IsInf(rounded, 0) {
		return nil, fmt.Errorf("%v has no such digits", n)
	}
	return rounded, nil
}
