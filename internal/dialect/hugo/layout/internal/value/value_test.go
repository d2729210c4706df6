package value_test

import (
	"errors"
	"fmt"
	"html/template"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/dialect/hugo/layout/internal/value"
)

var moment = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// word is a text of a type of its own, as the escaped texts of templates are.
type word string

// named is a value that says itself how it is written.
type named struct{}

func (named) String() string { return "Named" }

func TestString(t *testing.T) {
	for _, c := range []struct {
		v    any
		want string
	}{
		{nil, ""}, {"a", "a"}, {word("b"), "b"}, {template.HTML("<p>"), "<p>"}, {named{}, "Named"}, {3, "3"}, {2.5, "2.5"}, {true, "true"},
		{[]any{1, "a"}, "[1 a]"}, {time.Hour, "1h0m0s"},
	} {
		if got := value.String(c.v); got != c.want {
			t.Errorf("%#v: %q, want %q", c.v, got, c.want)
		}
	}
}

func TestNumbersOfValues(t *testing.T) {
	for _, c := range []struct {
		v     any
		float float64
		whole int
		err   bool
	}{
		{nil, 0, 0, false}, {7, 7, 7, false}, {uint8(7), 7, 7, false}, {int64(-7), -7, -7, false}, {2.9, 2.9, 2, false}, {-2.9, -2.9, -2, false},
		{float32(0.5), 0.5, 0, false}, {true, 1, 1, false}, {false, 0, 0, false}, {" 12 ", 12, 12, false}, {word("1.5"), 1.5, 1, false},
		{"", 0, 0, true}, {"soon", 0, 0, true}, {[]any{1}, 0, 0, true}, {moment, 0, 0, true},
	} {
		float, err := value.Float(c.v)
		if float != c.float || (err != nil) != c.err {
			t.Errorf("%#v: %v, %v", c.v, float, err)
		}
		whole, err := value.Int(c.v)
		if whole != c.whole || (err != nil) != c.err {
			t.Errorf("%#v as a whole number: %v, %v", c.v, whole, err)
		}
	}
}

// A number that Go's whole numbers do not hold exactly is an error, not another number.
func TestWholeNumbersAreExact(t *testing.T) {
	for _, v := range []any{1e300, -1e300, math.Inf(1), math.Inf(-1), math.NaN(), "NaN", "1e16", float64(1 << 53)} {
		if n, err := value.Int(v); err == nil {
			t.Errorf("%v: %d", v, n)
		}
	}
	if n, err := value.Int(1<<53 - 1); n != 1<<53-1 || err != nil {
		t.Errorf("the largest one: %d, %v", n, err)
	}
}

func TestTruth(t *testing.T) {
	for _, c := range []struct {
		v           any
		truth, isIt bool // whether it is set
	}{
		{nil, false, false}, {"", false, false}, {"a", true, true}, {0, false, false}, {1, true, true}, {false, false, true}, {true, true, true},
		{[]any{}, false, false}, {[]any{0}, true, true}, {map[string]any{}, false, false}, {time.Time{}, false, false}, {moment, true, true},
	} {
		if value.Truth(c.v) != c.truth || value.IsSet(c.v) != c.isIt {
			t.Errorf("%#v: truth %v, set %v", c.v, value.Truth(c.v), value.IsSet(c.v))
		}
	}
}

func TestSame(t *testing.T) {
	elsewhere := moment.In(time.FixedZone("", 3600))
	for _, c := range []struct {
		a, b any
		want bool
	}{
		{1, 1.0, true}, {int8(3), uint(3), true}, {"a", word("a"), true}, {"1", 1, false}, {nil, nil, true}, {nil, "", false}, {nil, 0, false},
		{moment, elsewhere, true}, {moment, moment.Add(1), false}, {moment, "2026", false}, {[]any{1}, []any{1}, true}, {[]any{1}, []any{2}, false},
		{map[string]any{"a": 1}, map[string]any{"a": 1}, true}, {true, true, true}, {true, 1, false},
	} {
		if value.Same(c.a, c.b) != c.want || value.Same(c.b, c.a) != c.want {
			t.Errorf("%#v and %#v: not %v", c.a, c.b, c.want)
		}
	}
}

