package edition

import (
	"strings"

	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/static"
	"broadsheet/internal/feed"

	"golang.org/x/text/unicode/norm"
)

// NotFoundPath is the path of the page for people who ask for one that is not there.
const NotFoundPath = paths.NotFound

// Find returns the document of a request's path, be it a canonical one or an alias, or a
// file as Write names it. Letter case, doubled and trailing slashes, and the form of
// Unicode make no difference. It returns nil for a path that the edition does not have.
func (e *Edition) Find(path string) *Document {
	if d := e.find(path); d != nil {
		return d
	}
	return static.AsFile(path, static.Finder[Document]{Spelled: e.spelled, Find: e.find, About: (*Document).static})
}

// find returns the document that has a path, or an alias.
func (e *Edition) find(path string) *Document {
	if d := e.spelled(path); d != nil {
		return d
	}
	if d := e.pageAt(path, true); d != nil {
		return d
	}
	return e.listed(paths.Fold(path))
}

// spelled returns the document of a path that is written as the tables have it, as nearly
// all are.
func (e *Edition) spelled(path string) *Document {
	if d := e.top.At(path); d != nil {
		return d
	}
	if d := e.pageAt(path, false); d != nil {
		return d
	}
	return e.listed(path)
}

// In returns the document that says what d says in the format of that name, such as
// "atom": another format of the same feed, or the feed of what a page shows. It returns d
// if there is none.
func (e *Edition) In(d *Document, format string) *Document {
	if d.feedRoot == "" {
		return d
	}
	for _, f := range feed.Formats {
		for _, name := range []string{f.File, "index." + f.Name} {
			other := e.Find(d.feedRoot + name)
			if other != nil && other.ContentType == f.ContentType && strings.EqualFold(f.Name, format) {
				return other
			}
		}
	}
	return d
}

// Redirect returns where a request's path leads: by the settings, or, if the edition has
// no document of that path, by the former addresses of posts. That is an absolute URL, or
// gone for good, or neither.
func (e *Edition) Redirect(path string) (to string, gone bool) {
	if !e.redirects.HasSettings() && e.spelled(path) != nil {
		return "", false // nearly every request
	}
	to, gone = e.redirects.BySettings(path)
	if to != "" || gone || e.find(norm.NFC.String(path)) != nil {
		return to, gone
	}
	return e.redirects.ByPosts(path), false
}
