package check

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"time"

	"broadsheet/internal/feed/clean"
)

const atomNS = "http://www.w3.org/2005/Atom"

// RSS checks an RSS 2.0 document.
func RSS(doc []byte) error {
	root, err := parse(doc, xml.Name{Local: "rss"})
	if err != nil {
		return err
	}
	channel := root.only("", "channel")
	if err := channel.require("", "title", "link", "description"); err != nil {
		return err
	}
	var entries []entry
	for _, item := range channel.all("", "item") {
		e := entry{id: item.text("", "guid"), links: item.texts("", "link"), dates: item.texts("", "pubDate")}
		if blank(item.text("", "title")) && blank(item.text("", "description")) {
			e.missing = "title and no description"
		}
		entries = append(entries, e)
	}
	links := append(channel.texts("", "link"), channel.hrefs()...)
	return document(links, entries, time.RFC1123Z)
}

// Atom checks an Atom 1.0 document.
func Atom(doc []byte) error {
	feed, err := parse(doc, xml.Name{Space: atomNS, Local: "feed"})
	if err != nil {
		return err
	}
	if err := feed.require(atomNS, "id", "title", "updated"); err != nil {
		return err
	}
	credited := len(feed.all(atomNS, "author")) > 0
	var entries []entry
	for _, item := range feed.all(atomNS, "entry") {
		entries = append(entries, atomEntry(item, credited))
	}
	return document(feed.hrefs(), entries, time.RFC3339)
}

func atomEntry(item element, credited bool) entry {
	e := entry{
		id: item.text(atomNS, "id"), links: item.hrefs(),
		dates: append(item.texts(atomNS, "published"), item.text(atomNS, "updated")),
	}
	switch {
	case len(item.all(atomNS, "title")) != 1:
		e.missing = "title, or several"
	case !credited && len(item.all(atomNS, "author")) == 0:
		e.missing = "author, and none of the feed"
	case len(e.links) == 0 && len(item.all(atomNS, "content")) == 0:
		e.missing = "link and no content"
	case !clean.IsIRI(e.id):
		e.missing = "IRI for an id"
	}
	return e
}

// element is any XML element. Elements are told apart by their name space,
// because link and atom:link share a local name.
type element struct {
	XMLName  xml.Name
	Href     string    `xml:"href,attr"`
	Text     string    `xml:",chardata"`
	Children []element `xml:",any"`
}

func (e element) all(space, local string) []element {
	var out []element
	for _, c := range e.Children {
		if c.XMLName.Space == space && c.XMLName.Local == local {
			out = append(out, c)
		}
	}
	return out
}

func (e element) texts(space, local string) []string {
	var out []string
	for _, c := range e.all(space, local) {
		out = append(out, c.Text)
	}
	return out
}

// only returns the one child of that name; when there is none, or several, the
// zero element.
func (e element) only(space, local string) element {
	if found := e.all(space, local); len(found) == 1 {
		return found[0]
	}
	return element{}
}

func (e element) text(space, local string) string { return e.only(space, local).Text }

// hrefs returns the targets of Atom's links.
func (e element) hrefs() []string {
	var out []string
	for _, c := range e.all(atomNS, "link") {
		out = append(out, c.Href)
	}
	return out
}

// require wants each of the named children once, and not blank.
func (e element) require(space string, names ...string) error {
	for _, name := range names {
		if blank(e.text(space, name)) {
			return fmt.Errorf("the feed has no %s, or several", name)
		}
	}
	return nil
}

// parse reads a document that consists of one element of the given name.
func parse(doc []byte, root xml.Name) (element, error) {
	var e element
	d := xml.NewDecoder(bytes.NewReader(doc))
	if err := d.Decode(&e); err != nil {
		return e, fmt.Errorf("read XML: %w", err)
	}
	if e.XMLName != root {
		return e, fmt.Errorf("the root element is %q in name space %q, not %q in %q", e.XMLName.Local, e.XMLName.Space, root.Local, root.Space)
	}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return e, nil
		}
		if err != nil {
			return e, fmt.Errorf("read XML: %w", err)
		}
		if text, ok := t.(xml.CharData); !ok || len(bytes.TrimSpace(text)) > 0 {
			return e, errors.New("read XML: something follows the end of the feed")
		}
	}
}