func TestOrder(t *testing.T) {
	for _, c := range []struct {
		a, b any
		want int
	}{
		{1, 2, -1}, {2.5, 2, 1}, {2, 2.0, 0}, {"a", "b", -1}, {"10", "9", -1}, {"10", 9, 1}, {"none", 0, 0}, {nil, 1, -1}, {moment, moment.Add(time.Hour), -1},
		{[]any{1, 2}, 1, 1}, {[]any{1, 2}, []any{3, 4}, 0}, {map[string]any{}, 0, 0},
	} {
		if got := value.Order(c.a, c.b); got != c.want {
			t.Errorf("%#v and %#v: %d, want %d", c.a, c.b, got, c.want)
		}
		if got := value.Order(c.b, c.a); got != -c.want {
			t.Errorf("%#v and %#v: %d, want %d", c.b, c.a, got, -c.want)
		}
	}
}

func TestComparisons(t *testing.T) {
	list, params := []any{"a", "b"}, map[string]any{"color": "red", "no": nil}
	for _, c := range []struct {
		name string
		args []any
		want any
	}{
		{"eq", []any{1, 2, 1.0}, true}, {"eq", []any{1, 2, 3}, false}, {"eq", []any{1}, false}, {"ne", []any{1, 2, 3}, true}, {"ne", []any{1, 2, 1}, false},
		{"lt", []any{1, 2}, true}, {"lt", []any{2, 2}, false}, {"le", []any{2, 2}, true}, {"gt", []any{"b", "a"}, true}, {"gt", []any{2, 2}, false}, {"ge", []any{2, 2}, true},
		{"cond", []any{"x", 1, 2}, 1}, {"cond", []any{"", 1, 2}, 2},
		{"default", []any{"d", ""}, "d"}, {"default", []any{"d", "x"}, "x"}, {"default", []any{"d", false}, false}, {"default", []any{"d", 0}, "d"}, {"default", []any{"d"}, "d"},
		{"isset", []any{params, "color"}, true}, {"isset", []any{params, "Color"}, true}, {"isset", []any{params, "size"}, false}, {"isset", []any{params, "no"}, true},
		{"isset", []any{list, 1}, true}, {"isset", []any{list, 2}, false}, {"isset", []any{list, -1}, false}, {"isset", []any{list, "x"}, false}, {"isset", []any{"text", 0}, false},
	} {
		if got := call(t, value.Comparisons[c.name], c.args...); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %v: %v, want %v", c.name, c.args, got, c.want)
		}
	}
}

