package source

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/ignore"
	"broadsheet/internal/source/internal/tree"
	"broadsheet/internal/source/internal/walk"
)

// Revisit returns what Scan would, if nothing has changed since prev but what
// lies at these absolute names. It looks at them, and at the files that prev.Again is
// about: those that wait, are missing, cannot be read, or may have changed unnoticed. Its
// cost hardly depends on the size of the folder. A name may be wrong, and files may
// change that nobody names; only Scan finds those, and what moved no time stamp.
//
// It returns nil where names do not tell enough: folders that came, went or
// moved, links, media files, copies in conflict, too many names, a folder that was swapped.
func Revisit(ctx context.Context, root string, prev *Snapshot, names []string, o Options) *Snapshot {
	const most = 100 // beyond that, a scan costs about as much
	if prev == nil || prev.hasLinks || prev.swap != nil || len(prev.mediaMissingSince) > 0 || len(prev.unlisted) > 0 || len(names)+len(prev.due) > most {
		return nil
	}
	if slices.ContainsFunc(prev.Problems, func(p blog.Problem) bool { return p.File == "" }) { // with the folder as a whole
		return nil
	}
	now, err := tree.Of(root)
	if err != nil || now != prev.generation {
		return nil
	}
	o, names = o.withDefaults(), slices.Clone(names)
	o.Verify = math.MaxInt64 // that is for a scan
	s := newScan(now, prev, o)
	s.folders, s.media, s.notes = prev.folders, prev.Media, prev.notes
	s.found = make([]found, len(prev.sights), len(prev.sights)+len(prev.due)+len(names))
	for i, seen := range prev.sights {
		s.found[i] = s.saw(seen.Sight())
	}
	for _, rel := range prev.due {
		names = append(names, filepath.Join(s.Real, filepath.FromSlash(rel)))
	}
	for _, name := range names {
		if !s.revisit(name) {
			return nil
		}
	}
	snapshot, err := s.finish(ctx)
	if err != nil {
		return nil
	}
	return snapshot
}

// revisit puts the present state of one name among what was found. It returns
// false where only a walk could tell.
func (s *scan) revisit(name string) bool {
	rel, err := filepath.Rel(s.Real, name)
	if err != nil || rel == "." || !filepath.IsLocal(rel) {
		return s.Beside(name)
	}
	rel = filepath.ToSlash(rel)
	if ignore.Name(path.Base(rel)) {
		return !ignore.Conflict(rel)
	}
	folder := path.Dir(rel)
	if folder == "." {
		folder = ""
	}
	if s.folders[rel] || !s.folders[folder] || s.o.Media(name) {
		return false
	}
	i, known := slices.BinarySearchFunc(s.found, rel, func(f found, rel string) int { return strings.Compare(f.Path, rel) })
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && known:
		s.found = slices.Delete(s.found, i, i+1)
	case errors.Is(err, fs.ErrNotExist):
	case err != nil || !info.Mode().IsRegular():
		return false
	case !s.mayHoldPost(name):
	case known:
		s.found[i] = s.saw(walk.Sight{Path: rel, Print: files.PrintOf(info)})
	case len(s.found) >= s.o.MaxFiles, slices.ContainsFunc(s.found, func(f found) bool { return strings.EqualFold(f.Path, rel) }):
		return false // where case does not matter, it may be the same file under two names
	default:
		s.found = slices.Insert(s.found, i, s.saw(walk.Sight{Path: rel, Print: files.PrintOf(info)}))
	}
	return true
}
