package edition

import "slices"

// Stands reports whether New would make the same edition again of what e was made of, so
// that e may stay in the place of the next one. It would not if a text has come late
// since, or if something could not be rendered, which is then to be tried again.
func (e *Edition) Stands() bool {
	all := e.cache.bodies
	if all.HasLate() || all.Mends() != e.mends || e.bodies.HasFailures() {
		return false
	}
	e.publishing.Lock()
	defer e.publishing.Unlock()
	return !slices.ContainsFunc(e.rendered(), (*Document).isFaulty)
}

// isFaulty reports whether the document could not be rendered.
func (d *Document) isFaulty() bool {
	o := d.outcome.Load()
	return o != nil && o.err != nil
}
