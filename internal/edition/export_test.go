package edition

// LimitMemory lowers what is kept of documents rendered on demand, so that a
// test need not fill it.
func (e *Edition) LimitMemory(bytes int) { e.cache.kept.SetLimit(bytes) }

// Aliases are all folded paths that Find knows, with the canonical ones.
func (e *Edition) Aliases() map[string]string { return e.aliases() }

// PublishOnce publishes the edition as the first reader does.
func (e *Edition) PublishOnce() { e.publishOnce() }

// Files are those that Write makes of each document.
func (e *Edition) Files() map[string][]string { return e.layout().Files }

// Planned is how many terms had their documents made.
func (e *Edition) Planned() int { return e.planned.Len() }
