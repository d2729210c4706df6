package identity

import (
	"encoding/binary"
	"slices"
)

// A text is known again by a sketch of it: the smallest hashes of its pairs of
// neighbouring words (MinHash, bottom-k). How many of the smallest hashes of two
// texts together stand in both sketches tells how much the texts have in common.
const (
	sketchSize  = 32 // hashes at most: with fewer, chance hides one likeness in ten thousand
	formerSize  = 16 // the same in states that earlier versions kept
	sketchLeast = 8  // texts of fewer pairs are too short to tell
)

type sketch []uint32 // sorted

// Sketch returns a sketch of a text, by which it is known again though some of it has
// changed; empty: the text is too short.
func Sketch(text []byte) string {
	s := smallest{limit: 1 << 32}
	before, text, ok := nextWord(text)
	for ok {
		var now uint32
		if now, text, ok = nextWord(text); ok {
			if hash := mixed(before, now); uint64(hash) < s.limit {
				s.add(hash)
			}
			before = now
		}
	}
	if s.count < sketchLeast {
		return ""
	}
	return sketch(s.hashes[:s.count]).String()
}

// smallest are the smallest hashes of those added.
type smallest struct {
	hashes [sketchSize]uint32 // the first count of them, sorted
	count  int
	limit  uint64 // what is not smaller is not among them
}

// add puts in a hash that is smaller than the limit.
func (s *smallest) add(hash uint32) {
	i := s.count
	for i > 0 && s.hashes[i-1] > hash {
		i--
	}
	if i > 0 && s.hashes[i-1] == hash {
		return
	}
	s.count = min(s.count+1, sketchSize)
	copy(s.hashes[i+1:s.count], s.hashes[i:])
	s.hashes[i] = hash
	if s.count == sketchSize {
		s.limit = uint64(s.hashes[sketchSize-1])
	}
}

// nextWord returns a hash of the first word of a text (FNV-1a, which stays the same
// from run to run), and what comes after it; false: there is no word. Scripts that put
// no spaces between words have each character for one.
func nextWord(text []byte) (hash uint32, rest []byte, ok bool) {
	for len(text) > 0 && kinds[text[0]] == between {
		text = text[1:]
	}
	if len(text) == 0 {
		return 0, nil, false
	}
	hash = (2166136261 ^ uint32(text[0])) * 16777619
	end := 1
	if kinds[text[0]] == character {
		for ; end < min(3, len(text)); end++ {
			hash = (hash ^ uint32(text[end])) * 16777619
		}
		return hash, text[end:], true
	}
	for end < len(text) && kinds[text[end]] == letter {
		hash = (hash ^ uint32(text[end])) * 16777619
		end++
	}
	return hash, text[end:], true
}

// What a byte is.
const (
	between   = iota // words
	letter           // of a word
	character        // its beginning: one of three bytes (UTF-8), from U+3000 to U+DFFF: kana, Chinese characters, Hangul
)

var kinds = func() (kinds [256]uint8) {
	for b := range kinds {
		switch {
		case b >= 0xE3 && b <= 0xED:
			kinds[b] = character
		case b >= 0x80, 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9':
			kinds[b] = letter
		}
	}
	return kinds
}()

// mixed is a hash of two in this order, all of whose bits depend on both.
func mixed(a, b uint32) uint32 {
	x := uint64(a)<<32 | uint64(b)
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return uint32(x >> 32)
}

// alike returns how much of two texts is the same, in thousandths; 0 where a text is
// too short to tell.
func (s sketch) alike(other sketch) int {
	if len(s) == 0 || len(other) == 0 {
		return 0
	}
	both, of, most := 0, 0, sketchSize
	if len(s) == formerSize || len(other) == formerSize { // what its text has beyond these is unknown
		most = formerSize
	}
	for i, j := 0, 0; of < most && (i < len(s) || j < len(other)); of++ {
		switch {
		case j == len(other) || i < len(s) && s[i] < other[j]:
			i++
		case i == len(s) || other[j] < s[i]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	return both * 1000 / of
}

func (s sketch) String() string {
	var raw [4 * sketchSize]byte // on the stack
	for i, hash := range s {
		binary.BigEndian.PutUint32(raw[4*i:], hash)
	}
	return string(raw[:4*len(s)])
}

// sketchFrom reads what String wrote; nil where that is something else.
func sketchFrom(raw string) sketch {
	if len(raw)%4 != 0 || len(raw) > 4*sketchSize {
		return nil
	}
	s := make(sketch, 0, len(raw)/4)
	for ; len(raw) > 0; raw = raw[4:] {
		s = append(s, first(raw))
	}
	if !slices.IsSorted(s) {
		return nil
	}
	return s
}

// first returns the first hash of what String wrote.
func first(raw string) uint32 {
	return uint32(raw[0])<<24 | uint32(raw[1])<<16 | uint32(raw[2])<<8 | uint32(raw[3])
}

// meets reports whether a sketch, as String wrote it, has any hash of this one.
func (s sketch) meets(raw string) bool {
	if len(s) == 0 || len(raw) > 4*sketchSize {
		return false
	}
	for ; len(raw) >= 4; raw = raw[4:] {
		if _, found := slices.BinarySearch(s, first(raw)); found {
			return true
		}
	}
	return false
}
