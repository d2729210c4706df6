package ignore_test

import (
	"testing"

	"broadsheet/internal/source/internal/ignore"
)

func TestNamesThatHoldNoPosts(t *testing.T) {
	for name, want := range map[string]bool{
		".a.md": true, "#a.md#": true, "~a.md": true, "a.md~": true, "a.md.swp": true, "a.md.tmp": true, "a.md.bak": true,
		"a.md___jb_tmp___": true, "4913": true, "node_modules": true, ".git": true, "desktop.ini": true,
		"a.md": false, "4913.md": false, "node_modules.md": false, "a.swp.md": false, "a~b.md": false, "a#b.md": false,
	} {
		if got := ignore.Name(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestPathsOverHiddenFoldersAreHidden(t *testing.T) {
	for path, want := range map[string]bool{
		".": false, "a.md": false, "a/b.md": false, "a.b/c.md": false, "..data/a.md": false, "..2026_11_28/a.md": false,
		".a.md": true, ".git/a.md": true, "a/.b/c.md": true, "a/.b": true, "..data/.a": true,
	} {
		if got := ignore.Hidden(path); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}
