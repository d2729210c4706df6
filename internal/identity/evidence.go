package identity

// past is a post that is known from before, and what became of its file.
type past struct {
	*Identity
	path     string // of its file when last seen
	standing standing
	sketch   sketch // of its text
	heir     *Claim // whose post is the same; nil: nobody's
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
func (k *past) evidence(c *Claim) (e evidence, alike int) {
	own := c.File == k.path
	alike = k.sketch.alike(c.sketch)
	title, text := k.Title != "" && k.Title == c.Title, alike >= mostOfText
	switch {
	case c.states(k.ID):
		e = statedID
	case own && title:
		e = ownTitle
	case k.Hash == c.Hash:
		e = sameBytes
	case title:
		e = sameTitle
	case own && text:
		e = ownText
	case text:
		e = sameText
	case own:
		e = ownName
	case k.ID == c.ID || k.Path != "" && k.Path == c.At:
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
		k.heir.sketch = sketchFrom(k.heir.Text)
	}
	return k.heir.sketch
}

// mostOfText is from which likeness on two texts have most in common, in
// thousandths: where half of each is in the other, they share a third of all that
// either says.
const mostOfText = 333
