package library_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/library"
	"broadsheet/internal/source"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// versions are what a file may become: some of them claim what others have, are
// broken, wait for their day, or are no posts.
var versions = []string{
	"---\ntitle: One\ndate: 2026-01-02\ntags: [a]\n---\nText.\n",
	"---\ntitle: Two\ndate: 2026-01-02\nimage: a.png\n---\nOther text.\n",
	"---\ntitle: Older\ndate: 2020-05-05\naliases: [/old/]\n---\n",
	"---\nid: tag:example.org,2026:mine\ndate: 2026-02-02\n---\n",
	"---\ndate: 2026-02-02\npermalink: /same/\n---\n",
	"---\ndate: 2026-06-02\n---\nScheduled.\n",
	"---\ndate: 2026-02-02\nexpires: 2026-06-03\n---\nExpires.\n",
	"---\ndate: 2026-02-02\nupdated: 2026-06-04\n---\n",
	"---\ndate: 2026-02-02\ndraft: true\n---\n",
	"---\ndate: 2026-02-02\nunlisted: true\n---\n",
	"---\ndate: 2026-06-03\ndraft: true\n---\n",
	"---\ndate: 2026-06-02\nupdated: 2026-06-05\nexpires: 2026-06-06\n---\n",
	"---\ndate: never\n---\nBroken.\n",
	"No date at all.\n",
	"---\nlayout: redirect\nredirect: /elsewhere/\n---\n",
}

// A library that is made of what changed says what one says that is made of
// everything, in all the ways that posts come, change and go.
func TestPatchedLibraryIsTheWholeOne(t *testing.T) {
	many, patched := uint64(300), 0
	if testing.Short() {
		many = 30
	}
	for seed := range many {
		dice := rand.New(rand.NewPCG(seed, 1))
		o := options()
		o.Drafts, o.Future = seed%2 == 1, seed/2%2 == 1
		o.Known = map[string]*library.Identity{"p3.md": {ID: "tag:example.org,2020:three", Path: "/was/three/"}}
		texts := map[string]string{}
		for n := range 8 {
			texts[fmt.Sprintf("p%d.md", n)] = versions[dice.IntN(3)]
		}
		var now *library.Library
		for step := range 8 {
			for range dice.IntN(3) {
				path := fmt.Sprintf("p%d.md", dice.IntN(10))
				if texts[path] = versions[dice.IntN(len(versions))]; dice.IntN(4) == 0 {
					delete(texts, path)
				}
			}
			o.Now = o.Now.Add(time.Duration(dice.IntN(6)-1) * 24 * time.Hour) // clocks may be set back
			files := hashed(texts)
			want, got := library.BuildWhole(now, files, o), library.Build(now, files, o)
			if diff := difference(want, got); diff != "" {
				t.Fatalf("seed %d, step %d:\n%s", seed, step, diff)
			}
			if now != nil && got != now {
				if changed, gone, known := got.Since(now); known {
					patched++
					holdsOnly(t, now, got, slices.Concat(changed, gone))
				}
			}
			now = got
		}
	}
	if patched < int(many)/3 {
		t.Errorf("only %d libraries were patched", patched)
	}
}

func TestLibraryOfTheSameFilesIsTheSame(t *testing.T) {
	files := hashed(map[string]string{"a.md": versions[0], "b.md": versions[5]})
	o := options()
	first := library.Build(nil, files, o)
	if again := library.Build(first, files, o); again != first {
		t.Error("it was made anew")
	}
	if o.Now = first.Next; library.Build(first, files, o) == first {
		t.Error("it stayed although a post was due")
	}
}

// holdsOnly fails unless the libraries differ in nothing but these files.
func holdsOnly(t *testing.T, before, after *library.Library, paths []string) {
	t.Helper()
	for path, identity := range after.IDs() {
		if before.IDs()[path] != identity && !slices.Contains(paths, path) {
			t.Errorf("%s changed, which Since does not tell", path)
		}
	}
	for _, p := range after.Posts {
		if !slices.Contains(before.Posts, p) && !slices.Contains(paths, p.Path) {
			t.Errorf("the post of %s was made anew", p.Path)
		}
	}
}

func difference(want, got *library.Library) string {
	return cmp.Diff(want, got, cmpopts.IgnoreUnexported(library.Library{}), cmpopts.EquateEmpty()) +
		cmp.Diff(want.IDs(), got.IDs()) + cmp.Diff(want.Redirects(), got.Redirects()) + cmp.Diff(found(want), found(got))
}

// found lists what other posts are found to be.
func found(l *library.Library) map[string]string {
	all := map[string]string{}
	for n := range 10 {
		ref := fmt.Sprintf("p%d.md", n)
		all[ref], _ = l.Book().Find("x.md", ref)
	}
	return all
}

// hashed returns a scan with the hashes that scans have.
func hashed(texts map[string]string) []source.File {
	var files []source.File
	for path, text := range texts {
		files = append(files, source.File{Path: path, Data: []byte(text), Hash: sha256.Sum256([]byte(text))})
	}
	slices.SortFunc(files, func(a, b source.File) int { return strings.Compare(a.Path, b.Path) })
	return files
}
