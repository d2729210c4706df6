// Package walk finds the files of a folder, and never leaves it: links that lead out of it
// are refused. It opens nothing but folders.
package walk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/ignore"
	"broadsheet/internal/source/internal/tree"
)

// Irregular is said of pipes, sockets and devices.
const Irregular = "this is no regular file; it is never opened"

// conflict is said of a copy that holds somebody's work but is no post.
const conflict = "this is a copy that a program for synchronising made when two sides had changed; it is ignored"

// Sight is what a walk saw of a file.
type Sight struct {
	Path   string      // relative, slash-separated
	Name   string      // absolute, links resolved
	Print  files.Print // zero: not looked at yet
	Broken string      // why there is nothing to open; empty: it is a regular file
}

// Options say what is looked for, and who is told. All functions are called from the
// goroutine that walks, and must be set.
type Options struct {
	MaxDepth int                    // of folders below the root
	Skip     string                 // a folder that is not looked into, absolute and without links; empty: none
	Ignore   func(rel string) bool  // whether a folder, relative to the root, is not looked into
	Post     func(name string) bool // whether a file of this name may hold a post
	IsMedia  func(name string) bool // whether a file of this name is a media file

	Visit  func(dir string)                   // called with each folder before it is listed
	Listed func(entries int)                  // called with the number of entries of each folder, before what is found of them
	File   func(s Sight)                      // called with each file that may hold a post, in the order of the walk
	Media  func(rel string, info fs.FileInfo) // called with each media file
}

// Result is what a walk tells beside the files.
type Result struct {
	Folders  map[string]bool // those that were listed, relative
	Lost     []string        // folders that could not be listed, relative, with a trailing slash
	Winding  bool            // names alone do not tell what lies where: there are links, or folders left out
	Problems []blog.Problem
	Notes    []blog.Problem // of names that are passed over
}

// Walk tells of every file of the tree that may hold a post, and of every media file. It
// fails when the root cannot be listed (tree.ErrNoRoot), and when ctx ends.
func Walk(ctx context.Context, at tree.Generation, o Options) (Result, error) {
	w := walker{
		root: at.Real, o: o, seen: map[files.ID]bool{at.ID: true}, buffer: make([]byte, 32<<10),
		Result: Result{Folders: map[string]bool{}},
	}
	if err := w.folder(ctx, w.root, "", 0); err != nil {
		return Result{}, err
	}
	for len(w.links) > 0 {
		link := w.links[0]
		w.links = w.links[1:]
		if err := w.enter(ctx, link); err != nil {
			return Result{}, err
		}
	}
	return w.Result, nil
}

type walker struct {
	Result
	root  string // absolute, links resolved
	o     Options
	seen  map[files.ID]bool // folders, so that links cannot lead in circles
	links []linked          // still to be entered

	buffer []byte // see files.Children
}

// linked is a folder that a link leads to. Links are followed when everything
// else has been walked: a folder that is there by its own name keeps it.
type linked struct {
	target, rel string
	id          files.ID
	depth       int
}

// enter walks a folder unless that was done before.
func (w *walker) enter(ctx context.Context, l linked) error {
	if w.seen[l.id] && l.id != (files.ID{}) {
		return nil
	}
	w.seen[l.id] = true
	return w.folder(ctx, l.target, l.rel, l.depth)
}

// folder lists one folder. It is announced first: what is created after the
// listing must raise an event.
func (w *walker) folder(ctx context.Context, name, rel string, depth int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if depth > w.o.MaxDepth {
		w.problem(rel, "the folders are nested too deeply; this one is left out")
		w.Winding = true
		return nil
	}
	if name == w.o.Skip || w.o.Ignore(rel) {
		return nil
	}
	w.o.Visit(name)
	all, err := files.Children(name, w.buffer)
	if err != nil && rel == "" {
		return fmt.Errorf("%w: %w", tree.ErrNoRoot, err)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil // it is gone by now, and with it its files
	}
	if err != nil {
		w.Lost = append(w.Lost, rel+"/")
		w.problem(rel, "the folder cannot be read: "+files.Reason(err))
		w.Winding = true
		return nil
	}
	w.Folders[rel] = true
	w.o.Listed(len(all))
	for _, c := range all {
		if err := w.one(ctx, c, c.Below(rel), depth); err != nil {
			return err
		}
	}
	return nil
}

