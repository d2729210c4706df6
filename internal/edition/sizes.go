package edition

import (
	"maps"
	"slices"

	"broadsheet/internal/blog"
)

// sizes are how large the pictures of posts were said to be. A page follows from
// them as from its posts. The lock of texts guards it.
type sizes struct {
	measure func(address string) (width, height int) // Input.Measure
	round   int                                      // how often measure began to say something else
	said    map[*blog.Post][]size
}

// size is how large the picture of an address is in pixels; 0 where that is unknown.
type size struct {
	address       string
	width, height int
}

func (s *sizes) of(address string) size {
	if s.measure == nil {
		return size{address: address}
	}
	width, height := s.measure(address)
	return size{address, width, height}
}

// sizeOf returns the size of a picture that p shows, by its address, 0 where it is
// unknown. If an edition came meanwhile, for which other sizes may have been
// found, the picture is measured again, so that no edition misses what was said.
func (t *texts) sizeOf(p *blog.Post, address string) (width, height int) {
	for address != "" {
		t.mu.Lock()
		sizes := t.sizes
		t.mu.Unlock()
		now := sizes.of(address)
		if t.say(p, now, sizes.round) {
			return now.width, now.height
		}
	}
	return 0, 0
}

// say notes the size of a picture of p; false if it was measured in an earlier round.
// What was said first stays noted, to be held against the next round.
func (t *texts) say(p *blog.Post, now size, round int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.round != round {
		return false
	}
	if !slices.ContainsFunc(t.said[p], func(s size) bool { return s.address == now.address }) {
		t.said[p] = append(t.said[p], now)
	}
	return true
}

// resized returns the posts whose pictures have another size than was said. It
// may open files, so that it does not hold the lock meanwhile.
func (t *texts) resized() []*blog.Post {
	t.mu.Lock()
	sizes, said := t.sizes, maps.Clone(t.said)
	t.mu.Unlock()
	var changed []*blog.Post
	for p, all := range said {
		if slices.ContainsFunc(all, func(s size) bool { return s != sizes.of(s.address) }) {
			changed = append(changed, p)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, p := range changed {
		delete(t.said, p)
	}
	return changed
}
