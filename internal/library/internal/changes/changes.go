// Package changes finds out which files differ from those that a library was made of, as long as
// few do and nothing else follows from them. In go the files of two scans and what the first came
// to; out come the changed files and those that are gone.
package changes

import (
	"slices"
	"strings"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library/internal/layered"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/source"
)

// Most is how many files may have changed. With more, looking at every file is cheaper.
const Most = 64

// Before is what is known of the files of the library before.
type Before struct {
	Read      []source.File               // those that it was made of; by path
	Parsed    map[string]*parse.File      // by path
	Keys      layered.Map[uint64, string] // the path of each file by its key
	Waiting   map[string]time.Time        // since when files wait that look like copies, by path
	Media     *address.Files
	Generator dialect.Site
}

// Change is what changed in the files.
type Change struct {
	Files   []source.File // those that differ
	Fresh   int           // of these, those that are not known to be the same file
	Gone    []string      // paths, sorted
	Missing bool          // a file is missing, so that another may hold its post
}

// IsNone reports whether nothing changed.
func (c Change) IsNone() bool { return len(c.Files)+len(c.Gone) == 0 }

// MayMove reports whether a changed file may hold the post of one that is gone or missing.
func (c Change) MayMove() bool {
	return len(c.Gone) > 0 && c.Fresh > 0 || c.Missing && len(c.Files) > 0
}

// To returns what changed between the files of before and these, which are sorted by path. It
// returns false if more than Most files changed, if other posts refer to one of them, or if one
// moved.
func (b Before) To(files []source.File) (c Change, ok bool) {
	known, before := 0, b.Read
	if len(b.Waiting) > 0 {
		before = nil // each has to be asked for
	}
	for i := range files {
		f := &files[i]
		c.Missing = c.Missing || f.Missing
		for len(before) > 0 && before[0].Path != f.Path && before[0].Path < f.Path {
			before = before[1:]
		}
		if len(before) > 0 && isSame(&before[0], f) {
			before = before[1:]
			known++
			continue
		}
		if b.Parsed[f.Path] != nil {
			known++
		}
		if !b.compare(f, &c) {
			return c, false
		}
	}
	return c, b.addGone(files, known, &c)
}

func isSame(a, b *source.File) bool { return a.Path == b.Path && a.Key == b.Key && a.Hash == b.Hash }

// compare adds a file to the change if it differs from what it was. It returns false if more than
// the file changes with it.
func (b Before) compare(f *source.File, c *Change) bool {
	from, same := b.Keys.Get(f.Key)
	before := b.Parsed[f.Path]
	fresh := before == nil || !same && f.Key != 0
	_, waits := b.Waiting[f.Path]
	switch {
	case same && from != f.Path || waits:
		return false
	case before != nil && before.Hash == f.Hash && !before.Again && !fresh:
		return true
	case len(c.Files) == Most || b.Generator.IsData(f.Path), before == nil && b.isRelated(f.Path), b.Media.Has(f.Path):
		return false
	}
	c.Files = append(c.Files, *f)
	if fresh || f.Key == 0 {
		c.Fresh++
	}
	return true
}

// isRelated reports whether other files are found by the name of a new one.
func (b Before) isRelated(file string) bool {
	return address.Composed(file) != file || b.Generator.IsBundle(file)
}

// addGone adds the files that are gone to the change; known is how many of those before are still
// there. It returns false if more than these files changes with them.
func (b Before) addGone(files []source.File, known int, c *Change) bool {
	missing := len(b.Parsed) - known
	if missing == 0 || missing > Most {
		return missing == 0
	}
	here := make(map[string]bool, len(files))
	for i := range files {
		here[files[i].Path] = true
	}
	for path := range b.Parsed {
		if here[path] {
			continue
		}
		if b.Generator.IsData(path) || b.Media.Has(path) {
			return false
		}
		c.Gone = append(c.Gone, path)
	}
	slices.Sort(c.Gone)
	return true
}

// KeysAfter returns the path of each file by its key after a change.
func (b Before) KeysAfter(c Change) layered.Map[uint64, string] {
	stays := func(f source.File) bool {
		return (f.Key == 0 || b.Keys.At(f.Key) == f.Path) && b.keyOf(f.Path) == f.Key
	}
	if len(c.Gone) == 0 && !slices.ContainsFunc(c.Files, func(f source.File) bool { return !stays(f) }) {
		return b.Keys
	}
	keys := b.Keys.Copy()
	for _, path := range c.Gone {
		keys.Remove(b.keyOf(path))
	}
	for _, f := range c.Files {
		keys.Remove(b.keyOf(f.Path))
	}
	for _, f := range c.Files {
		if f.Key != 0 {
			keys.Set(f.Key, f.Path)
		}
	}
	return keys
}

// keyOf returns the key that the file of a path was read with; 0: none.
func (b Before) keyOf(path string) uint64 {
	i, found := slices.BinarySearchFunc(b.Read, path, func(f source.File, path string) int { return strings.Compare(f.Path, path) })
	if !found {
		return 0
	}
	return b.Read[i].Key
}

// Understood returns the files as they were read. Those whose bytes could not be had get no hash,
// so that the next scan does not take them for the same.
func Understood(files []source.File, parsed map[string]*parse.File) []source.File {
	shared := true
	for i := range files {
		p := parsed[files[i].Path]
		if p == nil || !p.Again {
			continue
		}
		if shared {
			files, shared = slices.Clone(files), false
		}
		files[i].Hash = [32]byte{}
	}
	return files
}
