package library

import (
	"iter"

	"broadsheet/internal/library/internal/former"
)

// handOver takes from each post the former addresses that others bear now. An
// address leads to the post that bore it last, also once that has left it.
func (l *Library) handOver() {
	for path, k := range l.addressed().HandedOver() {
		l.ids.Set(path, k)
	}
}

// formerOf returns which of these files have posts with other addresses; sorted.
func (l *Library) formerOf(paths iter.Seq[string]) []string { return l.addressed().Which(paths) }

// Addresses returns those that public posts have now, by path below the site.
func (l *Library) Addresses() map[string]bool { return l.addressed().Addresses() }

// Redirects returns where former addresses of posts lead now, by path below the
// site: those that front matter names, and permalinks that changed while somebody
// was looking.
func (l *Library) Redirects() map[string]string { return l.addressed().Redirects(l.site) }

// addressed returns the posts with the addresses that they have, and had.
func (l *Library) addressed() former.Posts {
	return former.Posts{IDs: l.ids, Public: l.linked, Former: l.former}
}
