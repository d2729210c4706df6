package source

import (
	"io/fs"
	"slices"
	"strings"

	"broadsheet/internal/blog"
)

// listMedia adds a media file. One that is still being written is listed as it
// was before, or not at all: its size would be announced and then be wrong.
func (s *scan) listMedia(rel string, info fs.FileInfo) {
	f := blog.Media{Path: rel, Size: info.Size(), Modified: info.ModTime()}
	before, known := s.mediaBefore(rel)
	changed := !known || before.Size != f.Size || !before.Modified.Equal(f.Modified)
	if age := s.now.Sub(f.Modified); s.prev != nil && changed && age >= 0 && age < s.o.Settle {
		s.wake(s.o.Settle - age)
		if !known {
			return
		}
		f = before
	}
	s.media = append(s.media, f)
}

func (s *scan) mediaBefore(rel string) (blog.Media, bool) {
	if s.prev == nil {
		return blog.Media{}, false
	}
	i, known := slices.BinarySearchFunc(s.prev.Media, rel, func(f blog.Media, rel string) int { return strings.Compare(f.Path, rel) })
	if !known {
		return blog.Media{}, false
	}
	return s.prev.Media[i], true
}
