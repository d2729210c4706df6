package source

import (
	"io/fs"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/files"
	"broadsheet/internal/source/internal/known"
)

// listMedia adds a media file. One that is still being written is listed as it
// was before, or not at all: its size would be announced and then be wrong.
func (s *scan) listMedia(rel string, info fs.FileInfo) {
	f := blog.Media{Path: strings.Clone(rel), Size: info.Size(), Modified: info.ModTime()}
	before, known := s.mediaBefore(rel)
	changed := !known || before.Size != f.Size || !before.Modified.Equal(f.Modified)
	if s.prev != nil && !s.swapped && changed {
		now := s.resting(rel, files.PrintOf(info))
		if left := s.o.Settle - s.clock().Sub(now.still); left > 0 {
			s.wake(left)
			s.unlisted[rel] = now
			if !known {
				return
			}
			f = before
		}
	}
	s.media = append(s.media, f)
}

// resting returns since when a media file that is not listed as it is looks so.
func (s *scan) resting(rel string, print files.Print) sighting {
	if before, ok := s.prev.unlisted[rel]; ok && before.print == print {
		return before
	}
	return sighting{print, s.clock()}
}

func (s *scan) mediaBefore(rel string) (blog.Media, bool) {
	if s.prev == nil {
		return blog.Media{}, false
	}
	return known.Media(s.prev.Media, rel)
}

// settleMedia keeps media files that are missing for as long as posts would be
// kept, so that the two stay together.
func (s *scan) settleMedia(limit time.Duration) {
	if s.prev == nil {
		return
	}
	s.mediaMissingSince = map[string]time.Time{}
	var kept []blog.Media
	for _, f := range s.prev.Media {
		if _, here := known.Media(s.media, f.Path); here {
			continue
		}
		since, known := s.prev.mediaMissingSince[f.Path]
		if !known {
			since = s.now
		}
		left := limit - s.now.Sub(since)
		if left <= 0 && !s.isUnreadable(f.Path) {
			continue
		}
		s.wake(max(left, 0))
		s.mediaMissingSince[f.Path] = since
		kept = append(kept, f)
	}
	if kept != nil {
		s.media = append(s.media, kept...)
		slices.SortFunc(s.media, func(a, b blog.Media) int { return strings.Compare(a.Path, b.Path) })
	}
}
