package edition

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"broadsheet/internal/feed"
)

// opml is a list of feeds in OPML 2.0 (opml.org/spec2.opml), for readers to
// import: each slice once, in the format that says most; of very many of a kind the
// biggest.
type opml struct {
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

const opmlPath = "/feeds.opml"

func (e *Edition) feedList() *Document {
	in, all := e.in, e.names
	return &Document{
		Path:        opmlPath,
		ContentType: "text/x-opml; charset=utf-8",
		posts:       e.newest(),
		in:          in,
		place:       place{names: all},
		check:       wellFormed,
		render:      func() ([]byte, error) { return renderOPML(in, all) },
	}
}

func renderOPML(in *inputs, all *names) ([]byte, error) {
	list := opml{Version: "2.0", Title: in.site.Title, Outlines: []outline{outlineOf(named{}, in)}}
	for _, kind := range kinds {
		group := outline{Text: kind.label}
		for _, s := range all.biggest(kind.folder, maxOffered) {
			group.Outlines = append(group.Outlines, outlineOf(s, in))
		}
		if group.Outlines != nil {
			list.Outlines = append(list.Outlines, group)
		}
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	encoder := xml.NewEncoder(&b)
	encoder.Indent("", "  ")
	if err := encoder.Encode(list); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// outlineOf lists a slice. "rss" is what OPML calls a feed of any format.
func outlineOf(s named, in *inputs) outline {
	title := s.title(in.site)
	return outline{
		Text: title, Title: title, Type: "rss",
		Feed: absolute(in.site, in.settings.feedPath(s.key, feed.Atom)), Page: in.home(s.key),
	}
}

func wellFormed(document []byte) error {
	d := xml.NewDecoder(bytes.NewReader(document))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("not well-formed: %w", err)
		}
	}
}
