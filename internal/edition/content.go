package edition

import (
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

	// Answer is where a server keeps what it made of the content, to be
	// forgotten together with it.
	Answer atomic.Value

	version *delta.Version // of a feed
	deltas  sync.Map       // from the hash of a past version to a *Content, nil where there is no delta

	link   string
	packed coding.Packed
	used   *atomic.Bool // see lru.Item
}

// Record is what is remembered of a document between editions and runs.
//
// Modified is no part of the bytes: it is when this service came to hand them out,
// and the end of that second, so that it may lie ahead of the clock for a moment.
// Of two versions of a document the later one has the later date, or the same where
// neither was handed out in that second or after.
type Record struct {
	Hash     string    `json:"hash"`
	Modified time.Time `json:"modified"`
}

// Dates holds the records of documents by path.
type Dates map[string]Record

// Of returns the record of a path, the zero Record if there is none.
func (d Dates) Of(path string) Record { return d[path] }

// size returns about how many bytes the content takes in memory. Its compressed forms are
// each about a third of the body, and all may be asked for.
func (c *Content) size() int { return 2*len(c.Body) + 512 }

// redated returns the same content with another date and version.
func (c *Content) redated(modified time.Time, v *delta.Version) *Content {
	return &Content{
		Body: c.Body, Hash: c.Hash, Modified: modified,
		link: c.link, packed: c.packed, version: v, used: new(atomic.Bool),
	}
}
