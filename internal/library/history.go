package library

import (
	"encoding/hex"

	"broadsheet/internal/source"
)

// history knows the ids that files had before.
type history struct {
	prev   *Library
	known  map[string]Identity
	moved  map[string]bool     // names whose file goes on under another one
	byHash map[string][]string // at a cold start: ids of files that are not there any more
}

func newHistory(prev *Library, files []source.File, known map[string]Identity) history {
	h := history{prev: prev, known: known, moved: map[string]bool{}, byHash: map[string][]string{}}
	here := make(map[string]bool, len(files))
	for _, f := range files {
		here[f.Path] = true
		if f.MovedFrom != "" {
			h.moved[f.MovedFrom] = true
		}
	}
	if prev != nil {
		return h
	}
	// In any order: a hash that stands for several ids is not used.
	for path, k := range known {
		if !here[path] && !k.Gone {
			h.byHash[k.Hash] = append(h.byHash[k.Hash], k.ID)
		}
	}
	return h
}

// of returns the id that the file had before, empty if it had none. While the
// service runs, the previous library knows, by the file's present name or the
// one it was moved from. After a restart the memory does: by the name, or by
// the bytes of a file that was renamed meanwhile. A file that comes back with
// the bytes it had gets its id back.
func (h history) of(f source.File) (id string, r rank) {
	if h.prev != nil {
		if f.MovedFrom != "" {
			return h.prev.ids[f.MovedFrom].ID, held
		}
		if id := h.prev.ids[f.Path].ID; id != "" && !h.moved[f.Path] {
			return id, held
		}
	}
	hash := hex.EncodeToString(f.Hash[:])
	k := h.known[f.Path]
	switch ids := h.byHash[hash]; {
	case h.prev == nil && k.ID != "" && !k.Gone:
		return k.ID, held
	case k.ID != "" && k.Hash == hash && !h.moved[f.Path]:
		return k.ID, remembered
	case len(ids) == 1:
		return ids[0], remembered
	}
	return "", derived
}
