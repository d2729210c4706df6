package library

import (
	"time"

	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/source"
)

// lineage tells which file of the library before each file is.
type lineage struct {
	prev *Library
	left map[string]bool // names whose file goes on under another one
}

func lineageOf(prev *Library, files []source.File) lineage {
	g := lineage{prev: prev, left: map[string]bool{}}
	if prev == nil {
		return g
	}
	for i := range files {
		if from, known := prev.keys.Get(files[i].Key); known && from != files[i].Path {
			g.left[from] = true
		}
	}
	return g
}

// former returns the name under which the library before knew a file, and whether
// it is known to be the same file; empty: it knew none.
func (g lineage) former(f *source.File) (path string, same bool) {
	if g.prev == nil {
		return "", false
	}
	if from, known := g.prev.keys.Get(f.Key); known {
		return from, true
	}
	if before := g.prev.parsed[f.Path]; before != nil && !g.left[f.Path] {
		return f.Path, before.Hash == f.Hash
	}
	return "", false
}

// parsed returns what the library before made of a file; nil: nothing.
func (g lineage) parsed(f *source.File) *parse.File {
	path, _ := g.former(f)
	if path == "" {
		return nil
	}
	return g.prev.parsed[path]
}

// keysOf returns the path of each file by its key.
func keysOf(files []source.File) map[uint64]string {
	keys := make(map[uint64]string, len(files))
	for i := range files {
		if key := files[i].Key; key != 0 {
			keys[key] = files[i].Path
		}
	}
	return keys
}

// copyGrace is how long a new file waits that looks like the copy of one that is
// there: it may be about to take its place. It is longer than a rename by writing and
// deleting takes, and than the deletion takes to be seen.
const copyGrace = 2 * time.Second
