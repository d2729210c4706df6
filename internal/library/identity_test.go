package library_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
	"broadsheet/internal/source"

	"github.com/google/go-cmp/cmp"
)

var seed = flag.Uint64("identity.seed", 0, "the one seed that random lives begin with; 0: 300 of them")

// essay is a text of forty words that only its number makes, with some of them changed.
func essay(n int, changed ...int) string {
	words := make([]string, 40)
	for i := range words {
		words[i] = fmt.Sprintf("word%d", n*1000+i)
	}
	for _, i := range changed {
		words[i] = fmt.Sprintf("other%d", i)
	}
	return strings.Join(words, " ") + "\n"
}

// write makes the text of a post.
func write(title, date, more, body string) string {
	return fmt.Sprintf("---\ntitle: %s\ndate: %s\n%s---\n%s", title, date, more, body)
}

// keysOnce are the keys of files that nobody saw before.
var keysOnce = func() func() uint64 {
	last := uint64(100)
	return func() uint64 { last++; return last }
}()

// unrelated returns a scan of files none of which is known to be one seen before.
func unrelated(texts map[string]string) []source.File {
	files := hashed(texts)
	for i := range files {
		files[i].Key = keysOnce()
	}
	return files
}

// missing adds files of the scan before that are not there any more.
func missing(now, before []source.File, paths ...string) []source.File {
	for _, f := range before {
		if slices.Contains(paths, f.Path) {
			f.Missing = true
			now = append(now, f)
		}
	}
	slices.SortFunc(now, func(a, b source.File) int { return strings.Compare(a.Path, b.Path) })
	return now
}

