package parse

import (
	"path"
	"strings"
	"sync"

	"broadsheet/internal/source"
)

// taken returns what tells whether a path below the site is that of another document
// than a post, or of a media file, or leads through one as if it were a folder. A
// file that holds a post is none here, whatever its name.
func taken(files []source.File, o Options) func(path string) bool {
	read := sync.OnceValue(func() map[string]bool { // few posts ask
		all := make(map[string]bool, len(files))
		for i := range files {
			all[files[i].Path] = true
		}
		return all
	})
	isMedia := func(name string) bool {
		if static := o.Generator.Static(); static != "" {
			if file, ok := o.Media.Find(path.Join(static, name)); ok && !read()[file.Path] {
				return true
			}
		}
		file, ok := o.Media.Find(name)
		return ok && !o.Generator.Private(file.Path) && !read()[file.Path]
	}
	return func(at string) bool {
		if o.Reserved != nil && o.Reserved.Has(at) {
			return true
		}
		if o.Media == nil {
			return false
		}
		for name := strings.Trim(path.Clean(at), "/"); name != "." && name != ""; name = path.Dir(name) {
			if path.Ext(name) != "" && isMedia(name) {
				return true
			}
		}
		return false
	}
}
