package liquid

import (
	"errors"
	"math"
	"math/big"
	"strings"
)

var numberFilters = map[string]filter{
	"abs":        ofNumber(absolute),
	"at_least":   ofNumbers(func(a, b any) (any, error) { return pick(a, b, float(b) > float(a)), nil }),
	"at_most":    ofNumbers(func(a, b any) (any, error) { return pick(a, b, float(b) < float(a)), nil }),
	"ceil":       ofNumber(func(n any) (any, error) { return rounded(n, math.Ceil) }),
	"divided_by": ofNumbers(divide),
	"floor":      ofNumber(func(n any) (any, error) { return rounded(n, math.Floor) }),
	"minus":      ofNumbers(calculate((*big.Int).Sub, (*big.Rat).Sub)),
	"modulo":     ofNumbers(modulo),
	"plus":       ofNumbers(calculate((*big.Int).Add, (*big.Rat).Add)),
	"round":      {round, 0, 1},
	"times":      ofNumbers(calculate((*big.Int).Mul, (*big.Rat).Mul)),
	"to_integer": {apply: toInteger},
}

var errZero = errors.New("divided by 0")

// ofNumber makes a filter of a function of a number. What is none counts as 0.
func ofNumber(f func(any) (any, error)) filter {
	return filter{apply: func(r *run, in any, _ arguments) (any, error) { return f(r.number(in)) }}
}

func ofNumbers(f func(a, b any) (any, error)) filter {
	return filter{func(r *run, in any, args arguments) (any, error) { return f(r.number(in), r.number(args.at(0))) }, 1, 1}
}

func pick(a, b any, second bool) any {
	if second {
		return b
	}
	return a
}

func absolute(n any) (any, error) {
	if f, ok := n.(float64); ok {
		return math.Abs(f), nil
	}
	return small(new(big.Int).Abs(bigOf(n))), nil
}

// calculate makes a function of two numbers. It is exact: of floats the decimals that are
// written for them count, so that 0.1 and 0.2 are 0.3.
func calculate(ofInts func(z, x, y *big.Int) *big.Int, ofDecimals func(z, x, y *big.Rat) *big.Rat) func(a, b any) (any, error) {
	return func(a, b any) (any, error) {
		if !isFloat(a) && !isFloat(b) {
			n := ofInts(new(big.Int), bigOf(a), bigOf(b))
			if n.BitLen() > maxBits {
				return nil, errTooLarge
			}
			return small(n), nil
		}
		x, err := exact(a)
		if err != nil {
			return nil, err
		}
		y, err := exact(b)
		if err != nil {
			return nil, err
		}
		f, _ := ofDecimals(new(big.Rat), x, y).Float64()
		return f, nil
	}
}

// divide rounds down when both numbers are integers.
func divide(a, b any) (any, error) {
	switch {
	case !isFloat(a) && !isFloat(b) && bigOf(b).Sign() == 0:
		return nil, errZero
	case !isFloat(a) && !isFloat(b):
		quotient, _ := floored(bigOf(a), bigOf(b))
		return small(quotient), nil
	case float(b) == 0:
		return float(a) / math.Abs(float(b)), nil
	}
	x, err := exact(a)
	if err != nil {
		return nil, err
	}
	y, err := exact(b)
	if err != nil {
		return nil, err
	}
	f, _ := x.Quo(x, y).Float64()
	return f, nil
}

// floored divides integers; the remainder has the sign of the divisor.
func floored(a, b *big.Int) (quotient, rest *big.Int) {
	quotient, rest = new(big.Int).QuoRem(a, b, new(big.Int))
	if rest.Sign() != 0 && rest.Sign() != b.Sign() {
		quotient.Sub(quotient, big.NewInt(1))
		rest.Add(rest, b)
	}
	return quotient, rest
}

// modulo has the sign of the divisor.
func modulo(a, b any) (any, error) {
	if float(b) == 0 {
		return nil, errZero
	}
	if !isFloat(a) && !isFloat(b) {
		_, rest := floored(bigOf(a), bigOf(b))
		return small(rest), nil
	}
	x, err := exact(a)
	if err != nil {
		return nil, err
	}
	y, err := exact(b)
	if err != nil {
		return nil, err
	}
	whole := bigOf(integerOf(new(big.Rat).Quo(x, y)))
	f, _ := x.Sub(x, y.Mul(y, new(big.Rat).SetInt(whole))).Float64()
	return f, nil
}

// rounded makes an integer of a number.
func rounded(n any, by func(float64) float64) (any, error) {
	f, ok := n.(float64)
	switch {
	case !ok:
		return n, nil
	case math.IsNaN(f) || math.IsInf(f, 0):
		return nil, errNoNumber
	}
	i, _ := big.NewFloat(by(f)).Int(nil)
	return small(i), nil
}

// roundCost is that of each digit that a number is rounded to.
const roundCost = 4

// round rounds half away from zero, to decimals or before the point.
func round(r *run, in any, args arguments) (any, error) {
	n, to := r.number(in), r.number(args.at(0))
	digits, ok := to.(int)
	if f, isFloat := to.(float64); isFloat && math.Abs(f) < 1000 {
		digits, ok = int(f), true
	}
	if !ok || digits > 300 || digits < -300 {
		return nil, errTooLarge
	}
	if !isFloat(n) && digits >= 0 {
		return n, nil
	}
	r.spend(roundCost * max(digits, -digits))
	x, err := exact(n)
	if err != nil {
		return nil, err
	}
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(digits, -digits))), nil))
	if digits < 0 {
		scale.Inv(scale)
	}
	x.Mul(x, scale)
	half := big.NewRat(int64(x.Sign()), 2)
	x.Add(x, half)
	x.SetInt(new(big.Int).Quo(x.Num(), x.Denom()))
	if x.Quo(x, scale); digits <= 0 {
		return integerOf(x), nil
	}
	f, _ := x.Float64()
	return f, nil
}

// toInteger takes the fraction off a number, and true for 1.
func toInteger(r *run, in any, _ arguments) (any, error) {
	switch v := in.(type) {
	case bool:
		return pick(0, 1, v), nil
	case string:
		return r.leading(strings.TrimLeft(v, white)), nil
	case nil, int, *big.Int:
		return toNumber(v), nil
	case float64:
		return rounded(v, math.Trunc)
	}
	return nil, errInteger
}
