package blog

import (
	"reflect"
	"time"
)

// Extras is what few posts say.
type Extras struct {
	ExternalURL string    // where a link post points; absolute, else empty
	Aliases     []string  // paths that the post had elsewhere or before, each with a leading slash
	Mark        Mark      // why it is here only because somebody asked for more than what is public; empty: it is public
	Expires     time.Time // zero: never

	Language     string // BCP 47; empty means the site's
	Image        Image
	Summary      string // plain text from the front matter; empty means: make one from the body
	Description  string // plain text that stands in for the summary where the body has none to give
	Excerpt      []byte // the source of the summary where there is none, in the markup of the body; nil: its first paragraph
	SummaryWords int    // make the summary, where there is none, of as many paragraphs as hold so many words; 0: of the first
	Carry        Extent // how much of it goes into feeds; empty: as much as the site's setting says
	Translation  bool   // the post is in the feed of its language, and not in the main one
	Aside        bool   // the post is in the feeds of its section, and in others only if all posts are such

	Parts []string // what it belongs to within its section, each with the section's name in front: "talks/news"

	Enclosures []Enclosure // what is to be played or downloaded, the most important first
	Episode    *Episode    // what only podcasts say; nil: nothing
}

// Extra returns the extras of a post that is being made, to be written to. No other post
// may share them: see Copy.
func (p *Post) Extra() *Extras {
	if p.Extras == nil {
		p.Extras = &Extras{}
	}
	return p.Extras
}

// Copy returns a copy of p, to be changed. Both share what they refer to, but the extras.
func (p *Post) Copy() *Post {
	other := *p
	if p.Extras != nil {
		extras := *p.Extras
		other.Extras = &extras
	}
	return &other
}

// Trim takes extras away that say nothing.
func (p *Post) Trim() {
	if p.Extras != nil && reflect.ValueOf(p.Extras).Elem().IsZero() {
		p.Extras = nil
	}
}

// ExternalURL returns what Extras say of it.
func (p *Post) ExternalURL() string {
	if p.Extras == nil {
		return ""
	}
	return p.Extras.ExternalURL
}

// Aliases returns what Extras say of it.
func (p *Post) Aliases() []string {
	if p.Extras == nil {
		return nil
	}
	return p.Extras.Aliases
}

// Mark returns what Extras say of it.
func (p *Post) Mark() Mark {
	if p.Extras == nil {
		return ""
	}
	return p.Extras.Mark
}

// Expires returns what Extras say of it.
func (p *Post) Expires() time.Time {
	if p.Extras == nil {
		return time.Time{}
	}
	return p.Extras.Expires
}

// Language returns what Extras say of it.
func (p *Post) Language() string {
	if p.Extras == nil {
		return ""
	}
	return p.Extras.Language
}

// Image returns what Extras say of it.
func (p *Post) Image() Image {
	if p.Extras == nil {
		return Image{}
	}
	return p.Extras.Image
}

// Summary returns what Extras say of it.
func (p *Post) Summary() string {
	if p.Extras == nil {
		return ""
	}
	return p.Extras.Summary
}

// Description returns what Extras say of it.
func (p *Post) Description() string {
	if p.Extras == nil {
		return ""
	}
	return p.Extras.Description
}

// Excerpt returns what Extras say of it.
func (p *Post) Excerpt() []byte {
	if p.Extras == nil {
		return nil
	}
	return p.Extras.Excerpt
}

// SummaryWords returns what Extras say of it.
func (p *Post) SummaryWords() int {
	if p.Extras == nil {
		return 0
	}
	return p.Extras.SummaryWords
}

// Carry returns what Extras say of it.
func (p *Post) Carry() Extent {
	if p.Extras == nil {
		return ""
	}
	return p.Extras.Carry
}

// Translation returns what Extras say of it.
func (p *Post) Translation() bool {
	if p.Extras == nil {
		return false
	}
	return p.Extras.Translation
}

// Aside returns what Extras say of it.
func (p *Post) Aside() bool {
	if p.Extras == nil {
		return false
	}
	return p.Extras.Aside
}

// Parts returns what Extras say of it.
func (p *Post) Parts() []string {
	if p.Extras == nil {
		return nil
	}
	return p.Extras.Parts
}

// Enclosures returns what Extras say of it.
func (p *Post) Enclosures() []Enclosure {
	if p.Extras == nil {
		return nil
	}
	return p.Extras.Enclosures
}

// Episode returns what Extras say of it.
func (p *Post) Episode() *Episode {
	if p.Extras == nil {
		return nil
	}
	return p.Extras.Episode
}

// Told returns what the post says of itself as an episode; the zero value: nothing.
func (p *Post) Told() Episode {
	if e := p.Episode(); e != nil {
		return *e
	}
	return Episode{}
}
