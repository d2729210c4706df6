package feed

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"

	"github.com/gorilla/feeds"
)

// writeXML renders to memory first, because WriteXML streams and would leave
// half a document behind an error, and puts the XML declaration on a line of
// its own.
func writeXML(document feeds.XmlFeed, c *channel) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(c.size())
	if err := feeds.WriteXML(document, &b); err != nil {
		return nil, fmt.Errorf("write XML: %w", err)
	}
	b.WriteByte('\n')
	out := lean(b.Bytes())
	if header := xml.Header[:len(xml.Header)-1]; bytes.HasPrefix(out, []byte(header)) {
		return slices.Insert(out, len(header), []byte("\n"+c.stylesheet())...), nil
	}
	return out, nil
}

// stylesheet returns the processing instruction (xml-stylesheet, W3C, section 2)
// by which browsers show the feed to people; empty without a style sheet.
func (c *channel) stylesheet() string {
	if c.Stylesheet == "" {
		return ""
	}
	var href bytes.Buffer
	_ = xml.EscapeText(&href, []byte(c.Stylesheet)) // a buffer takes everything
	return `<?xml-stylesheet type="text/css" href="` + href.String() + `"?>` + "\n"
}