// Everything about a file may change at once: the post that goes on is told by what
// its file says, and the one that is gone gives way in the same moment. The same holds
// while the service runs, with the missing file still in its time of grace or not,
// and at a restart.
func TestPostThatMovesAndChangesAtOnceIsTheSame(t *testing.T) {
	const day = "2026-01-02"
	old := write("A title", day, "", essay(1))
	other := write("Another", "2026-01-03", "", essay(2))
	byText := []string{"most of the text stays", "two candidates: the better one", "Chinese"} // nothing else tells it
	for name, tt := range map[string]struct {
		before, after map[string]string
		want          map[string]string // what each post was, "" for a new one
	}{
		"date and title stay": {
			map[string]string{"a.md": old}, map[string]string{"b.md": write("A title", day, "", essay(9))}, map[string]string{"b.md": "a.md"},
		},
		"date and title stay, the text is short": {
			map[string]string{"a.md": write("A title", day, "", "Tpyo.")}, map[string]string{"b.md": write("A title", day, "", "Typo.")}, map[string]string{"b.md": "a.md"},
		},
		"most of the text stays": {
			map[string]string{"a.md": old}, map[string]string{"b.md": write("Better title", "2026-01-04", "", essay(1, 5, 20))}, map[string]string{"b.md": "a.md"},
		},
		"little of the text stays": {
			map[string]string{"a.md": old}, map[string]string{"b.md": write("Better title", "2026-01-04", "", essay(1, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31))}, map[string]string{"b.md": ""},
		},
		"the text is too short to tell": {
			map[string]string{"a.md": write("One", day, "", "Hello.")}, map[string]string{"b.md": write("Two", "2026-01-04", "", "Hello.")}, map[string]string{"b.md": ""},
		},
		"the permalink stays": {
			map[string]string{"a.md": write("A title", day, "permalink: /here/\n", essay(1))},
			map[string]string{"b.md": write("Else", "2026-02-01", "permalink: /here/\n", essay(3))}, map[string]string{"b.md": "a.md"},
		},
		"the stated id stays": {
			map[string]string{"a.md": write("A title", day, "id: tag:example.org,2020:x\n", essay(1))},
			map[string]string{"b.md": write("Else", "2026-02-01", "id: tag:example.org,2020:x\n", essay(3))}, map[string]string{"b.md": "a.md"},
		},
		"nothing stays": {
			map[string]string{"a.md": old}, map[string]string{"b.md": write("Else", "2026-02-01", "", essay(3))}, map[string]string{"b.md": ""},
		},
		"to the folder above, where it gets the same id": {
			map[string]string{"sub/a.md": old}, map[string]string{"a.md": write("Else", day, "", essay(3))}, map[string]string{"a.md": "sub/a.md"},
		},
		"a folder is renamed, a post of it saved": {
			map[string]string{"x/a.md": old, "x/b.md": other}, map[string]string{"y/a.md": write("A title", day, "", essay(1, 3)), "y/b.md": other},
			map[string]string{"y/a.md": "x/a.md", "y/b.md": "x/b.md"},
		},
		"onto the name of a deleted post": {
			map[string]string{"a.md": old, "b.md": other}, map[string]string{"b.md": write("A title", day, "", essay(1, 3))}, map[string]string{"b.md": "a.md"},
		},
		"the one for the other": {
			map[string]string{"a.md": old, "b.md": other},
			map[string]string{"a.md": write("Another", "2026-01-03", "", essay(2, 7)), "b.md": write("A title", day, "", essay(1, 3))},
			map[string]string{"a.md": "b.md", "b.md": "a.md"},
		},
		"each to the next number": {
			map[string]string{"1.md": old, "2.md": other},
			map[string]string{"2.md": write("A title", day, "", essay(1, 3)), "3.md": write("Another", "2026-01-03", "", essay(2, 7))},
			map[string]string{"2.md": "1.md", "3.md": "2.md"},
		},
		"two with the same date and title: by their texts": {
			map[string]string{"de/a.md": write("1.0", day, "", essay(1)), "fr/a.md": write("1.0", day, "", essay(2))},
			map[string]string{"x.md": write("1.0", day, "", essay(2, 4)), "y.md": write("1.0", day, "", essay(1, 4))},
			map[string]string{"x.md": "fr/a.md", "y.md": "de/a.md"},
		},
		"two candidates: the better one": {
			map[string]string{"a.md": write("A", day, "", essay(1, 2, 3, 4, 5, 6)), "b.md": write("B", day, "", essay(1))},
			map[string]string{"c.md": write("C", day, "", essay(1))}, map[string]string{"c.md": "b.md"},
		},
		"text that a living post has too tells nothing": {
			map[string]string{"a.md": write("A", "2026-01-05", "", essay(1)), "b.md": write("B", day, "", essay(1))},
			map[string]string{"b.md": write("B", day, "", essay(1)), "c.md": write("C", "2026-01-06", "", essay(1))},
			map[string]string{"b.md": "b.md", "c.md": ""},
		},
		"Chinese": {
			map[string]string{"a.md": write("甲", day, "", "今天天气很好我们一起去公园散步然后回家吃饭")},
			map[string]string{"b.md": write("乙", "2026-01-09", "", "今天天气很好我们一起去公园跑步然后回家吃饭")}, map[string]string{"b.md": "a.md"},
		},
		"rewritten where it is": {
			map[string]string{"a.md": old}, map[string]string{"a.md": write("Else", "2026-02-01", "", essay(3))}, map[string]string{"a.md": "a.md"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			start := unrelated(tt.before)
			first := library.Build(nil, start, options())
			ids := idsOf(first)
			ways := map[string]*library.Library{}

			o := options()
			o.Known = first.IDs()
			ways["after a restart"] = library.Build(nil, unrelated(tt.after), o)
			ways["at once"] = settled(first, unrelated(tt.after))
			var gone []string
			for path := range tt.before {
				if _, here := tt.after[path]; !here {
					gone = append(gone, path)
				}
			}
			after := unrelated(tt.after)
			now := missing(slices.Clone(after), start, gone...)
			away := library.Build(first, missing(nil, start, slices.Collect(maps.Keys(tt.before))...), options())
			graces := map[string]*library.Library{"in the time of grace": settled(first, now), "after the deletion was seen": settled(away, now)}
			graces["and once more"] = library.Build(graces["in the time of grace"], now, options())
			for way, l := range graces {
				if slices.Contains(byText, name) { // until the old file is gone for good, it is shown alone
					if diff := cmp.Diff(ids, idsOf(l)); diff != "" {
						t.Errorf("%s: %s", way, diff)
					}
					l = settled(l, after)
				}
				ways[way] = l
			}
			for way, l := range ways {
				if way == "after the deletion was seen" && strings.HasPrefix(name, "text that a living") {
					continue // it was not living then
				}
				for path, was := range tt.want {
					got := idsOf(l)[path]
					if was != "" && got != ids[was] {
						t.Errorf("%s: %s is %s, want %s", way, path, got, ids[was])
					}
					for from, id := range ids {
						if was == "" && got == id {
							t.Errorf("%s: %s took the id of %s", way, path, from)
						}
					}
				}
				if _, claimed := tt.want[gonePath(l, tt.after)]; claimed {
					t.Errorf("%s: a post is shown twice: %v", way, idsOf(l))
				}
				for path := range idsOf(l) {
					if slices.Contains(gone, path) && slices.Contains(slices.Collect(maps.Values(tt.want)), path) {
						t.Errorf("%s: %s is still shown, beside the one that it is now", way, path)
					}
				}
			}
		})
	}
}

