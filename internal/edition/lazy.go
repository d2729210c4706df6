package edition

import "sync"

// maxLazy is how many bytes of content are kept, besides that of the main
// feeds, which always is.
const maxLazy = 64 << 20

// lazy bounds the content of documents that are rendered on demand: when there
// is too much of it, the documents rendered first forget theirs. It outlives
// editions.
type lazy struct {
	mu    sync.Mutex
	limit int // bytes
	total int
	sizes map[*Document]int
	order []*Document // oldest first
	keep  func(path string, r Record)
}

// newLazy returns that of prev, if there is one.
func newLazy(prev *Edition, keep func(path string, r Record)) *lazy {
	if prev != nil {
		return prev.lazy
	}
	return &lazy{limit: maxLazy, sizes: map[*Document]int{}, keep: keep}
}

// add notes that d was rendered, and makes room. It counts the body twice: its
// three compressed forms, each about a third of it, may all be asked for.
func (l *lazy) add(d *Document, c *Content) {
	for _, victim := range l.admit(d, 2*len(c.Body)) {
		victim.forget()
	}
}

// admit returns the documents that must forget their content.
func (l *lazy) admit(d *Document, size int) (victims []*Document) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.sizes[d]; known {
		return nil
	}
	l.sizes[d] = size
	l.order = append(l.order, d)
	for l.total += size; l.total > l.limit && len(l.order) > 1; l.order = l.order[1:] {
		victim := l.order[0]
		l.total -= l.sizes[victim]
		delete(l.sizes, victim)
		victims = append(victims, victim)
	}
	return victims
}

// retain lets go of documents that are not part of e.
func (l *lazy) retain(e *Edition) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var order []*Document
	for _, d := range l.order {
		if e.documents[d.Path] == d {
			order = append(order, d)
			continue
		}
		l.total -= l.sizes[d]
		delete(l.sizes, d)
	}
	l.order = order
}
