package bodies

import (
	"sync/atomic"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/lru"
)

// Store holds the bodies of editions that follow each other. It is safe for concurrent
// use.
type Store struct {
	cache *lru.Cache // its lock guards what is below

	bodies map[blog.Key]*Body
	needs  map[blog.Key]*needs // by key of the text
	failed map[blog.Key]error  // texts that cannot be rendered, by key, and why
	good   map[string]blog.Key // the body of the last good version of a post, by its id
	jobs   map[job]*Body       // bodies that are being rendered
	late   int                 // of these, those that nobody waits for any more
	mends  int                 // late bodies that came after all
}

// job is a text that is rendered with one Book.
type job struct {
	text blog.Key
	book any
}

// needs are the addresses that a text was found to hold: what its body depends on besides
// the text itself.
type needs struct {
	item     lru.Item
	refs     []string // as they are written
	pictures []string // absolute, of those that its page shows; nil: the page was never rendered
}

// size returns about how many bytes the needs take.
func (n *needs) size() int {
	size := 256
	for _, s := range n.refs {
		size += len(s) + 16
	}
	for _, s := range n.pictures {
		size += len(s) + 16
	}
	return size
}

// NewStore returns an empty store whose contents are bounded by a cache.
func NewStore(cache *lru.Cache) *Store {
	return &Store{
		cache: cache, bodies: map[blog.Key]*Body{}, needs: map[blog.Key]*needs{}, failed: map[blog.Key]error{},
		good: map[string]blog.Key{}, jobs: map[job]*Body{},
	}
}

// Mends returns how many bodies came so late that documents were made without them.
func (s *Store) Mends() int {
	s.cache.Lock()
	defer s.cache.Unlock()
	return s.mends
}

// HasLate reports whether bodies are being rendered that nobody waits for any more.
func (s *Store) HasLate() bool {
	s.cache.Lock()
	defer s.cache.Unlock()
	return s.late > 0
}

// add puts a rendered body into the store. The caller holds the lock.
func (s *Store) add(text blog.Key, x *Body, refs []string) {
	if s.needs[text] == nil {
		n := &needs{refs: refs}
		n.item = lru.Item{Size: n.size(), Used: new(atomic.Bool), Forget: func() { delete(s.needs, text) }}
		s.needs[text] = n
		s.cache.Add(&n.item)
	}
	if s.bodies[x.Key] != nil { // rendered for two books at once, which say the same of it
		return
	}
	x.item.Size = x.size()
	x.item.Forget = func() {
		delete(s.bodies, x.Key)
		if s.good[x.post.ID] == x.Key {
			delete(s.good, x.post.ID)
		}
	}
	s.bodies[x.Key], s.good[x.post.ID] = x, x.Key
	s.cache.Add(&x.item)
}

// maxFailed is how many texts are remembered that cannot be rendered.
const maxFailed = 1000

// fail notes that a text cannot be rendered. The caller holds the lock.
func (s *Store) fail(text blog.Key, err error) {
	if len(s.failed) >= maxFailed {
		clear(s.failed)
	}
	s.failed[text] = err
}

func (s *Store) hasFailures() bool {
	s.cache.Lock()
	defer s.cache.Unlock()
	return len(s.failed) > 0
}

// failure returns why a text cannot be rendered; nil: it can, as far as is known.
func (s *Store) failure(text blog.Key) error {
	s.cache.Lock()
	defer s.cache.Unlock()
	return s.failed[text]
}
