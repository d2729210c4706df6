package identity

import "path"

// index finds the claims that may match a past post, without looking at all.
type index struct {
	byMark map[mark][]*Claim
	byText map[uint32][]*Claim
}

// mark is something that a claim and a past post may have in common.
type mark struct {
	kind       rune
	text, name string // name: the last element of the file's, where many may have the rest in common
}

// mostAlike is how many claims with the same mark are looked at; more of them are
// alike in all that matters.
const mostAlike = 64

func indexOf(free []*Claim) index {
	x := index{map[mark][]*Claim{}, map[uint32][]*Claim{}}
	for _, c := range free {
		add := func(m mark) { x.byMark[m] = append(x.byMark[m], c) }
		for _, id := range append([]string{c.ID}, c.Also...) {
			add(mark{kind: 'i', text: id})
		}
		for _, m := range marksOf(c.Hash, c.Title, c.File, c.At) {
			add(m)
		}
		for _, piece := range c.sketch {
			x.byText[piece] = append(x.byText[piece], c)
		}
	}
	return x
}

func marksOf(hash, title, file, at string) []mark {
	name := path.Base(file)
	return []mark{{'f', file, ""}, {'h', hash, ""}, {'h', hash, name}, {'t', title, ""}, {'t', title, name}, {'u', at, ""}}
}

// near returns each claim that has anything in common with a past post, once.
func (x index) near(k *past) []*Claim {
	var all []*Claim
	add := func(claims []*Claim) {
		for _, c := range claims[:min(len(claims), mostAlike)] {
			if c.nearTo != k {
				c.nearTo = k
				all = append(all, c)
			}
		}
	}
	add(x.byMark[mark{kind: 'i', text: k.ID}])
	for _, m := range marksOf(k.Hash, k.Title, k.path, k.Path) {
		add(x.byMark[m])
	}
	for _, piece := range k.sketch {
		add(x.byText[piece])
	}
	return all
}
