package content

import (
	"maps"
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/delta"
	"broadsheet/internal/edition/internal/lru"
)

// Store holds the contents that were handed out last, by path. It is safe for concurrent
// use.
type Store struct {
	cache *lru.Cache // its lock guards the map
	known map[string]*Known
}

// Known is the content that was handed out last under a path.
type Known struct {
	Key     blog.Key // of what it is made of; zero: that cannot be told
	Content *Content

	item     lru.Item
	owner    any
	versions blog.Key
	past     delta.Past
}

// Owner is a document that hands out content.
type Owner struct {
	Path     string
	Identity any      // distinguishes it from other owners of the path
	Versions blog.Key // past versions with another one are those of another feed
	Pinned   bool     // its content stays

	// Forget is called when the content is forgotten. It may not call the store.
	Forget func(*Content)
}

// NewStore returns an empty store whose contents are bounded by a cache.
func NewStore(cache *lru.Cache) *Store { return &Store{cache: cache, known: map[string]*Known{}} }

// Last returns what was handed out last under a path; nil: nothing, or it is forgotten.
func (s *Store) Last(path string) *Known {
	s.cache.Lock()
	defer s.cache.Unlock()
	return s.known[path]
}

// Compresses reports whether somebody may ask for a compressed form of what is handed out
// under a path: of what was handed out before somebody did, or nothing was.
func (s *Store) Compresses(path string) bool {
	last := s.Last(path)
	return last == nil || last.Content.sought.Load()
}

// Paths returns the paths of the documents that were asked for lately.
func (s *Store) Paths() []string {
	s.cache.Lock()
	defer s.cache.Unlock()
	return slices.Sorted(maps.Keys(s.known))
}

// Keep notes the content of a document that is about to be handed out, and its key.
func (s *Store) Keep(o Owner, key blog.Key, c *Content) {
	s.cache.Lock()
	defer s.cache.Unlock()
	before := s.known[o.Path]
	if before != nil && before.Content == c && before.owner == o.Identity {
		return
	}
	now := &Known{Key: key, Content: c, owner: o.Identity, versions: o.Versions}
	if before != nil {
		now.past = before.pastOf(o, c)
		if before.Content.sought.Load() {
			c.sought.Store(true)
		}
		s.cache.Remove(&before.item)
	}
	now.item = lru.Item{Size: c.size(), Used: c.used, Pinned: o.Pinned, Forget: func() {
		if s.known[o.Path] == now {
			delete(s.known, o.Path)
		}
		o.Forget(c)
	}}
	s.known[o.Path] = now
	s.cache.Add(&now.item)
}

// pastOf returns the past versions of an owner's document, whose next content is c.
func (k *Known) pastOf(o Owner, c *Content) delta.Past {
	switch {
	case k.versions != o.Versions:
		return nil
	case k.Content.Hash == c.Hash:
		return k.past
	}
	return k.past.With(k.Content.version)
}

// Past returns the versions of a feed before the one that it is now.
func (s *Store) Past(path string, versions blog.Key) delta.Past {
	s.cache.Lock()
	defer s.cache.Unlock()
	if known := s.known[path]; known != nil && known.versions == versions {
		return known.past
	}
	return nil
}
