package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/coding"
)

// Document is one URL of an edition. Its exported fields never change.
type Document struct {
	Path        string // canonical path below the base URL, e.g. "/rss.xml"
	ContentType string // e.g. "application/rss+xml; charset=utf-8"

	ours      string // path of a feed by its slice and format, which a generator's path may take the place of
	root      string // folder of the feed whose documents these are; empty: none
	isPage    bool
	eager     bool // rendered before the edition is published
	leisurely bool // never rendered before somebody asks, unless it is eager
	posts     []*blog.Post
	in        *inputs
	texts     *texts
	edition   *Edition
	place     place                  // within the history of its feed
	render    func() ([]byte, error) // nil: a feed of entries
	entries   *entries               // of a feed
	versions  blog.Key               // of a feed: past versions with another one are those of another feed
	check     func(document []byte) error

	mu      sync.Mutex              // held while rendering; guards what is below
	before  *Record                 // what was handed out under this path by the first time that it was dated; nil: it was not yet
	record  Record                  // what is handed out; without a hash: nothing yet
	outcome atomic.Pointer[outcome] // nil: not rendered, or forgotten
}

// URL returns the canonical address of the document.
func (d *Document) URL() string { return absolute(d.in.site, d.Path) }

// Link returns the value of the Link header field (RFC 8288); empty: none.
func (d *Document) Link() string {
	switch {
	case d.entries != nil:
		return links(d.entries.part, d.in, d.entries.format)
	case d.isPage:
		return d.in.linksAt(d.root)
	}
	return ""
}

// Preview reports whether the document is one of a preview.
func (d *Document) Preview() bool { return d.in.settings.Preview }

// outcome is what rendering a document came to: content, an error, or both
// where the content is the previous one.
type outcome struct {
	content *Content
	key     blog.Key // of what it is made of; zero: that could not be told
	err     error
}

