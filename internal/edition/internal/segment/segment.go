// Package segment splits feeds into documents (RFC 5005 section 4).
//
// In go the posts of a term; out come segments: the newest posts, which the feed itself
// holds, and the archives of the older ones. Every post is in exactly one segment.
package segment

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/term"
)

// Segment is what one document of a feed holds.
type Segment struct {
	Term    term.Key
	Name    string   // of the term
	Names   []string // what else than its slug its posts call it
	Root    string   // folder of the segment's documents
	Posts   []*blog.Post
	Archive bool // it is an archive of older posts

	Previous, Next, Current string // roots of other segments; empty: none
}

// Complete reports whether the segment holds the whole feed.
func (s Segment) Complete() bool { return !s.Archive && s.Previous == "" }

// Split returns the segments of a term of which the feed itself holds the newest posts:
// that segment first, the oldest archive last. A full archive holds so many posts.
//
// Archives are filled from the oldest post on and counted from 1. A full one never
// changes again, however many posts come; to that end the newest archive is never full,
// and may be empty. There are none or at least two, since readers take an archive without
// a neighbour for an incomplete feed.
func Split(t *term.Term, newest, full int) []Segment {
	root, older := t.Root(), t.Posts[newest:]
	current := Segment{Term: t.Key, Name: t.Name, Names: t.Names, Root: root, Posts: t.Posts[:newest]}
	if len(older) == 0 {
		return []Segment{current}
	}
	last := Archives(len(older), full)
	current.Previous = paths.ArchiveOf(root, last)
	all := []Segment{current}
	for n := last; n >= 1; n-- {
		from, to := max(0, len(older)-n*full), max(0, len(older)-(n-1)*full)
		archive := Segment{
			Term: t.Key, Name: t.Name, Root: paths.ArchiveOf(root, n), Posts: older[from:to], Archive: true,
			Previous: paths.ArchiveOf(root, n-1), Current: root,
		}
		if n < last {
			archive.Next = paths.ArchiveOf(root, n+1)
		}
		all = append(all, archive)
	}
	return all
}

// Archives returns how many archives there are of so many older posts.
func Archives(older, full int) int {
	if older == 0 {
		return 0
	}
	return max(2, older/full+1)
}

// Fit returns how many of the posts fit into a feed of at most so many entries and bytes,
// given the size of each entry; at least one if there is any. Bytes less than 0 are no
// limit.
func Fit(posts []*blog.Post, entries, bytes int, size func(*blog.Post) int) int {
	most, sum := min(len(posts), entries), 0
	if bytes < 0 {
		return most
	}
	for i, p := range posts[:most] {
		sum += size(p)
		if sum > bytes && i > 0 {
			return i
		}
	}
	return most
}
