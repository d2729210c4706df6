// Package lru bounds what is kept in memory.
//
// In go items with their sizes; what was not used lately is forgotten first, so that the
// sizes never exceed a limit. It is the owners of items that find them, in maps of their
// own; they share the lock of the Cache.
package lru

import (
	"container/list"
	"sync"
	"sync/atomic"
)

// Cache bounds its items. Its lock guards the items and whatever their owners keep beside
// them: all methods expect the caller to hold it.
type Cache struct {
	sync.Mutex
	limit int // bytes
	size  int
	order list.List // of *Item, those used lately last
}

// Item is something in a Cache.
type Item struct {
	Size   int          // bytes; not to be changed while the item is in the cache
	Used   *atomic.Bool // set by whoever uses the item, without the lock
	Pinned bool         // it stays and does not count; see Pin
	Forget func()       // takes the item out of its owner's maps; called with the lock held

	at *list.Element // nil: it is not in the cache
}

// New returns an empty cache that holds at most limit bytes.
func New(limit int) *Cache { return &Cache{limit: limit} }

// SetLimit changes the limit. It takes effect when the next item is added.
func (c *Cache) SetLimit(bytes int) { c.limit = bytes }

// Add puts an item into the cache and makes room for it. A pinned item is not put there.
func (c *Cache) Add(it *Item) {
	if it.at != nil || it.Pinned {
		return
	}
	it.at = c.order.PushBack(it)
	c.size += it.Size
	c.makeRoom()
}

// makeRoom forgets what was not used lately; the newest item stays. An item that was used
// gets a second chance. So using it costs a flag, and no lock.
func (c *Cache) makeRoom() {
	chances := c.order.Len()
	for c.size > c.limit && c.order.Len() > 1 {
		oldest := c.order.Front()
		it := oldest.Value.(*Item) //nolint:forcetypeassert // nothing else is in it
		if chances > 0 && it.Used.Swap(false) {
			chances--
			c.order.MoveToBack(oldest)
			continue
		}
		c.Remove(it)
		it.Forget()
	}
}

// Remove takes an item out of the cache. Its owner keeps it or not.
func (c *Cache) Remove(it *Item) {
	if it.at != nil {
		c.order.Remove(it.at)
		it.at = nil
		c.size -= it.Size
	}
}

// Pin makes an item stay, or stay no longer.
func (c *Cache) Pin(it *Item, pinned bool) {
	if it.Pinned == pinned {
		return
	}
	it.Pinned = pinned
	if pinned {
		c.Remove(it)
		return
	}
	c.Add(it)
}
