package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
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

	ours      string // path of a feed by its slice and format, which a generator's path may take the place of
	root      string // folder of the feed whose documents these are; empty: none
	eager     bool   // rendered before the edition is published
	leisurely bool   // never rendered before somebody asks, unless it is eager
	posts     []*blog.Post
	in        *inputs
	place     place                  // within the history of its feed
	render    func() ([]byte, error) // nil: a feed of entries
	entries   *entries               // of a feed
	past      []*version             // of a feed, the newest last
	check     func(document []byte) error

	now    time.Time // when the document was published
	before Record    // what was handed out under this path by then; without a hash: nothing
	last   *Content  // the previous bytes, kept until new ones have passed the check

	lazy    *lazy
	mu      sync.Mutex              // held while rendering; guards what is below, last, and now
	record  Record                  // what is handed out; without a hash: nothing yet
	retired bool                    // there is a successor, which follows from what was handed out until then
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
	Modified time.Time // when the bytes last changed: a whole second, UTC; see Record

	// Answer is where a server keeps what it made of the content, to be
	// forgotten together with it.
	Answer atomic.Value

	version *version // of a feed
	deltas  sync.Map // from the hash of a past version to a *Content, nil where there is no delta

	link   string
	packed packed
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
// ever rendered under this path.
func (d *Document) Content() (*Content, error) {
	o, made := d.outcome.Load(), false
	if o == nil {
		o, made = d.resolve(d.lazy.keep)
	}
	if o.content == nil {
		return nil, o.err
	}
	if made && !d.eager {
		d.lazy.add(d, o.content)
	}
	return o.content, nil
}

// prepare renders the document before anybody asks. An error stays with it, for
// Problems to tell.
func (d *Document) prepare() {
	o, made := d.resolve(nil)
	switch {
	case o.content == nil:
	case d.eager:
		o.content.In(Gzip)
	case made:
		d.lazy.add(d, o.content)
	}
}

// resolve renders the document unless somebody else just did. What is to be
// remembered of it is kept first, unless keep is nil.
func (d *Document) resolve(keep func(path string, r Record)) (o *outcome, made bool) {
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
		r := Record{c.Hash, c.Modified}
		if r != d.record && !d.retired && keep != nil {
			keep(d.Path, r)
		}
		d.record = r
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

// latest returns the record of what is handed out under this path.
func (d *Document) latest() Record {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.latestLocked()
}

func (d *Document) latestLocked() Record {
	if d.record.Hash != "" {
		return d.record
	}
	return d.before
}

// retire returns the same for a successor to follow from. Whoever still asks d
// for bytes that nobody has seen gets them with a date that hides no later ones.
func (d *Document) retire() Record {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.retired = true
	return d.latestLocked()
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

// follow returns the successor of before: before itself if it is made of the
// same things, else d, remembering what was handed out. The texts of posts that
// moved say something else now, though the posts are the same.
func (d *Document) follow(before *Document, in Input, moved map[*blog.Post]bool) *Document {
	d.now = in.Now
	if before == nil {
		if in.Dates != nil {
			if d.before = in.Dates(d.Path); d.before.Hash == "" && d.ours != "" {
				d.before = in.Dates(d.ours)
			}
		}
		return d
	}
	if before.saysOf(d.posts, d.in, d.place, moved) {
		return before
	}
	d.before, d.last = before.retire(), before.Rendered()
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

// make renders, dates and checks the document. A panic is an error like others.
func (d *Document) make() (c *Content, err error) {
	defer recovered(&err)
	body, said, err := d.raw()
	if err != nil {
		return nil, err
	}
	r := d.dated(hash(body))
	if d.last != nil && d.last.Hash == r.Hash && d.last.link == d.Link {
		return d.last.saidAgain(said), nil
	}
	if err := d.check(body); err != nil {
		return nil, fmt.Errorf("self-check: %w", err)
	}
	c = &Content{Body: body, Hash: r.Hash, Modified: r.Modified, link: d.Link, packed: newPacked(body)}
	if said != nil {
		c.version = &version{c.Hash, said}
	}
	return c, nil
}

// saidAgain returns the same content for another document, whose entries' texts
// have other serial numbers.
func (c *Content) saidAgain(serials map[string]uint64) *Content {
	again := &Content{Body: c.Body, Hash: c.Hash, Modified: c.Modified, link: c.link, packed: c.packed}
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
// content is what it was, else one that moves forward.
func (d *Document) dated(hash string) Record {
	for _, known := range []Record{d.record, d.before} {
		if known.Hash == hash {
			return known
		}
	}
	switch {
	case d.retired:
		return Record{hash, d.earliest()}
	case d.before.Hash != "":
		return Record{hash, following(d.before.Modified, d.now)}
	}
	return d.firstDate(hash)
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
	if d.before.Modified.After(noEntries) {
		return d.before.Modified
	}
	return noEntries
}

// firstDate dates a document that was never handed out: by its newest entry or
// file, and no earlier than the date it is known to have passed. Dates in the future
// say nothing.
func (d *Document) firstDate(hash string) Record {
	modified := d.earliest()
	for _, p := range d.posts {
		modified = later(later(modified, p.Updated, d.now), p.File, d.now)
	}
	if whole := modified.Truncate(time.Second); !whole.Equal(modified) {
		modified = whole.Add(time.Second)
	}
	return Record{hash, modified.UTC()}
}

// publish dates the document anew, for it is published at this moment. Nobody has
// seen it.
func (d *Document) publish(at time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = at
	o := d.outcome.Load()
	if o == nil || o.err != nil || o.content.Hash == d.before.Hash {
		return
	}
	d.record = Record{}
	d.record = d.dated(o.content.Hash)
	o.content.Modified = d.record.Modified
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
