package frontmatter

import (
	"strings"
	"unicode"
)

// Switch reads a value that is to mean yes or no: true, yes, on, y, t and 1
// against false, no, off, n, f and 0, in any case. Quotation marks of any kind
// around the word do not matter. It returns false for ok when v is something
// else, lists and maps among it.
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

// word is the text of a scalar in lower case, without what may stand around it.
func (v Value) word() string {
	return strings.ToLower(strings.TrimFunc(v.Text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Pi, r) || unicode.Is(unicode.Pf, r) ||
			strings.ContainsRune("\"'`„‚＂＇", r)
	}))
}

// Said reports whether anything stands behind the key: a switch that holds null
// or a blank text says neither yes nor no. An empty list is something.
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

// audiences are the words of status, visibility and their like: those of
// WordPress, Ghost, Pelican, Nikola, Micropub and people.
var audiences = map[string]Audience{
	"publish": Everyone, "published": Everyone, "public": Everyone, "live": Everyone, "post": Everyone, "posted": Everyone,
	"final": Everyone, "finished": Everyone, "done": Everyone, "complete": Everyone, "completed": Everyone, "released": Everyone,
	"online": Everyone, "visible": Everyone, "open": Everyone, "active": Everyone, "featured": Everyone, "sticky": Everyone,
	"sent": Everyone, "everyone": Everyone, "anyone": Everyone, "all": Everyone, "world": Everyone,
	"unlisted": Linked, "noindex": Linked,
	"draft": Nobody, "drafts": Nobody, "private": Nobody, "hidden": Nobody, "pending": Nobody, "unpublished": Nobody,
	"scheduled": Nobody, "future": Nobody, "trash": Nobody, "trashed": Nobody, "auto-draft": Nobody, "inherit": Nobody,
	"skip": Nobody, "deleted": Nobody, "removed": Nobody, "withdrawn": Nobody, "review": Nobody, "in review": Nobody,
	"wip": Nobody, "todo": Nobody, "idea": Nobody, "planned": Nobody, "secret": Nobody, "internal": Nobody,
	"confidential": Nobody, "password": Nobody, "protected": Nobody, "members": Nobody, "paid": Nobody, "subscribers": Nobody,
	"friends": Nobody, "followers": Nobody, "direct": Nobody, "none": Nobody, "nobody": Nobody, "me": Nobody,
	"offline": Nobody, "disabled": Nobody, "inactive": Nobody,
}

// Audience reads a word, in any case.
func (v Value) Audience() Audience {
	if v.Kind == List || v.Kind == Map {
		return Unknown
	}
	return audiences[v.word()]
}

// withheld are the words that say so under any key. The others of the table have
// a meaning of their own under keys such as layout: a review, a list of none.
var withheld = map[string]bool{
	"draft": true, "drafts": true, "auto-draft": true, "private": true, "unpublished": true, "trash": true, "trashed": true,
	"secret": true, "confidential": true,
}

// Withheld reports whether a word keeps a post from the public under any key.
func (v Value) Withheld() bool { return v.Kind != List && v.Kind != Map && withheld[v.word()] }

// Found is a value, and the key under which it was written.
type Found struct {
	Value
	Key string
}

// All returns what stands under any of the names of a field, in the order of the
// table and of the file, whatever it is, unless nothing stands there. Unlike
// Find it minds neither case nor hyphens and the like in keys: is_draft, isDraft
// and Is-Draft are one. For a switch every one of them counts.
func (k Keys) All(m Pairs, f Field) []Found {
	var all []Found
	for _, name := range k.Names[f] {
		all = appendFound(all, m, "", name)
	}
	return all
}

func appendFound(all []Found, m Pairs, above, name string) []Found {
	head, tail, dotted := strings.Cut(name, ".")
	head = foldKey(head)
	for i := range m {
		if foldKey(m[i].Key) != head {
			continue
		}
		switch v := m[i].Value; {
		case dotted:
			all = appendFound(all, v.Map, above+m[i].Key+".", tail)
		case v.Said():
			all = append(all, Found{v, above + m[i].Key})
		}
	}
	return all
}

// foldKey returns the letters and digits of a key in lower case, so that neither
// the manner of joining words nor a stray or unseen character hides a key.
func foldKey(key string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, key)
}
