package known_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/known"
	"broadsheet/internal/source/internal/walk"
)

func TestFileLooksTheSameWhateverItsOtherNames(t *testing.T) {
	print := files.Print{Size: 3, Modified: 5, Changed: 7}
	linked, edited := print, print
	linked.Changed, edited.Modified = 8, 6
	seen := known.Seen{Entry: &known.Entry{Path: "a.md", Print: print}}
	tests := []struct {
		name string
		is   known.Seen
		same bool
	}{
		{"as it was", known.Seen{Odd: &walk.Sight{Path: "a.md", Print: print}}, true},
		{"with another name beside", known.Seen{Entry: &known.Entry{Path: "a.md", Print: linked}}, true},
		{"edited", known.Seen{Odd: &walk.Sight{Path: "a.md", Print: edited}}, false},
		{"under another name", known.Seen{Odd: &walk.Sight{Path: "b.md", Print: print}}, false},
		{"where a link leads", known.Seen{Odd: &walk.Sight{Path: "a.md", Name: "/posts/b.md", Print: print}}, false},
	}
	for _, tt := range tests {
		if got := seen.LooksAs(tt.is); got != tt.same || tt.is.Path() != tt.is.Sight().Path {
			t.Errorf("%s: same %v, want %v", tt.name, got, tt.same)
		}
	}
}

func TestLikeliestFormerPath(t *testing.T) {
	missing := map[string]*known.Entry{"x/a.md": {}, "y/b.md": {}, "z/c.md": nil}
	paths := []string{"x/a.md", "y/b.md", "z/c.md"}
	for now, want := range map[string]string{"b.md": "y/b.md", "new.md": "x/a.md", "c.md": "x/a.md"} {
		if got := known.Likeliest(paths, now, missing); got != want {
			t.Errorf("%s was %q, want %q", now, got, want)
		}
	}
	if got := known.Likeliest(paths[2:], "c.md", missing); got != "" {
		t.Errorf("%q is taken", got)
	}
}

func TestMediaIsFoundByItsPath(t *testing.T) {
	all := []blog.Media{{Path: "a.mp3", Size: 1}, {Path: "b.mp3", Size: 2}}
	if m, ok := known.Media(all, "b.mp3"); !ok || m.Size != 2 {
		t.Errorf("%+v, %v", m, ok)
	}
	if _, ok := known.Media(all, "aa.mp3"); ok {
		t.Error("found what is not there")
	}
}

func TestMomentsTellTime(t *testing.T) {
	if got := known.Moment(3 * time.Second).Sub(known.Moment(time.Second)); got != 2*time.Second {
		t.Error(got)
	}
	old, now := known.Entry{Path: "a", Read: 1}, known.Entry{Path: "a", Read: 2}
	if !old.Shows(&now) {
		t.Error("nobody sees when a file was read")
	}
	if now.Print.Modified = 1; old.Shows(&now) {
		t.Error("a file's date is seen")
	}
}

func TestMissingFilesByTheirBytes(t *testing.T) {
	missing := map[string]*known.Entry{"c.md": {Hash: [32]byte{1}}, "a.md": {Hash: [32]byte{1}}, "b.md": {Hash: [32]byte{2}}}
	want := map[[32]byte][]string{{1}: {"a.md", "c.md"}, {2}: {"b.md"}}
	if got := known.ByHash(missing); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestExchangedNames(t *testing.T) {
	former := map[string]string{"b.md": "a.md", "c.md": "b.md", "x.md": "y.md", "y.md": "x.md"}
	for name, want := range map[string][]string{
		"a.md": {"a.md"},
		"b.md": {"b.md", "a.md"},
		"c.md": {"c.md", "b.md", "a.md"},
		"x.md": {"x.md", "y.md"},
	} {
		if got := known.Exchanged(former, name); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
