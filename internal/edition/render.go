package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync/atomic"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/bodies"
	"broadsheet/internal/edition/internal/coding"
	"broadsheet/internal/edition/internal/delta"
	"broadsheet/internal/edition/internal/fault"
)

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
	if o.content != nil && d.when == always {
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
	keep := d.edition.keep
	if keep != nil && r != *d.before && r != d.record {
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
		if bodies.IsTemporary(err) { // the text may be there again at the next request
			return o
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
func (d *Document) make(known *cached) (o *outcome, err error) {
	defer fault.Recover(&err)
	if key, ok := d.key(); ok && known != nil && known.key == key {
		return &outcome{content: d.reuse(known.content, nil), key: key}, nil
	}
	body, said, err := d.renderBody()
	if err != nil {
		return nil, err
	}
	key, _ := d.key() // known now, but for texts that wait
	hash := hash(body)
	if known != nil && known.content.Hash == hash && known.content.link == d.Link() {
		return &outcome{content: d.reuse(known.content, said), key: key}, nil
	}
	if d.check != nil {
		if err := d.check(body); err != nil {
			return nil, fmt.Errorf("self-check: %w", err)
		}
	}
	c := &Content{
		Body: body, Hash: hash, Modified: d.dated(hash, d.edition.Published).Modified,
		link: d.Link(), packed: coding.Pack(body), used: new(atomic.Bool),
	}
	if said != nil {
		c.version = &delta.Version{Hash: c.Hash, Entries: said}
	}
	return &outcome{content: c, key: key}, nil
}

// reuse returns the same content for this document: the very same unless it has
// another date, or its entries are said to be other versions.
func (d *Document) reuse(c *Content, said map[string]blog.Key) *Content {
	modified := d.dated(c.Hash, d.edition.Published).Modified
	if modified.Equal(c.Modified) && (said == nil || c.version == nil || c.version.Says(said)) {
		return c
	}
	if said == nil {
		return c.redated(modified, c.version)
	}
	return c.redated(modified, &delta.Version{Hash: c.Hash, Entries: said})
}

// renderBody renders the document, with the keys of its entries if it is a feed.
func (d *Document) renderBody() (body []byte, said map[string]blog.Key, err error) {
	if d.feed == nil {
		body, err = d.render()
		return body, nil, err
	}
	list, keys, err := d.edition.entries.Load(d.posts)
	if err != nil {
		return nil, nil, err
	}
	body, err = d.feed.Format.Render(d.feed.Channel(), list)
	return body, keys, err
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}
