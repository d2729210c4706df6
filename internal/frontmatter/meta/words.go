package meta

import (
	"strings"
	"unicode"
)

// Bool reads true, false, yes, no, on and off, in any case and quoted or not.
// It returns false for ok when v is something else.
func (v Value) Bool() (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(v.Text)) {
	case "true", "yes", "on":
		return true, true
	case "false", "no", "off":
		return false, true
	}
	return false, false
}

// Switch reads a value that should mean yes or no: true, yes, on, y, t and 1 against false,
// no, off, n, f and 0, in any case. Quotation marks of any kind around the word do not
// matter. It returns false for ok when v is something else, such as a list or a map.
func (v Value) Switch() (on, ok bool) {
	if v.Kind == List || v.Kind == Map {
		return false, false
	}
	switch v.word() {
	case "true", "yes", "on", "y", "t", "1":
		return true, true
	case "false", "no", "off", "n", "f", "0":
		return false, true
	}
	return false, false
}

// word returns the text of a scalar in lower case, without white space, quotation marks and
// invisible characters around it.
func (v Value) word() string {
	return strings.ToLower(strings.TrimFunc(v.Text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Pi, unicode.Pf) ||
			strings.ContainsRune("\"'`„‚＂＇", r)
	}))
}

// Said reports whether anything was written as the value: a switch that holds null or a blank
// text says neither yes nor no. An empty list counts as something.
func (v Value) Said() bool {
	return v.Kind == List || v.Kind == Map || v.Kind != Null && v.word() != ""
}

// Audience is who a word says that a post is for.
type Audience uint8

// The audiences. Unknown means that the word is none of the table.
const (
	Unknown  Audience = iota
	Everyone          // published
	Linked            // published, but in no list
	Nobody            // not for the public, or not yet
)

// audiences are the words that WordPress, Ghost, Pelican, Nikola, Micropub and people write
// under keys such as status and visibility.
var audiences = map[string]Audience{
	"publish": Everyone, "published": Everyone, "public": Everyone, "live": Everyone, "post": Everyone,
	"posted": Everyone, "final": Everyone, "finished": Everyone, "done": Everyone, "complete": Everyone,
	"completed": Everyone, "released": Everyone, "online": Everyone, "visible": Everyone, "open": Everyone,
	"active": Everyone, "featured": Everyone, "sticky": Everyone, "sent": Everyone, "everyone": Everyone,
	"anyone": Everyone, "all": Everyone, "world": Everyone, "unlisted": Linked, "noindex": Linked, "draft": Nobody,
	"drafts": Nobody, "private": Nobody, "hidden": Nobody, "pending": Nobody, "unpublished": Nobody,
	"scheduled": Nobody, "future": Nobody, "trash": Nobody, "trashed": Nobody, "auto-draft": Nobody,
	"inherit": Nobody, "skip": Nobody, "deleted": Nobody, "removed": Nobody, "withdrawn": Nobody, "review": Nobody,
	"in review": Nobody, "wip": Nobody, "todo": Nobody, "idea": Nobody, "planned": Nobody, "secret": Nobody,
	"internal": Nobody, "confidential": Nobody, "password": Nobody, "protected": Nobody, "members": Nobody,
	"paid": Nobody, "subscribers": Nobody, "friends": Nobody, "followers": Nobody, "direct": Nobody, "none": Nobody,
	"nobody": Nobody, "me": Nobody, "offline": Nobody, "disabled": Nobody, "inactive": Nobody,
}

// Audience reads a word, in any case.
func (v Value) Audience() Audience {
	if v.Kind == List || v.Kind == Map {
		return Unknown
	}
	return audiences[v.word()]
}

// withheld are the words that keep a post back under any key. The other words of audiences
// have meanings of their own under keys such as layout: a review, a list of none.
var withheld = map[string]bool{
	"draft": true, "drafts": true, "auto-draft": true, "private": true, "unpublished": true, "trash": true,
	"trashed": true, "secret": true, "confidential": true,
}

// Withheld reports whether a word keeps a post from the public under any key.
func (v Value) Withheld() bool { return v.Kind != List && v.Kind != Map && withheld[v.word()] }