// settled builds the library of these files, and again if it only waits.
func settled(prev *library.Library, files []source.File) *library.Library {
	o := options()
	l := library.Build(prev, files, o)
	if l.Held() {
		o.Now = l.Next
		l = library.Build(l, files, o)
	}
	return l
}

// gonePath returns a path of the library that is not among the texts.
func gonePath(l *library.Library, texts map[string]string) string {
	for path := range l.IDs() {
		if texts[path] == "" {
			return path
		}
	}
	return ""
}

func TestFormerPermalinkOfAMovedAndChangedPostLeadsToIt(t *testing.T) {
	start := unrelated(map[string]string{"a.md": write("A title", "2026-01-02", "", essay(1))})
	first := library.Build(nil, start, options())
	now := missing(unrelated(map[string]string{"b.md": write("A title", "2026-01-02", "", essay(1, 3))}), start, "a.md")
	l := library.Build(first, now, options())
	want := map[string]string{strings.TrimPrefix(only(t, first).URL, options().Site.URL): only(t, l).URL}
	if diff := cmp.Diff(want, l.Redirects()); diff != "" {
		t.Error(diff)
	}
}

// A new file that looks like one that is there may be about to take its place.
func TestCopyWaitsUntilTheOriginalIsGoneOrStays(t *testing.T) {
	text := write("A title", "2026-01-02", "permalink: /a/\n", essay(1))
	for name, copied := range map[string]string{
		"the same bytes":          text,
		"the same date and title": write("A title", "2026-01-02", "", "Else."),
		"most of the text":        write("Else", "2026-03-02", "", essay(1, 3)),
		"the same permalink":      write("Else", "2026-03-02", "permalink: /a/\n", "Else."),
	} {
		t.Run(name, func(t *testing.T) {
			o := options()
			start := unrelated(map[string]string{"a.md": text})
			first := library.Build(nil, start, o)
			both := append(slices.Clone(start), unrelated(map[string]string{"b.md": copied})...)
			second := library.Build(first, both, o)
			if only(t, second).Path != "a.md" || second.Next.Sub(o.Now) > 3*time.Second || second.Next.IsZero() {
				t.Fatalf("copied: %v, next %v", idsOf(second), second.Next)
			}
			gone := missing(slices.Clone(both[1:]), start, "a.md")
			leaving := library.Build(second, gone, o)
			if p := only(t, leaving); p.Path != "a.md" {
				t.Errorf("the original has just gone: %v", idsOf(leaving))
			}
			later := o
			later.Now = o.Now.Add(5 * time.Second)
			moved := library.Build(library.Build(leaving, gone, later), both[1:], later)
			if p := only(t, moved); p.Path != "b.md" || p.ID != only(t, first).ID {
				t.Errorf("the original went: %v", idsOf(moved))
			}
			for what, text := range map[string]string{
				"as it was": text, "with another text": write("A title", "2026-01-02", "permalink: /a/\n", essay(7)), "with another title": write("Other", "2026-01-02", "permalink: /a/\n", essay(1)), "rewritten": write("Other", "2026-02-02", "", essay(8)),
			} {
				anew := unrelated(map[string]string{"a.md": text, "b.md": copied})
				for i := range anew {
					if anew[i].Path == "b.md" {
						anew[i].Key = both[1].Key
					}
				}
				for how, before := range map[string]*library.Library{"deleted before": leaving, "in its place": second} {
					back := library.Build(library.Build(before, anew, o), anew, later)
					if ids := idsOf(back); len(ids) != 2 || ids["a.md"] != only(t, first).ID || ids["b.md"] == ids["a.md"] {
						t.Errorf("the original was saved anew, %s, %s: %v", how, what, ids)
					}
				}
			}
			o.Now = second.Next
			stays := library.Build(second, both, o)
			ids := idsOf(stays)
			if len(ids) != 2 || ids["a.md"] != only(t, first).ID || ids["b.md"] == ids["a.md"] {
				t.Errorf("both stay: %v", ids)
			}
			o.Known = stays.IDs()
			for when, l := range map[string]*library.Library{
				"the original went later": library.Build(stays, gone, o),
				"after a restart":         library.Build(nil, both[1:], o),
				"after another restart":   library.Build(nil, both, o),
			} {
				if got := idsOf(l)["b.md"]; got != ids["b.md"] {
					t.Errorf("%s: the copy's id %s became %s", when, ids["b.md"], got)
				}
			}
		})
	}
}

