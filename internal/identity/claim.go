package identity

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// Rank says how good a claim is.
type Rank uint8

// The better rank is the smaller.
const (
	Held       Rank = iota // the file has the id already
	Remembered             // a file with these bytes had it once
	Stated                 // the front matter asks for it
	Derived                // it is the default
)

// Claim is a post that asks for an id. The first fields go in; Settle says what comes out.
type Claim struct {
	File     string   // path of the post's file
	Hash     string   // SHA-256 of the file, 32 bytes
	At       string   // path of the permalink, below the site
	Asks     string   // the id that the file asks for
	Explicit bool     // it stands in the front matter
	Also     []string // other ids that the front matter states
	Title    string   // see TitleMark
	Text     string   // see Sketch
	Missing  bool     // the file is not there, and may come back
	Waited   bool     // it looked like a copy at the last look, and has waited

	ID   string // at first the one that the file asks for
	Rank Rank

	sketch sketch
	past   *past      // the post that it goes on with; nil: none that is known
	by     evidence   // why, where that was found out
	like   []likeness // what its text is like
	nearTo *past
	fresh  bool // nothing was known under its name
	copies bool // a living post looks the same
	early  bool // it may come to go on with a post whose file has just gone
}

// Settle gives the claim what is known of its post, once that is found out: ID and
// Rank.
func (c *Claim) Settle() {
	id := c.Was().ID
	switch {
	case c.Explicit && !c.states(id):
		c.Rank = Stated
	case id == "":
	case c.past.standing == departed:
		c.ID, c.Rank = id, Remembered
	default:
		c.ID, c.Rank = id, Held
	}
}

// Keep says which post the claim goes on with, where that need not be found out: that of
// its file.
func (c *Claim) Keep(k *Identity) { c.past = &past{Identity: k, path: c.File} }

// Was returns what was known of the post; the zero value: nothing.
func (c *Claim) Was() Identity {
	if c.past == nil {
		return Identity{}
	}
	return *c.past.Identity
}

// Known reports whether the claim goes on with a post that is known.
func (c *Claim) Known() bool { return c.past != nil }

// Copies reports whether the claim goes on with no post, and a living one looks the same.
func (c *Claim) Copies() bool { return c.past == nil && c.copies }

// Early reports whether the claim goes on with no post, but may come to go on with one
// whose file has just gone.
func (c *Claim) Early() bool { return c.past == nil && c.early }

// Replaced reports whether the post of a missing file goes on in another one.
func (c *Claim) Replaced() bool { return c.past != nil && c.past.heir != nil && c.past.heir != c }

// Overtaken reports whether one of the files that changed came to claim the id of this
// missing one, to say its date and title, or, being new, to have its permalink. Another post
// that merely got another name is no reason to let this one go: this one may yet come under
// a third name.
func (c *Claim) Overtaken(changed []*Claim) bool {
	return slices.ContainsFunc(changed, func(other *Claim) bool {
		says := c.Title != "" && other.Title == c.Title && !other.moved()
		return other.states(c.ID) || says || other.At == c.At && !other.Known()
	})
}

// moved reports whether the claim is that of a post whose file has the bytes that it had.
func (c *Claim) moved() bool { return c.past != nil && c.past.Hash == c.Hash }

// states reports whether the front matter states an id, now or by the rules of
// versions before this one.
func (c *Claim) states(id string) bool {
	return c.Explicit && c.Asks == id || slices.Contains(c.Also, id)
}

// TitleMark is what posts with the same date and title have in common; empty: the post
// has too little of both. The date is the one that its author wrote, in the zone that
// it was written in.
func TitleMark(published time.Time, title string) string {
	at := published.Format("2006-01-02T15:04:05")
	if title == "" && strings.HasSuffix(at, "T00:00:00") {
		return ""
	}
	sum := sha256.Sum256([]byte(at + "\n" + title))
	return hex.EncodeToString(sum[:8])
}
