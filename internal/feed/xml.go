package feed

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"

	"github.com/gorilla/feeds"
)

// The name spaces in use. Each is declared only in documents that use it.
const (
	atomNS    = "http://www.w3.org/2005/Atom"
	contentNS = "http://purl.org/rss/1.0/modules/content/"
	dublinNS  = "http://purl.org/dc/elements/1.1/"
	sourceNS  = "http://source.scripting.com/"
)

// writeXML renders to memory first, because WriteXML streams and would leave
// half a document behind an error, and parts the XML declaration from the root
// element.
func writeXML(document feeds.XmlFeed, size int) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(size)
	if err := feeds.WriteXML(document, &b); err != nil {
		return nil, fmt.Errorf("write XML: %w", err)
	}
	b.WriteString("\n\n")
	out := b.Bytes()
	if header := xml.Header[:len(xml.Header)-1]; bytes.HasPrefix(out, []byte(header)) {
		return slices.Insert(out[:len(out)-1], len(header), '\n'), nil
	}
	return out[:len(out)-1], nil
}
