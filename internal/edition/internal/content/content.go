// Package content holds what documents say.
//
// In go the bytes of documents as they are rendered; out come Contents, with their hash
// and compressed forms, and a Store of those that were handed out last, by path.
package content

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/edition/internal/coding"
	"broadsheet/internal/edition/internal/delta"
)

// Content is what a document says: immutable, to be shared freely.
type Content struct {
	Body     []byte
	Hash     string    // 32 lower-case hexadecimal digits of Body's SHA-256
	Modified time.Time // when the bytes last changed: a whole second, UTC; see Record

	// Answer is where a server keeps what it made of the content, to be forgotten
	// together with it.
	Answer atomic.Value

	version *delta.Version // of a feed
	deltas  sync.Map       // from the hash of a past version to a *Content, nil where there is no delta
	link    string
	packed  coding.Packed
	used    *atomic.Bool // see lru.Item
	sought  *atomic.Bool // somebody asked for a compressed form, of this content or of one before
}

// Options are what New makes a content of.
type Options struct {
	Body     []byte
	Hash     string // of Body
	Modified time.Time
	Link     string         // the Link header field of the document
	Version  *delta.Version // of a feed; nil: it is none
}

// New returns a content.
func New(o Options) *Content {
	return &Content{
		Body: o.Body, Hash: o.Hash, Modified: o.Modified,
		link: o.Link, version: o.Version, packed: coding.Pack(o.Body), used: new(atomic.Bool), sought: new(atomic.Bool),
	}
}

// HashOf returns the hash of a body.
func HashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:16])
}

// Redated returns the same content with another date and version.
func (c *Content) Redated(modified time.Time, v *delta.Version) *Content {
	return &Content{
		Body: c.Body, Hash: c.Hash, Modified: modified,
		link: c.link, packed: c.packed, version: v, used: new(atomic.Bool), sought: c.sought,
	}
}

// Link returns the Link header field of the document that the content was made for.
func (c *Content) Link() string { return c.link }

// Version returns what a feed says by entry; nil: the content is that of no feed.
func (c *Content) Version() *delta.Version { return c.version }

// Use notes that somebody uses the content, so that it is kept for longer.
func (c *Content) Use() {
	if !c.used.Load() { // a flag that many read is not written without need
		c.used.Store(true)
	}
}

// Delta returns the delta from the version with this hash, if it was made. It is nil
// where there is none.
func (c *Content) Delta(base string) (d *Content, made bool) {
	known, made := c.deltas.Load(base)
	if !made {
		return nil, false
	}
	return known.(*Content), true //nolint:forcetypeassert // nothing else is stored
}

// KeepDelta keeps the delta from the version with this hash, nil where there is none.
func (c *Content) KeepDelta(base string, d *Content) { c.deltas.Store(base, d) }

// Has reports whether the content has a form in this coding. It compresses nothing.
func (c *Content) Has(k coding.Coding) bool { return k == coding.Identity || c.packed.Has(k) }

// In returns the body in a coding that c has, else nil. The first call makes the form;
// other callers wait for it.
func (c *Content) In(k coding.Coding) []byte {
	if k == coding.Identity {
		return c.Body
	}
	c.sought.Store(true)
	return c.packed.In(k)
}

// Prepare makes the form in a coding before anybody asks.
func (c *Content) Prepare(k coding.Coding) { c.packed.In(k) }

// size returns about how many bytes the content takes in memory. Its compressed forms are
// each about a third of the body, and all may be asked for.
func (c *Content) size() int { return 2*len(c.Body) + 512 }
