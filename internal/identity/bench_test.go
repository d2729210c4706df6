package identity_test

import (
	"math/rand/v2"
	"testing"

	"broadsheet/internal/identity"
)

// BenchmarkSketch measures what the sketch of a post of 800 words costs: each post gets one
// before the first edition. The posts are many, so that no processor learns one by heart.
func BenchmarkSketch(b *testing.B) {
	dice := rand.New(rand.NewPCG(1, 2))
	texts := make([][]byte, 500)
	for i := range texts {
		for range 800 {
			for range 2 + dice.IntN(8) {
				texts[i] = append(texts[i], byte('a'+dice.IntN(26)))
			}
			texts[i] = append(texts[i], ' ')
		}
	}
	b.SetBytes(int64(len(texts[0])))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		identity.Sketch(texts[i%len(texts)])
	}
}
