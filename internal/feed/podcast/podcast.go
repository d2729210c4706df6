// Package podcast says in RSS what directories and players of podcasts want to
// know of a show and of its episodes: in Apple's name space and in that of
// Podcasting 2.0.
//
// In go clean values; out come elements to be embedded in those of the channel
// and of the items of a document that declares both name spaces.
package podcast

import (
	"fmt"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed/clean"
)

// The name spaces of the prefixes itunes and podcast.
const (
	ITunes    = "http://www.itunes.com/dtds/podcast-1.0.dtd"
	Namespace = "https://podcastindex.org/namespace/1.0"
)

// Channel is what is said of the show. The zero value is nothing.
type Channel struct {
	Author     string     `xml:"itunes:author,omitempty"`
	Kind       string     `xml:"itunes:type,omitempty"`
	Explicit   string     `xml:"itunes:explicit,omitempty"`
	Image      *reference `xml:"itunes:image"`
	Categories []category `xml:"itunes:category"`
	Owner      *owner     `xml:"itunes:owner"`
	GUID       string     `xml:"podcast:guid,omitempty"`
	Locked     *locked    `xml:"podcast:locked"`
	Funding    []funding  `xml:"podcast:funding"`
}

// Item is what is said of one episode. The zero value is nothing.
type Item struct {
	Title       string       `xml:"itunes:title,omitempty"`
	Duration    int64        `xml:"itunes:duration,omitempty"` // seconds
	Episode     int          `xml:"itunes:episode,omitempty"`
	Season      int          `xml:"itunes:season,omitempty"`
	Kind        string       `xml:"itunes:episodeType,omitempty"`
	Explicit    string       `xml:"itunes:explicit,omitempty"`
	Image       *reference   `xml:"itunes:image"`
	Transcripts []transcript `xml:"podcast:transcript"`
	Chapters    *chapters    `xml:"podcast:chapters"`
	Location    string       `xml:"podcast:location,omitempty"`
	People      []person     `xml:"podcast:person"`
	SeasonName  *season      `xml:"podcast:season"`
}

type season struct {
	Name   string `xml:"name,attr"`
	Number int    `xml:",chardata"`
}

type reference struct {
	URL string `xml:"href,attr"`
}

type category struct {
	Name string    `xml:"text,attr"`
	Sub  *category `xml:"itunes:category"`
}

type owner struct {
	Name  string `xml:"itunes:name"`
	Email string `xml:"itunes:email,omitempty"`
}

type locked struct {
	Owner string `xml:"owner,attr,omitempty"`
	Text  string `xml:",chardata"`
}

type funding struct {
	URL  string `xml:"url,attr"`
	Text string `xml:",chardata"`
}

type transcript struct {
	URL      string `xml:"url,attr"`
	Type     string `xml:"type,attr"`
	Language string `xml:"language,attr,omitempty"`
	Relation string `xml:"rel,attr,omitempty"`
}

type chapters struct {
	URL  string `xml:"url,attr"`
	Type string `xml:"type,attr"`
}

type person struct {
	Role  string `xml:"role,attr,omitempty"`
	Image string `xml:"img,attr,omitempty"`
	URL   string `xml:"href,attr,omitempty"`
	Name  string `xml:",chardata"`
}

// Show returns what is said of a show whose feed is found at this URL.
func Show(p blog.Podcast, authors []blog.Author, feed string) Channel {
	if !p.Is() {
		return Channel{}
	}
	c := Channel{Author: names(authors), Kind: p.Kind, Explicit: fmt.Sprint(p.Explicit), Image: refer(p.Image), GUID: p.GUID}
	for _, path := range p.Categories {
		c.Categories = append(c.Categories, categoryOf(path))
	}
	if p.Owner.Email != "" { // without it nobody can write, which is all that the element is for
		c.Owner = &owner{p.Owner.Name, p.Owner.Email}
	}
	if c.GUID == "" {
		c.GUID = GUID(feed)
	}
	c.Locked = &locked{Owner: p.Owner.Email, Text: "no"}
	if p.Locked {
		c.Locked.Text = "yes"
	}
	for _, link := range p.Funding {
		c.Funding = append(c.Funding, funding{link.URL, link.Text})
	}
	return c
}

func names(authors []blog.Author) string {
	all := make([]string, len(authors))
	for i, a := range authors {
		all[i] = a.Name
	}
	return strings.Join(all, ", ")
}

func refer(url string) *reference {
	if url == "" {
		return nil
	}
	return &reference{url}
}

func categoryOf(path string) category {
	name, sub, below := strings.Cut(path, ">")
	c := category{Name: strings.TrimSpace(name)}
	if sub = strings.TrimSpace(sub); below && sub != "" {
		c.Sub = &category{Name: sub}
	}
	return c
}

// namespace is the one that Podcasting 2.0 defines for the guids of shows:
// ead4c236-bf58-58c6-a2c6-a6b28d128cb6.
const namespace = "\xea\xd4\xc2\x36\xbf\x58\x58\xc6\xa2\xc6\xa6\xb2\x8d\x12\x8c\xb6"

// GUID makes the guid of a show from the URL of its feed: the version 5 UUID
// (RFC 9562 section 5.5) of the URL without its scheme and without slashes at
// its end.
func GUID(feed string) string {
	_, name, _ := strings.Cut(feed, "://")
	return clean.UUID(namespace, strings.TrimRight(name, "/"))
}

// Of returns what is said of a post that is an episode.
func Of(p *blog.Post) Item {
	e := p.Told()
	item := Item{
		Title: e.Title, Episode: e.Number, Season: e.Season, Kind: e.Kind, Explicit: e.Explicit, Image: refer(e.Image), Location: e.Location,
	}
	if e.SeasonName != "" && e.Season > 0 {
		item.SeasonName = &season{e.SeasonName, e.Season}
	}
	if len(p.Enclosures()) > 0 {
		item.Duration = p.Enclosures()[0].Seconds()
	}
	for _, t := range e.Transcripts {
		item.Transcripts = append(item.Transcripts, transcript(t))
	}
	if e.Chapters != "" {
		item.Chapters = &chapters{e.Chapters, "application/json+chapters"}
	}
	for _, p := range e.People {
		item.People = append(item.People, person{p.Role, p.Image, p.URL, p.Name})
	}
	return item
}
