// Package seen finds out what the subscribers of a feed would notice if it were replaced by one
// made from posts.
//
// Read reads a feed of any kind from a file or from the web. Match pairs its entries with posts,
// and Compare lists what a subscriber would notice. Both are pure: the same feed and posts give the
// same result, in the order of the feed.
package seen

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
)

// Feed is a feed as its subscribers know it.
type Feed struct {
	Format  string  // "rss", "atom" or "json"
	Entries []Entry // in the order of the feed; no id comes twice
}

// Entry is one entry of a feed.
type Entry struct {
	ID        string // the id by which readers know it, else its link; may be empty
	Link      string // may be empty
	Title     string // as the feed has it, perhaps with markup; may be empty
	Published time.Time
	Dated     bool // the feed says when the entry was published, rather than changed
}

// Name returns a name of the entry for messages.
func (e Entry) Name() string {
	return cmp.Or(e.ID, e.Link, e.Title, "(an entry without id, link and title)")
}

// Options are the choices of Read. The zero value works.
type Options struct {
	UserAgent string        // sent to web servers
	Timeout   time.Duration // for all of a feed from the web; 0 means 30 s
	MaxSize   int64         // bytes of a feed; 0 means 64 MiB
}

// maxRedirects is how many redirects are followed.
const maxRedirects = 5

// Read reads the feed at ref: an http or https URL, or the path of a file.
func Read(ctx context.Context, ref string, o Options) (Feed, error) {
	o.Timeout, o.MaxSize = cmp.Or(o.Timeout, 30*time.Second), cmp.Or(o.MaxSize, 64<<20)
	ctx, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	body, err := open(ctx, ref, o)
	if err != nil {
		return Feed{}, fmt.Errorf("read feed: %w", err)
	}
	defer body.Close() //nolint:errcheck // nothing was written
	data, err := io.ReadAll(io.LimitReader(body, o.MaxSize+1))
	if err != nil {
		return Feed{}, fmt.Errorf("read feed %s: %w", ref, err)
	}
	if int64(len(data)) > o.MaxSize {
		return Feed{}, fmt.Errorf("read feed %s: it is larger than %d bytes", ref, o.MaxSize)
	}
	feed, err := parse(string(data))
	if err != nil {
		return Feed{}, fmt.Errorf("read feed %s: %w", ref, err)
	}
	return feed, nil
}

func open(ctx context.Context, ref string, o Options) (io.ReadCloser, error) {
	scheme, _, _ := strings.Cut(strings.ToLower(ref), "://")
	if scheme != "http" && scheme != "https" {
		return os.Open(ref)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, ref, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", o.UserAgent)
	request.Header.Set("Accept", "application/atom+xml, application/rss+xml, application/feed+json, "+
		"application/xml;q=0.9, application/json;q=0.9, */*;q=0.8")
	client := http.Client{CheckRedirect: func(_ *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return fmt.Errorf("stopped after %d redirects", maxRedirects)
		}
		return nil
	}}
	answer, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		_ = answer.Body.Close()
		return nil, fmt.Errorf("%s answers %s", ref, answer.Status)
	}
	return answer.Body, nil
}

// parse reads a feed. The library is lenient and its input comes from anywhere: if it panics, the
// feed counts as unreadable.
func parse(text string) (feed Feed, err error) {
	defer func() {
		if p := recover(); p != nil {
			feed, err = Feed{}, fmt.Errorf("it cannot be parsed: %v", p)
		}
	}()
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	read, err := parser.Parse(strings.NewReader(text))
	if errors.Is(err, gofeed.ErrFeedTypeNotDetected) {
		return Feed{}, errors.New("expected RSS, Atom or JSON Feed")
	}
	if err != nil {
		return Feed{}, fmt.Errorf("it cannot be parsed: %w", err)
	}
	// Any JSON would pass as an empty feed.
	if read.FeedType == "json" && !strings.Contains(read.FeedVersion, "jsonfeed.org/version/") {
		return Feed{}, errors.New("it is JSON, but no JSON Feed: its version is missing")
	}
	return newFeed(read), nil
}

func newFeed(read *gofeed.Feed) Feed {
	feed, known := Feed{Format: read.FeedType}, map[string]bool{}
	original, _ := read.OriginalFeed().(*atom.Feed)
	for i, item := range read.Items {
		e := newEntry(item)
		// In Atom the library takes the date of change if there is no other.
		if original != nil && i < len(original.Entries) && original.Entries[i].PublishedParsed == nil {
			e.Dated = false
		}
		if e.ID != "" && known[e.ID] {
			continue
		}
		known[e.ID] = true
		feed.Entries = append(feed.Entries, e)
	}
	return feed
}

func newEntry(item *gofeed.Item) Entry {
	id, link := strings.TrimSpace(item.GUID), strings.TrimSpace(item.Link)
	e := Entry{ID: cmp.Or(id, link), Link: link, Title: item.Title}
	if link == "" && (strings.HasPrefix(id, "https://") || strings.HasPrefix(id, "http://")) {
		e.Link = id // RSS: a guid is a permalink unless it says otherwise
	}
	switch {
	case item.PublishedParsed != nil:
		e.Published, e.Dated = *item.PublishedParsed, true
	case item.UpdatedParsed != nil:
		e.Published = *item.UpdatedParsed
	}
	return e
}
