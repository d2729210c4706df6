package library

import (
	"slices"
	"strings"

	"broadsheet/internal/source"
)

// history knows the ids that files had before.
type history struct {
	prev   *Library
	known  map[string]Identity
	moved  map[string]bool       // names whose file goes on under another one
	byHash map[string][]Identity // at a cold start: files that are not there any more
}

func newHistory(prev *Library, files []source.File, known map[string]Identity) history {
	h := history{prev: prev, known: known, moved: map[string]bool{}, byHash: map[string][]Identity{}}
	for i := range files {
		if from := files[i].MovedFrom; from != "" {
			h.moved[from] = true
		}
	}
	if prev != nil || len(known) == 0 {
		return h
	}
	here := make(map[string]bool, len(files))
	for i := range files {
		here[files[i].Path] = true
	}
	// In any order: a hash that stands for several ids is not used.
	for path, k := range known {
		if !here[path] && !k.Gone {
			h.byHash[k.Hash] = append(h.byHash[k.Hash], k)
		}
	}
	return h
}

// of returns what the file with this hash was before, the zero Identity if it was nothing. While
// the service runs, the previous library knows, by the file's present name or the
// one it was moved from. After a restart the memory does: by the name, or by
// the bytes of a file that was renamed meanwhile. A file that comes back with
// the bytes it had gets its id back.
func (h history) of(f *source.File, hash string) (Identity, rank) {
	if h.prev != nil {
		if f.MovedFrom != "" {
			return h.prev.ids[f.MovedFrom], held
		}
		if k := h.prev.ids[f.Path]; k.ID != "" && !h.moved[f.Path] {
			return k, held
		}
	}
	k := h.known[f.Path]
	switch gone := h.byHash[hash]; {
	case h.prev == nil && k.ID != "" && !k.Gone:
		return k, held
	case k.ID != "" && k.Hash == hash && !h.moved[f.Path]:
		return k, remembered
	case len(gone) == 1:
		return gone[0], remembered
	}
	return Identity{}, derived
}

// at returns what was known of a post, whose permalink has this path now.
func (k Identity) at(path string) Identity {
	if k.Path == path && !k.Gone {
		return k
	}
	former := strings.Fields(k.Was)
	if k.Path != "" && k.Path != path && !slices.Contains(former, k.Path) {
		former = append(former, k.Path)
	}
	former = slices.DeleteFunc(former, func(old string) bool { return old == path })
	k.Path, k.Was, k.Gone = path, strings.Join(former, " "), false
	return k
}
