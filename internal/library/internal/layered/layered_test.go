package layered_test

import (
	"maps"
	"math/rand/v2"
	"testing"

	"broadsheet/internal/library/internal/layered"
)

// A layered map holds what a plain one would, however often it was copied and changed,
// and so does each of those that it was copied from.
func TestLayeredMapHoldsWhatAPlainOneDoes(t *testing.T) {
	type version struct {
		layered layered.Map[int, int]
		plain   map[int]int
	}
	for seed := range uint64(20) {
		dice := rand.New(rand.NewPCG(seed, 2))
		first := map[int]int{}
		for k := range 50 {
			first[k] = k
		}
		versions := []version{{layered.Of(maps.Clone(first)), first}}
		for range 60 {
			before := versions[len(versions)-1]
			next := version{before.layered.Copy(), maps.Clone(before.plain)}
			for range dice.IntN(8) {
				k := dice.IntN(400)
				if dice.IntN(3) == 0 {
					next.layered.Remove(k)
					delete(next.plain, k)
					continue
				}
				v := dice.IntN(9)
				next.layered.Set(k, v)
				next.plain[k] = v
			}
			versions = append(versions, next)
		}
		for n, v := range versions {
			if got := maps.Collect(v.layered.All()); !maps.Equal(got, v.plain) || v.layered.Len() != len(v.plain) {
				t.Fatalf("seed %d, version %d: %v (%d), want %v", seed, n, got, v.layered.Len(), v.plain)
			}
			for k := range 400 {
				got, is := v.layered.Get(k)
				if want, isPlain := v.plain[k]; got != want || is != isPlain {
					t.Fatalf("seed %d, version %d: %d is %d, %v; want %d, %v", seed, n, k, got, is, want, isPlain)
				}
			}
		}
	}
}
