package edition

import (
	"slices"
	"time"

	"broadsheet/internal/blog"
)

// Publish notes that e is handed out from about this moment on: within a second, or else
// Publish is called again. Nobody else may know e yet. It dates the documents that are
// rendered, and returns the records of those that are new. They are to be kept before e
// is handed out.
func (e *Edition) Publish(at time.Time) Dates {
	e.publishing.Lock()
	defer e.publishing.Unlock()
	return e.publish(at)
}

func (e *Edition) publish(at time.Time) Dates {
	e.Published = at
	e.cache.history.Publish(e.number)
	dates := Dates{}
	for _, d := range e.rendered() {
		if r, isNew := d.publish(at); isNew {
			dates[d.Path] = r
		}
	}
	e.bodies.Pin()
	e.planned.Bound()
	e.out.Store(true)
	return dates
}

// publishOnce publishes the edition unless that was done.
func (e *Edition) publishOnce() {
	if e.out.Load() {
		return
	}
	e.publishing.Lock()
	defer e.publishing.Unlock()
	if e.out.Load() {
		return
	}
	for path, r := range e.publish(e.Published) {
		if e.keep != nil {
			e.keep(path, r)
		}
	}
}

// recordOf returns what was handed out last under a path.
func (e *Edition) recordOf(path string) Record {
	r, known := e.cache.history.Record(path)
	if !known && e.dates != nil {
		return e.dates(path)
	}
	return r
}

// Dates returns the records of all documents that have one, to be remembered for later
// runs. It publishes the edition.
func (e *Edition) Dates() Dates {
	e.publishOnce()
	dates := Dates{}
	for _, d := range e.Documents() {
		if r := d.latest(); r.Hash != "" {
			dates[d.Path] = r
		}
	}
	return dates
}

// Problems returns what is wrong with the documents that were rendered so far: those that
// failed their check, and what the texts of their posts were found to hold.
func (e *Edition) Problems() []blog.Problem {
	problems := e.bodies.Problems()
	e.publishing.Lock()
	defer e.publishing.Unlock()
	for _, d := range e.rendered() {
		if p := d.problem(); p != nil {
			problems = append(problems, *p)
		}
	}
	blog.SortProblems(problems)
	return problems
}

// rendered returns the documents that may have been asked for. The caller holds the lock.
func (e *Edition) rendered() []*Document {
	all := slices.Concat(e.top.Order, e.planned.All())
	if e.pages != nil {
		for _, d := range e.pages.made.Range {
			all = append(all, d.(*Document)) //nolint:forcetypeassert // nothing else is stored
		}
	}
	return all
}

// forget lets go of a document that can be made again.
func (e *Edition) forget(d *Document) {
	if e.pages != nil {
		e.pages.made.Delete(d.Path)
	}
}
