package identity_test

import (
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"broadsheet/internal/identity"
)

// oracle is the sketch of a text by the book: all hashes of neighbouring words, sorted, each
// once, of these the first 32.
func oracle(text string) string {
	var words []uint32
	for _, word := range regexp.MustCompile(`[\x{3000}-\x{D7FF}]|[0-9A-Za-z\x{80}-\x{2FFF}\x{E000}-\x{10FFFF}]+`).FindAllString(text, -1) {
		h := fnv.New32a()
		_, _ = h.Write([]byte(word))
		words = append(words, h.Sum32())
	}
	var pairs []uint32
	for i := 1; i < len(words); i++ {
		x := uint64(words[i-1])<<32 | uint64(words[i])
		x = (x ^ x>>33) * 0xff51afd7ed558ccd
		x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
		pairs = append(pairs, uint32(x>>32))
	}
	slices.Sort(pairs)
	pairs = slices.Compact(pairs)
	if len(pairs) < 8 {
		return ""
	}
	raw := []byte{}
	for _, hash := range pairs[:min(len(pairs), 32)] {
		raw = binary.BigEndian.AppendUint32(raw, hash)
	}
	return string(raw)
}

// States hold sketches: the same text must come to the same one, whichever version made it.
func TestSketchIsTheSmallestHashesOfPairsOfWords(t *testing.T) {
	seed := rand.Uint64()
	dice := rand.New(rand.NewPCG(seed, 0))
	words := []string{"a", "an", "word", "words", "ünïcode", "日", "本語", "한글", "42", "naïve", "Ω", "😀", "x9"}
	between := []string{" ", " ", " ", "\n\n", ", ", ".", "—", "**", "", "`"}
	for range 2000 {
		text := between[dice.IntN(len(between))]
		for range dice.IntN(120) {
			word := words[dice.IntN(len(words))]
			if dice.IntN(3) == 0 {
				word += string(rune('a' + dice.IntN(26)))
			}
			text += word + between[dice.IntN(len(between))]
		}
		if got, want := identity.Sketch([]byte(text)), oracle(text); got != want {
			t.Fatalf("seed %d: %q has the sketch %x, want %x", seed, text, got, want)
		}
	}
}
