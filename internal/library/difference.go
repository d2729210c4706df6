package library

import (
	"slices"
	"strings"

	"broadsheet/internal/address"
	"broadsheet/internal/library/internal/layered"
	"broadsheet/internal/source"
)

// change is what parts the files from those of the library before.
type change struct {
	files   []source.File // that are not as they were
	fresh   int           // of these, those that are not known to be the same file
	gone    []string      // paths, sorted
	missing bool          // a file is missing, so that another may hold its post
}

// difference returns what changed; false when that is too much, or any is a file
// that other posts refer to, or one that moved.
func (l *Library) difference(files []source.File) (d change, ok bool) {
	known, before := 0, l.read
	if len(l.waiting) > 0 {
		before = nil // each has to be asked for
	}
	for i := range files {
		f := &files[i]
		d.missing = d.missing || f.Missing
		for len(before) > 0 && before[0].Path != f.Path && before[0].Path < f.Path {
			before = before[1:]
		}
		if len(before) > 0 && sameFile(&before[0], f) {
			before = before[1:]
			known++
			continue
		}
		if l.parsed[f.Path] != nil {
			known++
		}
		if !l.differs(f, &d) {
			return d, false
		}
	}
	return d, l.goneFrom(files, known, &d)
}

func sameFile(a, b *source.File) bool { return a.Path == b.Path && a.Key == b.Key && a.Hash == b.Hash }

// differs adds a file to the difference, if it is another than it was. It returns false
// where that changes more than the file.
func (l *Library) differs(f *source.File, d *change) bool {
	from, same := l.keys.Get(f.Key)
	before := l.parsed[f.Path]
	fresh := before == nil || !same && f.Key != 0
	_, waits := l.waiting[f.Path]
	switch {
	case same && from != f.Path || waits:
		return false
	case before != nil && before.Hash == f.Hash && !before.Again && !fresh:
		return true
	case len(d.files) == mostPatched || l.made.IsData(f.Path), before == nil && l.isRelated(f.Path), l.media.Has(f.Path):
		return false
	}
	d.files = append(d.files, *f)
	if fresh || f.Key == 0 {
		d.fresh++
	}
	return true
}

// goneFrom adds the files that are gone to the difference; so many of those that were
// there still are.
func (l *Library) goneFrom(files []source.File, known int, d *change) bool {
	missing := len(l.parsed) - known
	if missing == 0 || missing > mostPatched {
		return missing == 0
	}
	here := make(map[string]bool, len(files))
	for i := range files {
		here[files[i].Path] = true
	}
	for path := range l.parsed {
		if !here[path] {
			if l.made.IsData(path) || l.media.Has(path) {
				return false
			}
			d.gone = append(d.gone, path)
		}
	}
	slices.Sort(d.gone)
	return true
}

// isRelated reports whether others are found by the name of a new file.
func (l *Library) isRelated(file string) bool {
	return address.Composed(file) != file || l.made.IsBundle(file)
}

// keysAfter returns the path of each file by its key, once these have changed.
func (l *Library) keysAfter(d change) layered.Map[uint64, string] {
	stay := func(f source.File) bool { return f.Key == 0 || l.keys.At(f.Key) == f.Path }
	if len(d.gone) == 0 && !slices.ContainsFunc(d.files, func(f source.File) bool { return !stay(f) || l.keyOf(f.Path) != f.Key }) {
		return l.keys
	}
	keys := l.keys.Copy()
	for _, path := range d.gone {
		keys.Remove(l.keyOf(path))
	}
	for _, f := range d.files {
		keys.Remove(l.keyOf(f.Path))
	}
	for _, f := range d.files {
		if f.Key != 0 {
			keys.Set(f.Key, f.Path)
		}
	}
	return keys
}

// keyOf returns the key that the file of a path was read with; 0: none.
func (l *Library) keyOf(path string) uint64 {
	i, found := slices.BinarySearchFunc(l.read, path, func(f source.File, path string) int { return strings.Compare(f.Path, path) })
	if !found {
		return 0
	}
	return l.read[i].Key
}

// understood returns the files as they were read. Those whose bytes could not be had have no
// hash, so that they are not taken for the same the next time.
func (l *Library) understood(files []source.File) []source.File {
	shared := true
	for i := range files {
		p := l.parsed[files[i].Path]
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