// A file with a new name and a new title may be made of either of two that have its
// text, one of which is gone.
func TestTextThatALivingPostHasNearlyAsMuchOfTellsNothing(t *testing.T) {
	const day = "2026-01-02"
	a, b := write("A", day, "", essay(1)), write("B", "2026-01-03", "", essay(1, 3, 4))
	for name, test := range map[string]struct {
		after map[string]string
		heir  bool // c.md goes on with a.md, which is gone
	}{
		"b is there":            {map[string]string{"b.md": b, "c.md": write("C", "2026-01-04", "", essay(1, 3, 4, 9))}, false},
		"b has another name":    {map[string]string{"e.md": b, "c.md": write("C", "2026-01-04", "", essay(1, 3, 4, 9))}, false},
		"b was edited too":      {map[string]string{"e.md": write("B", "2026-01-03", "", essay(1, 3, 4, 5)), "c.md": write("C", "2026-01-04", "", essay(1, 3, 4, 9))}, false},
		"b has another text":    {map[string]string{"b.md": write("B", "2026-01-03", "", essay(5)), "c.md": write("C", "2026-01-04", "", essay(1, 9))}, true},
		"c says the title of a": {map[string]string{"b.md": b, "c.md": write("A", day, "", essay(1, 3, 4, 9))}, true},
	} {
		t.Run(name, func(t *testing.T) {
			start := unrelated(map[string]string{"a.md": a, "b.md": b})
			first := library.Build(nil, start, options())
			o := options()
			o.Known = first.IDs()
			for way, l := range map[string]*library.Library{
				"while it runs":   afterAWhile(first, unrelated(test.after)),
				"after a restart": library.Build(nil, unrelated(test.after), o),
			} {
				if heir := idsOf(l)["c.md"] == idsOf(first)["a.md"]; heir != test.heir {
					t.Errorf("%s: %v, before %v", way, idsOf(l), idsOf(first))
				}
			}
		})
	}
}

