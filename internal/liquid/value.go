package liquid

import (
	"fmt"
	"math/big"
	"time"
)

// moment is a date, with or without a clock.
type moment struct {
	at  time.Time
	day bool // without a clock
}

// timeLayout is how Liquid prints a time.
const timeLayout = "2006-01-02 15:04:05 -0700"

func (m moment) String() string {
	if m.day {
		return m.at.Format(time.DateOnly)
	}
	return m.at.Format(timeLayout)
}

// span is a range of integers, both ends in it.
type span struct{ from, to int }

// count returns how many numbers it has.
func (s span) count() int { return max(0, s.to-s.from+1) }

// size returns the same, of more than a list may have no more than that.
func (s span) size() int {
	if s.to < s.from {
		return 0
	}
	if uint64(s.to)-uint64(s.from) > maxItems {
		return maxItems + 1
	}
	return s.to - s.from + 1
}

func (s span) String() string { return fmt.Sprintf("%d..%d", s.from, s.to) }

// emptiness is the value of "empty" and "blank". A condition asks whether a value is
// so; elsewhere it is a text without letters.
type emptiness struct{ blank bool }

// loopState is what a turn of a loop knows of itself.
type loopState struct {
	name          string
	index, length int
	outer         any // the loop around it
	columns       int // of a table; 0 otherwise
}

// get returns what a loop answers to a name.
func (s *loopState) get(key string) (any, bool) {
	switch key {
	case "index":
		return s.index + 1, true
	case "index0":
		return s.index, true
	case "rindex":
		return s.length - s.index, true
	case "rindex0":
		return s.length - s.index - 1, true
	case "first":
		return s.index == 0, true
	case "last":
		return s.index == s.length-1, true
	case "length":
		return s.length, true
	}
	if s.columns > 0 {
		return s.cell(key)
	}
	switch key {
	case "name":
		return s.name, true
	case "parentloop":
		return s.outer, true
	}
	return nil, false
}

// cell returns what only a table answers.
func (s *loopState) cell(key string) (any, bool) {
	column := s.index % s.columns
	switch key {
	case "col":
		return column + 1, true
	case "col0":
		return column, true
	case "col_first":
		return column == 0, true
	case "col_last":
		return column == s.columns-1, true
	case "row":
		return s.index/s.columns + 1, true
	}
	return nil, false
}

// isScalar reports whether a value is neither list nor map.
func isScalar(value any) bool {
	switch value.(type) {
	case []any, *hash:
		return false
	}
	return true
}

// truth reports whether a condition takes a value for true.
func truth(value any) bool { return value != nil && value != false }

// weigh returns how much there is in a value, lists in it counted as often as
// they are reached, up to a little over maxWeight, and takes a step for each.
func (r *run) weigh(value any) int {
	n := 0
	weigh(value, &n)
	n = min(n, maxWeight+1)
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
	case *big.Int:
		*n += v.BitLen() / 64
	case []any:
		for i := 0; i < len(v) && *n <= maxWeight; i++ {
			weigh(v[i], n)
		}
	case *hash:
		for i := 0; i < len(v.pairs) && *n <= maxWeight; i++ {
			*n += len(v.pairs[i].Key) / 256
			weigh(v.pairs[i].Value, n)
		}
	}
}

// list returns the values of a list or of a range, or the pairs of a map. Anything else is
// a list of itself, and nil an empty one.
func (r *run) list(value any) []any {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		return v
	case *hash:
		if r.spend(nodeCost * len(v.pairs)); r.stopped {
			return nil
		}
		return v.list()
	case span:
		return r.listSpan(v)
	}
	return []any{value}
}

func (r *run) listSpan(s span) []any {
	n := s.size()
	if n > maxItems {
		r.problem(r.line, fmt.Sprintf("a range of more than %d numbers: left out", maxItems))
		return nil
	}
	list := make([]any, n)
	for i := range list {
		list[i] = s.from + i
	}
	r.spend(nodeCost * n)
	return list
}

// plain returns a value that filters know.
func plain(value any) any {
	if _, ok := value.(emptiness); ok {
		return ""
	}
	return value
}
