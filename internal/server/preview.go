package server

import "broadsheet/internal/server/internal/reply"

// private returns what a preview answers instead of found: no cache keeps it, and no
// other site may read it. Documents and files are made so already.
func private(found any) any {
	switch f := found.(type) {
	case *reply.Fixed:
		return f.Private()
	case moved:
		return movedPrivately{f}
	}
	return found
}
