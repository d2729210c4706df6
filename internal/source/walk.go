package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/internal/blog"
)

// walk finds every file that may hold a post.
func (s *scan) walk(ctx context.Context) error {
	s.folders, s.unlisted = map[string]bool{}, map[string]sighting{}
	w := walker{scan: s, seen: map[fileID]bool{s.id: true}, buffer: make([]byte, 32<<10)}
	if err := w.folder(ctx, s.real, "", 0); err != nil {
		return err
	}
	for len(w.links) > 0 {
		link := w.links[0]
		w.links = w.links[1:]
		if err := w.enter(ctx, link); err != nil {
			return err
		}
	}
	byPath := func(a, b found) int { return strings.Compare(a.path, b.path) }
	if !slices.IsSortedFunc(s.found, byPath) {
		slices.SortFunc(s.found, byPath)
	}
	slices.SortFunc(s.media, func(a, b blog.Media) int { return strings.Compare(a.Path, b.Path) })
	if len(s.found) > s.o.MaxFiles {
		s.problem("", "there are more files than Broadsheet reads; the last ones by name are left out")
		s.cut, s.winding = s.found[s.o.MaxFiles].path, true
		s.found = s.found[:s.o.MaxFiles]
	}
	return nil
}

type walker struct {
	*scan
	seen  map[fileID]bool // folders, so that links cannot lead in circles
	links []linked        // still to be entered

	buffer []byte // see children
}

// linked is a folder that a link leads to. Links are followed when everything
// else has been walked: a folder that is there by its own name keeps it.
type linked struct {
	target, rel string
	id          fileID
	depth       int
}

// enter walks a folder unless that was done before.
func (w *walker) enter(ctx context.Context, l linked) error {
	if w.seen[l.id] && l.id != (fileID{}) {
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
		w.winding = true
		return nil
	}
	if name == w.o.Skip || w.o.Ignore(rel) {
		return nil
	}
	w.o.Visit(name)
	all, err := children(name, w.buffer)
	if err != nil && rel == "" {
		return fmt.Errorf("%w: %w", ErrNoRoot, err)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil // it is gone by now, and with it its files
	}
	if err != nil {
		w.lost = append(w.lost, rel+"/")
		w.problem(rel, "the folder cannot be read: "+reason(err))
		w.winding = true
		return nil
	}
	w.folders[rel] = true
	w.found = slices.Grow(w.found, len(all))
	for _, c := range all {
		if err := w.one(ctx, c, c.below(rel), depth); err != nil {
			return err
		}
	}
	return nil
}

// one looks at one entry of a folder. An entry that vanishes meanwhile is
// missing, no more.
func (w *walker) one(ctx context.Context, c child, rel string, depth int) error {
	candidate, media := w.mayHoldPost(c.base), w.o.Media(c.base)
	if ignored(c.base) {
		if candidate && inConflict(c.base) {
			w.notes = append(w.notes, blog.Problem{File: rel, Severity: blog.Warning, Message: conflict})
		}
		return nil
	}
	if !candidate && !media && !c.isDir() && !c.isLink() {
		return nil
	}
	if candidate && c.isFile() { // lookAt sees for itself
		w.found = append(w.found, w.saw(sight{path: rel, name: c.name}))
		return w.listToo(c, rel, media)
	}
	target, info, problem := w.resolve(c)
	switch {
	case problem != "" && candidate:
		w.found = append(w.found, w.saw(sight{path: rel, name: c.name, broken: problem}))
	case problem != "" && (media || info != nil && info.IsDir()):
		w.notes = append(w.notes, blog.Problem{File: rel, Severity: blog.Warning, Message: problem})
	case problem != "", info == nil:
	case info.IsDir():
		l := linked{target, rel, printOf(info).id, depth + 1}
		if !c.isLink() {
			return w.enter(ctx, l)
		}
		w.links = append(w.links, l)
	case media && info.Mode().IsRegular() && hidden(strings.TrimPrefix(target, w.real+string(filepath.Separator))):
		// It lies in a hidden folder that a link leads to: posts there are meant to
		// be read, but that says nothing of what else is in it.
	case media && info.Mode().IsRegular():
		w.listMedia(rel, info)
	case !candidate:
	case !info.Mode().IsRegular():
		w.found = append(w.found, w.saw(sight{path: rel, name: c.name, broken: irregular}))
	default:
		w.found = append(w.found, w.saw(sight{path: rel, name: target, print: printOf(info)}))
	}
	return nil
}

// listToo lists a file that may hold a post as a media file also: what it is can
// be told when it is read.
func (w *walker) listToo(c child, rel string, media bool) error {
	if !media {
		return nil
	}
	info, err := os.Lstat(c.name)
	if err == nil {
		w.listMedia(rel, info)
	}
	return nil
}

// resolve follows links, as long as they stay inside the folder, and judges them by
// what they lead to: the name of a file, and whether it is hidden.
func (w *walker) resolve(c child) (target string, info fs.FileInfo, problem string) {
	name := c.name
	if !c.isLink() {
		info, err := os.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return name, nil, "" // it is gone by now
		case err != nil:
			return name, nil, "the file cannot be read: " + reason(err)
		}
		return name, info, ""
	}
	w.winding = true
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		return name, nil, "the link leads nowhere: " + reason(err)
	}
	info, err = os.Lstat(target)
	if err != nil {
		return name, nil, "the link leads nowhere: " + reason(err)
	}
	inside, err := filepath.Rel(w.real, target)
	switch {
	case err != nil || !filepath.IsLocal(inside):
		return name, info, "the link leads out of the folder"
	case w.o.Media(c.base) && hidden(inside):
		return name, info, "the link leads to what is hidden: " + filepath.ToSlash(inside)
	case !info.IsDir() && w.mayHoldPost(c.base) != w.mayHoldPost(target):
		return name, info, "the link leads to a file of another kind: " + filepath.ToSlash(inside)
	case w.o.Media(c.base) && info.Mode().IsRegular() && !w.o.Media(target):
		return name, info, "the link leads to a file of another kind: " + filepath.ToSlash(inside)
	}
	w.o.Visit(filepath.Dir(target))
	return target, info, ""
}

// hidden reports whether a path leads over a file or folder whose name begins with
// a dot. Two dots are the way of Kubernetes and others to keep versions of a folder
// that they mount.
func hidden(inside string) bool {
	for part := range strings.SplitSeq(filepath.ToSlash(inside), "/") {
		if strings.HasPrefix(part, ".") && !strings.HasPrefix(part, "..") && part != "." {
			return true
		}
	}
	return false
}

func (s *scan) mayHoldPost(name string) bool {
	extension := path.Ext(name)
	return slices.ContainsFunc(s.o.Extensions, func(e string) bool { return strings.EqualFold(e, extension) })
}
