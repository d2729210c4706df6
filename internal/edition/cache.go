package edition

import (
	"broadsheet/internal/edition/internal/bodies"
	"broadsheet/internal/edition/internal/content"
	"broadsheet/internal/edition/internal/history"
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

	history history.History // its records are only those that Input.Keep does not keep

	kept *lru.Cache // bounds both; its lock guards what follows
	last *layout    // of the edition that was made last; nil: none was
}

// NewCache returns an empty cache that holds at most limit bytes; 0 means DefaultCache.
func NewCache(limit int) *Cache {
	if limit <= 0 {
		limit = DefaultCache
	}
	kept := lru.New(limit)
	return &Cache{bodies: bodies.NewStore(kept), documents: content.NewStore(kept), kept: kept}
}
