package edition

import (
	"time"

	"broadsheet/internal/edition/internal/dates"
)

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
		if r.Hash == "" && d.ownPath != "" {
			r = d.edition.recordOf(d.ownPath)
		}
		d.before = &r
	}
	return *d.before
}

// dated returns the record for content with this hash, published at a moment: the known
// record while the content is what it was, or else one with a later date. An edition that
// was superseded may still be asked for bytes that nobody has seen; their date hides no
// later bytes. The caller holds the lock.
func (d *Document) dated(hash string, at time.Time) Record {
	before := d.beforeIt()
	for _, known := range []Record{d.record, before} {
		if known.Hash == hash {
			return known
		}
	}
	switch {
	case d.superseded():
		return Record{hash, d.passed()}
	case before.Hash != "":
		return Record{hash, dates.Following(before.Modified, at)}
	}
	return Record{hash, dates.First(d.passed(), d.posts, at)}
}

// passed returns the date that the document has passed already.
func (d *Document) passed() time.Time {
	before := d.beforeIt()
	if before.Modified.After(dates.None) {
		return before.Modified
	}
	return dates.None
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
