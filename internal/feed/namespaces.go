package feed

import (
	"encoding/xml"
	"slices"
	"strings"
)

// The name spaces of RSS documents besides those of extensions.
var (
	atomNS    = namespace("atom", atomNamespace)
	contentNS = namespace("content", "http://purl.org/rss/1.0/modules/content/")
	dublinNS  = namespace("dc", "http://purl.org/dc/elements/1.1/")
	historyNS = namespace("fh", historyNamespace)
)

const (
	atomNamespace    = "http://www.w3.org/2005/Atom"
	historyNamespace = "http://purl.org/syndication/history/1.0"
)

// namespace returns the declaration of a name space.
func namespace(prefix, name string) xml.Attr {
	return xml.Attr{Name: xml.Name{Local: "xmlns:" + prefix}, Value: name}
}

// namespaces are the declarations of a document, sorted by prefix. Each is made only where the name
// space is used.
type namespaces []xml.Attr

// add declares name spaces, each once however often it is used.
func (n *namespaces) add(used ...xml.Attr) {
	for _, a := range used {
		at, declared := slices.BinarySearchFunc(*n, a, func(a, b xml.Attr) int { return strings.Compare(a.Name.Local, b.Name.Local) })
		if !declared {
			*n = slices.Insert(*n, at, a)
		}
	}
}
