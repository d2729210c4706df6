package identity_test

import (
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/identity"
)

// table is what is remembered, by path.
type table map[string]*identity.Identity

func (t table) Len() int                                   { return len(t) }
func (t table) All() iter.Seq2[string, *identity.Identity] { return maps.All(t) }
func (t table) Get(file string) (k *identity.Identity, ok bool) {
	k, ok = t[file]
	return k, ok
}

// sketches returns the sketch of a text, or of one that has half of it.
func sketches(half bool) string {
	words := "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
	if half {
		words = words[:len(words)/2] + strings.ToUpper(words[len(words)/2:])
	}
	return identity.Sketch([]byte(words))
}

// A file that nothing was known of goes on with a post whose file is gone, if enough of
// both is the same.
func TestClaimGoesOnWithThePostThatItMatches(t *testing.T) {
	known := identity.Identity{ID: "old", Hash: "h1", Path: "/old/", Title: "t1", Text: sketches(false)}
	for name, c := range map[string]struct {
		claim    identity.Claim
		departed bool // the file was gone already when last looked
		id       string
		rank     identity.Rank
	}{
		"the same bytes":               {claim: identity.Claim{Hash: "h1"}, id: "old", rank: identity.Held},
		"the same bytes, long since":   {claim: identity.Claim{Hash: "h1"}, departed: true, id: "old", rank: identity.Remembered},
		"the same title":               {claim: identity.Claim{Title: "t1"}, id: "old", rank: identity.Held},
		"most of the text":             {claim: identity.Claim{Text: sketches(true)}, id: "old", rank: identity.Held},
		"most of the text, long since": {claim: identity.Claim{Text: sketches(true)}, departed: true, id: "new", rank: identity.Derived},
		"the same permalink":           {claim: identity.Claim{At: "/old/"}, id: "old", rank: identity.Held},
		"another id, stated": {
			claim: identity.Claim{Hash: "h1", Explicit: true}, id: "new", rank: identity.Stated,
		},
		"the id, stated among others": {
			claim: identity.Claim{Explicit: true, Also: []string{"old"}}, id: "old", rank: identity.Held,
		},
		"nothing": {claim: identity.Claim{Hash: "h2", Title: "t2", At: "/new/"}, id: "new", rank: identity.Derived},
	} {
		claim := c.claim
		claim.File, claim.Asks, claim.ID, claim.Rank = "new.md", "new", "new", identity.Derived
		before := table{"old.md": &known}
		gone := known
		gone.Gone = c.departed
		before["old.md"] = &gone
		m := identity.NewMatching(before)
		m.Add(&claim, "", false)
		m.Run(identity.Table(before))
		claim.Settle()
		if claim.ID != c.id || claim.Rank != c.rank {
			t.Errorf("%s: the id is %s (rank %d), want %s (rank %d)", name, claim.ID, claim.Rank, c.id, c.rank)
		}
	}
}

func TestCopyOfALivingPostIsNamed(t *testing.T) {
	before := table{"a.md": {ID: "a", Hash: "h", Title: "t"}}
	original := identity.Claim{File: "a.md", Asks: "a", ID: "a", Hash: "h", Title: "t"}
	second := identity.Claim{File: "b.md", Asks: "b", ID: "b", Hash: "h", Title: "t"}
	m := identity.NewMatching(before)
	m.Add(&original, "a.md", true)
	m.Add(&second, "", false)
	m.Run(identity.Table(before))
	original.Settle()
	second.Settle()
	if original.Copies() || !second.Copies() || second.Known() || second.ID != "b" {
		t.Errorf("the original is a copy: %v; the copy is one: %v, known: %v, with id %s", original.Copies(), second.Copies(), second.Known(), second.ID)
	}
}

func TestMissingFileGivesWayToTheOneThatGoesOn(t *testing.T) {
	before := table{"a.md": {ID: "a", Hash: "h", Title: "t"}}
	missing := identity.Claim{File: "a.md", Asks: "a", ID: "a", Hash: "h", Title: "t", Missing: true}
	next := identity.Claim{File: "b.md", Asks: "b", ID: "b", Hash: "h2", Title: "t"}
	m := identity.NewMatching(before)
	m.Add(&missing, "a.md", true)
	m.Add(&next, "", false)
	m.Run(identity.Table(before))
	missing.Settle()
	next.Settle()
	if !missing.Replaced() || next.ID != "a" || next.Rank != identity.Held {
		t.Errorf("replaced: %v; the other has %s", missing.Replaced(), next.ID)
	}
}

