package source_test

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/source"

	"github.com/google/go-cmp/cmp"
)

var seeds = flag.Uint64("follow.seed", 0, "the one seed that random renames begin with; 0: 40 of them")

// keys returns the key of each file that is there.
func keys(s *source.Snapshot) map[string]uint64 {
	all := map[string]uint64{}
	for _, f := range s.Files {
		if !f.Missing {
			all[f.Path] = f.Key
		}
	}
	return all
}

func (f *folder) rename(from, to string) { f.t.Helper(); f.check(os.Rename(f.path(from), f.path(to))) }

// followed fails unless each file, by its present path, has the key that a path had
// at first.
func (f *folder) followed(first map[string]uint64, former map[string]string) {
	f.t.Helper()
	want := map[string]uint64{}
	for now, path := range former {
		want[now] = first[path]
	}
	if diff := cmp.Diff(want, keys(f.last)); diff != "" {
		f.t.Errorf("keys, want -, got +:\n%s", diff)
	}
}

func TestKeysDiffer(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "same")
	f.write("b.md", "same")
	f.scan(later)
	f.save("c.md", "same")
	all := slices.Sorted(maps.Values(keys(f.scan(later))))
	if len(slices.Compact(slices.Clone(all))) != 3 || all[0] == 0 {
		t.Errorf("keys %v", all)
	}
}

func TestRenamedFileKeepsItsKey(t *testing.T) {
	ways := []struct {
		name   string
		do     func(f *folder)
		former map[string]string // what each file now was
	}{
		{"a rename", func(f *folder) { f.rename("a.md", "z.md") }, map[string]string{"z.md": "a.md", "b.md": "b.md", "sub/c.md": "sub/c.md"}},
		{"to another folder", func(f *folder) { f.rename("a.md", "sub/a.md") }, map[string]string{"sub/a.md": "a.md", "b.md": "b.md", "sub/c.md": "sub/c.md"}},
		{"twice", func(f *folder) { f.rename("a.md", "y.md"); f.rename("y.md", "z.md") }, map[string]string{"z.md": "a.md", "b.md": "b.md", "sub/c.md": "sub/c.md"}},
		{"there and back", func(f *folder) { f.rename("a.md", "y.md"); f.rename("y.md", "a.md") }, map[string]string{"a.md": "a.md", "b.md": "b.md", "sub/c.md": "sub/c.md"}},
		{"each to the next name", func(f *folder) { f.rename("b.md", "c.md"); f.rename("a.md", "b.md") }, map[string]string{"b.md": "a.md", "c.md": "b.md", "sub/c.md": "sub/c.md"}},
		{"the one for the other", func(f *folder) { f.rename("a.md", "x"); f.rename("b.md", "a.md"); f.rename("x", "b.md") }, map[string]string{"a.md": "b.md", "b.md": "a.md", "sub/c.md": "sub/c.md"}},
		{"the folder", func(f *folder) { f.rename("sub", "other") }, map[string]string{"a.md": "a.md", "b.md": "b.md", "other/c.md": "sub/c.md"}},
		{"by copy and deletion", func(f *folder) { f.save("z.md", "a"); f.remove("a.md") }, map[string]string{"z.md": "a.md", "b.md": "b.md", "sub/c.md": "sub/c.md"}},
	}
	afterwards := map[string]func(f *folder){
		"nothing else":                  func(*folder) {},
		"another file is written after": func(f *folder) { f.write("new.txt", "x") },
		"every file is edited after": func(f *folder) {
			for path := range keys(f.last) {
				f.edit(path)
			}
		},
		"every file is touched after": func(f *folder) {
			for path := range keys(f.last) {
				f.check(os.Chtimes(f.path(path), time.Now(), time.Now()))
			}
		},
	}
	for _, way := range ways {
		for what, then := range afterwards {
			for _, gap := range []time.Duration{0, 80 * time.Millisecond, 300 * time.Millisecond, time.Second} {
				t.Run(fmt.Sprint(way.name, "/", what, "/", gap), func(t *testing.T) {
					f := newFolder(t)
					f.mkdir("sub")
					f.write("a.md", "a")
					f.write("b.md", "b")
					f.write("sub/c.md", "c")
					first := keys(f.scan(later))
					way.do(f)
					f.scan(gap)
					f.followed(first, way.former)
					then(f)
					for range 3 {
						f.scan(gap)
						f.followed(first, way.former)
					}
					f.scan(later)
					f.followed(first, way.former)
				})
			}
		}
	}
}