// One post takes the name of another, which is about to get a third.
func TestPostWhoseNameAnotherTookIsWaitedFor(t *testing.T) {
	a, b := write("A", "2026-01-02", "", essay(1)), write("B", "2026-01-03", "", essay(2))
	start := unrelated(map[string]string{"a.md": a, "b.md": b})
	first := library.Build(nil, start, options())
	taken := missing(unrelated(map[string]string{"b.md": write("A", "2026-01-02", "", essay(1, 7))}), start, "a.md")
	second := library.Build(first, taken, options())
	if diff := cmp.Diff(idsOf(first), idsOf(second)); diff != "" || second.Next.IsZero() {
		t.Fatalf("a has the name of b; next look at %v:\n%s", second.Next, diff)
	}
	o := options()
	o.Now = second.Next
	if ids := idsOf(library.Build(second, taken, o)); len(ids) != 1 || ids["b.md"] != idsOf(first)["a.md"] {
		t.Errorf("b never came: %v", ids)
	}
	both := missing(append(slices.Clone(taken[1:]), unrelated(map[string]string{"c.md": write("B", "2026-01-03", "", essay(2, 7))})...), start, "a.md")
	if ids := idsOf(library.Build(second, both, options())); len(ids) != 2 || ids["b.md"] != idsOf(first)["a.md"] || ids["c.md"] != idsOf(first)["b.md"] {
		t.Errorf("b came as c: %v", ids)
	}
	o = options()
	o.Site.URL = "https://other.example"
	if l := library.Build(second, taken, o); !strings.HasPrefix(only(t, l).URL, "https://other.example/") {
		t.Errorf("new settings wait: %s", only(t, l).URL)
	}
}

// Nobody has seen the address of a draft, so that it leads nowhere once the draft is
// published under another; and it is nobody else's former address any less.
func TestDraftsBearNoAddress(t *testing.T) {
	draft := func(slug, more string) string { return write("Draft", "2026-01-02", "slug: "+slug+"\n"+more, essay(1)) }
	first := library.Build(nil, folder(map[string]string{"d.md": draft("early", "draft: true\n"), "p.md": write("P", "2026-01-03", "slug: p\n", essay(2))}), options())
	second := library.Build(first, folder(map[string]string{"d.md": draft("late", "draft: true\n"), "p.md": write("P", "2026-01-03", "slug: q\n", essay(2))}), options())
	third := library.Build(second, folder(map[string]string{"d.md": draft("final", ""), "p.md": write("P", "2026-01-03", "slug: q\n", essay(2))}), options())
	url := func(l *library.Library, path string) string {
		i := slices.IndexFunc(l.Posts, func(p *blog.Post) bool { return p.Path == path })
		return l.Posts[i].URL
	}
	address := func(l *library.Library, path string) string {
		return strings.TrimPrefix(url(l, path), options().Site.URL)
	}
	want := map[string]string{address(first, "p.md"): url(third, "p.md")}
	if diff := cmp.Diff(want, third.Redirects()); diff != "" {
		t.Errorf("redirects (-want +got):\n%s", diff)
	}
	// It was seen once it was published, and leads to the post from then on, also while that is a draft again.
	fourth := library.Build(third, folder(map[string]string{"d.md": draft("hidden", "draft: true\n"), "p.md": write("P", "2026-01-03", "slug: q\n", essay(2))}), options())
	fifth := library.Build(fourth, folder(map[string]string{"d.md": draft("again", ""), "p.md": write("P", "2026-01-03", "slug: q\n", essay(2))}), options())
	want[address(third, "d.md")] = url(fifth, "d.md")
	if diff := cmp.Diff(want, fifth.Redirects()); diff != "" {
		t.Errorf("redirects (-want +got):\n%s", diff)
	}
}

func TestFileThatIsThereNeverGivesWay(t *testing.T) {
	text := write("A title", "2026-01-02", "id: tag:example.org,2020:x\n", essay(1))
	start := unrelated(map[string]string{"a.md": text})
	first := library.Build(nil, start, options())
	both := append(slices.Clone(start), unrelated(map[string]string{"b.md": text})...)
	if got := idsOf(afterAWhile(first, both)); got["a.md"] != "tag:example.org,2020:x" || got["b.md"] == got["a.md"] {
		t.Errorf("ids %v", got)
	}
}

