// Package opml writes the list of all feeds.
//
// In go the site and its catalogue of terms; out comes a document in OPML 2.0
// (opml.org/spec2.opml) that readers import.
package opml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/feed"
)

// ContentType is that of the document.
const ContentType = "text/x-opml; charset=utf-8"

// maxOfKind is how many terms of a kind the list has, the biggest ones. No reader imports
// more, and the list is made as a whole.
const maxOfKind = 10_000

// list holds each feed once, in the format that says most.
type list struct {
	XMLName  xml.Name  `xml:"opml"`
	Version  string    `xml:"version,attr"`
	Title    string    `xml:"head>title"`
	Outlines []outline `xml:"body>outline"`
}

type outline struct {
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	Type     string    `xml:"type,attr,omitempty"`
	Feed     string    `xml:"xmlUrl,attr,omitempty"`
	Page     string    `xml:"htmlUrl,attr,omitempty"`
	Outlines []outline `xml:"outline"`
}

// Render writes the list: the main feed, and those of terms by kind.
func Render(site *paths.Site, all *term.Catalogue) ([]byte, error) {
	l := list{Version: "2.0", Title: site.Title, Outlines: []outline{outlineOf(term.Listed{}, site)}}
	for _, kind := range term.Kinds {
		group := outline{Text: kind.Label}
		for _, t := range all.Biggest(kind.Folder, maxOfKind) {
			group.Outlines = append(group.Outlines, outlineOf(t, site))
		}
		if group.Outlines != nil {
			l.Outlines = append(l.Outlines, group)
		}
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	encoder := xml.NewEncoder(&b)
	encoder.Indent("", "  ")
	if err := encoder.Encode(l); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// outlineOf returns the outline of a term's feed. "rss" is what OPML calls a feed of any
// format.
func outlineOf(t term.Listed, site *paths.Site) outline {
	title := t.Title(t.Name, site.Site)
	return outline{
		Text: title, Title: title, Type: "rss",
		Feed: site.Absolute(site.Feed(t.Key, feed.Atom)), Page: site.Home(t.Key),
	}
}

// Check returns an error if the document is not well-formed.
func Check(document []byte) error {
	d := xml.NewDecoder(bytes.NewReader(document))
	for {
		_, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("not well-formed: %w", err)
		}
	}
}