// One file that changed among many comes to the same, whether all are matched or it alone;
// also if nothing but the text speaks for it.
func TestOneIsMatchedAsAmongAll(t *testing.T) {
	found := 0
	for seed := range uint64(3000) {
		dice := rand.New(rand.NewPCG(seed, 7))
		before, known := table{}, table{}
		for n := range 1 + dice.IntN(4) {
			before[fmt.Sprintf("%d.md", n)] = drawn(dice, fmt.Sprintf("id%d", n))
		}
		maps.Copy(known, before)
		for n := range dice.IntN(3) {
			gone := drawn(dice, fmt.Sprintf("gone%d", n))
			gone.Gone = true
			known[fmt.Sprintf("gone%d.md", n)] = gone
		}
		changed := fmt.Sprintf("%d.md", dice.IntN(5))
		now := drawn(dice, []string{"id0", "id1", "gone0", "new"}[dice.IntN(4)])
		claim := identity.Claim{
			File: changed, Hash: now.Hash, At: now.Path, Asks: now.ID, ID: now.ID, Title: now.Title, Text: now.Text,
			Explicit: dice.IntN(3) == 0, Waited: dice.IntN(2) == 0, Rank: identity.Derived,
		}
		former := ""
		if _, here := before[changed]; here {
			former = changed
		}
		all, one := claim, claim
		m := identity.NewMatching(before)
		m.Add(&all, former, false)
		for file, k := range before {
			if file != changed {
				m.Add(&identity.Claim{File: file, Hash: k.Hash, At: k.Path, Asks: k.ID, ID: k.ID, Title: k.Title, Text: k.Text}, file, true)
			}
		}
		m.Run(identity.Table(known))
		identity.MatchOne(&one, former, before, identity.Table(known))
		all.Settle()
		one.Settle()
		if all.ID != one.ID || all.Rank != one.Rank || all.Copies() != one.Copies() || all.Early() != one.Early() {
			t.Fatalf("seed %d: %s (rank %d, copies %v, early %v) alone, %s (rank %d, copies %v, early %v) among all",
				seed, one.ID, one.Rank, one.Copies(), one.Early(), all.ID, all.Rank, all.Copies(), all.Early())
		}
		if one.Known() || one.Copies() {
			found++
		}
	}
	if found < 500 {
		t.Errorf("of 3000 drawn claims only %d were found again", found)
	}
}

// drawn returns an identity that often has something in common with others.
func drawn(dice *rand.Rand, id string) *identity.Identity {
	pick := func(kind string) string { return fmt.Sprintf("%s%d", kind, dice.IntN(8)) }
	words := make([]string, 24)
	for n := range words {
		words[n] = fmt.Sprintf("word%d", n)
	}
	from := dice.IntN(24)
	if dice.IntN(2) == 0 {
		words = append(words[from:], strings.Fields(strings.Repeat(fmt.Sprintf("other%d more ", dice.IntN(9)), 9))...)
	}
	return &identity.Identity{ID: id, Hash: pick("h"), Path: "/" + pick("p") + "/", Title: pick("t"), Text: identity.Sketch([]byte(strings.Join(words, " ")))}
}

func TestTitleMarkNeedsATitleOrATime(t *testing.T) {
	day := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	if got := identity.TitleMark(day, ""); got != "" {
		t.Errorf("a day alone has the mark %q", got)
	}
	for _, c := range []struct {
		at    time.Time
		title string
	}{{day, "A"}, {day, "B"}, {day.Add(time.Second), ""}, {day.Add(time.Second), "A"}} {
		if mark := identity.TitleMark(c.at, c.title); len(mark) != 16 {
			t.Errorf("%v %q has the mark %q", c.at, c.title, mark)
		}
	}
	east := time.FixedZone("", 3600)
	if identity.TitleMark(day, "A") != identity.TitleMark(time.Date(2026, 6, 1, 0, 0, 0, 0, east), "A") {
		t.Error("the zone of a date counts")
	}
}

func TestShortTextHasNoSketch(t *testing.T) {
	if got := identity.Sketch([]byte("one two three four five six seven eight")); got != "" {
		t.Errorf("seven pairs of words have the sketch %q", got)
	}
	if got := identity.Sketch([]byte("one two three four five six seven eight nine")); got == "" {
		t.Error("eight pairs of words have no sketch")
	}
}

// Two texts that have most in common are known for alike, whatever the chance is by which
// their sketches are drawn: a post that is moved and edited would be another one.
func TestChanceHidesNoLikeness(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 1))
	words := func(n int) string {
		var b strings.Builder
		for range n {
			fmt.Fprintf(&b, "w%04d ", dice.IntN(10_000))
		}
		return b.String()
	}
	for n := range 4000 {
		same := words(120)
		known := identity.Identity{ID: "old", Hash: "h1", Title: "t1", Text: identity.Sketch([]byte(words(20) + same))}
		c := &identity.Claim{File: "new.md", Asks: "new", ID: "new", Hash: "h2", Title: "t2", Text: identity.Sketch([]byte(same + words(20)))}
		m := identity.NewMatching(table{"old.md": &known})
		m.Add(c, c.File, false)
		m.Run(nil)
		if c.Settle(); c.ID != "old" {
			t.Fatalf("draw %d: three quarters of the text are the same, and it is another post", n)
		}
	}
}