// Content is what a document says: immutable, to be shared freely.
type Content struct {
	Body     []byte
	Hash     string    // 32 lower-case hexadecimal digits of Body's SHA-256
	Modified time.Time // when the bytes last changed: a whole second, UTC; see Record

	// Answer is where a server keeps what it made of the content, to be
	// forgotten together with it.
	Answer atomic.Value

	version *version // of a feed
	deltas  sync.Map // from the hash of a past version to a *Content, nil where there is no delta

	link   string
	packed coding.Packed
	used   *atomic.Bool // see item
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

// noEntries is the date of a feed without entries. Atom wants one (RFC 4287
// section 4.1.1); a clock would make the bytes differ from one replica to the next.
// It lies after the date that Thunderbird sends on its first contact, so that a
// new subscriber is not told "not modified".
var noEntries = time.Date(2000, 1, 2, 0, 0, 0, 0, time.UTC)

// Content returns the document's content, rendering it at the first call, and
// again, to the same bytes, after it was forgotten to save memory. Any number of
// goroutines may call it. It fails only where nothing that passed its check was
// ever rendered under this path. What is handed out is published: the first call
// publishes an edition that nobody has published.
func (d *Document) Content() (*Content, error) {
	d.edition.publishOnce()
	o := d.outcome.Load()
	if o == nil {
		o = d.handOut()
	}
	if o.content == nil {
		return nil, o.err
	}
	if !o.content.used.Load() {
		o.content.used.Store(true)
	}
	return o.content, nil
}

// prepare renders the document before anybody asks. An error stays with it, for
// Problems to tell.
func (d *Document) prepare() {
	d.mu.Lock()
	defer d.mu.Unlock()
	o := d.resolve()
	if o.content != nil && d.eager {
		o.content.In(Gzip)
	}
}

// handOut renders the document, and notes what is handed out.
func (d *Document) handOut() *outcome {
	d.mu.Lock()
	defer d.mu.Unlock()
	o := d.resolve()
	if o.content == nil || d.superseded() {
		return o
	}
	r := Record{o.content.Hash, o.content.Modified}
	if keep := d.edition.keep; r != *d.before && keep != nil && r != d.record {
		keep(d.Path, r)
	}
	d.record = r
	d.note(o)
	return o
}

// note has the cache remember what the document came to. The caller holds its lock.
func (d *Document) note(o *outcome) {
	d.edition.cache.keep(d, o.key, o.content)
	d.edition.remember(d.Path, Record{o.content.Hash, o.content.Modified})
}

// superseded reports whether a later edition was published.
func (d *Document) superseded() bool { return d.edition.cache.published.Load() > d.edition.number }

// resolve renders the document, unless that was done. The caller holds its lock.
func (d *Document) resolve() *outcome {
	if o := d.outcome.Load(); o != nil {
		return o
	}
	known := d.edition.cache.document(d.Path)
	o, err := d.make(known)
	if err != nil {
		o = &outcome{err: fmt.Errorf("render %s: %w", d.Path, err)}
		if known != nil {
			o.content = known.content
		}
	}
	d.outcome.Store(o)
	return o
}

// forget lets the content go, but not what is remembered of it.
func (d *Document) forget(c *Content) {
	if o := d.outcome.Load(); o != nil && o.content == c && o.err == nil {
		d.outcome.CompareAndSwap(o, nil)
		d.edition.forget(d)
	}
}

// Rendered returns the content if anybody has asked for it, else nil.
func (d *Document) Rendered() *Content {
	if o := d.outcome.Load(); o != nil {
		return o.content
	}
	return nil
}

// latest returns the record of what is handed out under this path.
func (d *Document) latest() Record {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.record.Hash != "" {
		return d.record
	}
	return d.beforeIt()
}

// beforeIt returns the record of what was handed out under this path before. The
// caller holds the lock.
func (d *Document) beforeIt() Record {
	if d.before == nil {
		r := d.edition.recordOf(d.Path)
		if r.Hash == "" && d.ours != "" {
			r = d.edition.recordOf(d.ours)
		}
		d.before = &r
	}
	return *d.before
}

// problem returns why the newest bytes are not published, or nil. What is wrong
// with the text of a post is not said again for each of its documents.
func (d *Document) problem() *blog.Problem {
	o := d.outcome.Load()
	var ofPost blog.Problem
	if o == nil || o.err == nil || errors.As(o.err, &ofPost) && ofPost.File != "" {
		return nil
	}
	p := &blog.Problem{Severity: blog.Error, Message: o.err.Error()}
	if len(d.posts) == 1 {
		p.File = d.posts[0].Path
	}
	return p
}

// make renders, dates and checks the document; from what was handed out last under
// its path, if that is made of the same. A panic is an error like others.
func (d *Document) make(known *printed) (o *outcome, err error) {
	defer recovered(&err)
	if key, ok := d.key(); ok && known != nil && known.key == key {
		return &outcome{content: d.again(known.content, nil), key: key}, nil
	}
	body, said, err := d.raw()
	if err != nil {
		return nil, err
	}
	key, _ := d.key() // known now, but for texts that wait
	hash := hash(body)
	if known != nil && known.content.Hash == hash && known.content.link == d.Link() {
		return &outcome{content: d.again(known.content, said), key: key}, nil
	}
	if err := d.check(body); err != nil {
		return nil, fmt.Errorf("self-check: %w", err)
	}
	c := &Content{Body: body, Hash: hash, Modified: d.dated(hash, d.edition.Published).Modified, link: d.Link(), packed: coding.Pack(body), used: new(atomic.Bool)}
	if said != nil {
		c.version = &version{c.Hash, said}
	}
	return &outcome{content: c, key: key}, nil
}

// again returns the same content for this document: the very same unless it has
// another date, or its entries are said to be other versions.
func (d *Document) again(c *Content, said map[string]blog.Key) *Content {
	modified := d.dated(c.Hash, d.edition.Published).Modified
	if modified.Equal(c.Modified) && (said == nil || c.version == nil || maps.Equal(said, c.version.entries)) {
		return c
	}
	if said == nil {
		return c.redated(modified, c.version)
	}
	return c.redated(modified, &version{c.Hash, said})
}

// redated returns the same content with another date and version.
func (c *Content) redated(modified time.Time, v *version) *Content {
	return &Content{Body: c.Body, Hash: c.Hash, Modified: modified, link: c.link, packed: c.packed, version: v, used: new(atomic.Bool)}
}

// raw renders the document, with the keys of its entries if it is a feed.
func (d *Document) raw() (body []byte, said map[string]blog.Key, err error) {
	if d.entries != nil {
		return d.entries.render()
	}
	body, err = d.render()
	return body, nil, err
}

// dated returns the record for content with this hash, published at a moment: the
// known one while the content is what it was, else one that moves forward. Whoever
// still asks an edition that was superseded for bytes that nobody has seen gets them
// with a date that hides no later ones. The caller holds the lock.
func (d *Document) dated(hash string, at time.Time) Record {
	before := d.beforeIt()
	for _, known := range []Record{d.record, before} {
		if known.Hash == hash {
			return known
		}
	}
	switch {
	case d.superseded():
		return Record{hash, d.earliest()}
	case before.Hash != "":
		return Record{hash, following(before.Modified, at)}
	}
	return d.firstDate(hash, at)
}

// following returns the date of bytes that replace those of a date at a moment.
// It is the end of the moment's second, since within that second the bytes before
// may still have been handed out; and a second after the last date, because some
// readers drop an answer whose date did not move. Of several changes in a second
// that would run ahead of the clock: from the second one on they share a date,
// which is two seconds away at the most. It is further only if the clock went back.
func following(last, moment time.Time) time.Time {
	end := moment.UTC().Truncate(time.Second).Add(time.Second)
	switch {
	case last.Before(end):
		return end
	case last.After(end.Add(time.Second)):
		return last.Add(time.Second)
	}
	return end.Add(time.Second)
}

// earliest returns the date that the document has passed already.
func (d *Document) earliest() time.Time {
	if before := d.beforeIt(); before.Modified.After(noEntries) {
		return before.Modified
	}
	return noEntries
}

// firstDate dates a document that was never handed out: by its newest entry or
// file, and no earlier than the date it is known to have passed. Dates in the future
// say nothing.
func (d *Document) firstDate(hash string, at time.Time) Record {
	modified := d.earliest()
	for _, p := range d.posts {
		modified = later(later(modified, p.Updated, at), p.File, at)
	}
	if whole := modified.Truncate(time.Second); !whole.Equal(modified) {
		modified = whole.Add(time.Second)
	}
	return Record{hash, modified.UTC()}
}

// publish dates the document, which is rendered, for it is published at this moment,
// and has it remembered. It returns what is new to keep.
func (d *Document) publish(at time.Time) (r Record, isNew bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o := d.outcome.Load()
	if o == nil || o.content == nil {
		return Record{}, false
	}
	if !d.edition.noted {
		d.before = nil // something else may have been handed out meanwhile
	}
	if o.err == nil {
		d.record = Record{}
		d.record = d.dated(o.content.Hash, at)
		if !d.record.Modified.Equal(o.content.Modified) {
			o = &outcome{o.content.redated(d.record.Modified, o.content.version), o.key, nil}
			d.outcome.Store(o)
		}
	} else {
		d.record = Record{o.content.Hash, o.content.Modified}
	}
	d.note(o)
	return d.record, d.record != d.beforeIt()
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
