package library

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
)

// A text is known again by a sketch of it: the smallest hashes of its pairs of
// neighbouring words (MinHash, bottom-k). How many of the smallest hashes of two
// texts together stand in both sketches tells how much the texts have in common.
const (
	sketchSize  = 16 // hashes at most
	sketchLeast = 8  // texts of fewer pairs are too short to tell
)

type sketch []uint32 // sorted

// sketchOf makes the sketch of a text; nil: the text is too short.
func sketchOf(text []byte) sketch {
	s := make(sketch, 0, sketchSize)
	var before uint32
	for first := true; ; first = false {
		word, rest := nextWord(text)
		if word == nil {
			break
		}
		now := hashOfWord(word)
		if !first {
			s = s.add(mixed(before, now))
		}
		before, text = now, rest
	}
	if len(s) < sketchLeast {
		return nil
	}
	return s
}

// add keeps the smallest hashes.
func (s sketch) add(hash uint32) sketch {
	if len(s) == sketchSize && hash >= s[sketchSize-1] {
		return s
	}
	i, known := slices.BinarySearch(s, hash)
	switch {
	case known:
		return s
	case len(s) == sketchSize:
		s = s[:sketchSize-1]
	}
	return slices.Insert(s, i, hash)
}

// nextWord returns the first word of a text, nil if there is none, and what comes
// after it. Scripts that put no spaces between words have each character for one.
func nextWord(text []byte) (word, rest []byte) {
	start := 0
	for start < len(text) && !inWord(text[start]) {
		start++
	}
	if start == len(text) {
		return nil, nil
	}
	if spaceless(text[start]) {
		end := min(start+3, len(text))
		return text[start:end], text[end:]
	}
	end := start + 1
	for end < len(text) && inWord(text[end]) && !spaceless(text[end]) {
		end++
	}
	return text[start:end], text[end:]
}

func inWord(b byte) bool {
	return b >= 0x80 || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9'
}

// spaceless reports whether a byte begins a character of three bytes (UTF-8)
// between U+3000 and U+DFFF: kana, Chinese characters, Hangul.
func spaceless(b byte) bool { return 0xE3 <= b && b <= 0xED }

// hashOfWord is FNV-1a, which stays the same from run to run.
func hashOfWord(word []byte) uint32 {
	hash := uint32(2166136261)
	for _, b := range word {
		hash = (hash ^ uint32(b)) * 16777619
	}
	return hash
}

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
	both, of := 0, 0
	for i, j := 0, 0; of < sketchSize && (i < len(s) || j < len(other)); of++ {
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
	if len(s) == 0 {
		return ""
	}
	raw := make([]byte, 0, 4*sketchSize)
	for _, hash := range s {
		raw = binary.BigEndian.AppendUint32(raw, hash)
	}
	return base64.RawStdEncoding.EncodeToString(raw)
}

// sketchFrom reads what String wrote; nil where that is something else.
func sketchFrom(text string) sketch {
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || len(raw)%4 != 0 || len(raw) > 4*sketchSize {
		return nil
	}
	s := make(sketch, 0, len(raw)/4)
	for ; len(raw) > 0; raw = raw[4:] {
		s = append(s, binary.BigEndian.Uint32(raw))
	}
	if !slices.IsSorted(s) {
		return nil
	}
	return s
}
