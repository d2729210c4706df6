package liquid

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Pair is a key of a map, and its value.
type Pair struct {
	Key   string
	Value any
}

// Object is a map that keeps the order of its keys, in which templates see them. Of a key
// that comes twice the last value holds.
type Object []Pair

// Get returns the value of a key; nil without it.
func (o Object) Get(key string) any {
	for _, pair := range slices.Backward(o) {
		if pair.Key == key {
			return pair.Value
		}
	}
	return nil
}

// Day is a date without a clock, as front matter may have them: templates print it so.
type Day time.Time

// hash is a map as templates see it, in the order of its keys. It does not change.
type hash struct {
	pairs []Pair
	at    map[string]int // where a key stands; nil for few
}

// few is how many keys are found without an index.
const few = 8

// newHash returns a map of pairs; of a key that comes twice the last value holds.
func newHash(pairs []Pair) *hash {
	h := &hash{pairs: make([]Pair, 0, len(pairs))}
	for _, pair := range pairs {
		h.set(pair)
	}
	return h
}

func (h *hash) set(pair Pair) {
	if at := h.find(pair.Key); at >= 0 {
		h.pairs[at].Value = pair.Value
		return
	}
	h.pairs = append(h.pairs, pair)
	switch n := len(h.pairs); {
	case h.at != nil:
		h.at[pair.Key] = n - 1
	case n > few:
		h.at = make(map[string]int, 2*n)
		for i, p := range h.pairs {
			h.at[p.Key] = i
		}
	}
}

func (h *hash) find(key string) int {
	if h.at != nil {
		if at, found := h.at[key]; found {
			return at
		}
		return -1
	}
	return slices.IndexFunc(h.pairs, func(p Pair) bool { return p.Key == key })
}

func (h *hash) get(key string) (value any, found bool) {
	if at := h.find(key); at >= 0 {
		return h.pairs[at].Value, true
	}
	return nil, false
}

// list returns the pairs as lists of two.
func (h *hash) list() []any {
	list := make([]any, len(h.pairs))
	for i, pair := range h.pairs {
		list[i] = []any{pair.Key, pair.Value}
	}
	return list
}

// What templates are given is copied this deep, and this many lists and maps: a
// file of data can repeat itself without end.
const (
	maxDepth  = 64
	maxValues = 4_000_000
)

// converter copies what a caller gives into the values that templates know: nil, bool, int,
// *big.Int, float64, string, moment, []any and *hash. So no template sees a method of a Go
// type, and no filter a type that it does not expect.
type converter struct {
	zone  *time.Location
	count int // values copied so far
}

// object copies a map.
func (c *converter) object(m Object) *hash {
	value, _ := c.value(m, 0).(*hash)
	if value == nil {
		return &hash{}
	}
	return value
}

func (c *converter) value(v any, depth int) any {
	switch v := v.(type) {
	case nil, bool, int, float64, string:
		return v
	case time.Time:
		return moment{at: v.In(c.zone)}
	case Day:
		y, m, d := time.Time(v).Date()
		return moment{time.Date(y, m, d, 0, 0, 0, 0, c.zone), true}
	case json.Number:
		return toNumber(v.String())
	}
	if c.count++; depth >= maxDepth || c.count > maxValues {
		return nil
	}
	if o, ok := v.(Object); ok {
		return c.pairs(o, depth)
	}
	return c.reflected(reflect.ValueOf(v), depth)
}

func (c *converter) pairs(o Object, depth int) *hash {
	c.count += len(o)
	pairs := make([]Pair, len(o))
	for i, pair := range o {
		pairs[i] = Pair{pair.Key, c.value(pair.Value, depth+1)}
	}
	return newHash(pairs)
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
		return v.String()
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
		return c.pairs(sortedPairs(v), depth)
	}
	return nil
}

// sortedPairs returns what a map of Go holds, which knows no order.
func sortedPairs(v reflect.Value) Object {
	keys := v.MapKeys()
	text := func(key reflect.Value) string { return fmt.Sprint(key.Interface()) }
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		return cmp.Or(strings.Compare(text(a), text(b)), strings.Compare(fmt.Sprintf("%T", a.Interface()), fmt.Sprintf("%T", b.Interface())))
	})
	var pairs Object
	for _, key := range keys {
		pairs = append(pairs, Pair{text(key), v.MapIndex(key).Interface()})
	}
	return pairs
}
