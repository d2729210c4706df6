package edition

import (
	"container/list"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/delta"
)

// DefaultCache is how many bytes a Cache holds unless it is told otherwise.
const DefaultCache = 64 << 20

// Cache holds what was rendered: bodies of posts, and documents. Editions that follow
// each other share it. What it gives is known by keys, so that it makes no difference
// to what an edition says, whoever filled it; only to how long that takes.
//
// It is bounded in bytes: what was not asked for lately is forgotten first. What the
// main feeds are made of always stays.
type Cache struct {
	mu    sync.Mutex
	limit int // bytes
	size  int
	order list.List // of *item, those asked for lately last

	bodies    map[blog.Key]*body
	needs     map[blog.Key]*needs // by key of the text
	failed    map[blog.Key]error  // texts that cannot be rendered, by key, and why
	good      map[string]blog.Key // the body of the last good version of a post, by its id
	jobs      map[job]*body       // bodies that are being rendered
	late      int                 // of these, those that nobody waits for any more
	mends     int                 // how many of those came after all
	documents map[string]*printed // by path
	records   Dates               // where nobody else keeps them
	last      *layout             // of the edition that was made last; nil: none was

	editions  uint64        // how many were made
	published atomic.Uint64 // the number of the last that was published
}

// job is a text that is rendered by what one book says.
type job struct {
	text blog.Key
	book any
}

// NewCache returns an empty cache of so many bytes; 0 means DefaultCache.
func NewCache(limit int) *Cache {
	if limit <= 0 {
		limit = DefaultCache
	}
	return &Cache{
		limit: limit, bodies: map[blog.Key]*body{}, needs: map[blog.Key]*needs{}, failed: map[blog.Key]error{}, good: map[string]blog.Key{},
		jobs: map[job]*body{}, documents: map[string]*printed{}, records: Dates{},
	}
}

// item is something in the cache.
type item struct {
	size   int
	used   *atomic.Bool // it was asked for since it was last looked at
	pinned bool         // it stays
	at     *list.Element
	forget func() // takes it out of the maps of the cache
}

// add puts an item into the cache and makes room for it. The caller holds the lock.
func (c *Cache) add(it *item) {
	if it.at != nil || it.pinned {
		return
	}
	it.at = c.order.PushBack(it)
	c.size += it.size
	c.makeRoom()
}

// makeRoom forgets what was not asked for lately. What was gets a second chance,
// which costs its readers a flag rather than a lock. The caller holds the lock.
func (c *Cache) makeRoom() {
	for chances := c.order.Len(); c.size > c.limit && c.order.Len() > 1; {
		oldest := c.order.Front()
		it := oldest.Value.(*item) //nolint:forcetypeassert // nothing else is in it
		if chances > 0 && it.used.Swap(false) {
			chances--
			c.order.MoveToBack(oldest)
			continue
		}
		c.remove(it)
		it.forget()
	}
}

// remove takes an item out of the order. The caller holds the lock.
func (c *Cache) remove(it *item) {
	if it.at != nil {
		c.order.Remove(it.at)
		it.at = nil
		c.size -= it.size
	}
}

// pin makes an item stay, or stay no longer. The caller holds the lock.
func (c *Cache) pin(it *item, pinned bool) {
	if it.pinned == pinned {
		return
	}
	it.pinned = pinned
	if pinned {
		c.remove(it)
		return
	}
	c.add(it)
}

// printed is the content that was handed out last under a path.
type printed struct {
	item
	key     blog.Key // of what it is made of; zero: that cannot be told
	content *Content
	owner   *Document // the last one that gave it out
	of      blog.Key  // of the settings and the name of the slice that its versions are those of
	past    delta.Past
}

// document returns what was handed out last under a path; nil: nothing, or it is
// forgotten.
func (c *Cache) document(path string) *printed {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.documents[path]
}

// paths returns the paths of the documents that were asked for lately.
func (c *Cache) paths() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Sorted(maps.Keys(c.documents))
}

// keep notes what a document came to, and that it is about to be handed out.
func (c *Cache) keep(d *Document, key blog.Key, content *Content) {
	c.mu.Lock()
	defer c.mu.Unlock()
	before := c.documents[d.Path]
	if before != nil && before.content == content && before.owner == d {
		return
	}
	p := &printed{item: item{used: content.used}, key: key, content: content, owner: d, of: d.versions}
	if before != nil {
		if before.of == d.versions {
			p.past = before.past
			if before.content.Hash != content.Hash {
				p.past = before.past.With(before.content.version)
			}
		}
		c.remove(&before.item)
	}
	p.size, p.pinned = 2*len(content.Body)+512, d.when == always // its compressed forms, each about a third, may all be asked for
	p.forget = func() {
		if c.documents[d.Path] == p {
			delete(c.documents, d.Path)
		}
		d.forget(content)
	}
	c.documents[d.Path] = p
	c.add(&p.item)
}

// past returns the versions of a feed before the one that it is now.
func (c *Cache) past(d *Document) delta.Past {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p := c.documents[d.Path]; p != nil && p.of == d.versions {
		return p.past
	}
	return nil
}
