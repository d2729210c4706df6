package source_test

import (
	"testing"
	"time"
)

// Two files exchange their names, and one is saved anew where it is now: another file has the
// name. Nothing of it is shown while the two are shown as they were, and so that ends as soon
// as the new one has come to rest.
func TestExchangedFileThatIsSavedAnewIsShown(t *testing.T) {
	for name, save := range map[string]func(f *folder){
		"by a rename":              func(f *folder) { f.save("a.md", "b, edited") },
		"by moving it away before": func(f *folder) { f.rename("a.md", "a.md~"); f.write("a.md", "b, edited"); f.remove("a.md~") },
		"in place, a moment after": func(f *folder) {
			f.remove("a.md")
			f.holds(f.scan(100*time.Millisecond), "a.md: a", "b.md: b", "c.md: c")
			f.write("a.md", "b, edited")
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFolder(t)
			f.write("a.md", "a")
			f.write("b.md", "b")
			f.write("c.md", "c")
			first := keys(f.scan(later))
			f.rename("a.md", "x")
			f.rename("b.md", "a.md")
			f.rename("x", "b.md")
			save(f)
			f.scan(0)
			f.holds(f.scan(600*time.Millisecond), "a.md: b, edited", "b.md: a", "c.md: c")
			if now := keys(f.last); now["b.md"] != first["a.md"] || now["a.md"] == first["b.md"] || now["a.md"] == first["a.md"] {
				t.Errorf("keys %v, at first %v", now, first)
			}
		})
	}
}

// Of two pairs that exchanged their names, one waits for what is missing and the other does not.
func TestOnlyNamesThatWereExchangedWithAMissingFileWait(t *testing.T) {
	f := newFolder(t)
	for _, name := range []string{"a", "b", "c", "d"} {
		f.write(name+".md", name)
	}
	first := keys(f.scan(later))
	f.rename("a.md", "x")
	f.rename("b.md", "a.md")
	f.rename("x", "b.md")
	f.rename("c.md", "x")
	f.rename("d.md", "c.md")
	f.rename("x", "d.md")
	f.remove("c.md") // which was d.md
	f.holds(f.scan(0), "a.md: b", "b.md: a", "c.md: c", "d.md: d")
	f.followed(first, map[string]string{"a.md": "b.md", "b.md": "a.md", "c.md": "c.md"})
	f.scan(settled)
	f.holds(f.scan(later), "a.md: b", "b.md: a", "d.md: c")
	f.followed(first, map[string]string{"a.md": "b.md", "b.md": "a.md", "d.md": "c.md"})
}
