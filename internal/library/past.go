package library

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source"
)

// past is a post that is known from before, and what became of its file.
type past struct {
	Identity
	path     string // of its file when last seen
	standing standing
	sketch   sketch // of its text
	heir     *claim // whose post is the same; nil: nobody's
	away     bool   // the file has just gone, and is still shown in case it comes back
}

// standing says what became of a post's file.
type standing uint8

const (
	living   standing = iota // the file is there, and its post is the same
	replaced                 // a file is there, but perhaps another one
	vacant                   // the file is not there
	departed                 // it was not there at the last look already
)

// evidence says how well a file matches what is known of a post: the smaller the
// better.
type evidence uint8

const (
	statedID      evidence = iota // its front matter states the id
	ownTitle                      // the same name, date and title
	sameBytes                     // the same bytes under another name
	sameTitle                     // the same date and title under another name
	ownText                       // the same name, and most of the text
	sameText                      // most of the text under another name
	ownName                       // the same name
	samePermalink                 // the same permalink, or the same id by default
	none
)

// evidence judges whether a claim is that of the post.
func (k *past) evidence(c *claim) (e evidence, alike int) {
	own := c.file.Path == k.path
	alike = k.sketch.alike(c.sketch)
	title, text := k.Title != "" && k.Title == c.title, alike >= mostOfText
	switch {
	case c.states(k.ID):
		e = statedID
	case own && title:
		e = ownTitle
	case k.Hash == c.hash:
		e = sameBytes
	case title:
		e = sameTitle
	case own && text:
		e = ownText
	case text:
		e = sameText
	case own:
		e = ownName
	case k.ID == c.id || k.Path != "" && k.Path == c.at:
		e = samePermalink
	default:
		e = none
	}
	return e, alike
}

// admits reports whether the evidence is enough for a post of that standing. One
// that departed long since comes back by what is its own alone.
func (k *past) admits(e evidence) bool {
	switch k.standing {
	case living:
		return false
	case replaced:
		return e <= ownName
	case departed:
		return e <= sameTitle || e == ownText
	default:
		return e < none
	}
}

// text returns the sketch of what the post says now, as far as is known.
func (k *past) text() sketch {
	if k.heir == nil {
		return k.sketch
	}
	if k.heir.sketch == nil {
		k.heir.sketch = sketchFrom(k.heir.parsed.sketch)
	}
	return k.heir.sketch
}

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
		if from, known := prev.keys.get(files[i].Key); known && from != files[i].Path {
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
	if from, known := g.prev.keys.get(f.Key); known {
		return from, true
	}
	if before := g.prev.parsed[f.Path]; before != nil && !g.left[f.Path] {
		return f.Path, before.hash == f.Hash
	}
	return "", false
}

// parsed returns what the library before made of a file; nil: nothing.
func (g lineage) parsed(f *source.File) *parsed {
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

// titleMark is what posts with the same date and title have in common; empty: the post
// has too little of both. The date is the one that its author wrote, in the zone that
// it was written in.
func titleMark(p *blog.Post) string {
	at := p.Published.Format("2006-01-02T15:04:05")
	if p.Title == "" && strings.HasSuffix(at, "T00:00:00") {
		return ""
	}
	sum := sha256.Sum256([]byte(at + "\n" + p.Title))
	return hex.EncodeToString(sum[:8])
}

// copyGrace is how long a new file waits that looks like the copy of one that is
// there: it may be about to take its place. It is longer than a rename by writing and
// deleting takes, and than the deletion takes to be seen.
const copyGrace = 2 * time.Second

// mostOfText is from which likeness on two texts have most in common, in
// thousandths: where half of each is in the other, they share a third of all that
// either says.
const mostOfText = 333
