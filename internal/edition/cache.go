package edition

import (
	"sync/atomic"

	"broadsheet/internal/edition/internal/bodies"
	"broadsheet/internal/edition/internal/content"
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
	bodies    *bodies.Store
	documents *content.Store

	kept     *lru.Cache // bounds both; its lock guards what follows
	records  Dates      // unless Input.Keep keeps them
	editions uint64     // how many were made
	last     *layout    // of the edition that was made last; nil: none was

	published atomic.Uint64 // the number of the last edition that was published
}

// NewCache returns an empty cache that holds at most limit bytes; 0 means DefaultCache.
func NewCache(limit int) *Cache {
	if limit <= 0 {
		limit = DefaultCache
	}
	kept := lru.New(limit)
	return &Cache{bodies: bodies.NewStore(kept), documents: content.NewStore(kept), kept: kept, records: Dates{}}
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

// record returns what was handed out last under a path.
func (c *Cache) record(path string) (r Record, known bool) {
	c.kept.Lock()
	defer c.kept.Unlock()
	r, known = c.records[path]
	return r, known
}

// remember notes what is handed out under a path.
func (c *Cache) remember(path string, r Record) {
	c.kept.Lock()
	defer c.kept.Unlock()
	c.records[path] = r
}
