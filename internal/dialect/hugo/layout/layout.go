// Package layout runs the templates by which a Hugo site shows its shortcodes.
//
// A Set holds the layouts of a site: those of shortcodes, and the partials that they
// call. A Run shows shortcodes of one page. Nothing here reads a file, the clock or the
// network: what a layout asks for beyond its page, its arguments and the settings is an
// error that says what it was. How much a run may do is bounded, so that no layout, however
// it loops, takes long or grows large.
package layout

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"
)

// Set are the layouts of a site.
type Set struct {
	shortcodes map[string]*layout
	partials   map[string]*layout
}

// layout is one template, and those that it defines.
type layout struct {
	name    string
	trees   map[string]*parse.Tree
	unknown []string // functions that it calls and nobody knows
	inner   bool     // it shows what it encloses
	err     error    // it is no template
}

// folders are where a site, or a theme, keeps layouts of a kind: of two with one
// name Hugo takes that of the newer folder, which is the first.
var (
	shortcodeFolders = []string{"layouts/_shortcodes/", "layouts/shortcodes/"}
	partialFolders   = []string{"layouts/_partials/", "layouts/partials/"}
)

// IsOne reports whether a file is the layout of a shortcode or a partial, of the site or of
// a theme.
func IsOne(file string) bool {
	_, file = themeOf(file)
	_, _, shortcode := below(file, shortcodeFolders)
	_, _, partial := below(file, partialFolders)
	return shortcode || partial
}

// Ignores reports whether a folder of a theme holds no such layouts, nor a folder of
// them.
func Ignores(folder string) bool {
	theme, inside := themeOf(folder)
	switch {
	case theme == "", inside == "", inside == "layouts":
		return false
	}
	_, _, shortcode := below(inside+"/", shortcodeFolders)
	_, _, partial := below(inside+"/", partialFolders)
	return !shortcode && !partial
}

// themeOf cuts the folder of a theme off a path.
func themeOf(file string) (theme, rest string) {
	inside, ok := strings.CutPrefix(file, "themes/")
	if !ok {
		return "", file
	}
	theme, rest, _ = strings.Cut(inside, "/")
	return theme, rest
}

func below(file string, folders []string) (rest string, rank int, ok bool) {
	for i, folder := range folders {
		if rest, ok = strings.CutPrefix(file, folder); ok {
			return rest, i, true
		}
	}
	return "", 0, false
}

// New reads the layouts among these files. Those of the site come before those of
// the themes, and these are in order.
func New(files map[string][]byte, themes []string) *Set {
	s := &Set{map[string]*layout{}, map[string]*layout{}}
	for _, file := range ranked(files, themes) {
		_, inside := themeOf(file)
		if name, _, ok := below(inside, shortcodeFolders); ok {
			s.shortcodes = add(s.shortcodes, strings.ToLower(plainName(name)), file, files[file])
		} else if name, _, ok := below(inside, partialFolders); ok {
			s.partials = add(s.partials, strings.ToLower(name), file, files[file])
		}
	}
	return s
}

// plainName is the name of a shortcode's layout without what says of which language or
// format it is.
func plainName(name string) string {
	dir, base := path.Split(name)
	base, _, _ = strings.Cut(base, ".")
	return dir + base
}

func add(all map[string]*layout, name, file string, text []byte) map[string]*layout {
	if all[name] == nil {
		all[name] = parsed(file, string(text))
	}
	return all
}

// ranked sorts the layouts, those to be taken first: by theme, by folder, HTML
// before other formats, general ones before those of a language, then by name.
func ranked(files map[string][]byte, themes []string) []string {
	rank := func(file string) int {
		theme, inside := themeOf(file)
		at := 1 + slices.Index(themes, theme)
		_, folder, _ := below(inside, shortcodeFolders)
		if _, second, ok := below(inside, partialFolders); ok {
			folder = second
		}
		rank := at*100 + folder*10 + min(strings.Count(path.Base(file), "."), 4)
		if strings.ToLower(path.Ext(file)) != ".html" {
			rank += 5
		}
		return rank
	}
	used := func(file string) bool {
		theme, _ := themeOf(file)
		return IsOne(file) && (theme == "" || slices.Contains(themes, theme))
	}
	all := slices.DeleteFunc(slices.Collect(maps.Keys(files)), func(file string) bool { return !used(file) })
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(rank(a)-rank(b), cmp.Compare(a, b)) })
	return all
}

// Has reports whether the site has a layout for a shortcode, in lower case.
func (s *Set) Has(name string) bool { return s.shortcodes[name] != nil }

// Encloses reports whether the layout of a shortcode shows what stands between its tags.
func (s *Set) Encloses(name string) bool {
	return s.shortcodes[name] != nil && s.shortcodes[name].inner
}

// maxLayout bounds how long a layout may be.
const maxLayout = 64 << 10

func parsed(file, text string) *layout {
	l := &layout{name: file, trees: map[string]*parse.Tree{}}
	if len(text) > maxLayout {
		l.err = errors.New("its layout is longer than 64 KiB")
		return l
	}
	tree := parse.New(file)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(text, "", "", l.trees); err != nil {
		l.err = fmt.Errorf("its layout is no template: %w", err)
		return l
	}
	for _, tree := range l.trees {
		l.prepare(tree.Root)
		tree.Root.Nodes = append([]parse.Node{step()}, tree.Root.Nodes...) // a template may call itself
	}
	slices.Sort(l.unknown)
	l.unknown = slices.Compact(l.unknown)
	return l
}
