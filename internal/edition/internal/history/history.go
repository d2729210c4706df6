// Package history is what editions that share a cache know of each other: how many were made, which
// was published last, and what was handed out under each path. Its methods may be called from any
// goroutine.
package history

import (
	"sync"
	"sync/atomic"

	"broadsheet/internal/edition/internal/dates"
)

// History is that of one cache. The zero value is empty.
type History struct {
	published atomic.Uint64 // the number of the last edition that was published

	mu       sync.Mutex // guards what follows
	editions uint64     // how many were made
	records  map[string]dates.Record
}

// Next returns the number of the next edition: 1 is the first.
func (h *History) Next() uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.editions++
	return h.editions
}

// Publish notes that an edition is published.
func (h *History) Publish(number uint64) {
	before := h.published.Load()
	for before < number && !h.published.CompareAndSwap(before, number) {
		before = h.published.Load()
	}
}

// IsSuperseded reports whether a later edition than this one was published.
func (h *History) IsSuperseded(number uint64) bool { return h.published.Load() > number }

// Record returns what was handed out last under a path, as far as Remember was told.
func (h *History) Record(path string) (r dates.Record, known bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r, known = h.records[path]
	return r, known
}

// Remember notes what is handed out under a path.
func (h *History) Remember(path string, r dates.Record) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.records == nil {
		h.records = map[string]dates.Record{}
	}
	h.records[path] = r
}