// one looks at one entry of a folder. An entry that vanishes meanwhile is
// missing, no more.
func (w *walker) one(ctx context.Context, c files.Child, rel string, depth int) error {
	candidate, media := w.o.Post(c.Base()), w.o.IsMedia(c.Base())
	if ignore.Name(c.Base()) {
		if candidate && ignore.Conflict(c.Base()) {
			w.Notes = append(w.Notes, blog.Problem{File: rel, Severity: blog.Warning, Message: conflict})
		}
		return nil
	}
	if !candidate && !media && !c.IsDir() && !c.IsLink() {
		return nil
	}
	if candidate && c.IsFile() { // whoever reads it looks first
		w.o.File(Sight{Path: rel, Name: c.Name})
		return w.listToo(c, rel, media)
	}
	target, info, problem := w.resolve(c)
	switch {
	case problem != "" && candidate:
		w.o.File(Sight{Path: rel, Name: c.Name, Broken: problem})
	case problem != "" && (media || info != nil && info.IsDir()):
		w.Notes = append(w.Notes, blog.Problem{File: rel, Severity: blog.Warning, Message: problem})
	case problem != "", info == nil:
	case info.IsDir():
		l := linked{target, rel, files.PrintOf(info).ID, depth + 1}
		if !c.IsLink() {
			return w.enter(ctx, l)
		}
		w.links = append(w.links, l)
	case media && info.Mode().IsRegular() && ignore.Hidden(strings.TrimPrefix(target, w.root+string(filepath.Separator))):
		// It lies in a hidden folder that a link leads to: posts there are meant to
		// be read, but that says nothing of what else is in it.
	case media && info.Mode().IsRegular():
		w.o.Media(rel, info)
	case !candidate:
	case !info.Mode().IsRegular():
		w.o.File(Sight{Path: rel, Name: c.Name, Broken: Irregular})
	default:
		w.o.File(Sight{Path: rel, Name: target, Print: files.PrintOf(info)})
	}
	return nil
}

// listToo lists a file that may hold a post as a media file also: what it is can
// be told when it is read.
func (w *walker) listToo(c files.Child, rel string, media bool) error {
	if !media {
		return nil
	}
	info, err := os.Lstat(c.Name)
	if err == nil {
		w.o.Media(rel, info)
	}
	return nil
}

// resolve follows links, as long as they stay inside the folder, and judges them by
// what they lead to: the name of a file, and whether it is hidden.
func (w *walker) resolve(c files.Child) (target string, info fs.FileInfo, problem string) {
	name := c.Name
	if !c.IsLink() {
		info, err := os.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return name, nil, "" // it is gone by now
		case err != nil:
			return name, nil, "the file cannot be read: " + files.Reason(err)
		}
		return name, info, ""
	}
	w.Winding = true
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		return name, nil, "the link leads nowhere: " + files.Reason(err)
	}
	info, err = os.Lstat(target)
	if err != nil {
		return name, nil, "the link leads nowhere: " + files.Reason(err)
	}
	inside, err := filepath.Rel(w.root, target)
	switch {
	case err != nil || !filepath.IsLocal(inside):
		return name, info, "the link leads out of the folder"
	case w.o.IsMedia(c.Base()) && ignore.Hidden(inside):
		return name, info, "the link leads to what is hidden: " + filepath.ToSlash(inside)
	case !info.IsDir() && w.o.Post(c.Base()) != w.o.Post(target):
		return name, info, "the link leads to a file of another kind: " + filepath.ToSlash(inside)
	case w.o.IsMedia(c.Base()) && info.Mode().IsRegular() && !w.o.IsMedia(target):
		return name, info, "the link leads to a file of another kind: " + filepath.ToSlash(inside)
	}
	w.o.Visit(filepath.Dir(target))
	return target, info, ""
}

func (w *walker) problem(rel, message string) {
	w.Problems = append(w.Problems, blog.Problem{File: rel, Severity: blog.Error, Message: message})
}
