package feed

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed/clean"
	"github.com/gorilla/feeds"
)

// categorySchemes are, by kind of term, the paths below the channel's home
// page whose URL names the list that an Atom category belongs to.
var categorySchemes = map[blog.Kind]string{blog.Category: "/categories/", blog.Tag: "/tags/"}

type atomFeed struct {
	Language   string     `xml:"xml:lang,attr,omitempty"`
	Namespaces namespaces `xml:",any,attr"`
	HistoryNS  string     `xml:"xmlns:fh,attr,omitempty"`
	Title      atomText   `xml:"title"`
	feeds.AtomFeed
	marks
	Subtitle  *atomText          `xml:"subtitle"`
	Rights    *atomText          `xml:"rights"`
	Generator string             `xml:"generator"`
	Links     []feeds.AtomLink   `xml:"link"`
	Category  []atomCategory     `xml:"category"`
	Authors   []feeds.AtomAuthor `xml:"author"`
	channelExtensions
	Entries []*atomEntry `xml:"entry"` // last, as RFC 4287 section 4.1.1 advises
}

// FeedXml hands WriteXML the whole document: the method of the embedded
// AtomFeed would drop every field added here.
func (f *atomFeed) FeedXml() any { return f } //nolint:revive // the name that feeds.XmlFeed asks for

type atomEntry struct {
	Language string   `xml:"xml:lang,attr,omitempty"`
	Title    atomText `xml:"title"`
	feeds.AtomEntry
	Authors    []feeds.AtomAuthor `xml:"author"`
	Categories []atomCategory     `xml:"category"`
	Summary    *atomText          `xml:"summary"`
	Content    *atomContent       `xml:"content"`
	itemExtensions
}

// atomText is a text construct of the type that goes without saying, "text"
// (RFC 4287 section 3.1.1.1). One of type "html" would show the same, were it
// not for readers that take any title as it stands.
type atomText struct {
	Text string `xml:",chardata"`
}

func newAtomText(s string) *atomText {
	if s == "" {
		return nil
	}
	return &atomText{s}
}

// atomContent is HTML in a CDATA section, the smallest way to write it;
// encoding/xml splits the section where the text holds its end mark.
type atomContent struct {
	Type string `xml:"type,attr"`
	HTML string `xml:",cdata"`
}

type atomCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Label  string `xml:"label,attr"`
}

func renderAtom(c *channel) ([]byte, error) {
	f, err := newAtomFeed(c)
	if err != nil {
		return nil, err
	}
	for _, e := range c.entries {
		entry := newAtomEntry(c, e)
		entry.fill(c, e, atomType, &f.Namespaces)
		f.Entries = append(f.Entries, entry)
	}
	return writeXML(f, c)
}

func newAtomFeed(c *channel) (*atomFeed, error) {
	updated := c.latest()
	if updated.IsZero() {
		return nil, errors.New("channel: no date of last change, and no entry to take it from")
	}
	f := &atomFeed{
		Language: c.Language, Title: *newAtomText(c.Title), marks: c.History.marks(),
		AtomFeed: feeds.AtomFeed{
			Xmlns: atomNamespace, Id: clean.IRI(c.ID), Updated: updated.Format(time.RFC3339),
			Icon: c.Icon, Logo: cmp.Or(c.Logo, c.Image),
		},
		Subtitle: newAtomText(c.Description), Rights: newAtomText(c.Copyright), Generator: c.generator,
		Authors: atomAuthors(c.credited()),
		Entries: make([]*atomEntry, 0, len(c.entries)),
	}
	if c.History.marked() {
		f.HistoryNS = historyNamespace
	}
	f.fill(c, atomType, &f.Namespaces)
	for _, name := range c.Categories {
		f.Category = append(f.Category, atomCategory{Term: name, Label: name})
	}
	if c.SelfURL != "" {
		f.Links = append(f.Links, feeds.AtomLink{Href: c.SelfURL, Rel: "self", Type: atomType})
	}
	f.Links = append(f.Links, feeds.AtomLink{Href: c.HomeURL, Rel: "alternate", Type: "text/html"})
	f.Links = append(f.Links, c.History.links(atomType)...)
	return f, nil
}

// latest returns the channel's date or the latest of its entries'.
func (c *channel) latest() time.Time {
	latest := c.Updated
	if !latest.IsZero() {
		return latest
	}
	for _, e := range c.entries {
		if e.Post.Updated.After(latest) {
			latest = e.Post.Updated
		}
	}
	return latest
}

// credited returns the channel's authors. Where an entry names nobody, Atom
// demands one (RFC 4287 section 4.1.1): then the publication itself is named.
func (c *channel) credited() []blog.Author {
	if len(c.Authors) > 0 {
		return c.Authors
	}
	lacking := len(c.entries) == 0
	for _, e := range c.entries {
		lacking = lacking || len(e.Post.Authors) == 0
	}
	if lacking {
		return []blog.Author{{Name: c.Title}}
	}
	return nil
}

func newAtomEntry(c *channel, e Entry) *atomEntry {
	out := &atomEntry{
		Language: e.Post.Language(),
		AtomEntry: feeds.AtomEntry{
			Id: clean.IRI(e.Post.ID), Updated: e.Post.Updated.Format(time.RFC3339), Published: e.Post.Published.Format(time.RFC3339),
			Links: atomLinks(e.Post),
		},
		Title:   atomText{heading(e)},
		Authors: atomAuthors(e.Post.Authors),
		Summary: newAtomText(e.Summary),
	}
	for _, t := range e.Post.Terms {
		category := atomCategory{Term: t.Name, Label: t.Name}
		if path, ok := categorySchemes[t.Kind]; ok {
			category.Scheme = strings.TrimSuffix(c.HomeURL, "/") + path
		}
		out.Categories = append(out.Categories, category)
	}
	if e.HTML != "" {
		out.Content = &atomContent{Type: "html", HTML: e.HTML}
	} else if e.Post.URL == "" { // an entry has one or the other: RFC 4287 section 4.1.2
		out.Content = &atomContent{Type: "text", HTML: cmp.Or(e.Summary, e.Post.Title, e.Post.ID)}
	}
	return out
}

// heading is the title that an entry must have (RFC 4287 section 4.1.2), and
// that readers show in their lists: of a post without one, what it begins with,
// or when it was published.
func heading(e Entry) string {
	return cmp.Or(e.Post.Title, e.Opening, e.Post.Published.Format("2006-01-02 15:04"))
}

func atomLinks(p *blog.Post) []feeds.AtomLink {
	var links []feeds.AtomLink
	if p.URL != "" {
		links = append(links, feeds.AtomLink{Href: p.URL, Rel: "alternate", Type: "text/html"})
	}
	if p.ExternalURL() != "" {
		links = append(links, feeds.AtomLink{Href: p.ExternalURL(), Rel: "related"})
	}
	for _, e := range p.Enclosures() {
		link := feeds.AtomLink{Href: e.URL, Rel: "enclosure", Type: e.Type}
		if e.Size > 0 {
			link.Length = strconv.FormatInt(e.Size, 10)
		}
		links = append(links, link)
	}
	return links
}

func atomAuthors(authors []blog.Author) []feeds.AtomAuthor {
	var out []feeds.AtomAuthor
	for _, a := range authors {
		out = append(out, feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: a.Name, Uri: a.URL, Email: a.Email}})
	}
	return out
}
