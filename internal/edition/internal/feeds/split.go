package feeds

import (
	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/segment"
	"broadsheet/internal/edition/internal/term"
)

// Fit returns how many posts of a term fit into its feed. For the main feed, which is
// always rendered, that is exact; for others it is estimated.
func (e Entries) Fit(t *term.Term) int {
	var size func(*blog.Post) int
	if t.Kind == "" {
		size = e.Size
	} else {
		size = e.Estimate
	}
	return segment.Fit(t.Posts, e.Settings.Items, e.Settings.Bytes, size)
}

// Split returns the segments of a term's feed.
func (e Entries) Split(t *term.Term) []segment.Segment {
	return segment.Split(t, e.Fit(t), e.Settings.ArchiveItems)
}

// Segments returns how many segments Split returns.
func (e Entries) Segments(t *term.Term) int {
	return 1 + segment.Archives(len(t.Posts)-e.Fit(t), e.Settings.ArchiveItems)
}
