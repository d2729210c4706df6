package edition

import (
	"maps"
	"slices"
	"sync/atomic"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/bodies"
	"broadsheet/internal/edition/internal/delta"
	"broadsheet/internal/edition/internal/lru"
)

// DefaultCache is how many bytes a Cache holds unless it is told otherwise.
const DefaultCache = 64 << 20

// Cache holds what was rendered: bodies of posts, and documents. Editions that follow each
// other share it. What it gives is known by keys. So it makes no difference to what an
// edition says who filled it, but only to how long that takes.
//
// It is bounded in bytes: what was not asked for lately is forgotten first. What the main
// feeds are made of always stays.
type Cache struct {
	kept      *lru.Cache // its lock guards what is below
	bodies    *bodies.Store
	documents map[string]*cached // by path
	records   Dates              // unless Input.Keep keeps them
	editions  uint64             // how many were made
	last      *layout            // of the edition that was made last; nil: none was

	published atomic.Uint64 // the number of the last edition that was published
}

// NewCache returns an empty cache of so many bytes; 0 means DefaultCache.
func NewCache(limit int) *Cache {
	if limit <= 0 {
		limit = DefaultCache
	}
	kept := lru.New(limit)
	return &Cache{kept: kept, bodies: bodies.NewStore(kept), documents: map[string]*cached{}, records: Dates{}}
}

// cached is the content that was handed out last under a path.
type cached struct {
	item     lru.Item
	key      blog.Key // of what it is made of; zero: that cannot be told
	content  *Content
	owner    *Document // the last one that gave it out
	versions blog.Key  // what all versions in past have in common
	past     delta.Past
}

// document returns what was handed out last under a path; nil: nothing, or it is
// forgotten.
func (c *Cache) document(path string) *cached {
	c.kept.Lock()
	defer c.kept.Unlock()
	return c.documents[path]
}

// paths returns the paths of the documents that were asked for lately.
func (c *Cache) paths() []string {
	c.kept.Lock()
	defer c.kept.Unlock()
	return slices.Sorted(maps.Keys(c.documents))
}

// keep notes the content of a document, which is about to be handed out.
func (c *Cache) keep(d *Document, key blog.Key, content *Content) {
	c.kept.Lock()
	defer c.kept.Unlock()
	before := c.documents[d.Path]
	if before != nil && before.content == content && before.owner == d {
		return
	}
	now := &cached{key: key, content: content, owner: d, versions: d.versions}
	if before != nil {
		now.past = before.pastOf(d, content)
		c.kept.Remove(&before.item)
	}
	now.item = lru.Item{
		Size: content.size(), Used: content.used, Pinned: d.when == always,
		Forget: func() {
			if c.documents[d.Path] == now {
				delete(c.documents, d.Path)
			}
			d.forget(content)
		},
	}
	c.documents[d.Path] = now
	c.kept.Add(&now.item)
}

// pastOf returns the past versions of a document, whose content comes after this one.
func (before *cached) pastOf(d *Document, content *Content) delta.Past {
	switch {
	case before.versions != d.versions:
		return nil
	case before.content.Hash == content.Hash:
		return before.past
	}
	return before.past.With(before.content.version)
}

// past returns the versions of a feed before the one that it is now.
func (c *Cache) past(d *Document) delta.Past {
	c.kept.Lock()
	defer c.kept.Unlock()
	if known := c.documents[d.Path]; known != nil && known.versions == d.versions {
		return known.past
	}
	return nil
}

// next returns the number of the next edition.
func (c *Cache) next() uint64 {
	c.kept.Lock()
	defer c.kept.Unlock()
	c.editions++
	return c.editions
}

// supersede notes that an edition was published.
func (c *Cache) supersede(number uint64) {
	before := c.published.Load()
	for before < number && !c.published.CompareAndSwap(before, number) {
		before = c.published.Load()
	}
}
