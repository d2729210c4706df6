package library

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
)

// matchingOne is what matching makes of one claim, where no other file is missing, gone
// or moved: all other posts that are known stay with theirs. Among very many it leaves
// out those that nothing can speak for.
func (g lineage) matchingOne(c *claim, known map[string]Identity) *matching {
	m := &matching{free: []*claim{c}}
	c.fresh, c.waited = true, g.waited(c.file)
	c.sketch = sketchOf(c.post.Body)
	former, _ := g.former(c.file)
	for path, k := range g.prev.ids.all() {
		if k.ID == "" || k.Gone {
			continue
		}
		standing := living
		if path == former {
			c.fresh, standing = false, replaced
		}
		if c.isNear(&k, path) {
			m.pasts = append(m.pasts, &past{Identity: k, path: path, standing: standing})
		}
	}
	for path, k := range known {
		if k.ID == "" || !c.isNear(&k, path) {
			continue
		}
		if now, here := g.prev.ids.get(path); !here || now.ID == "" || now.Gone {
			m.pasts = append(m.pasts, &past{Identity: k, path: path, standing: departed})
		}
	}
	return m
}

// isNear reports whether the claim has anything in common with what is known of a post.
// It says so of all that evidence counts for; see index.
func (c *claim) isNear(k *Identity, path string) bool {
	return k.ID == c.id || slices.Contains(c.also, k.ID) || path == c.file.Path || k.Hash == c.hash ||
		k.Title == c.title && k.Title != "" || k.Path == c.at || c.sketch.meets(k.Text)
}

// meets reports whether a sketch, as String wrote it, has any hash of this one.
func (s sketch) meets(text string) bool {
	var raw [4 * sketchSize]byte
	var encoded [(8*len(raw) + 5) / 6]byte
	if len(s) == 0 || len(text) > len(encoded) {
		return false
	}
	n, err := base64.RawStdEncoding.Decode(raw[:], encoded[:copy(encoded[:], text)])
	if err != nil {
		return false
	}
	for i := 0; i+4 <= n; i += 4 {
		if _, found := slices.BinarySearch(s, binary.BigEndian.Uint32(raw[i:])); found {
			return true
		}
	}
	return false
}
