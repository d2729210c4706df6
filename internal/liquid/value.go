package liquid

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/osteele/liquid/expressions"
	"github.com/osteele/liquid/values"
)

// timeLayout is how Liquid prints a time.
const timeLayout = "2006-01-02 15:04:05 -0700"

// What templates are given is copied this deep, and this many lists and maps: a
// file of data can repeat itself without end.
const (
	maxDepth  = 64
	maxValues = 4_000_000
)

// converter copies what a caller gives into the values that templates know:
// nil, bool, int, float64, string, []any and map[string]any. So no template sees
// a method of a Go type, and no filter a type that it does not expect.
type converter struct {
	zone  *time.Location
	count int // values copied so far
}

func (c *converter) object(m map[string]any) map[string]any {
	value, _ := c.value(m, 0).(map[string]any)
	if value == nil {
		return map[string]any{}
	}
	return value
}

func (c *converter) value(v any, depth int) any {
	switch v := v.(type) {
	case nil, bool, int, float64:
		return v
	case string:
		return v
	case time.Time:
		return v.In(c.zone).Format(timeLayout)
	case json.Number:
		return toNumber(v.String())
	}
	if c.count++; depth >= maxDepth || c.count > maxValues {
		return nil
	}
	return c.reflected(reflect.ValueOf(v), depth)
}

// reflected copies lists and maps of any type, and numbers of any size.
func (c *converter) reflected(v reflect.Value, depth int) any {
	switch {
	case v.CanInt():
		return int(v.Int())
	case v.CanUint():
		return int(min(v.Uint(), math.MaxInt))
	case v.CanFloat():
		return v.Float()
	}
	switch v.Kind() {
	case reflect.String:
		return c.value(v.String(), depth)
	case reflect.Bool:
		return v.Bool()
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		c.count += len(list)
		for i := range list {
			list[i] = c.value(v.Index(i).Interface(), depth+1)
		}
		return list
	case reflect.Map:
		object := make(map[string]any, v.Len())
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int {
			return cmp.Or(strings.Compare(keyText(a), keyText(b)), strings.Compare(fmt.Sprintf("%T", a.Interface()), fmt.Sprintf("%T", b.Interface())))
		})
		c.count += len(keys)
		for _, key := range keys {
			object[keyText(key)] = c.value(v.MapIndex(key).Interface(), depth+1)
		}
		return object
	}
	return nil
}

func keyText(key reflect.Value) string { return fmt.Sprint(key.Interface()) }

// plain returns a value to keep: ranges become lists.
func (r *run) plain(value any) any {
	if v, ok := value.(values.Range); ok {
		return r.list(v)
	}
	return value
}

// constant is an expression that always has one value.
func constant(value any) expressions.Expression { return expressions.Constant(value) }

// weigh returns how much there is in a value, lists in it counted as often as
// they are reached, up to a little over maxWeight, and takes a step for each.
func (r *run) weigh(value any) int {
	n := 0
	weigh(value, &n)
	n = min(n, maxWeight+1) // the same in whichever order maps are walked
	r.spend(n)
	return n
}

func weigh(value any, n *int) {
	if *n++; *n > maxWeight {
		return
	}
	switch v := value.(type) {
	case string:
		*n += len(v) / 256
	case []any:
		for i := 0; i < len(v) && *n <= maxWeight; i++ {
			weigh(v[i], n)
		}
	case map[string]any:
		for _, item := range v {
			if weigh(item, n); *n > maxWeight {
				return
			}
		}
	}
}

// addLength adds how many bytes the text of a value has at least, up to a little over
// maxText.
func addLength(value any, n *int) {
	switch v := value.(type) {
	case string:
		*n += len(v)
	case []any:
		for i := 0; i < len(v) && *n <= maxText; i++ {
			addLength(v[i], n)
		}
	case map[string]any:
		for key, item := range v {
			if *n += len(key); *n > maxText {
				return
			}
			addLength(item, n)
		}
	}
}

// toText returns what {{ value }} prints.
func toText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case values.Range:
		if v.Len() <= 0 {
			return ""
		}
		return fmt.Sprintf("%v..%v", v.Index(0), v.Index(v.Len()-1))
	case []any:
		var b strings.Builder
		for _, item := range v {
			b.WriteString(toText(item))
			if b.Len() > maxText {
				break
			}
		}
		return b.String()
	case map[string]any:
		return toJSON(v)
	case float64:
		return floatText(v)
	case nil:
		return ""
	}
	return fmt.Sprint(value)
}

// floatText shows that a number is not an integer.
func floatText(f float64) string {
	if math.Abs(f) >= 1e16 {
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.ContainsAny(s, ".NI") {
		s += ".0"
	}
	return s
}

// toJSON returns the JSON of a value, keys sorted.
func toJSON(value any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// toInt returns the integer that a value is, or says.
func toInt(value any) (int, bool) {
	switch v := toNumber(value).(type) {
	case int:
		return v, true
	case float64:
		if math.Abs(v) < math.MaxInt32 {
			return int(v), true
		}
	}
	return 0, false
}

// toNumber returns an int or a float64; nil for what is no number.
func toNumber(value any) any {
	switch v := value.(type) {
	case int, float64:
		return v
	case string:
		v = strings.TrimSpace(v)
		if i, err := strconv.Atoi(v); err == nil {
			return i
		}
		if f, err := strconv.ParseFloat(v, 64); err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f
		}
	}
	return nil
}

// pairs returns a map as a list of keys and values, in the order of the keys.
func pairs(m map[string]any) []any {
	list := make([]any, 0, len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		list = append(list, []any{key, m[key]})
	}
	return list
}

func reversed(list []any) []any {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}
