package library

import (
	"slices"

	"broadsheet/internal/address"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library/internal/public"
)

// Public reports whether a media file may be handed out: whether a public post, or
// what Options.Named says, refers to it, or it lies in one of Options.Folders, or
// the generator of the site publishes it whatever posts say. The path is relative
// to the folder. A post that is not public opens nothing, nor does one that was.
func (l *Library) Public(file string) bool { return l.opened().Public(file) }

// Served returns the media file that is handed out at a path below the site; false
// where there is none.
func (l *Library) Served(at string) (file string, ok bool) { return l.opened().Served(at) }

// Opens reports whether the link at a path of the folder, which is Public, may lead
// to the media file target: one that is public itself, or that a post means by the
// link's name. That the link lies in a folder of public files is not enough.
func (l *Library) Opens(link, target string) bool { return l.opened().Opens(link, target) }

// opened returns the media files, and what opens them.
func (l *Library) opened() public.Media {
	return public.Media{
		Files: l.files, Made: l.made, Folders: l.folders, Named: l.named, Bundles: l.bundles,
		Book: l.book, Posts: l.linked, Shows: l.shows, Mentions: l.mentions, IsPage: l.isPage,
	}
}

// shown returns the media files that the post of a path refers to; sorted.
func (l *Library) shown(post string) []string {
	settled := l.settledAt(post)
	names := l.parsed[post].Names
	if settled.text != nil {
		names = slices.Concat(names, settled.text.Names)
	}
	return public.Referred(l.book, settled.raw, names)
}

// mention notes what all posts refer to.
func (l *Library) mention() {
	l.shows = map[string][]string{}
	posts := slices.Collect(l.ids.Keys())
	files := make([][]string, len(posts))
	onAllProcessors(len(posts), func(n int) { files[n] = l.shown(posts[n]) })
	for n, post := range posts {
		if files[n] != nil {
			l.shows[post] = files[n]
		}
	}
	l.mentions = public.MentionsOf(l.shows)
}

// servable returns the media files that may be handed out at all: those that are not
// private, and no posts, whatever their names.
func (l *Library) servable() *address.Files {
	return l.media.Only(func(file string) bool {
		p := l.parsed[file]
		return !l.made.Private(file) && (p == nil || !p.Broken && p.State == dialect.Other)
	})
}
