package edition

// Stands reports whether New would make the same edition again of what e was made of, so
// that e may stay in the place of the next one. It would not if a text has come late
// since, or if something could not be rendered, which is then to be tried again.
func (e *Edition) Stands() bool {
	c := e.cache
	c.mu.Lock()
	late := c.late > 0 || c.mends != e.mends
	c.mu.Unlock()
	e.texts.mu.Lock()
	faulty := len(e.texts.failed) > 0
	e.texts.mu.Unlock()
	if late || faulty {
		return false
	}
	e.publishing.Lock()
	defer e.publishing.Unlock()
	e.rendered(func(d *Document) {
		if o := d.outcome.Load(); o != nil && o.err != nil {
			faulty = true
		}
	})
	return !faulty
}
