// Package static decides which files of a static server stand for documents.
//
// In go the paths of the documents and their aliases; out comes a Layout: the files of
// each document, such that a static server which is asked for a path hands out what
// the service would. Two documents never have the same file, and no file is a folder.
// Where that cannot be, the problems of the layout say so.
package static

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/blog"
)

// Document is a document to be laid out.
type Document struct {
	Path        string // canonical path, decoded, with a slash at its beginning
	ContentType string
	Source      string // file of the post whose page it is; empty: it is no post's page
}

// IsPage reports whether documents of a content type are pages: HTML.
func IsPage(contentType string) bool { return strings.HasPrefix(contentType, "text/html") }

// IsJSON reports whether documents of a content type may not have files that are named
// as pages. A static server would call them HTML, and browsers would take titles for
// elements, since JSON does not escape them.
func IsJSON(contentType string) bool { return strings.Contains(contentType, "json") }

// MayBeIndex reports whether the index.html of a folder may be a file of documents of a
// content type.
func MayBeIndex(contentType, folder string) bool {
	switch {
	case IsJSON(contentType):
		return false
	case path.Ext(folder) == "":
		return true
	}
	return IsPage(contentType) && path.Ext(folder) != ".html"
}

// Layout says which files stand for which documents. Files are relative to the folder
// that the static server hands out.
type Layout struct {
	Files    map[string][]string // by path of the document, the file of its own path first
	Problems []blog.Problem      // documents and aliases that have no file, since another document has it

	owners  map[string]string // paths of documents by file
	folders map[string]bool
}

// Alias is another path of a document.
type Alias struct {
	Path     string // without a slash at its end
	Document Document
}

// Lay returns the layout of these documents and aliases. The first of several that want
// a file gets it; a page whose file is taken, or is a folder, goes into a folder of its
// own. Documents come before aliases.
func Lay(documents []Document, aliases []Alias) *Layout {
	l := &Layout{
		Files: make(map[string][]string, len(documents)), owners: make(map[string]string, len(documents)),
		folders: map[string]bool{},
	}
	for _, d := range documents {
		l.addFolders(d.file())
	}
	ranked := slices.Clone(documents)
	slices.SortStableFunc(ranked, func(a, b Document) int { return a.rank() - b.rank() })
	for _, d := range ranked {
		l.place(d, d.file(), path.Join(d.Path, "index.html")[1:])
	}
	for _, a := range aliases {
		file := a.Path[1:]
		if path.Ext(file) == "" {
			file = path.Join(file, "index.html")
		}
		if path.Ext(file) != ".html" || !IsJSON(a.Document.ContentType) {
			l.addFolders(file)
			l.place(a.Document, file, "")
		}
	}
	return l
}

// addFolders notes the folders that a file lies in.
func (l *Layout) addFolders(file string) {
	for dir := path.Dir(file); dir != "." && !l.folders[dir]; dir = path.Dir(dir) {
		l.folders[dir] = true
	}
}

// place gives a document a file, or, if that is taken and the document is a page, the
// other file.
func (l *Layout) place(d Document, file, other string) {
	taken := l.owners[file] != "" || l.folders[file]
	if taken && IsPage(d.ContentType) && other != "" && l.owners[path.Dir(other)] == "" {
		file = other
		l.addFolders(file)
	}
	first := l.owners[file]
	switch {
	case first == d.Path: // the document is in the list twice
	case first != "" || l.folders[file]:
		l.Problems = append(l.Problems, blog.Problem{
			Severity: blog.Warning, File: d.Source,
			Message: fmt.Sprintf("build cannot write %s to the file %s, which is that of %s",
				d.Path, file, cmp.Or(first, "a folder")),
		})
	default:
		l.owners[file] = d.Path
		l.Files[d.Path] = append(l.Files[d.Path], file)
	}
}

// file returns the file of a document. Its path is cleaned, so that no file lies
// outside of the folder. A page without an extension gets the one by which static
// servers find it, so that a folder may have the name.
func (d Document) file() string {
	name := d.Path
	switch {
	case strings.HasSuffix(name, "/"):
		name += "index.html"
	case path.Ext(name) == "" && IsPage(d.ContentType):
		name += ".html"
	}
	return path.Clean("/" + name)[1:]
}

// rank orders documents by how much a static server adds to their paths to find their
// files: nothing, an index, or an extension, which not every server adds.
func (d Document) rank() int {
	switch "/" + d.file() {
	case d.Path:
		return 0
	case d.Path + "index.html":
		return 1
	}
	return 2
}
