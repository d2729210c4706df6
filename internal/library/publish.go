package library

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/source"
)

// publish sorts the files into what is public now, what will be, and what is
// not, and collects their problems.
func (l *Library) publish(files []source.File, o Options) {
	l.Counts.Files = len(files)
	l.Posts = make([]*blog.Post, 0, l.posts.Len())
	for i := range files {
		f := &files[i]
		p := l.parsed[f.Path]
		l.Problems = append(l.Problems, p.Problems()...)
		given, class := l.posts.At(f.Path).post, l.classify(p, o)
		*l.Counts.of(class)++
		switch class {
		case listed:
			l.Posts = append(l.Posts, given)
			l.linked[f.Path] = given
		case unlisted:
			l.Unlisted = append(l.Unlisted, given)
			l.linked[f.Path] = given
		}
	}
	slices.SortFunc(l.Posts, newestFirst)
	l.warnOfSharedURLs()
}

// class is what becomes of a file at this moment.
type class int

const (
	listed   class = iota // its post is public
	unlisted              // it is public, but kept out of feeds and lists
	scheduled
	expired
	draft
	broken
	other // the file is no post
)

// of returns the number of files of a class.
func (c *Counts) of(one class) *int {
	return [...]*int{&c.Posts, &c.Unlisted, &c.Scheduled, &c.Expired, &c.Drafts, &c.Broken, &c.Other}[one]
}

// classify returns the class of a file, and notes when that will change.
func (l *Library) classify(p *parse.File, o Options) class {
	switch {
	case p.Broken:
		return broken
	case p.State == dialect.Other:
		return other
	case p.State == dialect.Draft && !o.Drafts:
		return draft
	case p.State == dialect.Unlisted, p.Post.HasAny(o.Exclude):
		return unlisted
	case p.Due().After(o.Now) && !o.Future && !o.Generator.Future():
		l.noteChangeAt(p.Due())
		return scheduled
	case !p.Post.Expires().IsZero() && !p.Post.Expires().After(o.Now):
		return expired
	}
	l.noteChangeAt(p.Post.Expires())
	if l.mark(p, o.Now) == blog.Scheduled {
		l.noteChangeAt(p.Due())
	}
	return listed
}

// mark returns Draft or Scheduled if only Options.Drafts or Options.Future publish the post.
func (l *Library) mark(p *parse.File, now time.Time) blog.Mark {
	switch {
	case p.State == dialect.Draft && l.drafts:
		return blog.Draft
	case p.Due().After(now) && l.future && !l.made.Future():
		return blog.Scheduled
	}
	return ""
}

// noteChangeAt makes t the next moment of change if it comes before the others.
func (l *Library) noteChangeAt(t time.Time) {
	if !t.IsZero() && (l.Next.IsZero() || t.Before(l.Next)) {
		l.Next = t
	}
}

func newestFirst(a, b *blog.Post) int {
	return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(a.Path, b.Path))
}

// warnOfSharedURLs names the posts whose permalink leads to another post. They
// are published all the same: their ids differ.
func (l *Library) warnOfSharedURLs() {
	owners := make(map[string]*blog.Post, len(l.Posts))
	oldestFirst := slices.SortedFunc(slices.Values(l.Posts), func(a, b *blog.Post) int {
		return cmp.Or(a.Published.Compare(b.Published), cmp.Compare(a.Path, b.Path))
	})
	for _, p := range oldestFirst {
		if first := owners[p.URL]; first != nil {
			l.hasConflicts = true
			l.Problems = append(l.Problems, blog.Problem{File: p.Path, Severity: blog.Warning,
				Message: fmt.Sprintf("the permalink %s is that of %s already", p.URL, first.Path)})
			continue
		}
		owners[p.URL] = p
	}
}
