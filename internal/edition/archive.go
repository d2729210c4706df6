package edition

import (
	"path"
	"strconv"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
)

// part is what one document of a slice holds: the newest posts, or an archive
// of older ones (RFC 5005 section 4). Every post of the slice is in exactly one
// part.
type part struct {
	of      key
	root    string // folder of the part's documents
	name    string // of the slice
	posts   []*blog.Post
	archive bool

	previous, next, current string // roots of other parts; empty: none
}

// place is what the bytes of a part follow from besides its posts.
type place struct {
	archive, complete bool
	previous, next    string
	name              string // of the slice
	names             *names // of the slices, where the document lists them

	number, of   int        // of a page among several
	isPost       bool       // the page of a post
	unlisted     bool       // that of one which no list leads to
	newer, older *blog.Post // that it leads to
	counts       *counts    // of the posts by year
}

func (p part) place() place {
	return place{archive: p.archive, complete: p.complete(), previous: p.previous, next: p.next, name: p.name}
}

// complete reports whether the part is all there is.
func (p part) complete() bool { return !p.archive && p.previous == "" }

// parts splits a slice: the newest posts first, as many as the settings let into
// a feed, then the archives, the oldest one last. Archives are filled from the oldest post on and counted from 1, so
// that a full one never changes again, however many posts come; to that end the
// newest archive is never full, and may be empty. There are two at the least.
func (s *slice) parts(o Settings) []part {
	root, archiveSize := s.root(), o.ArchiveItems
	current := part{of: s.key(), root: root, name: s.name, posts: s.newest(o)}
	older := s.posts[len(current.posts):]
	if len(older) == 0 {
		return []part{current}
	}
	last := max(2, len(older)/archiveSize+1) // an archive without a neighbour is taken for a feed that lacks some
	current.previous = archiveRoot(root, last)
	all := []part{current}
	for n := last; n >= 1; n-- {
		from, to := max(0, len(older)-n*archiveSize), max(0, len(older)-(n-1)*archiveSize)
		all = append(all, part{
			of:   s.key(),
			root: archiveRoot(root, n), name: s.name, posts: older[from:to], archive: true,
			previous: archiveRoot(root, n-1), next: nextArchive(root, n, last), current: root,
		})
	}
	return all
}

// newest returns the posts that fit into a feed by their number and by their
// weight, and the newest of all in any case.
func (s *slice) newest(o Settings) []*blog.Post {
	bytes := 0
	for i, p := range s.posts[:min(len(s.posts), o.Items)] {
		if o.Bytes < 0 {
			break
		}
		if bytes += s.weigh(p); bytes > o.Bytes && i > 0 {
			return s.posts[:i]
		}
	}
	return s.posts[:min(len(s.posts), o.Items)]
}

// archiveRoot returns the folder of archive n; empty where there is none so
// low.
func archiveRoot(root string, n int) string {
	if n < 1 {
		return ""
	}
	return path.Join(root, "archive", strconv.Itoa(n)) + "/"
}

func nextArchive(root string, n, last int) string {
	if n == last {
		return ""
	}
	return archiveRoot(root, n+1)
}

// path returns the canonical path of the part in a format.
func (p part) path(f feed.Format, o Settings) string {
	if p.archive {
		return p.root + f.File
	}
	return o.feedPath(p.of, f)
}

// history says the same to package feed.
func (p part) history(in *inputs, f feed.Format) feed.History {
	at := func(root string) string {
		if root == "" {
			return ""
		}
		return absolute(in.site, root+f.File)
	}
	h := feed.History{Complete: p.complete(), Archive: p.archive, Previous: at(p.previous), Next: at(p.next)}
	if p.current != "" {
		h.Current = absolute(in.site, in.settings.feedPath(p.of, f))
	}
	return h
}
