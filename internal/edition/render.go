package edition

import (
	"errors"
	"fmt"
	"time"
	"weak"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/bodies"
	"broadsheet/internal/edition/internal/content"
	"broadsheet/internal/edition/internal/dates"
	"broadsheet/internal/edition/internal/delta"
	"broadsheet/internal/edition/internal/fault"
)

// Content returns the document's content. The first call renders it; so does a call after
// the content was forgotten to save memory, to the same bytes. Any number of goroutines
// may call it. It fails only if nothing that passed its check was ever rendered under this
// path. What is handed out is published: the first call publishes an edition that nobody
// has published.
func (d *Document) Content() (*Content, error) {
	d.edition.publishOnce()
	o := d.outcome.Load()
	if o == nil {
		o = d.handOut()
	}
	if o.content == nil {
		return nil, o.err
	}
	o.content.Use()
	return o.content, nil
}

// prepare renders the document before anybody asks. An error stays with it, and Problems
// tells it.
func (d *Document) prepare() {
	d.mu.Lock()
	defer d.mu.Unlock()
	o := d.resolve()
	if o.content != nil && d.when == always && d.edition.cache.documents.Compresses(d.Path) {
		o.content.Prepare(Gzip)
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
	r := Record{Hash: o.content.Hash, Modified: o.content.Modified}
	if r != d.beforeIt() && r != d.record && d.edition.keep != nil {
		d.edition.keep(d.Path, r)
	}
	d.record = r
	d.note(o)
	return o
}

// note has the cache remember the content of the document, which is handed out. The caller
// holds the lock of the document.
func (d *Document) note(o *outcome) {
	cache := d.edition.cache
	cache.documents.Keep(content.Owner{
		Path: d.Path, Identity: weak.Make(d), Versions: d.versions, Pinned: d.when == always, Forget: forgetIn(weak.Make(d)),
	}, o.key, o.content)
	if d.edition.keep == nil { // nobody else remembers it
		cache.history.Remember(d.Path, Record{Hash: o.content.Hash, Modified: o.content.Modified})
	}
}

// superseded reports whether a later edition was published.
func (d *Document) superseded() bool { return d.edition.cache.history.IsSuperseded(d.edition.number) }

// resolve renders the document, unless that was done. The caller holds its lock.
func (d *Document) resolve() *outcome {
	if o := d.outcome.Load(); o != nil {
		return o
	}
	known := d.edition.cache.documents.Last(d.Path)
	o, err := d.make(known)
	if err != nil {
		o = &outcome{err: fmt.Errorf("render %s: %w", d.Path, err)}
		if known != nil {
			o.content = known.Content
		}
		if bodies.IsTemporary(err) { // the text may be there again at the next request
			return o
		}
	}
	d.outcome.Store(o)
	return o
}

// forgetIn returns what lets the content of a document go. The cache outlives editions: if it
// held on to a document, the whole edition would stay, and its library.
func forgetIn(document weak.Pointer[Document]) func(*Content) {
	return func(c *Content) { document.Value().forget(c) }
}

// forget lets the content go, but not what is remembered of it.
func (d *Document) forget(c *Content) {
	if d == nil { // it is gone
		return
	}
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

// problem returns why the newest bytes are not published, or nil. What is wrong with the
// text of a post is told once, and not for each of its documents.
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

// make renders, dates and checks the document. What was handed out last under its path is
// reused if it is made of the same. A panic is an error like others.
func (d *Document) make(known *content.Known) (o *outcome, err error) {
	defer fault.Recover(&err)
	if key, ok := d.key(); ok && known != nil && known.Key == key {
		return &outcome{content: d.reuse(known.Content, nil), key: key}, nil
	}
	misses := d.edition.bodies.Misses()
	body, said, err := d.renderBody()
	if err != nil {
		return nil, err
	}
	var key blog.Key // of what misses a text: none, or it would be that of the whole
	if d.edition.bodies.Misses() == misses {
		key, _ = d.key() // known now, but for texts that wait
	}
	hash := content.HashOf(body)
	if said != nil {
		said.Hash = hash
	}
	if known != nil && known.Content.Hash == hash && known.Content.Link() == d.Link() {
		return &outcome{content: d.reuse(known.Content, said), key: key}, nil
	}
	if d.check != nil {
		if err := d.check(body); err != nil {
			return nil, fmt.Errorf("self-check: %w", err)
		}
	}
	o = &outcome{key: key, content: content.New(content.Options{
		Body: body, Hash: hash, Modified: d.dated(hash, d.edition.Published).Modified, Link: d.Link(), Version: said,
	})}
	return o, nil
}

// reuse returns the same content for this document: the very same unless it has another
// date, or its entries are said to be other versions.
func (d *Document) reuse(c *Content, said *delta.Version) *Content {
	modified := d.dated(c.Hash, d.edition.Published).Modified
	if said == nil {
		said = c.Version()
	}
	if modified.Equal(c.Modified) && (c.Version() == nil || c.Version().Says(said.Entries)) {
		return c
	}
	return c.Redated(modified, said)
}

// renderBody renders the document, and tells its entries if it is a feed.
func (d *Document) renderBody() (body []byte, said *delta.Version, err error) {
	if d.feed == nil {
		body, err = d.render()
		return body, nil, err
	}
	body, keys, err := d.feed.Render(d.edition.entries)
	return body, &delta.Version{Entries: keys}, err
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

// beforeIt returns the record of what was handed out under this path before. The caller
// holds the lock.
func (d *Document) beforeIt() Record {
	if d.before == nil {
		r := d.edition.recordOf(d.Path)
		if r.Hash == "" && d.feed != nil {
			r = d.edition.recordOf(d.feed.OwnPath())
		}
		d.before = &r
	}
	return *d.before
}

// dated returns the record for content with this hash, published at a moment. The caller
// holds the lock.
func (d *Document) dated(hash string, at time.Time) Record {
	change := dates.Change{Hash: hash, At: at, Posts: d.posts, Superseded: d.superseded()}
	return dates.Next(change, d.record, d.beforeIt())
}

// publish dates the document if it is rendered, since it is published at this moment, and
// has it remembered. It returns what is new to keep.
func (d *Document) publish(at time.Time) (r Record, isNew bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	o := d.outcome.Load()
	if o == nil || o.content == nil {
		return Record{}, false
	}
	if !d.edition.out.Load() {
		d.before = nil // something else may have been handed out meanwhile
	}
	d.record = Record{Hash: o.content.Hash, Modified: o.content.Modified}
	if o.err == nil {
		d.record = Record{}
		d.record = d.dated(o.content.Hash, at)
	}
	if !d.record.Modified.Equal(o.content.Modified) {
		o = &outcome{content: o.content.Redated(d.record.Modified, o.content.Version()), key: o.key}
		d.outcome.Store(o)
	}
	d.note(o)
	return d.record, d.record != d.beforeIt()
}
