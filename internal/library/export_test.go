package library

import "broadsheet/internal/source"

// BuildWhole makes a library without regard to how little changed.
var BuildWhole = build

// Present is what Build makes of files first.
func (l *Library) Present(files []source.File) []source.File { return l.present(files) }

// Held reports whether the library shows what the one before did; see held.
func (l *Library) Held() bool { return !l.heldSince.IsZero() }
