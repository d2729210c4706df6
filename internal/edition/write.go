package edition

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/disk"

	"golang.org/x/sync/errgroup"
)

// Write renders every document and writes it below dir, which is made if it is
// missing. A document's file is named after its path, a folder's page is
// index.html, and its modification time is the document's date of last change.
// So that whoever asks a static server gets what Find would give, it is written
// once more under each of its aliases; one without an extension, which would be
// in the way of a folder, is the index.html of that folder, unless it is that of a
// JSON feed, which is no page.
//
// A file is replaced as a whole or not at all, one that holds the same bytes is
// left alone, and no other file of dir is touched, but what a Write that was killed
// left is removed. Write returns how many files
// it replaced. It goes on after a document that cannot be rendered or written;
// the error joins all that went wrong.
func (e *Edition) Write(dir string) (int, error) {
	disk.SweepAll(dir)
	documents := e.Documents()
	errs := make([]error, len(documents))
	files, _ := e.layout()
	var written atomic.Int64
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range documents {
		group.Go(func() error {
			changed, err := d.write(dir, files[d.Path])
			var ofPost blog.Problem
			if !errors.As(err, &ofPost) { // a post that cannot be rendered has no page; Problems tells it
				errs[i] = err
			}
			written.Add(int64(changed))
			return nil
		})
	}
	_ = group.Wait() // no function returns an error
	return int(written.Load()), errors.Join(append(errs, e.writeRobots(dir))...)
}

// Robots is what /robots.txt says where nobody says anything else: all is for
// everybody.
const Robots = "User-agent: *\nAllow: /\n"

// writeRobots writes robots.txt unless there is one: it may speak for a whole host.
func (e *Edition) writeRobots(dir string) error {
	name := filepath.Join(dir, filepath.FromSlash(robotsPath))
	if _, err := os.Lstat(name); err == nil || e.top.documents[robotsPath] != nil {
		return nil
	}
	if err := replace(name, []byte(Robots), noEntries); err != nil {
		return fmt.Errorf("write %s: %w", robotsPath, err)
	}
	return nil
}

// write writes the document to files.
func (d *Document) write(dir string, files []string) (changed int, err error) {
	c, err := d.Content()
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		name := filepath.Join(dir, filepath.FromSlash(file))
		if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, c.Body) {
			continue
		}
		if err := replace(name, c.Body, c.Modified); err != nil {
			return changed, fmt.Errorf("write %s to %s: %w", d.Path, file, err)
		}
		changed++
	}
	return changed, nil
}

// layout returns the files of each document by its path, and what is wrong where
// two would have the same one, or a file would be a folder: a page then goes into a
// folder of its own, and where that is no way out the first one has the file. What is
// nothing but another spelling of a path is no alias.
func (e *Edition) layout() (map[string][]string, []blog.Problem) {
	l := layout{files: make(map[string][]string, e.Len()), owners: make(map[string]string, e.Len()), folders: map[string]bool{}}
	documents := e.Documents()
	for _, d := range documents {
		l.enter(d.file())
	}
	ranked := slices.Clone(documents)
	slices.SortStableFunc(ranked, func(a, b *Document) int { return a.fileRank() - b.fileRank() })
	for _, d := range ranked {
		l.place(d, d.file(), path.Join(d.Path, "index.html")[1:])
	}
	aliases := e.allAliases()
	for _, alias := range slices.Sorted(maps.Keys(aliases)) {
		d := e.listed(aliases[alias])
		if d == nil || alias == fold(d.Path) {
			continue
		}
		file := alias[1:]
		if path.Ext(file) == "" {
			file = path.Join(file, "index.html")
		}
		if path.Ext(file) != ".html" || !isJSON(d) {
			l.enter(file)
			l.place(d, file, "")
		}
	}
	return l.files, l.problems
}

// layout is which files documents are written to.
type layout struct {
	files    map[string][]string // by path of a document
	owners   map[string]string   // paths of documents by file
	folders  map[string]bool
	problems []blog.Problem
}

// enter notes the folders that a file lies in.
func (l *layout) enter(file string) {
	for dir := path.Dir(file); dir != "." && !l.folders[dir]; dir = path.Dir(dir) {
		l.folders[dir] = true
	}
}

// place gives a document a file, or if that is taken the page's other one.
func (l *layout) place(d *Document, file, other string) {
	if (l.owners[file] != "" || l.folders[file]) && isPage(d) && other != "" && l.owners[path.Dir(other)] == "" {
		file = other
		l.enter(file)
	}
	if first := l.owners[file]; first == d.Path {
		return // it stands in the list twice
	} else if first != "" || l.folders[file] {
		p := blog.Problem{Severity: blog.Warning, Message: fmt.Sprintf("build cannot write %s to the file %s, which is that of %s", d.Path, file, cmp.Or(first, "a folder"))}
		if len(d.posts) == 1 {
			p.File = d.posts[0].Path
		}
		l.problems = append(l.problems, p)
		return
	}
	l.owners[file] = d.Path
	l.files[d.Path] = append(l.files[d.Path], file)
}

// Clashes returns the documents, and the other addresses of documents, that Write has
// no file for, since another document has it.
func (e *Edition) Clashes() []blog.Problem {
	_, clashes := e.layout()
	return clashes
}

func isPage(d *Document) bool { return strings.HasPrefix(d.ContentType, "text/html") }

// isJSON reports whether a document is one of those that may not have a file named
// as a page: a static server would call it HTML, and titles, which JSON does not
// escape, would be taken for elements.
func isJSON(d *Document) bool { return strings.Contains(d.ContentType, "json") }

// file returns the file of a document, relative to the folder. Paths are cleaned,
// so that none leads out of it. A page without an extension gets the one by which
// static servers find it, and leaves the name to a folder.
func (d *Document) file() string {
	name := d.Path
	switch {
	case strings.HasSuffix(name, "/"):
		name += "index.html"
	case path.Ext(name) == "" && isPage(d):
		name += ".html"
	}
	return path.Clean("/" + name)[1:]
}

// fileRank is how much a static server adds to the path of the document to come to its
// file: nothing, an index, or an extension, which not every server does.
func (d *Document) fileRank() int {
	switch "/" + d.file() {
	case d.Path:
		return 0
	case d.Path + "index.html":
		return 1
	}
	return 2
}

// replace writes a file that everybody may read.
func replace(name string, data []byte, modified time.Time) error {
	return disk.ReplaceAt(name, bytes.NewReader(data), disk.Options{Modified: modified, Finish: disk.Readable})
}
