package feed_test

import (
	"bytes"
	"cmp"
	"html"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/feed"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
	"github.com/rogpeppe/go-internal/txtar"
)

// reading is what a reader makes of one entry.
type reading struct {
	ID, Title, Link, Summary, Content string
	Published                         time.Time
	Updated                           time.Time
	Authors, Categories               []string
	Enclosures                        []string
}

// TestReadersGiveBackWhatThePostsSay compares what gofeed reads with the posts
// themselves, so far as a format can say it.
func TestReadersGiveBackWhatThePostsSay(t *testing.T) {
	archives(t, func(t *testing.T, name string, _ *txtar.Archive, in input) {
		if strings.Contains(name, "unclean") {
			return // is meant to be read back otherwise; its documents show how
		}
		for _, f := range feed.Formats {
			read, err := gofeed.NewParser().Parse(bytes.NewReader(in.render(t, f)))
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			if read.Title != in.Channel.Title {
				t.Errorf("%s: channel title %q, want %q", f.Name, read.Title, in.Channel.Title)
			}
			if want := strings.ReplaceAll(in.Channel.SelfURL, "FILE", f.File); read.FeedLink != want || read.Link != in.Channel.HomeURL {
				t.Errorf("%s: links %q and %q, want %q and %q", f.Name, read.FeedLink, read.Link, want, in.Channel.HomeURL)
			}
			if read.Language != in.Channel.Language {
				t.Errorf("%s: language %q, want %q", f.Name, read.Language, in.Channel.Language)
			}
			if len(read.Items) != len(in.Entries) {
				t.Fatalf("%s: %d entries, want %d", f.Name, len(read.Items), len(in.Entries))
			}
			for i, item := range read.Items {
				if diff := gocmp.Diff(wanted(f, in.Entries[i]), got(f, in.Entries[i], item)); diff != "" {
					t.Errorf("%s, entry %d (-want +got):\n%s", f.Name, i+1, diff)
				}
			}
		}
	})
}

func wanted(f feed.Format, e feed.Entry) reading {
	r := reading{
		ID: e.Post.ID, Title: e.Post.Title, Link: e.Post.URL, Summary: e.Summary, Content: e.HTML,
		Published: e.Post.Published.UTC(), Updated: e.Post.Updated.UTC(),
	}
	for _, a := range e.Post.Authors {
		r.Authors = append(r.Authors, a.Name)
	}
	seen := map[string]bool{}
	for _, term := range e.Post.Terms {
		if f.Name == "atom" || !seen[term.Name] { // Atom tells a category from a tag of the same name
			r.Categories = append(r.Categories, term.Name)
		}
		seen[term.Name] = true
	}
	if e.Post.Updated.IsZero() {
		r.Updated = r.Published
	}
	for _, file := range e.Post.Enclosures() {
		r.Enclosures = append(r.Enclosures, file.URL+" "+file.Type+" "+length(file.Size))
		if f.Name == "rss" {
			break // the others are in a group of Media RSS
		}
	}
	switch f.Name {
	case "atom":
		if r.Title == "" { // an entry must have one
			r.Title = cmp.Or(e.Opening, e.Post.Published.UTC().Format("2006-01-02 15:04"))
		}
	case "rss":
		r.Updated = time.Time{} // RSS has but one date
		if e.Link != "" {
			r.Link = e.Link
		}
		if r.Summary == "" { // many readers show the description alone
			r.Summary, r.Content = r.Content, ""
		}
		if r.Title == "" && r.Summary == "" {
			r.Summary = r.Link // an item needs one of them
		}
	case "json":
		if r.Content == "" {
			r.Content = r.Summary
		}
	}
	return r
}

func got(f feed.Format, e feed.Entry, item *gofeed.Item) reading {
	r := reading{
		ID: item.GUID, Title: item.Title, Link: item.Link,
		Summary: item.Description, Content: item.Content,
		Published: item.PublishedParsed.UTC(), Categories: item.Categories,
	}
	if f.Name == "rss" && e.Summary != "" {
		r.Summary = html.UnescapeString(item.Description) // the description of an item is HTML
	}
	if item.UpdatedParsed != nil {
		r.Updated = item.UpdatedParsed.UTC()
	}
	for _, file := range item.Enclosures {
		r.Enclosures = append(r.Enclosures, file.URL+" "+file.Type+" "+strings.TrimPrefix(file.Length, "0"))
	}
	if item.DublinCoreExt != nil {
		r.Authors = item.DublinCoreExt.Creator
	} else {
		for _, a := range item.Authors {
			r.Authors = append(r.Authors, a.Name)
		}
	}
	return r
}

// length is how formats say the size of a file, if they say it.
func length(size int64) string {
	if size == 0 {
		return ""
	}
	return strconv.FormatInt(size, 10)
}
