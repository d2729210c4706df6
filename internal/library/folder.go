package library

import (
	"maps"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/library/internal/attach"
	"broadsheet/internal/media"
)

// folder returns what is known of the media files.
func (l *Library) folder() attach.Folder {
	return attach.Folder{Site: l.site, Book: l.book, Facts: l.facts}
}

// measureEnclosures has the files measured whose durations the posts of claims do not
// say.
func (l *Library) measureEnclosures(claims []*claim, o Options) {
	var files []string
	for _, c := range claims {
		for _, e := range c.parsed.Post.Enclosures() {
			if file, _ := l.book.Media(c.parsed.Post.Path, e.URL); file.Path != "" && e.Duration == 0 {
				files = append(files, file.Path)
			}
		}
	}
	l.prefetchDurations(files, o)
}

// measureShown has the pictures measured that posts show.
func (l *Library) measureShown(posts []string, o Options) {
	var files []string
	for _, post := range posts {
		if l.linked[post] == nil {
			continue
		}
		for _, file := range l.shows[post] {
			if isPicture(file) {
				files = append(files, file)
			}
		}
	}
	l.prefetchDurations(files, o)
}

func isPicture(file string) bool { return strings.HasPrefix(media.TypeOf(file), "image/") }

// measure adds the facts of these files to those that are known.
func (l *Library) prefetchDurations(files []string, o Options) {
	files = slices.DeleteFunc(files, func(file string) bool { _, known := l.facts[file]; return known })
	if len(files) == 0 || o.Measure == nil {
		return
	}
	slices.Sort(files)
	facts := maps.Clone(l.facts)
	if facts == nil {
		facts = map[string]media.Facts{}
	}
	maps.Copy(facts, o.Measure(slices.Compact(files)))
	l.facts = facts
}

// Lost returns what the front matter of public posts names as files that are
// not in the folder.
func (l *Library) Lost() []blog.Problem {
	var problems []blog.Problem
	for _, p := range l.Posts {
		problems = append(problems, l.folder().Lost(l.parsed[p.Path].Post)...)
	}
	return problems
}
