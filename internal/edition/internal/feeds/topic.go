package feeds

import (
	"iter"
	"reflect"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/segment"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/feed"
)

// Topics are the feeds of an edition that one may subscribe to (WebSub calls them so): the
// newest posts of each term, in each format. Archives are none.
type Topics struct {
	site    *paths.Site
	entries Entries
	terms   []*term.Term // the first is that of the main feed, with the posts that fit into it
	mends   int          // how many late bodies had come when the edition was made
}

// NewTopics returns the topics of these terms, and of the main feed, which holds these
// posts.
func NewTopics(site *paths.Site, entries Entries, main []*blog.Post, terms []*term.Term) Topics {
	all := append([]*term.Term{{Posts: main}}, terms...)
	return Topics{site: site, entries: entries, terms: all, mends: entries.Bodies.Mends()}
}

// All returns the topics: those of the main feed first, then those of the terms in their
// order. It renders nothing.
func (t Topics) All() iter.Seq[Topic] {
	return func(yield func(Topic) bool) {
		for _, of := range t.terms {
			s := segment.Segment{Term: of.Key, Name: of.Name, Root: of.Root(), Posts: of.Posts}
			if of.Kind != "" {
				s.Posts = of.Posts[:t.entries.Fit(of)]
			}
			for _, f := range feed.Formats {
				if !yield(Topic{Feed{t.site, s, f}, t.entries, t.mends}) {
					return
				}
			}
		}
	}
}

// Topic is one of the Topics.
type Topic struct {
	feed    Feed
	entries Entries
	mends   int
}

// Path returns the canonical path of the feed.
func (t Topic) Path() string { return t.feed.Path() }

// Digest returns a digest of what the feed says of its channel and in its entries; see
// feed.Format. It stays the same from run to run. It renders the posts of the feed. The
// error IsTemporary if the text of one is not there any more.
func (t Topic) Digest() (string, error) {
	list, _, err := t.entries.Load(t.feed.Segment.Posts)
	if err != nil {
		return "", err
	}
	return t.feed.Format.Digest(t.feed.Channel(), list)
}

// Same reports whether the topic says what it said in an edition before, as Digest would
// tell. Keys tell it of nearly all posts; of the others, two versions are compared. Where
// the version of before is lost, they count as different.
func (t Topic) Same(before Topic) bool {
	ours, theirs := t.feed.Segment.Posts, before.feed.Segment.Posts
	if t.Path() != before.Path() || t.mends != before.mends || before.entries.Bodies.Missed() {
		return false
	}
	if t.saysAlike(before) {
		ours, theirs = t.differing(before)
		if len(ours) == 0 && len(theirs) == 0 {
			return true
		}
	}
	if !t.mayLeaveOut(before) && !sameIDs(ours, theirs) {
		return false
	}
	was, err := before.digestOfKnown(theirs)
	if err != nil {
		return false
	}
	list, _, err := t.entries.Load(ours)
	if err != nil {
		return false
	}
	is, err := t.feed.Format.Digest(t.feed.Channel(), list)
	return err == nil && is == was
}

// saysAlike reports whether posts that are the same say the same in both feeds.
func (t Topic) saysAlike(before Topic) bool {
	a, b := t.entries.Settings, before.entries.Settings
	return a.Content == b.Content && a.Markdown == b.Markdown && a.ExternalLinks == b.ExternalLinks &&
		reflect.DeepEqual(t.feed.Channel().Lasting(), before.feed.Channel().Lasting())
}

// mayLeaveOut reports whether a post may be in the list of a feed, and not in the feed.
func (t Topic) mayLeaveOut(before Topic) bool {
	return t.entries.Bodies.HasFailures() || before.entries.Bodies.HasFailures()
}

// differing returns the posts of both feeds, without those that are in the same place in
// both and say the same.
func (t Topic) differing(before Topic) (ours, theirs []*blog.Post) {
	now, then := t.feed.Segment.Posts, before.feed.Segment.Posts
	if len(now) != len(then) {
		return now, then
	}
	for i := range now {
		if !t.entries.Bodies.SamePost(before.entries.Bodies, now[i], then[i]) {
			ours, theirs = append(ours, now[i]), append(theirs, then[i])
		}
	}
	return ours, theirs
}

func sameIDs(a, b []*blog.Post) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].ID != b[i].ID {
			return false
		}
	}
	return true
}

// digestOfKnown returns the digest of a feed of these posts of an edition before. It renders
// no text: that of before is not to be taken for the last good one.
func (t Topic) digestOfKnown(posts []*blog.Post) (string, error) {
	var list []feed.Entry
	for _, p := range posts {
		x, err := t.entries.Bodies.Known(p)
		if err != nil {
			return "", err
		}
		list = append(list, t.entries.entry(p, x))
	}
	return t.feed.Format.Digest(t.feed.Channel(), list)
}