func TestMissingFileStaysWhileNobodyClaimsItsPost(t *testing.T) {
	start := unrelated(map[string]string{"a.md": write("A", "2026-01-02", "", essay(1)), "b.md": write("B", "2026-01-03", "", essay(2))})
	first := library.Build(nil, start, options())
	now := missing(append([]source.File{}, start[1]), start, "a.md")
	if l := library.Build(first, now, options()); len(l.Posts) != 2 {
		t.Errorf("%v", idsOf(l))
	}
	now[1].Data = []byte(write("A", "2026-01-02", "", essay(3))) // the other one says now what it said
	now[1].Hash[0]++
	if l := library.Build(first, now, options()); only(t, l).Path != "b.md" {
		t.Errorf("%v", idsOf(l))
	}
}

func TestDeletedPostThatComesBackIsTheSame(t *testing.T) {
	first := library.Build(nil, unrelated(map[string]string{"a.md": write("A", "2026-01-02", "id: tag:example.org,2020:x\n", essay(1))}), options())
	o := options()
	o.Known = first.IDs()
	k := o.Known["a.md"]
	k.Gone = true
	o.Known["a.md"] = k
	empty := library.Build(first, nil, o)
	for name, text := range map[string]string{
		"with the same bytes":          write("A", "2026-01-02", "id: tag:example.org,2020:x\n", essay(1)),
		"with the same date and title": write("A", "2026-01-02", "", essay(5)),
	} {
		for _, path := range []string{"a.md", "b.md"} {
			for when, prev := range map[string]*library.Library{"running": empty, "restarted": nil} {
				if got := only(t, library.Build(prev, unrelated(map[string]string{path: text}), o)).ID; got != "tag:example.org,2020:x" {
					t.Errorf("%s, %s, as %s: id %s", name, when, path, got)
				}
			}
		}
	}
	if got := only(t, library.Build(empty, unrelated(map[string]string{"a.md": write("C", "2026-05-02", "", essay(7))}), o)).ID; got == "tag:example.org,2020:x" {
		t.Error("a post of later took the id of one that is long gone")
	}
}

// world is a folder in which an oracle knows which post lies where.
type world struct {
	dice  *rand.Rand
	files map[string]*thing
	last  map[string]source.File // of the scan before, by path
	grace map[string]int         // missing files: for how many scans yet
	count int
}

// thing is a file: which post it holds, in which state.
type thing struct {
	post, edits int
	retitled    bool
	seen        bool // by a scan; what was not may be a save of what lies under its name
	key         uint64
}

func (x *thing) text() string {
	title := fmt.Sprint("Post ", x.post)
	if x.retitled {
		title += " retitled"
	}
	return write(title, fmt.Sprintf("2026-01-%02d", x.post%28+1), "", essay(x.post, x.edits%40))
}

var places = []string{"a.md", "b.md", "c.md", "d.md", "x/a.md", "x/b.md", "x/c.md"}

// act does something to the folder. A new key stands for another file on disk.
func (w *world) act() {
	from, to := places[w.dice.IntN(len(places))], places[w.dice.IntN(len(places))]
	x := w.files[from]
	rekey := func(x *thing) {
		if w.dice.IntN(2) == 0 {
			x.key = keysOnce()
		}
	}
	switch op := w.dice.IntN(10); {
	case x == nil && op < 4 && w.last[from].Data == nil: // else it would be a save by deleting and writing anew
		w.count++
		w.files[from] = &thing{post: w.count, key: keysOnce()}
	case x == nil:
	case op < 2: // saved
		x.edits++
		rekey(x)
	case op < 7 && from != to && (x.seen || w.last[to].Data == nil): // moved, over another or not, or exchanged; and saved perhaps
		y := w.files[to]
		delete(w.files, from)
		w.files[to] = x
		if y != nil && w.dice.IntN(2) == 0 {
			w.files[from] = y
			rekey(y)
		}
		if w.dice.IntN(2) == 0 {
			x.edits++
		}
		rekey(x)
	case op == 7:
		delete(w.files, from)
	case op == 8:
		x.retitled = !x.retitled
	}
}

