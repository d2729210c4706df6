package blog

import (
	"encoding/binary"
	"hash/maphash"
	"time"
)

// Key stands for a value: two values with the same key are the same, within one
// process. The zero Key is that of no value.
type Key [2]uint64

// Keyer makes a Key of what is added to it, in the order in which it is added. The
// zero value is ready to use.
type Keyer struct {
	a, b maphash.Hash
	set  bool
}

// Keys are made with seeds of this process, so that no author can choose two posts
// that have one key.
var seedA, seedB = maphash.MakeSeed(), maphash.MakeSeed()

func (k *Keyer) begin() {
	if !k.set {
		k.a.SetSeed(seedA)
		k.b.SetSeed(seedB)
		k.set = true
	}
}

// Bytes adds a text.
func (k *Keyer) Bytes(text []byte) *Keyer {
	k.Int(int64(len(text)))
	_, _ = k.a.Write(text) // never fails
	_, _ = k.b.Write(text)
	return k
}

// Text adds texts.
func (k *Keyer) Text(texts ...string) *Keyer {
	for _, text := range texts {
		k.Int(int64(len(text)))
		_, _ = k.a.WriteString(text) // never fails
		_, _ = k.b.WriteString(text)
	}
	return k
}

// Int adds numbers.
func (k *Keyer) Int(numbers ...int64) *Keyer {
	k.begin()
	for _, n := range numbers {
		var eight [8]byte
		binary.LittleEndian.PutUint64(eight[:], uint64(n)) //nolint:gosec // the same eight bytes
		_, _ = k.a.Write(eight[:])                         // never fails
		_, _ = k.b.Write(eight[:])
	}
	return k
}

// Bool adds a truth.
func (k *Keyer) Bool(is bool) *Keyer {
	if is {
		return k.Int(1)
	}
	return k.Int(0)
}

// Time adds a moment and the zone that it is told in.
func (k *Keyer) Time(t time.Time) *Keyer {
	name, offset := t.Zone()
	return k.Int(t.Unix(), int64(t.Nanosecond()), int64(offset)).Text(name)
}

// Key adds other keys.
func (k *Keyer) Key(keys ...Key) *Keyer {
	for _, key := range keys {
		k.Int(int64(key[0]), int64(key[1])) //nolint:gosec // the same bits
	}
	return k
}

// Sum returns the key of all that was added.
func (k *Keyer) Sum() Key {
	k.begin()
	return Key{k.a.Sum64() | 1, k.b.Sum64()} // never zero
}

// KeyOf returns the key of a post: of all that its fields say but File, which
// say nothing to readers.
func KeyOf(p *Post) Key {
	var k Keyer
	text := p.Text
	if text == (Key{}) {
		text = p.TextKey()
	}
	k.Key(text).Text(p.Path, p.ID, p.URL, p.ExternalURL(), p.Slug, p.Section, string(p.Mark()), p.Title)
	k.Time(p.Published).Time(p.Updated).Time(p.Expires())
	k.Int(int64(len(p.Aliases()))).Text(p.Aliases()...)
	k.Int(int64(len(p.Authors)), int64(len(p.Terms)), int64(len(p.Enclosures())))
	for i := range p.Authors {
		k.Text(p.Authors[i].Name, p.Authors[i].Email, p.Authors[i].URL)
	}
	for i := range p.Terms {
		k.Text(string(p.Terms[i].Kind), p.Terms[i].Name)
	}
	k.Text(p.Language(), p.Image().URL, p.Image().Alt, p.Image().Type, p.Summary(), p.Description(), string(p.Carry()))
	k.Bool(p.Translation()).Bool(p.Withholds).Bool(p.Aside()).Int(p.Image().Size)
	k.Int(int64(len(p.Parts()))).Text(p.Parts()...)
	for i := range p.Enclosures() {
		e := &p.Enclosures()[i]
		k.Text(e.URL, e.Type, e.Title).Int(e.Size, int64(e.Duration))
	}
	episode := p.Told()
	episode.addTo(&k)
	return k.Sum()
}

// TextKey returns the key of all that the text of the post is rendered from, but for
// what is elsewhere.
func (p *Post) TextKey() Key {
	var k Keyer
	k.Bytes(p.Body).Bool(p.Excerpt() != nil).Bytes(p.Excerpt()).Text(p.Path, p.URL)
	return k.Int(int64(p.Markup), int64(p.BodyLine), int64(p.SummaryWords())).Sum()
}

func (e *Episode) addTo(k *Keyer) {
	k.Int(int64(e.Number), int64(e.Season), int64(len(e.Transcripts)), int64(len(e.People)))
	k.Text(e.SeasonName, e.Kind, e.Title, e.Explicit, e.Image, e.Chapters, e.Location)
	for i := range e.Transcripts {
		t := &e.Transcripts[i]
		k.Text(t.URL, t.Type, t.Language, t.Relation)
	}
	for i := range e.People {
		p := &e.People[i]
		k.Text(p.Name, p.Role, p.URL, p.Image)
	}
}
