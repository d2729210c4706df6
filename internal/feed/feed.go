// Package feed writes posts as RSS 2.0, Atom 1.0 and JSON Feed 1.1.
//
// In go a Channel, which is what the feed says of itself, and its Entries in
// the order they are to appear: posts with the texts that were made from them.
// Out comes one complete document, ready to be served:
//
//	document, err := feed.Atom.Render(channel, entries)
//	if err == nil {
//		err = feed.Atom.Check(document)
//	}
//
// The documents are built on the structs of gorilla/feeds, embedded here with
// what they lack, and the XML ones go through its WriteXML.
//
// What an author wrote never breaks a document. Characters that XML 1.0 forbids
// are dropped, invalid UTF-8 is replaced by U+FFFD and line ends become LF, in
// all three formats alike. Titles and summaries are plain text and are read
// back as that text, whatever markup they seem to hold: each is escaped for what
// its format takes it for, the summary of an RSS item as HTML, all else as text. Links are written in
// canonical form (RFC 3986 section 6, hosts as in RFC 5891); what is not an
// absolute http or https URL is left out, and so is a malformed language tag
// or e-mail address. Ids are written as they stand, with one exception: an id
// that is no IRI becomes, in Atom alone, a UUID made from it (RFC 9562
// section 5.5), which stays the same for as long as the id does.
//
// Nothing is invented. Dates come from the posts and the Channel. The same
// input gives the same bytes: no clock, no random value and no map order
// reaches them. Everything here is pure and may be called from many goroutines.
package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed/check"
)

// Channel is what a feed says of itself.
type Channel struct {
	ID          string // Atom's feed id: an IRI, permanent; required
	Title       string // plain text; empty means HomeURL
	Description string // plain text; empty means the title where the format demands a description
	Language    string // BCP 47, or with an underscore as in "en_US"
	Copyright   string // plain text
	HomeURL     string // the page that the feed belongs to, absolute; required
	ShowURL     string // what the guid of a podcast is made from, absolute; empty: the feed's address
	SelfURL     string // the document's own address, absolute

	// Updated is when the feed last changed. JSON Feed never says so. When zero,
	// RSS leaves it out; Atom, which must not, takes the latest Updated of the
	// entries, and fails when there are none.
	Updated time.Time

	Authors    []blog.Author
	Icon       string   // absolute URL of a square picture
	Logo       string   // absolute URL of a picture twice as wide as high
	Image      string   // absolute URL of a picture for RSS, which takes PNG, JPEG and GIF; empty: the logo or the icon
	Categories []string // what the channel is about; JSON Feed cannot say it
	TTL        int      // minutes that readers may keep the document, which RSS alone says; 0: not said
	Podcast    blog.Podcast

	History History

	Stylesheet string // address of a CSS style sheet for browsers; empty: none; JSON Feed cannot name one
}

// Entry is one post and the texts made from it.
type Entry struct {
	Post    *blog.Post
	Summary string // plain text; may be empty
	Opening string // plain text, short: what the post begins with, which stands for a title where a format demands one
	HTML    string // the whole content, which must stand alone; may be empty

	Markdown string // the source of the content, carried beside it where the format can; empty: not carried
	Link     string // absolute URL that the RSS item leads to instead of the post's page; empty: that page
}

// Format is one way to write a feed. The zero Format is of no use; take one of
// RSS, Atom and JSON.
type Format struct {
	Name        string // short and lower-case, such as "rss"
	File        string // the customary file name, such as "rss.xml"
	Label       string // for people, such as "RSS 2.0"
	MediaType   string // for a link's type attribute, without parameters
	ContentType string // for the HTTP header

	render func(*channel) ([]byte, error)
	check  func([]byte) error
}

const (
	rssType  = "application/rss+xml"
	atomType = "application/atom+xml"
	jsonType = "application/feed+json"

	generator = "Broadsheet"
)

// RSS is RSS 2.0 by the RSS Advisory Board's specification and best practices,
// with content:encoded, Dublin Core, Media RSS, atom:link, source:markdown and
// the name spaces of podcasts where used.
var RSS = Format{
	Name: "rss", File: "rss.xml", Label: "RSS 2.0",
	MediaType: rssType, ContentType: rssType + "; charset=utf-8",
	render: renderRSS, check: check.RSS,
}

// Atom is Atom 1.0, RFC 4287, with Media RSS where used.
var Atom = Format{
	Name: "atom", File: "atom.xml", Label: "Atom 1.0",
	MediaType: atomType, ContentType: atomType + "; charset=utf-8",
	render: renderAtom, check: check.Atom,
}

// JSON is JSON Feed 1.1. JSON is UTF-8 by definition, so its content type has
// no charset.
var JSON = Format{
	Name: "json", File: "feed.json", Label: "JSON Feed 1.1",
	MediaType: jsonType, ContentType: jsonType,
	render: renderJSON, check: check.JSON,
}

// Formats lists every format, in the order in which they are offered.
var Formats = []Format{RSS, Atom, JSON}

// Render returns the document. The entries keep their order; none is a valid
// feed. The error names the entry to blame, by number and path: one without a
// post, an id or a date, or with the id of an earlier one; or it says what the
// channel lacks. No document is returned then.
func (f Format) Render(c Channel, entries []Entry) ([]byte, error) {
	prepared, err := prepare(c, entries)
	if err != nil {
		return nil, fmt.Errorf("render %s: %w", f.Label, err)
	}
	document, err := f.render(prepared)
	if err != nil {
		return nil, fmt.Errorf("render %s: %w", f.Label, err)
	}
	return document, nil
}

// Lasting returns what the channel says of its subject: not when it changed, where the rest
// of it is, and how it is shown.
func (c Channel) Lasting() Channel {
	c.Updated, c.History, c.Stylesheet = time.Unix(0, 0).UTC(), History{}, ""
	return c
}

// Digest returns a digest of what the document says, which stays the same from run to run:
// of what is lasting of the channel, and of the entries. Two with the same digest have
// nothing new for a reader, though their bytes may differ.
func (f Format) Digest(c Channel, entries []Entry) (string, error) {
	prepared, err := prepare(c.Lasting(), entries)
	if err != nil {
		return "", fmt.Errorf("digest of %s: %w", f.Label, err)
	}
	prepared.generator = ""
	document, err := f.render(prepared)
	if err != nil {
		return "", fmt.Errorf("digest of %s: %w", f.Label, err)
	}
	sum := sha256.Sum256(document)
	return hex.EncodeToString(sum[:]), nil
}

// Check tells whether a document may be published, as package check lists it.
// The error names the entry and what is wrong with it.
func (f Format) Check(document []byte) error {
	if err := f.check(document); err != nil {
		return fmt.Errorf("check %s: %w", f.Label, err)
	}
	return nil
}