// scan returns what a scan finds.
func (w *world) scan() []source.File {
	var files []source.File
	now, keys := map[string]source.File{}, map[uint64]bool{}
	for path, x := range w.files {
		f := hashed(map[string]string{path: x.text()})[0]
		f.Key, x.seen = x.key, true
		files = append(files, f)
		now[path], keys[x.key] = f, true
	}
	grace := map[string]int{}
	for path, f := range w.last {
		if _, here := now[path]; here || keys[f.Key] {
			continue
		}
		left, known := w.grace[path]
		if !known {
			left = 2
		}
		if left == 0 {
			continue
		}
		f.Missing = true
		grace[path], now[path] = left-1, f
		files = append(files, f)
	}
	w.last, w.grace = now, grace
	slices.SortFunc(files, func(a, b source.File) int { return strings.Compare(a.Path, b.Path) })
	return files
}

// Whatever is done to the files, and whether or not each step is seen: a post keeps
// its id for as long as it lives, no other gets it, and none is shown twice.
func TestIDsStayThroughRandomLives(t *testing.T) {
	from, to := uint64(1), uint64(301)
	if *seed != 0 {
		from, to = *seed, *seed+1
	}
	for s := from; s < to; s++ {
		w := &world{dice: rand.New(rand.NewPCG(s, 3)), files: map[string]*thing{}}
		for n := range 4 {
			w.count++
			w.files[places[n]] = &thing{post: w.count, key: keysOnce()}
		}
		o := options()
		o.Known = map[string]*library.Identity{}
		var now *library.Library
		ids := map[int]string{}
		for step := range 30 {
			for range w.dice.IntN(3) {
				w.act()
			}
			o.Now = o.Now.Add(time.Duration(w.dice.IntN(2000)) * time.Millisecond)
			if w.dice.IntN(10) == 0 { // a restart
				now, w.last, w.grace = nil, nil, nil
			}
			files := w.scan()
			next := library.Build(now, files, o)
			if whole := library.BuildWhole(now, now.Present(files), o); !maps.EqualFunc(whole.IDs(), next.IDs(), func(a, b *library.Identity) bool { return *a == *b }) {
				t.Fatalf("seed %d, step %d (-identity.seed %d): by difference it is otherwise:\n%s", s, step, s, cmp.Diff(whole.IDs(), next.IDs()))
			}
			for now = next; now.Held(); now = library.Build(now, files, o) {
				o.Now = now.Next
			}
			w.compare(t, now, ids, fmt.Sprintf("seed %d, step %d (-identity.seed %d)", s, step, s))
			remember(o.Known, now.IDs())
			if t.Failed() {
				return
			}
		}
	}
}

// remember is what a memory does with the ids of a library.
func remember(known, now map[string]*library.Identity) {
	living := map[string]bool{}
	for path, k := range now {
		known[path], living[k.ID] = k, true
	}
	for path, k := range known {
		if _, here := now[path]; here {
			continue
		}
		if living[k.ID] {
			delete(known, path)
			continue
		}
		gone := *k
		gone.Gone = true
		known[path] = &gone
	}
}

// compare holds the library against what the oracle knows.
func (w *world) compare(t *testing.T, now *library.Library, ids map[int]string, when string) {
	t.Helper()
	got, owner := idsOf(now), map[string]string{}
	for path, id := range got {
		if other := owner[id]; other != "" {
			t.Errorf("%s: %s and %s have the id %s", when, path, other, id)
		}
		owner[id] = path
		if _, here := w.files[path]; !here && !w.last[path].Missing {
			t.Errorf("%s: %s is shown and not there", when, path)
		}
	}
	for path, x := range w.files {
		id := got[path]
		switch {
		case id == "" && w.last[owner[ids[x.post]]].Missing: // it is shown as it was, until that is gone for good
		case id == "":
			t.Errorf("%s: %s (post %d) is not shown", when, path, x.post)
		case ids[x.post] == "":
			ids[x.post] = id
		case ids[x.post] != id:
			t.Errorf("%s: %s (post %d) has the id %s, had %s", when, path, x.post, id, ids[x.post])
		}
		for other, was := range ids {
			if other != x.post && was == id {
				t.Errorf("%s: %s (post %d) has the id of post %d", when, path, x.post, other)
			}
		}
	}
	for path, x := range w.files {
		for old := range w.grace {
			if w.postOf(old) == x.post && got[old] != "" && got[path] != "" {
				t.Errorf("%s: post %d is shown twice", when, x.post)
			}
		}
	}
}

