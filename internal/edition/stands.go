package edition

// Stands reports whether New would make the same edition again of what e was made of, so
// that e may stay in the place of the next one. It would not if a text has come late
// since, or if something could not be rendered, which is then to be tried again.
func (e *Edition) Stands() bool {
	all := e.cache.bodies
	if all.HasLate() || all.Mends() != e.mends || e.bodies.HasFailures() {
		return false
	}
	faulty := false
	e.publishing.Lock()
	defer e.publishing.Unlock()
	e.rendered(func(d *Document) {
		if o := d.outcome.Load(); o != nil && o.err != nil {
			faulty = true
		}
	})
	return !faulty
}
