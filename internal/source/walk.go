package source

import (
	"context"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/walk"
)

// walk finds every file that may hold a post.
func (s *scan) walk(ctx context.Context) error {
	s.unlisted = map[string]sighting{}
	result, err := walk.Walk(ctx, s.Generation, walk.Options{
		MaxDepth: s.o.MaxDepth, Skip: s.o.Skip, Ignore: s.o.Ignore, Post: s.mayHoldPost, IsMedia: s.o.Media, Visit: s.o.Visit,
		Listed: func(entries int) { s.found = slices.Grow(s.found, entries) },
		File:   func(what walk.Sight) { s.found = append(s.found, s.saw(what)) },
		Media:  s.listMedia,
	})
	if err != nil {
		return err
	}
	s.folders, s.unreadableDirs, s.hasLinks = result.Folders, result.Lost, result.Winding
	s.problems, s.notes = result.Problems, result.Notes
	byPath := func(a, b found) int { return strings.Compare(a.Path, b.Path) }
	if !slices.IsSortedFunc(s.found, byPath) {
		slices.SortFunc(s.found, byPath)
	}
	slices.SortFunc(s.media, func(a, b blog.Media) int { return strings.Compare(a.Path, b.Path) })
	if len(s.found) > s.o.MaxFiles {
		s.problem("", "there are more files than Broadsheet reads; the last ones by name are left out")
		s.firstOmitted, s.hasLinks = s.found[s.o.MaxFiles].Path, true
		s.found = s.found[:s.o.MaxFiles]
	}
	return nil
}

// mayHoldPost reports whether a file of this name may hold a post.
func (s *scan) mayHoldPost(name string) bool {
	extension := path.Ext(name)
	return slices.ContainsFunc(s.o.Extensions, func(e string) bool { return strings.EqualFold(e, extension) })
}
