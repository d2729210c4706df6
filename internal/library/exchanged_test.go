package library_test

import (
	"testing"

	"broadsheet/internal/library"
	"broadsheet/internal/source"

	"github.com/google/go-cmp/cmp"
)

// Two posts exchange their names, and one is saved anew under its new one: its file is
// another, and the name that it had is borne by the other post.
func TestExchangedPostThatIsSavedAnewIsTheSame(t *testing.T) {
	a, b := write("A", "2026-01-02", "", essay(1)), write("B", "2026-01-03", "", essay(2))
	first := library.Build(nil, keyed(map[string]string{"a.md": a, "b.md": b}, 1, 2), options())
	ids := idsOf(first)
	for name, text := range map[string]string{
		"another paragraph": write("B", "2026-01-03", "", essay(2, 7)),
		"another text":      write("B", "2026-01-03", "", essay(3)),
		"another title":     write("C", "2026-01-03", "", essay(2, 7)),
	} {
		now := keyed(map[string]string{"a.md": text, "b.md": a}, 9, 1)
		want := map[string]string{"a.md": ids["b.md"], "b.md": ids["a.md"]}
		if diff := cmp.Diff(want, idsOf(library.Build(first, now, options()))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What has the name of the one is a post of its own: then the other may yet come under a third
// name, and is waited for.
func TestExchangedPostThatIsInNoFileIsWaitedFor(t *testing.T) {
	a, b, c := write("A", "2026-01-02", "", essay(1)), write("B", "2026-01-03", "", essay(2)), write("C", "2026-01-04", "", essay(3))
	first := library.Build(nil, keyed(map[string]string{"a.md": a, "b.md": b}, 1, 2), options())
	ids := idsOf(first)
	exchanged := keyed(map[string]string{"a.md": c, "b.md": a}, 9, 1)
	second := library.Build(first, exchanged, options())
	if diff := cmp.Diff(ids, idsOf(second)); diff != "" || second.Next.IsZero() {
		t.Fatalf("b is in no file; next look at %v:\n%s", second.Next, diff)
	}
	o := options()
	o.Now = second.Next
	for name, now := range map[string][]source.File{
		"":     exchanged,
		"c.md": keyed(map[string]string{"a.md": c, "b.md": a, "c.md": b}, 9, 1, 10),
	} {
		want := map[string]string{"a.md": "tag:example.org,2026-01-04:a", "b.md": ids["a.md"]}
		if name != "" {
			want[name] = ids["b.md"]
		}
		if diff := cmp.Diff(want, idsOf(library.Build(second, now, o))); diff != "" {
			t.Errorf("b came as %q: %s", name, diff)
		}
	}
}

// A file says something else than the post did that had its name, while another is still being
// written: that one may hold the post, and the first a new one.
func TestPostWhoseNameANewOneTookIsWaitedFor(t *testing.T) {
	a, edited, b := write("A", "2026-01-02", "", essay(1)), write("A", "2026-01-02", "", essay(1, 7)), write("B", "2026-01-03", "", essay(2))
	first := library.Build(nil, keyed(map[string]string{"a.md": a}, 1), options())
	was := idsOf(first)["a.md"]
	awaiting := options()
	awaiting.Awaits = true
	for name, text := range map[string]string{"the new file holds it": edited, "the new file is a third post": write("C", "2026-01-04", "", essay(3))} {
		second := library.Build(first, keyed(map[string]string{"a.md": b}, 2), awaiting)
		if p := only(t, second); p.ID != was || p.Title != "A" {
			t.Errorf("while the new file is written: %s, %s", p.ID, p.Title)
		}
		third := library.Build(second, keyed(map[string]string{"a.md": b, "c.md": text}, 2, 3), options())
		heir := map[bool]string{true: "c.md", false: "a.md"}[text == edited]
		if ids := idsOf(third); ids[heir] != was || len(ids) != 2 {
			t.Errorf("%s: %v, was %s", name, ids, was)
		}
		awaiting.Now = second.Next
		if p := only(t, library.Build(second, keyed(map[string]string{"a.md": b}, 2), awaiting)); p.ID != was || p.Title != "B" {
			t.Errorf("after all that time: %s, %s", p.ID, p.Title)
		}
		awaiting.Now = options().Now
	}
	if p := only(t, library.Build(first, keyed(map[string]string{"a.md": edited}, 2), awaiting)); p.ID != was || len(p.Body) == len(only(t, first).Body) {
		t.Errorf("what says the same waits for no new file: %s", p.Body)
	}
}

// The same, and the new post has its address alone, in another file.
func TestPostWhoseAddressANewOneTookIsWaitedFor(t *testing.T) {
	first := library.Build(nil, keyed(map[string]string{"a.md": write("A", "2026-01-02", "", essay(1))}, 1), options())
	was := idsOf(first)["a.md"]
	awaiting := options()
	awaiting.Awaits = true
	b := write("B", "2026-01-02", "", essay(2))
	second := library.Build(first, keyed(map[string]string{"a/index.md": b}, 2), awaiting)
	if p := only(t, second); p.ID != was || p.Title != "A" {
		t.Errorf("while the new file is written: %s, %s", p.ID, p.Title)
	}
	third := library.Build(second, keyed(map[string]string{"a/index.md": b, "c.md": write("A", "2026-01-02", "", essay(1, 7))}, 2, 3), options())
	if ids := idsOf(third); ids["c.md"] != was || len(ids) != 2 {
		t.Errorf("%v, was %s", ids, was)
	}
}

// A post was moved onto the name of another, which comes under a third: that file is still being
// written.
func TestPostWhoseNameAMovedOneTookIsWaitedFor(t *testing.T) {
	a, b := write("A", "2026-01-02", "", essay(1)), write("B", "2026-01-03", "", essay(2))
	first := library.Build(nil, keyed(map[string]string{"a.md": a, "b.md": b}, 1, 2), options())
	ids := idsOf(first)
	awaiting := options()
	awaiting.Awaits = true
	second := library.Build(first, keyed(map[string]string{"b.md": a}, 1), awaiting)
	if diff := cmp.Diff(ids, idsOf(second)); diff != "" {
		t.Errorf("while the file is written: %s", diff)
	}
	third := library.Build(second, keyed(map[string]string{"b.md": a, "c.md": b}, 1, 9), options())
	if diff := cmp.Diff(map[string]string{"b.md": ids["a.md"], "c.md": ids["b.md"]}, idsOf(third)); diff != "" {
		t.Error(diff)
	}
}
