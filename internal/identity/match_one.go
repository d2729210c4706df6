package identity

import "slices"

// MatchOne is what a matching makes of one claim, where no other file is missing, gone or
// moved: all other posts that are known stay with theirs. Among very many it leaves out
// those that nothing can speak for. Former is the path under which the file was known.
func MatchOne(c *Claim, former string, before Known, known Table) *Matching {
	m := &Matching{free: []*Claim{c}}
	c.fresh = true
	c.sketch = sketchFrom(c.Text)
	for path, k := range before.All() {
		if k.ID == "" || k.Gone {
			continue
		}
		standing := living
		if path == former {
			c.fresh, standing = false, replaced
		}
		if c.isNear(k, path) {
			m.pasts = append(m.pasts, &past{Identity: k, path: path, standing: standing})
		}
	}
	for path, k := range known {
		if k.ID == "" || !c.isNear(k, path) {
			continue
		}
		if now, here := before.Get(path); !here || now.ID == "" || now.Gone {
			m.pasts = append(m.pasts, &past{Identity: k, path: path, standing: departed})
		}
	}
	m.run()
	return m
}

// isNear reports whether the claim has anything in common with what is known of a post.
// It says so of all that evidence counts for; see index.
func (c *Claim) isNear(k *Identity, path string) bool {
	return k.ID == c.ID || slices.Contains(c.Also, k.ID) || path == c.File || k.Hash == c.Hash ||
		k.Title == c.Title && k.Title != "" || k.Path == c.At || c.sketch.meets(k.Text)
}
