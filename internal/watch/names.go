package watch

import (
	"maps"
	"slices"
	"sync"
)

// maxNames bounds how many names are kept; after more of them it is of no use
// to look at each.
const maxNames = 100

// names collects those of events until somebody takes them.
type names struct {
	mu    sync.Mutex
	known map[string]bool
	lost  bool // something happened that has no name
}

func (n *names) add(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil {
		n.known = map[string]bool{}
	}
	if n.known[name] = true; len(n.known) > maxNames {
		clear(n.known)
		n.lost = true
	}
}

func (n *names) anything() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lost = true
}

// many reports whether names will not tell all.
func (n *names) many() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.lost
}

// take returns the names and forgets them; false if they are not all there is.
func (n *names) take() (list []string, all bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	list, all = slices.Sorted(maps.Keys(n.known)), !n.lost
	clear(n.known)
	n.lost = false
	return list, all
}
