package static

import (
	"cmp"
	"path"
	"strings"

	"broadsheet/internal/edition/internal/paths"
)

// Finder finds the documents of a site.
type Finder[D any] struct {
	Spelled func(path string) *D // by a path that is written as the site has it; nil: there is none
	Find    func(path string) *D // by any spelling of a path
	About   func(*D) Document
}

// AsFile returns the document that a static server would hand out at a path which is no
// path of the document: that of its file, or one that static servers complete to it. It
// returns nil if there is none.
func AsFile[D any](at string, f Finder[D]) *D {
	if folder, ok := paths.CutSuffix(at, "/index.html"); ok {
		d := cmp.Or(f.Spelled(folder+"/"), f.Find(cmp.Or(folder, "/")))
		if d == nil || !MayBeIndex(f.About(d).ContentType, folder) {
			return nil
		}
		return d
	}
	if name, ok := paths.CutSuffix(at, ".html"); ok {
		return f.page(name)
	}
	folder := strings.TrimSuffix(at, "/")
	d := f.Find(folder + "/index.html")
	if d == nil && folder == at && path.Base(at) != "index" {
		d = f.Find(at + ".html")
	}
	if d == nil || !IsPage(f.About(d).ContentType) || f.About(d).Path == paths.NotFound {
		return nil
	}
	return d
}

// page returns the page at a path whose file has the extension .html besides.
func (f Finder[D]) page(name string) *D {
	d := f.Find(name)
	if d == nil || path.Ext(name) != "" || !IsPage(f.About(d).ContentType) {
		return nil
	}
	if at := f.About(d).Path; paths.Fold(at) != paths.Fold(name) || strings.HasSuffix(at, "/") {
		return nil
	}
	return d
}
