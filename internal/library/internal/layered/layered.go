// Package layered has a map whose copies share nearly all of it. In goes a plain map, and what
// changes; out comes what a plain copy would hold.
package layered

import (
	"iter"
	"maps"
)

// Map is a map whose copies share nearly all of it: a copy costs only what changed lately, however
// much the map holds.
type Map[K comparable, V any] struct {
	base  map[K]V        // shared, once there was a copy
	over  map[K]layer[V] // what differs from it
	count int            // of what it holds
}

type layer[V any] struct {
	value V
	gone  bool
}

// fewLayers is how many entries may differ before a whole copy is cheaper.
const fewLayers = 128

// Of makes a layered map of a plain one, which belongs to it from then on.
func Of[K comparable, V any](all map[K]V) Map[K, V] {
	return Map[K, V]{base: all, count: len(all)}
}

// Copy returns the same, to be changed.
func (m Map[K, V]) Copy() Map[K, V] {
	if len(m.over) < fewLayers {
		over := make(map[K]layer[V], len(m.over)+1)
		maps.Copy(over, m.over)
		return Map[K, V]{m.base, over, m.count}
	}
	all := make(map[K]V, m.count)
	for k, v := range m.All() {
		all[k] = v
	}
	return Map[K, V]{all, map[K]layer[V]{}, m.count}
}

// Len returns how many keys have something.
func (m Map[K, V]) Len() int { return m.count }

// Get returns what is under a key, and whether anything is.
func (m Map[K, V]) Get(k K) (v V, ok bool) {
	if len(m.over) > 0 {
		if l, changed := m.over[k]; changed {
			return l.value, !l.gone
		}
	}
	v, ok = m.base[k]
	return v, ok
}

// At returns what is under a key, the zero value if nothing is.
func (m Map[K, V]) At(k K) V {
	v, _ := m.Get(k)
	return v
}

// Set puts in a value, or another one.
func (m *Map[K, V]) Set(k K, v V) {
	if _, is := m.Get(k); !is {
		m.count++
	}
	if m.over == nil { // nobody shares it yet
		m.base[k] = v
		return
	}
	m.over[k] = layer[V]{value: v}
}

// Remove takes out what is under a key.
func (m *Map[K, V]) Remove(k K) {
	if _, is := m.Get(k); !is {
		return
	}
	m.count--
	if m.over == nil {
		delete(m.base, k)
		return
	}
	m.over[k] = layer[V]{gone: true}
}

// All returns what the map holds, in no order.
func (m Map[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for k, v := range m.base {
			if _, changed := m.over[k]; !changed && !yield(k, v) {
				return
			}
		}
		for k, l := range m.over {
			if !l.gone && !yield(k, l.value) {
				return
			}
		}
	}
}

// Plain returns what the map holds as a plain one, which must not be changed.
func (m Map[K, V]) Plain() map[K]V {
	if len(m.over) == 0 {
		return m.base
	}
	return maps.Collect(m.All())
}

// Keys returns the keys, in no order.
func (m Map[K, V]) Keys() iter.Seq[K] {
	return func(yield func(K) bool) {
		for k := range m.All() {
			if !yield(k) {
				return
			}
		}
	}
}