// Nobody knows at once whether the file that gave its name to another is gone, or
// about to come back under a third.
func TestNameThatAnotherFileTookIsSettledAfterTheGrace(t *testing.T) {
	before := map[string]string{"a.md": "a.md", "sub/c.md": "sub/c.md"} // and b.md, which is missing
	for name, do := range map[string]func(f *folder){
		"a rename over another":                   func(f *folder) { f.rename("a.md", "b.md") },
		"onto the name of a deleted one":          func(f *folder) { f.remove("b.md"); f.rename("a.md", "b.md") },
		"over another, edited in the same moment": func(f *folder) { f.rename("a.md", "b.md"); f.edit("b.md") },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFolder(t)
			f.mkdir("sub")
			f.write("a.md", "a")
			f.write("b.md", "b")
			f.write("sub/c.md", "c")
			first := keys(f.scan(later))
			do(f)
			for range 3 {
				f.scan(400 * time.Millisecond)
				f.followed(first, before)
				f.holds(f.last, "a.md: a", "b.md: b", "sub/c.md: c")
			}
			f.scan(settled)
			f.scan(settled)
			f.followed(first, map[string]string{"b.md": "a.md", "sub/c.md": "sub/c.md"})
		})
	}
}

// Two files exchange their names, and then one of them is written anew under a third.
func TestFileThatLostItsNameIsNeverMissingWithoutGrace(t *testing.T) {
	for name, write := range map[string]func(f *folder){
		"in place":    func(f *folder) { f.write("c.md", "b, edited") },
		"and renamed": func(f *folder) { f.save("c.md", "b, edited") },
		"a while after": func(f *folder) {
			f.holds(f.scan(700*time.Millisecond), "a.md: a", "b.md: b")
			f.write("c.md", "b, edited")
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFolder(t)
			f.write("a.md", "a")
			f.write("b.md", "b")
			first := keys(f.scan(later))
			f.rename("a.md", "x")
			f.rename("b.md", "a.md")
			f.rename("x", "b.md")
			f.remove("a.md") // which was b.md
			write(f)
			f.scan(0)
			if here := keys(f.last); here["a.md"] != first["a.md"] || !f.last.Files[1].Missing || f.last.Files[1].Path != "b.md" {
				t.Errorf("%+v", f.last.Files)
			}
			f.scan(settled)
			f.scan(later)
			f.holds(f.scan(later), "b.md: a", "c.md: b, edited")
			if here := keys(f.last); here["b.md"] != first["a.md"] || here["c.md"] == first["b.md"] {
				t.Errorf("keys %v, at first %v", here, first)
			}
		})
	}
}

// edit writes more into a file, in place.
func (f *folder) edit(path string) {
	f.t.Helper()
	file, err := os.OpenFile(f.path(path), os.O_APPEND|os.O_WRONLY, 0)
	f.check(err)
	_, err = file.WriteString(" and more")
	f.check(err)
	f.check(file.Close())
}

func TestFileRenamedAndEditedIsTheSame(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.write("b.md", "b")
	first := keys(f.scan(later))
	f.rename("a.md", "z.md")
	f.edit("z.md")
	f.holds(f.scan(0), "b.md: b", "z.md: a") // the old bytes, under the new name, until it is left alone
	f.followed(first, map[string]string{"b.md": "b.md", "z.md": "a.md"})
	f.holds(f.scan(settled), "b.md: b", "z.md: a and more")
	f.followed(first, map[string]string{"b.md": "b.md", "z.md": "a.md"})
}

