package liquid

import (
	"cmp"
	"errors"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

var (
	errInteger = errors.New("invalid integer")
	decimal    = regexp.MustCompile(`^-?\d+\.\d+$`)
	integers   = regexp.MustCompile(`^[+-]?\d+(?:_\d+)*`)
)

// maxBits bounds integers, and maxExponent what a decimal is multiplied out to.
const maxBits = 4096

var errTooLarge = errors.New("the number is too large")

// maxDigits bounds the integers that are read, and longestNumber the text that one is looked
// for in: a sign, and the digits with a "_" behind each, one more than there may be.
const (
	maxDigits     = 1000
	longestNumber = 1 + 2*(maxDigits+1)
)

// integer is toInt, paid for by the length of a text.
func (r *run) integer(value any) (int, error) {
	r.spend(textCost(value))
	return toInt(value)
}

// number is toNumber, paid for.
func (r *run) number(value any) any {
	s, _ := value.(string)
	r.spend(textCost(s) + min(len(s), longestNumber))
	n := toNumber(value)
	r.spend(digitCost(n))
	return n
}

// leading returns the integer at the start of a text, paid for.
func (r *run) leading(s string) any {
	s = s[:min(len(s), longestNumber)]
	r.spend(len(s))
	return parseInteger(integers.FindString(s))
}

// digitCost is what calculating with the digits of a number costs: floats far from 1 are
// exact fractions of a thousand bits.
func digitCost(n any) int {
	switch v := n.(type) {
	case *big.Int:
		return v.BitLen() / 4
	case float64:
		if _, exponent := math.Frexp(v); exponent < -64 || exponent > 64 {
			return max(exponent, -exponent)
		}
	}
	return 0
}

// toInt returns the integer that a value says, in the form of Ruby's code.
func toInt(value any) (int, error) {
	switch v := value.(type) {
	case int:
		return v, nil
	case string:
		const longest = 256
		if v = strings.TrimSpace(v); len(v) > longest {
			return 0, errInteger
		}
		if n, err := strconv.ParseInt(v, 0, 64); err == nil {
			return int(n), nil
		}
	}
	return 0, errInteger
}

// toNumber returns what filters calculate with: an int, *big.Int, float64 or, of a text with
// a fraction, the same; 0 for what is no number. A text counts as far as it is an integer.
func toNumber(value any) any {
	switch v := value.(type) {
	case int, float64, *big.Int:
		return v
	case string:
		v = strings.TrimSpace(v)
		v = v[:min(len(v), longestNumber)]
		if decimal.MatchString(v) {
			if f, err := strconv.ParseFloat(v, 64); err == nil {
				return f
			}
			return 0
		}
		return parseInteger(integers.FindString(v))
	}
	return 0
}

// parseInteger reads an integer of any length that is bounded.
func parseInteger(digits string) any {
	digits = strings.ReplaceAll(digits, "_", "")
	if n, err := strconv.Atoi(digits); err == nil {
		return n
	}
	if len(digits) > maxDigits { // reading them takes the square of their number
		return 0
	}
	if n, ok := new(big.Int).SetString(digits, 10); ok {
		return n
	}
	return 0
}

// parseFloat reads the float64 at the start of a text.
func parseFloat(s string) float64 {
	f, err := strconv.ParseFloat(floatStart.FindString(s), 64)
	if err != nil {
		return 0
	}
	return f
}

var floatStart = regexp.MustCompile(`^-?\d+(?:\.\d+)?`)

// small returns a big integer as an int, if it is one.
func small(n *big.Int) any {
	if n.IsInt64() {
		return int(n.Int64())
	}
	return n
}

func bigOf(n any) *big.Int {
	switch v := n.(type) {
	case int:
		return big.NewInt(int64(v))
	case *big.Int:
		return v
	}
	return new(big.Int)
}

func isFloat(n any) bool {
	_, ok := n.(float64)
	return ok
}

func float(n any) float64 {
	switch v := n.(type) {
	case int:
		return float64(v)
	case float64:
		return v
	case *big.Int:
		f, _ := new(big.Float).SetInt(v).Float64()
		return f
	}
	return 0
}

// exact returns the decimal number that is written for a float, or an integer.
func exact(n any) (*big.Rat, error) {
	f, ok := n.(float64)
	if !ok {
		return new(big.Rat).SetInt(bigOf(n)), nil
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, errNoNumber
	}
	r, ok := new(big.Rat).SetString(strconv.FormatFloat(f, 'g', -1, 64))
	if !ok {
		return nil, errNoNumber
	}
	return r, nil
}

var errNoNumber = errors.New("the result is no number")

// integerOf returns the integer part of a decimal, rounded down.
func integerOf(r *big.Rat) any {
	return small(new(big.Int).Div(r.Num(), r.Denom())) // the denominator is positive: Euclid's is the floor
}

// compareNumbers returns which of two numbers is larger; it is false if one is no number.
func compareNumbers(a, b any) (order int, ok bool) {
	if x, ok := a.(int); ok {
		if y, ok := b.(int); ok {
			return cmp.Compare(x, y), true
		}
	}
	switch {
	case !isNumber(a) || !isNumber(b):
		return 0, false
	case !isFloat(a) && !isFloat(b):
		return bigOf(a).Cmp(bigOf(b)), true
	}
	x, y := float(a), float(b)
	switch {
	case math.IsNaN(x) || math.IsNaN(y):
		return 0, false
	case x < y:
		return -1, true
	case x > y:
		return 1, true
	}
	return 0, true
}

func isNumber(value any) bool {
	switch value.(type) {
	case int, float64, *big.Int:
		return true
	}
	return false
}