func TestConversionsMarkTexts(t *testing.T) {
	for name, want := range map[string]any{
		"safeHTML": template.HTML("3"), "safeHTMLAttr": template.HTMLAttr("3"), "safeURL": template.URL("3"), "safeCSS": template.CSS("3"), "safeJS": template.JS("3"),
		"string": "3", "int": 3, "float": 3.0,
	} {
		if got := call(t, value.Conversions[name], 3); got != want {
			t.Errorf("%s: %#v, want %#v", name, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		name string
		args []any
		want any
	}{
		{"add", []any{1, 2, 3}, 6}, {"add", []any{1, 0.5}, 1.5}, {"add", []any{"a", 1}, "joined a 1"}, {"sub", []any{5, 2, 1}, 2}, {"mul", []any{2, 3.5}, 7.0},
		{"div", []any{7, 2}, 3}, {"div", []any{-7, 2}, -3}, {"div", []any{7.0, 2}, 3.5}, {"mod", []any{7, 3}, 1}, {"mod", []any{-7, 3}, -1},
		{"modBool", []any{6, 3}, true}, {"modBool", []any{7, 3}, false}, {"max", []any{1, 3, 2}, 3}, {"min", []any{[]any{3, 1, 2}}, 1}, {"pow", []any{2, 10}, 1024},
		{"abs", []any{-2}, 2.0}, {"ceil", []any{1.1}, 2.0}, {"floor", []any{-1.1}, -2.0}, {"round", []any{2.5}, 3.0}, {"max", []any{[]int{4, 9}}, 9},
	} {
		if got := call(t, numbers()[c.name], c.args...); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %v: %#v, want %#v", c.name, c.args, got, c.want)
		}
	}
}

func TestWhatCannotBeCalculatedIsAnError(t *testing.T) {
	for _, c := range []struct {
		name string
		args []any
	}{
		{"div", []any{1, 0}}, {"div", []any{1.5, 0}}, {"mod", []any{1, 0}}, {"mod", []any{1, 0.5}}, {"modBool", []any{1, "x"}}, {"add", []any{1, "x"}}, {"add", nil},
		{"max", []any{[]any{}}}, {"sub", []any{nil, []any{}}}, {"abs", []any{"x"}},
	} {
		out := reflect.ValueOf(numbers()[c.name]).Call(arguments(numbers()[c.name], c.args))
		if err, _ := out[1].Interface().(error); err == nil {
			t.Errorf("%s %v: %v", c.name, c.args, out[0])
		}
	}
}

// Whatever whole numbers are given, quotient and remainder fit together, and order is that of numbers.
func TestArithmeticIsThatOfGo(t *testing.T) {
	seed := rand.Uint64()
	draw := rand.New(rand.NewPCG(seed, 1))
	for range 1000 {
		a, b := draw.IntN(2000)-1000, draw.IntN(2000)-1000
		if b == 0 {
			continue
		}
		quotient, rest := call(t, numbers()["div"], a, b), call(t, numbers()["mod"], a, b)
		if quotient != a/b || rest != a%b {
			t.Fatalf("seed %d: %d and %d: %v, %v", seed, a, b, quotient, rest)
		}
		if sum := call(t, numbers()["add"], a, b); sum != a+b || (value.Order(a, b) < 0) != (a < b) || value.Same(a, float64(b)) != (a == b) {
			t.Fatalf("seed %d: %d and %d: sum %v, order %d", seed, a, b, sum, value.Order(a, b))
		}
	}
}

func TestListsAreCopies(t *testing.T) {
	given := []string{"a", "b"}
	list, ok := value.List(given)
	if !ok || !reflect.DeepEqual(list, []any{"a", "b"}) {
		t.Fatalf("%v, %v", list, ok)
	}
	list[0] = "x"
	if given[0] != "a" {
		t.Error("the list itself was written to")
	}
	for _, v := range []any{nil, "ab", 1, map[string]any{}} {
		if list, ok := value.List(v); ok {
			t.Errorf("%#v is the list %v", v, list)
		}
	}
}

func numbers() template.FuncMap {
	return value.Numbers(func(all []any) (string, error) {
		if len(all) > 9 {
			return "", errors.New("too many")
		}
		return "joined " + strings.TrimSuffix(fmt.Sprintln(all...), "\n"), nil
	})
}

// call calls a function of layouts, which must not fail.
func call(t *testing.T, function any, args ...any) any {
	t.Helper()
	out := reflect.ValueOf(function).Call(arguments(function, args))
	if len(out) == 2 && !out[1].IsNil() {
		t.Fatalf("%v: %v", args, out[1])
	}
	return out[0].Interface()
}

// arguments are values as reflection takes them: nothing is a value of any type.
func arguments(function any, args []any) []reflect.Value {
	values := make([]reflect.Value, len(args))
	for i, arg := range args {
		values[i] = reflect.ValueOf(arg)
		if arg == nil {
			values[i] = reflect.Zero(reflect.TypeFor[any]())
		}
	}
	return values
}
