package internal_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floors says on which floor each package stands. Imports lead down only, and never to a
// sibling. The folders below a package are its parts: they stand on its floor and import only
// what it may. Changing this table is a design decision.
var floors = map[string]int{
	"cmd/broadsheet": 7,

	"internal/server": 6,
	"internal/live":   6,

	"internal/publish": 5,

	"internal/edition": 4,

	// What a running service tells of itself: live knows it, server shows it, and
	// it speaks of the library's counts.
	"internal/status": 4,

	"internal/library": 3,
	"internal/feed":    3,
	"internal/page":    3,
	"internal/config":  3,

	// What a generator decides; each dialect is a package below it.
	"internal/dialect": 2,
	// Writes ids into front matter, and reads it to see that nothing else changed.
	"internal/frontmatter/edit": 2,
	"internal/address":          2,
	"internal/identity":         2,

	"internal/store": 1,
	// Tabs of a browser, and a look at what tests leave behind, for tests only.
	"internal/browsertest": 1,
	"internal/leaktest":    1,

	"internal/frontmatter": 1,
	"internal/liquid":      1,
	"internal/markdown":    1,
	"internal/media":       1,
	"internal/source":      1,
	"internal/watch":       1,

	// The nouns, and how files are replaced and locked, which everybody may know.
	"internal/blog": 0,
	// What front matter says: values and keys, dates, numbered lines.
	"internal/frontmatter/meta":  0,
	"internal/frontmatter/dates": 0,
	"internal/frontmatter/lines": 0,
	"internal/disk":              0,
}

// onlyRoof are packages that nobody but the command may import.
var onlyRoof = []string{"internal/config"}

const module = "broadsheet/"

func TestImportsLeadDown(t *testing.T) {
	for _, f := range goFiles(t, false) {
		from := room(f.pkg)
		floor, known := floors[from]
		if !known {
			t.Errorf("%s: package %s stands on no floor: add it to the table", f.name, from)
			continue
		}
		for _, imported := range f.imports {
			to := room(imported)
			below, known := floors[to]
			switch {
			case imported == from && f.pkg != from:
				t.Errorf("%s imports %s, which stands on its parts: they know nothing of it", f.name, imported)
			case strings.HasSuffix(imported, "test") && imported != f.pkg:
				t.Errorf("%s imports %s, which is for tests only", f.name, imported)
			case to == from: // a part of the same package; the compiler sees to it that there is no circle
			case !known:
				t.Errorf("%s imports %s, which stands on no floor", f.name, to)
			case below >= floor:
				t.Errorf("%s (floor %d) imports %s (floor %d)", f.name, floor, to, below)
			case floor == 1 && below != 0:
				t.Errorf("%s imports %s: packages of floor 1 know the nouns only", f.name, to)
			case slices.Contains(onlyRoof, to) && floor != floors["cmd/broadsheet"]:
				t.Errorf("%s imports %s, which only the command may", f.name, to)
			}
		}
	}
}

func TestEveryFloorHasItsRooms(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range goFiles(t, false) {
		seen[room(f.pkg)] = true
	}
	for _, pkg := range slices.Sorted(maps.Keys(floors)) {
		if !seen[pkg] {
			t.Errorf("%s is in the table but has no code", pkg)
		}
	}
}

func TestEveryPackageHasOneComment(t *testing.T) {
	comments := map[string][]string{}
	for _, f := range goFiles(t, false) {
		if _, ok := comments[f.pkg]; !ok {
			comments[f.pkg] = nil
		}
		if f.doc != "" {
			comments[f.pkg] = append(comments[f.pkg], f.name)
		}
	}
	for _, pkg := range slices.Sorted(maps.Keys(comments)) {
		if n := len(comments[pkg]); n != 1 {
			t.Errorf("package %s has %d package comments, in %v", pkg, n, comments[pkg])
		}
	}
}

const (
	// maxLines is how many lines a package has at the most, without its tests.
	maxLines = 1500
	// maxFileLines is the same for a file.
	maxFileLines = 300
)

// large are the packages and files that have more, and why. Whoever makes one of them small
// enough takes it out of the list.
var large = map[string]string{
	"internal/liquid": "a whole language: its parts all know its values, and what running them may cost",
}

func TestPackagesAndFilesAreSmall(t *testing.T) {
	lines, most := map[string]int{}, map[string]int{}
	for _, f := range goFiles(t, false) {
		lines[f.pkg] += f.lines
		lines[f.name] = f.lines
		most[f.pkg], most[f.name] = maxLines, maxFileLines
	}
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		_, known := large[name]
		switch isLarge := lines[name] > most[name]; {
		case isLarge && !known:
			t.Errorf("%s has %d lines, more than %d", name, lines[name], most[name])
		case !isLarge && known:
			t.Errorf("%s has %d lines and is still in the list of large ones", name, lines[name])
		}
	}
	for name := range large {
		if lines[name] == 0 {
			t.Errorf("%s is in the list of large ones but has no code", name)
		}
	}
}

// room returns the package of the table that pkg belongs to: a folder below one
// of them is a part of it, for its use alone.
func room(pkg string) string {
	for p := pkg; p != "."; p = path.Dir(p) {
		if _, ok := floors[p]; ok {
			return p
		}
	}
	return pkg
}

type goFile struct {
	name, pkg, doc string
	imports        []string // of this module, without its name
	lines          int
}

// goFiles parses the files of the module; without its tests unless asked for.
func goFiles(t *testing.T, tests bool) []goFile {
	t.Helper()
	var files []goFile
	for _, top := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(filepath.Join("..", top), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") != tests {
				return err
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly|parser.ParseComments)
			if err != nil {
				return err
			}
			f := newGoFile(strings.TrimPrefix(filepath.ToSlash(name), "../"), parsed)
			f.lines = bytes.Count(text, []byte("\n"))
			files = append(files, f)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) == 0 {
		t.Fatal("found no Go files")
	}
	return files
}

func newGoFile(name string, parsed *ast.File) goFile {
	f := goFile{name: name, pkg: path.Dir(name), doc: parsed.Doc.Text()}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if own, ok := strings.CutPrefix(imported, module); ok && err == nil {
			f.imports = append(f.imports, own)
		}
	}
	return f
}

// An imported sub-folder is its owner's alone.
func TestPartsOfPackagesAreTheirOwn(t *testing.T) {
	for _, f := range append(goFiles(t, false), goFiles(t, true)...) {
		for _, imported := range f.imports {
			if owner := room(imported); owner != imported && owner != room(f.pkg) {
				t.Errorf("%s imports %s, which is a part of %s", f.name, imported, owner)
			}
		}
	}
}