func TestExchangedFilesThatAreEditedAreTheSame(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.write("b.md", "b")
	first := keys(f.scan(later))
	f.rename("a.md", "x")
	f.rename("b.md", "a.md")
	f.rename("x", "b.md")
	f.edit("a.md")
	swapped := map[string]string{"a.md": "b.md", "b.md": "a.md"}
	f.scan(0)
	f.followed(first, swapped)
	f.holds(f.scan(settled), "a.md: b and more", "b.md: a")
	f.followed(first, swapped)
}

func TestUnreadableFileIsFollowedToo(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.write("b.md", "b")
	first := keys(f.scan(later))
	f.rename("a.md", "z.md")
	f.write("z.md", "")
	s := f.scan(settled)
	f.holds(s, "b.md: b", "z.md: a")
	f.names(s, "z.md: the file is empty; the last good version stays")
	f.followed(first, map[string]string{"b.md": "b.md", "z.md": "a.md"})
}

func TestOtherFilesHaveOtherKeys(t *testing.T) {
	for what, do := range map[string]func(f *folder){
		"a new file for a deleted one": func(f *folder) { f.remove("a.md"); f.write("c.md", "c") }, // may well get the same inode
		"a copy":                       func(f *folder) { f.save("c.md", "a") },
		"a second name":                func(f *folder) { f.check(os.Link(f.path("a.md"), f.path("c.md"))) },
		"another in its place":         func(f *folder) { f.save("a.md", "other") },
	} {
		t.Run(what, func(t *testing.T) {
			f := newFolder(t)
			f.write("a.md", "a")
			f.write("b.md", "b")
			first := keys(f.scan(later))
			do(f)
			for path, key := range keys(f.scan(settled)) {
				if was, same := first[path]; key == was && path == "a.md" && f.last.Files[0].Hash != hashOf("a") || !same && (key == first["a.md"] || key == first["b.md"]) {
					t.Errorf("%s has the key %d; before: %v", path, key, first)
				}
			}
		})
	}
}

func TestMissingFileIsMarked(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.scan(later)
	f.remove("a.md")
	if s := f.scan(0); len(s.Files) != 1 || !s.Files[0].Missing {
		t.Errorf("%+v", s.Files)
	}
	f.write("a.md", "a")
	if s := f.scan(settled); len(s.Files) != 1 || s.Files[0].Missing {
		t.Errorf("back again: %+v", s.Files)
	}
}

// Whoever looks while files are renamed sees one of them under both names.
func TestRenameAmidTheLookIsLookedAtAgain(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.write("b.md", "b")
	f.scan(later)
	first := keys(f.scan(later))
	f.rename("b.md", "x.tmp")
	f.rename("a.md", "b.md")
	f.rename("x.tmp", "a.md")
	// The look at b.md is told of, the one at a.md comes later.
	if s := source.Revisit(context.Background(), f.root, f.last, []string{f.path("b.md")}, f.o); s != nil {
		if diff := cmp.Diff(first, keys(s)); diff != "" || s.Again == 0 || s.Again > 50*time.Millisecond {
			t.Errorf("again in %v, keys %s", s.Again, diff)
		}
		f.last = s
	}
	f.scan(0)
	f.followed(first, map[string]string{"a.md": "b.md", "b.md": "a.md"})
}