// postOf returns the number of the post that a missing file held.
func (w *world) postOf(path string) int {
	var post int
	_, _ = fmt.Sscanf(string(w.last[path].Data), "---\ntitle: Post %d", &post)
	return post
}

// Two posts exchanged their names, then their folder was renamed and one was saved anew: what
// of them is in no file yet stays, though the other has its permalink by now.
func TestPostThatMovedLetsNoMissingOneGo(t *testing.T) {
	a, b := write("A", "2026-01-02", "", essay(1)), write("B", "2026-01-03", "", essay(2))
	before := keyed(map[string]string{"deep/a.md": a, "deep/b.md": b}, 1, 2)
	first := library.Build(nil, before, options())
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"as it was":                       {b, []string{"deep/a.md", "other/a.md"}},
		"edited":                          {write("B", "2026-01-03", "", essay(2, 7)), []string{"deep/a.md", "other/a.md"}},
		"with the other's date and title": {write("A", "2026-01-02", "", essay(2, 7)), []string{"other/a.md"}},
	} {
		now := missing(keyed(map[string]string{"other/a.md": c.text}, 2), before, "deep/a.md")
		ids := idsOf(library.Build(first, now, options()))
		if got := slices.Sorted(maps.Keys(ids)); !slices.Equal(got, c.want) {
			t.Errorf("%s: the posts of %v are shown, want %v", name, got, c.want)
		}
		if was := idsOf(first)["deep/b.md"]; ids["other/a.md"] != was {
			t.Errorf("%s: id %s, was %s", name, ids["other/a.md"], was)
		}
	}
}

// A file that waits, for it may be what a missing one holds, goes itself: then it is the post
// for as long as missing files stay, or until it is in a third.
func TestHeirThatGoesItselfStays(t *testing.T) {
	start := unrelated(map[string]string{"a.md": write("A", "2026-01-02", "", essay(1)), "z.md": write("Z", "2026-01-03", "", essay(2))})
	first := library.Build(nil, start, options())
	id := idsOf(first)["a.md"]
	heir := unrelated(map[string]string{"b.md": write("B", "2026-01-02", "", essay(1, 3))})
	second := library.Build(first, missing(append(slices.Clone(start[1:]), heir...), start, "a.md"), options())
	if ids := idsOf(second); ids["a.md"] != id || ids["b.md"] != "" {
		t.Errorf("while the first is missing: %v", ids)
	}
	both := missing(missing(slices.Clone(start[1:]), start, "a.md"), heir, "b.md")
	third := library.Build(second, both, options())
	if ids := idsOf(third); ids["a.md"] != id || ids["b.md"] != "" {
		t.Errorf("while both are missing: %v", ids)
	}
	fourth := library.Build(third, missing(slices.Clone(start[1:]), heir, "b.md"), options())
	if ids := idsOf(fourth); ids["b.md"] != id || len(ids) != 2 {
		t.Errorf("once the first is given up: %v", ids)
	}
	last := unrelated(map[string]string{"c.md": write("C", "2026-01-02", "", essay(1, 3, 5))})
	fifth := library.Build(third, missing(append(slices.Clone(start[1:]), last...), heir, "b.md"), options())
	if ids := idsOf(fifth); ids["c.md"] != id || len(ids) != 2 {
		t.Errorf("once it is in a third: %v", ids)
	}
}
