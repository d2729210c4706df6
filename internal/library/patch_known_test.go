package library_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/library"
	"broadsheet/internal/source"
)

// knownAgain is a folder of a few posts of which one is edited at a time, in all that a
// post is known again by: its file, its id, its title, and much of its text.
type knownAgain struct {
	dice  *rand.Rand
	files []source.File
	keys  uint64
}

func (k *knownAgain) text() string {
	var text strings.Builder
	text.WriteString("---\n")
	fmt.Fprintf(&text, "date: 2026-01-0%d\n", 1+k.dice.IntN(2))
	if k.dice.IntN(4) > 0 {
		fmt.Fprintf(&text, "title: Title %d\n", k.dice.IntN(4))
	}
	if k.dice.IntN(3) == 0 {
		fmt.Fprintf(&text, "id: %s\n", k.id())
	}
	text.WriteString("---\n")
	about := k.dice.IntN(3)
	for word := range 30 {
		if k.dice.IntN(12) == 0 {
			fmt.Fprint(&text, "new", k.dice.IntN(1000), " ")
		}
		fmt.Fprint(&text, "word", about*20+word, " ")
	}
	return text.String() + "\n"
}

func (k *knownAgain) id() string { return fmt.Sprintf("tag:example.org,2026:%d", k.dice.IntN(6)) }

// edit writes one file, anew or as the same file.
func (k *knownAgain) edit() {
	i := k.dice.IntN(len(k.files))
	k.files = append([]source.File{}, k.files...)
	f := &k.files[i]
	f.Data = []byte(k.text())
	f.Hash = sha256.Sum256(f.Data)
	if k.dice.IntN(2) == 0 {
		f.Key = k.key()
	}
}

// key returns the next key; some files have none.
func (k *knownAgain) key() uint64 {
	if k.dice.IntN(5) == 0 {
		return 0
	}
	k.keys++
	return k.keys
}

// comes adds a file that was not there, and goes removes one.
func (k *knownAgain) comes(name string) {
	data := []byte(k.text())
	k.files = append(append([]source.File{}, k.files...), source.File{Path: name, Data: data, Hash: sha256.Sum256(data), Key: k.key()})
}

func (k *knownAgain) goes() {
	i := k.dice.IntN(len(k.files))
	k.files = append(append([]source.File{}, k.files[:i]...), k.files[i+1:]...)
}

// A patch knows a post again by all that a whole library knows it by, whatever is
// remembered. BROADSHEET_SEED makes the first series that of a seed.
func TestPatchKnowsPostsAgain(t *testing.T) {
	first, _ := strconv.ParseUint(os.Getenv("BROADSHEET_SEED"), 10, 64)
	many, patched := uint64(50), 0
	if testing.Short() {
		many = 5
	}
	for seed := first; seed < first+many; seed++ {
		k := &knownAgain{dice: rand.New(rand.NewPCG(seed, 13))}
		o := options()
		o.Known = map[string]*library.Identity{}
		for n := range 6 {
			k.comes(fmt.Sprintf("p%d.md", n))
			o.Known[fmt.Sprintf("q%d.md", n)] = &library.Identity{
				ID: k.id(), Gone: k.dice.IntN(2) == 0, Hash: strings.Repeat("0", 64), Title: "0123456789abcdef", Path: fmt.Sprintf("/title-%d/", n),
			}
		}
		var now *library.Library
		for step := range 10 {
			switch k.dice.IntN(8) {
			case 0:
				k.comes(fmt.Sprintf("p%d%d.md", step, 9))
			case 1:
				k.goes()
			default:
				k.edit()
			}
			o.Now = o.Now.Add(5 * time.Second)
			files := inOrder(k.files)
			want, got := library.BuildWhole(now, files, o), library.Build(now, files, o)
			if diff := difference(want, got); diff != "" {
				t.Fatalf("seed %d, step %d:\n%s", seed, step, diff)
			}
			if now != nil && got != now {
				if _, _, known := got.Since(now); known {
					patched++
				}
			}
			for path, id := range got.IDs() { // as the memory does
				o.Known = with(o.Known, path, id)
			}
			now = got
		}
	}
	t.Logf("%d libraries were patched", patched)
	if patched < 2*int(many) {
		t.Errorf("only %d libraries were patched", patched)
	}
}

func with(known map[string]*library.Identity, path string, id *library.Identity) map[string]*library.Identity {
	all := map[string]*library.Identity{path: id}
	for p, k := range known {
		if p != path {
			all[p] = k
		}
	}
	return all
}

func inOrder(files []source.File) []source.File {
	files = append([]source.File{}, files...)
	for i := range files {
		for j := i; j > 0 && files[j].Path < files[j-1].Path; j-- {
			files[j], files[j-1] = files[j-1], files[j]
		}
	}
	return files
}
