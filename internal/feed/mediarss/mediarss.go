// Package mediarss says of pictures, sound and films what Media RSS 1.5.1 can
// say, in the same elements in RSS and in Atom.
//
// In go the clean fields of a post; out come the elements, to be embedded in
// those of an item or entry whose document declares Namespace.
package mediarss

import (
	"strings"

	"broadsheet/internal/blog"
)

// Namespace is the name space of the prefix media.
const Namespace = "http://search.yahoo.com/mrss/"

// Elements are all that is said of one post. The zero value is nothing.
type Elements struct {
	Picture   *Content   `xml:"media:content"`
	Thumbnail *thumbnail `xml:"media:thumbnail"`
	Group     *group     `xml:"media:group"`
}

// Content is one file.
type Content struct {
	URL      string `xml:"url,attr"`
	Size     int64  `xml:"fileSize,attr,omitempty"`
	Type     string `xml:"type,attr,omitempty"`
	Medium   string `xml:"medium,attr,omitempty"`
	Duration int64  `xml:"duration,attr,omitempty"` // seconds
	Text     *text  `xml:"media:description"`
}

type text struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type thumbnail struct {
	URL string `xml:"url,attr"`
}

type group struct {
	Contents []Content `xml:"media:content"`
}

// Of returns the elements of a post. Enclosures are grouped where there are
// several: RSS has room for only one otherwise.
func Of(p *blog.Post) Elements {
	var e Elements
	if p.Image().URL != "" {
		e.Picture = &Content{URL: p.Image().URL, Size: p.Image().Size, Type: p.Image().Type, Medium: "image"}
		if p.Image().Alt != "" {
			e.Picture.Text = &text{Type: "plain", Text: p.Image().Alt}
		}
		e.Thumbnail = &thumbnail{URL: p.Image().URL}
	}
	if len(p.Enclosures()) > 1 {
		e.Group = &group{}
		for _, enclosure := range p.Enclosures() {
			e.Group.Contents = append(e.Group.Contents, content(enclosure))
		}
	}
	return e
}

func content(e blog.Enclosure) Content {
	c := Content{URL: e.URL, Size: e.Size, Type: e.Type, Duration: e.Seconds()}
	switch kind, _, _ := strings.Cut(e.Type, "/"); kind {
	case "audio", "video", "image":
		c.Medium = kind
	default:
		c.Medium = "document"
	}
	return c
}
