package seen

import (
	"cmp"
	"time"

	"broadsheet/internal/blog"
)

// Report is what subscribers would notice. Its lists are never nil.
type Report struct {
	ShownAgain   []Finding `json:"shownAgain"`   // seen before, but under another id
	Lost         []Finding `json:"lost"`         // there is no post for them
	ChangedLink  []Finding `json:"changedLink"`  // leads elsewhere
	ChangedDate  []Finding `json:"changedDate"`  // published at another instant
	ChangedTitle []Finding `json:"changedTitle"` // says something else
	New          int       `json:"new"`          // posts that the feed does not have
	Same         int       `json:"same"`         // entries without any finding
}

// Finding is one thing about one entry of the feed.
type Finding struct {
	ID    string `json:"id"`              // of the feed's entry
	Link  string `json:"link,omitempty"`  // of the feed's entry
	Title string `json:"title,omitempty"` // of the feed's entry
	File  string `json:"file,omitempty"`  // of the post
	Was   string `json:"was,omitempty"`   // the id, link, date or title of the entry
	Now   string `json:"now,omitempty"`   // that of the post
}

// Clean reports whether nothing would be shown again or be lost.
func (r Report) Clean() bool { return len(r.ShownAgain)+len(r.Lost) == 0 }

// Compare returns what subscribers of the feed would notice if it were replaced by one with these
// posts. link returns the link of a post's entry in the new feed.
func Compare(feed Feed, posts []*blog.Post, link func(*blog.Post) string) Report {
	r := Report{
		ShownAgain: []Finding{}, Lost: []Finding{},
		ChangedLink: []Finding{}, ChangedDate: []Finding{}, ChangedTitle: []Finding{},
		New: len(posts),
	}
	for i, p := range Match(feed, posts) {
		e := feed.Entries[i]
		if p == nil {
			r.Lost = append(r.Lost, Finding{ID: e.ID, Link: e.Link, Title: plainTitle(e.Title)})
			continue
		}
		r.New--
		if !r.pair(e, p, link(p)) {
			r.Same++
		}
	}
	return r
}

// pair reports whether anything differs between an entry and its post.
func (r *Report) pair(e Entry, p *blog.Post, link string) bool {
	found := false
	note := func(list *[]Finding, was, now string) {
		*list = append(*list, Finding{ID: e.ID, Link: e.Link, Title: plainTitle(e.Title), File: p.Path, Was: was, Now: now})
		found = true
	}
	if e.ID != p.ID {
		note(&r.ShownAgain, e.ID, p.ID)
	}
	if e.Link != "" && !sameLink(e.Link, link) {
		note(&r.ChangedLink, e.Link, link)
	}
	if e.Dated && !toSecond(e.Published).Equal(toSecond(p.Published)) {
		note(&r.ChangedDate, instant(e.Published), instant(p.Published))
	}
	if plainTitle(e.Title) != plainTitle(p.Title) {
		note(&r.ChangedTitle, cmp.Or(plainTitle(e.Title), "(none)"), cmp.Or(p.Title, "(none)"))
	}
	return found
}

// toSecond cuts a date to the precision that all formats have.
func toSecond(t time.Time) time.Time { return t.Truncate(time.Second) }

func instant(t time.Time) string { return toSecond(t).UTC().Format(time.RFC3339) }
