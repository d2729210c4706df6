package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/blog"
)

// Document is one URL of an edition. Its exported fields are set before the
// edition is published and never change.
type Document struct {
	Path        string // canonical path below the base URL, e.g. "/rss.xml"
	ContentType string // e.g. "application/rss+xml; charset=utf-8"
	Link        string // value of the Link header field (RFC 8288); empty: none

	root      string // folder of the feed whose documents these are; empty: none
	eager     bool   // rendered before the edition is published
	leisurely bool   // never rendered before somebody asks, unless it is eager
	posts     []*blog.Post
	in        *inputs
	place     place                                           // within the history of its feed
	render    func() ([]byte, error)                          // with noEntries as the date of last change; nil: a feed of entries
	entries   *entries                                        // of a feed
	past      []*version                                      // of a feed, the newest last
	date      func(document []byte, updated time.Time) []byte // replaces that date; nil: the document bears none
	check     func(document []byte) error

	now    time.Time // moment of the edition that first held this document
	record Record    // what was last handed out under this path; zero: unknown
	last   *Content  // the previous bytes, kept until new ones have passed the check

	lazy    *lazy
	mu      sync.Mutex              // held while rendering; guards record and last
	outcome atomic.Pointer[outcome] // nil: not rendered, or forgotten
}

// URL returns the canonical address of the document.
func (d *Document) URL() string { return address(d.in.site, d.Path) }

// Preview reports whether the document is one of a preview.
func (d *Document) Preview() bool { return d.in.settings.Preview }

// outcome is what rendering a document came to: content, an error, or both
// where the content is the previous one.
type outcome struct {
	content *Content
	err     error
}

// Content is what a document says: immutable, to be shared freely.
type Content struct {
	Body     []byte
	Hash     string    // 32 lower-case hexadecimal digits of Body's SHA-256
	Modified time.Time // date of last change: whole seconds, UTC

	// Answer is where a server keeps what it made of the content, to be
	// forgotten together with it.
	Answer atomic.Value

	version *version // of a feed
	deltas  sync.Map // from the hash of a past version to a *Content, nil where there is no delta

	link   string
	record Record
	packed packed
}

// Record is what is remembered of a document between editions and runs.
type Record struct {
	Hash     string    `json:"hash"`     // of the document with a fixed date of last change
	Updated  time.Time `json:"updated"`  // the date inside
	Modified time.Time `json:"modified"` // the date in the header; never before Updated
}

// Dates holds the records of documents by path.
type Dates map[string]Record

// noEntries is the feed-level date of a feed without entries or history. Atom
// wants one (RFC 4287 section 4.1.1); a clock would make the bytes differ from
// one replica to the next. It lies after the date that Thunderbird sends on its
// first contact, so that a new subscriber is not told "not modified".
var noEntries = time.Date(2000, 1, 2, 0, 0, 0, 0, time.UTC)

// Content returns the document's content, rendering it at the first call, and
// again, to the same bytes, after it was forgotten to save memory. Any number of
// goroutines may call it. It fails only where nothing that passed its check was
// ever rendered under this path.
func (d *Document) Content() (*Content, error) {
	o, made := d.outcome.Load(), false
	if o == nil {
		o, made = d.resolve()
	}
	if o.content == nil {
		return nil, o.err
	}
	if made && !d.eager {
		d.lazy.add(d, o.content)
	}
	return o.content, nil
}

// resolve renders the document unless somebody else just did.
func (d *Document) resolve() (o *outcome, made bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if o := d.outcome.Load(); o != nil {
		return o, false
	}
	c, err := d.make()
	if err != nil {
		c, err = d.last, fmt.Errorf("render %s: %w", d.Path, err)
	}
	d.last = nil
	if c != nil {
		d.record = c.record
		d.lazy.date(d.Path, c.record)
	}
	o = &outcome{c, err}
	d.outcome.Store(o)
	return o, true
}

// forget lets the content go, but not what is remembered of it.
func (d *Document) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if o := d.outcome.Load(); o != nil && o.err == nil {
		d.outcome.Store(nil)
	}
}

// Rendered returns the content if anybody has asked for it, else nil.
func (d *Document) Rendered() *Content {
	if o := d.outcome.Load(); o != nil {
		return o.content
	}
	return nil
}

// latest returns the record of what was handed out last under this path.
func (d *Document) latest() Record {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.record
}