// Of a rename the one name is told of, and the other never: the look that follows for
// the sake of the file that waits is at both.
func TestRenameThatIsHalfToldIsSettledWithoutAnotherName(t *testing.T) {
	for _, told := range []string{"a.md", "b.md"} {
		t.Run(told, func(t *testing.T) {
			f := newFolder(t)
			f.write("a.md", "a")
			f.write("b.md", "b")
			f.scan(later)
			first := keys(f.scan(later))
			f.rename("b.md", "x.tmp")
			f.rename("a.md", "b.md")
			f.rename("x.tmp", "a.md")
			names := []string{f.path(told)}
			for range 4 {
				s := source.Revisit(t.Context(), f.root, f.last, names, f.o)
				if s == nil {
					t.Fatal("names tell nothing")
				}
				f.last, names, f.now = s, nil, f.now.Add(s.Again)
				now := f.now
				f.o.Now = func() time.Time { return now }
			}
			f.followed(first, map[string]string{"a.md": "b.md", "b.md": "a.md"})
			f.holds(f.last, "a.md: b", "b.md: a")
		})
	}
}

// A file that lives keeps its key whatever is done with it and with others, and
// however often somebody looks.
func TestKeysStayThroughRandomRenames(t *testing.T) {
	from, to := uint64(1), uint64(41)
	if testing.Short() {
		to = 8
	}
	if *seeds != 0 {
		from, to = *seeds, *seeds+1
	}
	for seed := from; seed < to; seed++ {
		dice := rand.New(rand.NewPCG(seed, 2))
		f := newFolder(t)
		f.mkdir("x")
		names := []string{"a.md", "b.md", "c.md", "d.md", "x/a.md", "x/b.md"}
		is := map[string]int{} // which file lies where
		for n, name := range names[:4] {
			f.write(name, fmt.Sprint("file ", n))
			is[name] = n
		}
		f.scan(later)
		of := map[int]uint64{}
		for name, n := range is {
			of[n] = keys(f.last)[name]
		}
		for step := range 40 {
			for range dice.IntN(4) {
				a, b := names[dice.IntN(len(names))], names[dice.IntN(len(names))]
				n, there := is[a]
				_, taken := is[b]
				switch {
				case !there:
				case dice.IntN(3) == 0:
					f.edit(a)
				case a != b && taken: // the one for the other
					f.rename(a, "swap.tmp")
					f.rename(b, a)
					f.rename("swap.tmp", b)
					is[a], is[b] = is[b], n
				case a != b:
					f.rename(a, b)
					delete(is, a)
					is[b] = n
				}
			}
			f.scan(time.Duration(dice.IntN(1200)) * time.Millisecond)
			want := map[string]uint64{}
			for name, n := range is {
				want[name] = of[n]
			}
			if diff := cmp.Diff(want, keys(f.last)); diff != "" {
				t.Fatalf("seed %d, step %d (-follow.seed %d):\n%s", seed, step, seed, diff)
			}
		}
		f.scan(later)
		texts := map[string]string{}
		for _, file := range f.last.Files {
			texts[file.Path] = string(file.Data)
		}
		for name, n := range is {
			if !strings.HasPrefix(texts[name], fmt.Sprint("file ", n)) {
				t.Errorf("seed %d: %s is %q, want file %d", seed, name, texts[name], n)
			}
		}
	}
}

func hashOf(text string) [32]byte { return sha256.Sum256([]byte(text)) }

// A file renamed again and again, with every look in between at the wrong moment, is
// the same one in the end, and so are those around it that are saved meanwhile.
func TestFileRenamedTwoHundredTimesKeepsItsKey(t *testing.T) {
	f := newFolder(t)
	f.write("a.md", "a")
	f.write("b.md", "b")
	first := keys(f.scan(later))
	name := "a.md"
	for i := range 200 {
		next := fmt.Sprintf("a%d.md", i)
		f.rename(name, next)
		name = next
		if i%3 == 0 {
			f.edit("b.md")
		}
		if i%2 == 0 { // the other half of the names nobody sees
			f.scan(150 * time.Millisecond)
			f.followed(first, map[string]string{name: "a.md", "b.md": "b.md"})
		}
	}
	f.scan(later)
	f.followed(first, map[string]string{name: "a.md", "b.md": "b.md"})
}
