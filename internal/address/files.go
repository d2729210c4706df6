package address

import (
	"maps"
	"slices"

	"broadsheet/internal/blog"

	"golang.org/x/text/unicode/norm"
)

// Files are the media files of a site that may be handed out at all. They are
// immutable. The nil Files are none.
type Files struct {
	byPath map[string]blog.Media
	names  map[string]string // paths by their composed forms, where these are others
}

// NewFiles returns the files of these, by their paths.
func NewFiles(all []blog.Media) *Files {
	f := &Files{byPath: make(map[string]blog.Media, len(all)), names: map[string]string{}}
	for _, file := range all {
		f.byPath[file.Path] = file
		if name := Composed(file.Path); name != file.Path {
			f.names[name] = file.Path
		}
	}
	return f
}

// Find returns the file of a path, slash-separated and relative to the posts folder.
// Where there is none of that very name, it is one whose name differs in how
// accented letters are composed: some systems write them as one character, some as
// two.
func (f *Files) Find(path string) (blog.Media, bool) {
	if f == nil {
		return blog.Media{}, false
	}
	if file, ok := f.byPath[path]; ok {
		return file, true
	}
	name := Composed(path)
	if file, ok := f.byPath[name]; ok {
		return file, true
	}
	file, ok := f.byPath[f.names[name]]
	return file, ok
}

// Has reports whether there is a file of that very path.
func (f *Files) Has(path string) bool {
	if f == nil {
		return false
	}
	_, has := f.byPath[path]
	return has
}

// Paths returns the paths of all files, sorted.
func (f *Files) Paths() []string {
	if f == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(f.byPath))
}

// Only returns the files whose paths are wanted; f itself if all are.
func (f *Files) Only(wanted func(path string) bool) *Files {
	if f == nil {
		return nil
	}
	var all []blog.Media
	for path, file := range f.byPath {
		if wanted(path) {
			all = append(all, file)
		}
	}
	if len(all) == len(f.byPath) {
		return f
	}
	return NewFiles(all)
}

// Composed is the form in which names are compared (Unicode NFC).
func Composed(name string) string { return norm.NFC.String(name) }
