package library

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/library/internal/schedule"
	"broadsheet/internal/source"
)

// publish sorts the files into what is public now, what will be, and what is
// not, and collects their problems.
func (l *Library) publish(files []source.File) {
	l.Counts.Files = len(files)
	l.Posts = make([]*blog.Post, 0, l.ids.Len())
	for i := range files {
		f := &files[i]
		p := l.parsed[f.Path]
		l.Problems = append(l.Problems, p.Problems()...)
		given, class := l.settledAt(f.Path).post, l.classify(p)
		*l.Counts.Of(class)++
		switch class {
		case schedule.Listed:
			l.Posts = append(l.Posts, given)
			l.linked[f.Path] = given
		case schedule.Unlisted:
			l.Unlisted = append(l.Unlisted, given)
			l.linked[f.Path] = given
		}
	}
	slices.SortFunc(l.Posts, newestFirst)
	l.warnOfSharedURLs()
}

// rules are what the classes of files follow from.
func (l *Library) rules() schedule.Rules {
	return schedule.Rules{
		Now: l.now, Drafts: l.drafts, Future: l.future, Early: l.made.Future(), Exclude: l.exclude,
	}
}

// classify returns the class of a file, and notes when that will change.
func (l *Library) classify(p *parse.File) schedule.Class {
	class, until := l.rules().Class(p)
	l.noteChangeAt(until)
	return class
}

// noteChangeAt makes t the next moment of change if it comes before the others.
func (l *Library) noteChangeAt(t time.Time) { l.Next = schedule.Earlier(l.Next, t) }

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
