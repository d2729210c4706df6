package edition

import (
	"errors"
	"maps"
	"runtime"
	"slices"
	"sync/atomic"

	"broadsheet/internal/blog"
	"broadsheet/internal/disk"
	"broadsheet/internal/edition/internal/dates"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/static"

	"golang.org/x/sync/errgroup"
)

// Write renders every document and writes it below dir, which is made if it is missing.
// A document's file is named after its path, and a folder's page is index.html. Its
// modification time is the document's date of last change. Each alias of a document has
// a file too, so that a static server gives what Find would. An alias without an
// extension would be in the way of a folder; its file is the index.html of that folder,
// unless it is that of a JSON feed, which is no page.
//
// A file is replaced as a whole or not at all, and is left alone if it holds the same
// bytes. It is not flushed to the disk. Other files of dir stay as they are, except for
// temporary ones that a killed Write left. Write returns how many files it replaced. It
// goes on after a document that cannot be rendered or written, and the error joins all
// that went wrong.
func (e *Edition) Write(dir string) (int, error) {
	disk.SweepAll(dir)
	documents := e.Documents()
	errs := make([]error, len(documents))
	files := e.layout().Files
	var written atomic.Int64
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range documents {
		group.Go(func() error {
			replaced, err := d.write(dir, files[d.Path])
			var ofPost blog.Problem
			if !errors.As(err, &ofPost) { // a post that cannot be rendered has no page; Problems tells it
				errs[i] = err
			}
			written.Add(int64(replaced))
			return nil
		})
	}
	_ = group.Wait() // no function returns an error
	return int(written.Load()), errors.Join(append(errs, e.writeRobots(dir))...)
}

// write writes the document to files.
func (d *Document) write(dir string, files []string) (replaced int, err error) {
	c, err := d.Content()
	if err != nil {
		return 0, err
	}
	return static.Write(dir, static.File{Path: d.Path, Files: files, Body: c.Body, Modified: c.Modified})
}

// Robots is the text of /robots.txt where neither the theme nor the host has one:
// everything is open to everybody.
const Robots = "User-agent: *\nAllow: /\n"

// writeRobots writes robots.txt unless there is one. An existing one may speak for a
// whole host.
func (e *Edition) writeRobots(dir string) error {
	if static.Exists(dir, paths.Robots[1:]) || e.top.At(paths.Robots) != nil {
		return nil
	}
	robots := static.File{
		Path: paths.Robots, Files: []string{paths.Robots[1:]}, Body: []byte(Robots), Modified: dates.None,
	}
	_, err := static.Write(dir, robots)
	return err
}

// layout returns which files stand for the documents.
func (e *Edition) layout() *static.Layout {
	documents := e.Documents()
	all := make([]static.Document, len(documents))
	for i, d := range documents {
		all[i] = d.static()
	}
	var aliases []static.Alias
	canonical := e.aliases()
	for _, alias := range slices.Sorted(maps.Keys(canonical)) {
		d := e.listed(canonical[alias])
		if d != nil && alias != paths.Fold(d.Path) { // another spelling of the path is no alias
			aliases = append(aliases, static.Alias{Path: alias, Document: d.static()})
		}
	}
	return static.Lay(all, aliases)
}

func (d *Document) static() static.Document {
	s := static.Document{Path: d.Path, ContentType: d.ContentType}
	if len(d.posts) == 1 {
		s.Source = d.posts[0].Path
	}
	return s
}

// Clashes returns the documents and aliases that Write has no file for, since another
// document has it.
func (e *Edition) Clashes() []blog.Problem { return e.layout().Problems }