// says reports whether d says what o says. Documents that nobody asked for are
// taken to differ when their inputs do.
func (d *Document) says(o *Document) bool {
	if d == o {
		return true
	}
	a, b := d.Rendered(), o.Rendered()
	return a != nil && b != nil && d.Path == o.Path && a.Hash == b.Hash
}

// problem returns why the newest bytes are not published, or nil.
func (d *Document) problem() *blog.Problem {
	o := d.outcome.Load()
	if o == nil || o.err == nil {
		return nil
	}
	return &blog.Problem{Severity: blog.Error, Message: o.err.Error()}
}

// follow returns the successor of before: before itself if it is made of the
// same things, else d, remembering what was handed out. The texts of posts that
// moved say something else now, though the posts are the same.
func (d *Document) follow(before *Document, in Input, moved map[*blog.Post]bool) *Document {
	d.now = in.Now
	if before == nil {
		d.record = in.Dates[d.Path]
		return d
	}
	if before.saysOf(d.posts, d.in, d.place, moved) {
		return before
	}
	d.record, d.last = before.latest(), before.Rendered()
	if d.in == before.in && d.place.name == before.place.name && d.last != nil {
		d.past = remembering(before.past, d.last.version)
	}
	return d
}

// saysOf reports whether d is what would be said of these posts.
func (d *Document) saysOf(posts []*blog.Post, in *inputs, at place, moved map[*blog.Post]bool) bool {
	touched := len(moved) > 0 && slices.ContainsFunc(posts, func(p *blog.Post) bool { return moved[p] })
	return !touched && slices.Equal(posts, d.posts) && in == d.in && at == d.place
}

// make renders and checks the document. It is rendered with a fixed date of last
// change: its hash then tells whether anything else changed, and so which date it
// is to carry.
func (d *Document) make() (*Content, error) {
	body, said, err := d.raw()
	if err != nil {
		return nil, err
	}
	r := d.dated(hash(body))
	if d.last != nil && d.last.record == r && d.last.link == d.Link {
		return d.last.saidAgain(said), nil
	}
	if d.date != nil {
		body = d.date(body, r.Updated)
	}
	if err := d.check(body); err != nil {
		return nil, fmt.Errorf("self-check: %w", err)
	}
	c := &Content{Body: body, Hash: hash(body), Modified: r.Modified, link: d.Link, record: r, packed: newPacked(body)}
	if said != nil {
		c.version = &version{c.Hash, said}
	}
	return c, nil
}

// saidAgain returns the same content for another document, whose entries' texts
// have other serial numbers.
func (c *Content) saidAgain(serials map[string]uint64) *Content {
	again := &Content{Body: c.Body, Hash: c.Hash, Modified: c.Modified, link: c.link, record: c.record, packed: c.packed}
	if serials != nil {
		again.version = &version{c.Hash, serials}
	}
	return again
}

// raw renders the document, with the serial numbers of its entries' texts if it
// is a feed.
func (d *Document) raw() (body []byte, serials map[string]uint64, err error) {
	if d.entries != nil {
		return d.entries.render()
	}
	body, err = d.render()
	return body, nil, err
}

// dated returns the record for content with this hash: the known one while the
// content is what it was; else a later date, by a second at the least, because
// some readers drop an answer whose Last-Modified did not move.
func (d *Document) dated(hash string) Record {
	switch {
	case d.record.Hash == hash:
		return d.record
	case d.record.Hash != "":
		at := d.now.UTC().Truncate(time.Second)
		if next := d.record.Modified.Add(time.Second); at.Before(next) {
			at = next
		}
		return Record{hash, at, at}
	}
	return d.firstDate(hash)
}

// firstDate dates a document that nothing is known of: by its newest entry, and
// in the header by its newest file where that is newer. Dates in the future say
// nothing.
func (d *Document) firstDate(hash string) Record {
	updated, modified := noEntries, noEntries
	for _, p := range d.posts {
		updated = later(updated, p.Updated, d.now)
		modified = later(modified, p.File, d.now)
	}
	updated = updated.UTC().Truncate(time.Second)
	modified = modified.UTC().Truncate(time.Second)
	if modified.Before(updated) {
		modified = updated
	}
	return Record{hash, updated, modified}
}

func later(a, b, limit time.Time) time.Time {
	if b.After(a) && !b.After(limit) {
		return b
	}
	return a
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}
