// Package schedule decides what becomes of each file at a moment: its post is public, or it is
// not yet, no longer, or never. In go a parsed file, the moment and the settings; out come the
// class of the file and the next moment at which the clock alone changes it.
package schedule

import (
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library/internal/parse"
)

// Class is what becomes of a file at a moment.
type Class int

// The classes of files.
const (
	Listed   Class = iota // its post is public
	Unlisted              // it is public, but kept out of feeds and lists
	Scheduled
	Expired
	Draft
	Broken
	Other // the file is no post
)

// IsPublic reports whether posts of the class are public.
func (c Class) IsPublic() bool { return c == Listed || c == Unlisted }

// Counts says what became of the files. Files is the sum of the others.
type Counts struct {
	Files     int `json:"files"`
	Posts     int `json:"posts"`     // public
	Drafts    int `json:"drafts"`    // held back by their authors, for good or for now
	Scheduled int `json:"scheduled"` // dated in the future
	Expired   int `json:"expired"`
	Unlisted  int `json:"unlisted"` // kept out of feeds and lists
	Broken    int `json:"broken"`   // no version of them could be published
	Other     int `json:"other"`    // not posts: section indexes, redirects, read-me files
}

// Of returns the number of files of a class.
func (c *Counts) Of(class Class) *int {
	return [...]*int{&c.Posts, &c.Unlisted, &c.Scheduled, &c.Expired, &c.Drafts, &c.Broken, &c.Other}[class]
}

// Rules are what classes follow from besides the files.
type Rules struct {
	Now     time.Time
	Drafts  bool        // drafts are published too
	Future  bool        // posts dated in the future are published too, and marked
	Early   bool        // the site's generator publishes them, so that they need no mark
	Exclude []blog.Term // posts of these are unlisted; an empty Kind means any
}

// Class returns the class of a file, and the first moment after Now at which the clock may change
// it; zero: never.
func (r Rules) Class(p *parse.File) (class Class, until time.Time) {
	switch {
	case p.Broken:
		return Broken, time.Time{}
	case p.State == dialect.Other:
		return Other, time.Time{}
	case p.State == dialect.Draft && !r.Drafts:
		return Draft, time.Time{}
	case p.Due().After(r.Now) && !r.Future && !r.Early:
		return Scheduled, p.Due()
	case !p.Post.Expires().IsZero() && !p.Post.Expires().After(r.Now):
		return Expired, time.Time{}
	}
	if p.State == dialect.Unlisted || p.Post.HasAny(r.Exclude) {
		class = Unlisted
	}
	if r.Mark(p) == blog.Scheduled {
		return class, Earlier(p.Due(), p.Post.Expires())
	}
	return class, p.Post.Expires()
}

// Mark returns blog.Draft or blog.Scheduled if only Drafts or Future publish the post.
func (r Rules) Mark(p *parse.File) blog.Mark {
	switch {
	case p.State == dialect.Draft && r.Drafts:
		return blog.Draft
	case p.Due().After(r.Now) && r.Future && !r.Early:
		return blog.Scheduled
	}
	return ""
}

// Earlier returns the earlier one of two moments. A zero one stands for never.
func Earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
