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
		given, count := l.posts.At(f.Path).post, l.countOf(p, o)
		*count++
		switch count {
		case &l.Counts.Posts:
			l.Posts = append(l.Posts, given)
			l.linked[f.Path] = given
		case &l.Counts.Unlisted:
			l.Unlisted = append(l.Unlisted, given)
			l.linked[f.Path] = given
		}
	}
	slices.SortFunc(l.Posts, newestFirst)
	l.warnOfSharedURLs()
}

// countOf returns the count that a file belongs to: Posts if its post is public
// at this moment. It notes when that will change.
func (l *Library) countOf(p *parse.File, o Options) *int {
	count := &l.Counts.Posts
	switch {
	case p.Broken:
		count = &l.Counts.Broken
	case p.State == dialect.Other:
		count = &l.Counts.Other
	case p.State == dialect.Draft && !o.Drafts:
		count = &l.Counts.Drafts
	case p.State == dialect.Unlisted, p.Post.HasAny(o.Exclude):
		count = &l.Counts.Unlisted
	case p.Due().After(o.Now) && !o.Future && !o.Generator.Future():
		count = &l.Counts.Scheduled
		l.wakeAt(p.Due())
	case !p.Post.Expires().IsZero() && !p.Post.Expires().After(o.Now):
		count = &l.Counts.Expired
	default:
		l.wakeAt(p.Post.Expires())
		if l.mark(p, o.Now) == blog.Scheduled {
			l.wakeAt(p.Due())
		}
	}
	return count
}

// mark says why a file's post, if it is published now, would not be without the
// options that ask for more.
func (l *Library) mark(p *parse.File, now time.Time) blog.Mark {
	switch {
	case p.State == dialect.Draft && l.drafts:
		return blog.Draft
	case p.Due().After(now) && l.future && !l.made.Future():
		return blog.Scheduled
	}
	return ""
}

// wakeAt makes t the next moment of change if it comes before the others.
func (l *Library) wakeAt(t time.Time) {
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
			l.crowded = true
			l.Problems = append(l.Problems, blog.Problem{File: p.Path, Severity: blog.Warning,
				Message: fmt.Sprintf("the permalink %s is that of %s already", p.URL, first.Path)})
			continue
		}
		owners[p.URL] = p
	}
}
