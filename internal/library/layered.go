package library

import (
	"iter"
	"maps"
)

// layered is a map of which libraries that follow each other share nearly all: a copy
// costs what was changed lately, however much the map holds.
type layered[K comparable, V any] struct {
	base  map[K]V        // shared, once there was a copy
	over  map[K]layer[V] // what differs from it
	count int            // of what it holds
}

type layer[V any] struct {
	value V
	gone  bool
}

// fewLayers is how much may differ before it pays to make the whole anew.
const fewLayers = 128

// layeredOf makes a layered map of one, which belongs to it from then on.
func layeredOf[K comparable, V any](all map[K]V) layered[K, V] {
	return layered[K, V]{base: all, count: len(all)}
}

// copy returns the same, to be changed.
func (m layered[K, V]) copy() layered[K, V] {
	if len(m.over) < fewLayers {
		over := make(map[K]layer[V], len(m.over)+1)
		maps.Copy(over, m.over)
		return layered[K, V]{m.base, over, m.count}
	}
	all := make(map[K]V, m.count)
	for k, v := range m.all() {
		all[k] = v
	}
	return layered[K, V]{all, map[K]layer[V]{}, m.count}
}

// get returns what is under a key, and whether anything is.
func (m layered[K, V]) get(k K) (v V, ok bool) {
	if len(m.over) > 0 {
		if l, changed := m.over[k]; changed {
			return l.value, !l.gone
		}
	}
	v, ok = m.base[k]
	return v, ok
}

// at returns what is under a key, the zero value if nothing is.
func (m layered[K, V]) at(k K) V {
	v, _ := m.get(k)
	return v
}

// set puts in a value, or another one.
func (m *layered[K, V]) set(k K, v V) {
	if _, is := m.get(k); !is {
		m.count++
	}
	if m.over == nil { // nobody shares it yet
		m.base[k] = v
		return
	}
	m.over[k] = layer[V]{value: v}
}

// remove takes out what is under a key.
func (m *layered[K, V]) remove(k K) {
	if _, is := m.get(k); !is {
		return
	}
	m.count--
	if m.over == nil {
		delete(m.base, k)
		return
	}
	m.over[k] = layer[V]{gone: true}
}

// all returns what the map holds, in no order.
func (m layered[K, V]) all() iter.Seq2[K, V] {
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

// keys returns the keys, in no order.
func (m layered[K, V]) keys() iter.Seq[K] {
	return func(yield func(K) bool) {
		for k := range m.all() {
			if !yield(k) {
				return
			}
		}
	}
}
