package live_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

// character is a post of a life, as its author sees it: one thing, whatever
// its file is called and whatever stands in it.
type character struct {
	number  int
	path    string // of its file
	stated  string // what its front matter says of id and permalink
	title   string
	date    time.Time
	words   []string // the body, one paragraph each
	version int      // of what was written last
	draft   bool     // as written last
	alive   bool     // there is a file
	bytes   string   // of the file, when it was deleted
	kin     bool     // another post has much of its text
	family  int      // the number of the post that the text is of
	drafts  []int    // versions that are not public

	back      time.Time // when its file was written anew after it had been deleted
	restored  time.Time // when it came back after it had been deleted
	published int       // the version in the edition before
	lost      bool      // what was deleted was never published: nobody knows it

	// Since everything was at rest.
	moved     bool
	retitled  bool // it has another title, another date or another text
	rewritten bool // it has another title and another text: under another name it would be another post
	edits     int  // of single paragraphs
	young     bool // it was written for the first time

	id       string // that it was given when it was first published; empty: not yet
	versions []int  // that were completely written, oldest first; the last of them must be served at rest
	shown    bool   // the edition before held it
}

// oracle knows the characters, and looks at every edition.
type oracle struct {
	t  *testing.T
	mu sync.Mutex

	all   []*character
	owner map[string]*character // of each id ever given
	bore  map[string]*character // each permalink, last
	dates map[string]time.Time  // of last change, by path, as handed out
	keeps bool                  // ids outlive a restart
}

func newOracle(t *testing.T) *oracle {
	return &oracle{t: t, owner: map[string]*character{}, bore: map[string]*character{}, dates: map[string]time.Time{}}
}

// rested tells the oracle that all that the characters did is public.
func (o *oracle) rested() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range o.all {
		c.moved, c.retitled, c.rewritten, c.edits, c.young = false, false, false, 0, false
	}
}

// started tells the oracle of a new process.
func (o *oracle) started(keeps bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.keeps = keeps
	for _, c := range o.all {
		c.shown = false
	}
}

var (
	beginning = regexp.MustCompile(`Begin ([0-9]+)\.([0-9]+)\.`)
	ending    = regexp.MustCompile(`End ([0-9]+)\.([0-9]+)\.`)
	atomIDs   = regexp.MustCompile(`<entry>(?s:.*?)<id>([^<]*)</id>`)
	rssIDs    = regexp.MustCompile(`<guid[^>]*>([^<]*)</guid>`)
)

type item struct {
	ID    string `json:"id"`
	URL   string `json:"url"`
	Title string `json:"title"`
	HTML  string `json:"content_html"`
}

// look holds an edition to what is always true. It is called with every
// edition, at whatever moment of an operation.
func (o *oracle) look(e *edition.Edition) {
	o.mu.Lock()
	defer o.mu.Unlock()
	items := o.items(e)
	o.sameInAllFormats(e, items)
	seen := map[*character]bool{}
	for _, it := range items {
		if c := o.entry(it); c != nil {
			if seen[c] {
				o.t.Errorf("post %d is in the feed twice", c.number)
			}
			seen[c] = true
		}
	}
	for _, c := range o.all {
		hidden := slices.ContainsFunc(c.drafts, func(version int) bool { return version > c.published }) // perhaps for a moment
		if c.shown && !seen[c] && c.alive && !hidden {
			o.t.Errorf("%s  post %d (%s) is gone from the feed, though its file is there", time.Now().Format("05.000"), c.number, c.path)
		}
		c.shown = seen[c]
	}
	o.documents(e)
}

func (o *oracle) items(e *edition.Edition) []item {
	var feed struct{ Items []item }
	if err := json.Unmarshal([]byte(o.text(e, "/feed.json")), &feed); err != nil {
		o.t.Errorf("JSON feed: %v", err)
	}
	return feed.Items
}

func (o *oracle) text(e *edition.Edition, path string) string {
	d := e.Find(path)
	if d == nil {
		o.t.Errorf("%s is not there", path)
		return ""
	}
	c, err := d.Content()
	if err != nil {
		o.t.Errorf("%s: %v", path, err)
		return ""
	}
	return string(c.Body)
}

// entry finds the character of an item, and holds the item to it.
func (o *oracle) entry(it item) *character {
	var number, version, n, v int
	if _, err := fmt.Sscanf(beginning.FindString(it.HTML), "Begin %d.%d.", &number, &version); err != nil {
		o.t.Errorf("entry %s has no text: %q", it.ID, it.HTML)
		return nil
	}
	_, err := fmt.Sscanf(ending.FindString(it.HTML), "End %d.%d.", &n, &v)
	if err != nil || n != number || v != version || len(beginning.FindAllString(it.HTML, -1)) != 1 {
		o.t.Errorf("half a text of post %d is published: begins %d.%d, ends %d.%d", number, number, version, n, v)
		return nil
	}
	c := o.all[number]
	if !slices.Contains(c.versions, version) {
		o.t.Errorf("post %d: version %d is published, which its author never finished (finished: %v)", number, version, c.versions)
	}
	if i := slices.Index(c.versions, version); i > 0 {
		c.versions = c.versions[i:] // it never goes back
	}
	if c.id == "" {
		c.id = it.ID
		if other := o.owner[c.id]; other != nil && other != c {
			o.t.Errorf("id %s of post %d was that of post %d", c.id, c.number, other.number)
		}
		o.owner[c.id] = c
	}
	if c.id != it.ID {
		o.t.Errorf("post %d has the id %s, was %s", c.number, it.ID, c.id)
	}
	c.published = version
	o.bore[strings.TrimPrefix(it.URL, site.URL)] = c
	return c
}

// sameInAllFormats holds the other formats to the JSON feed.
func (o *oracle) sameInAllFormats(e *edition.Edition, items []item) {
	want := make([]string, len(items))
	for i, it := range items {
		want[i] = it.ID
	}
	for path, ids := range map[string]*regexp.Regexp{"/atom.xml": atomIDs, "/rss.xml": rssIDs} {
		var got []string
		for _, m := range ids.FindAllStringSubmatch(o.text(e, path), -1) {
			got = append(got, m[1])
		}
		if !slices.Equal(got, want) {
			o.t.Errorf("%s has the ids %v, the JSON feed %v", path, got, want)
		}
	}
}

// documents holds every answer of a server to what is true of all: it is not
// empty, and its date of last change is neither in the future nor earlier than
// that of an answer before.
func (o *oracle) documents(e *edition.Edition) {
	handler := server.New(server.Options{Edition: func() *edition.Edition { return e }, Log: slog.New(slog.DiscardHandler)})
	for _, d := range e.Documents() {
		if d.Path == edition.NotFoundPath {
			continue
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, d.Path, nil))
		if w.Code != http.StatusOK || w.Body.Len() == 0 {
			o.t.Errorf("%s answers %d with %d bytes", d.Path, w.Code, w.Body.Len())
			continue
		}
		modified, err := http.ParseTime(w.Header().Get("Last-Modified"))
		if err != nil || modified.After(time.Now()) {
			o.t.Errorf("%s changed at %v, which is in the future: %v", d.Path, modified, err)
		}
		if o.keeps && modified.Before(o.dates[d.Path]) {
			o.t.Errorf("%s: the date of last change went back from %v to %v", d.Path, o.dates[d.Path], modified)
		}
		o.dates[d.Path] = modified
	}
}

// verdict says what is wrong with an edition once everything has come to rest.
func (o *oracle) verdict(e *edition.Edition) string {
	if e == nil {
		return "there is no edition"
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	found := map[string]item{}
	for _, it := range o.items(e) {
		found[it.ID] = it
	}
	permalinks := map[string]bool{}
	for _, it := range found {
		permalinks[strings.TrimPrefix(it.URL, site.URL)] = true
	}
	public := 0
	for _, c := range o.all {
		it, is := found[c.id]
		is = is && c.id != ""
		if should := c.alive && !c.draft; is != should {
			return fmt.Sprintf("post %d (%s, id %q): published %t, should be %t; ids %v", c.number, c.path, c.id, is, should, slices.Sorted(maps.Keys(found)))
		}
		if !is {
			continue
		}
		public++
		if want := fmt.Sprintf("Begin %d.%d.", c.number, c.version); !strings.Contains(it.HTML, want) || it.Title != c.title {
			return fmt.Sprintf("post %d (%s): want %q with the title %q, have %q: %s", c.number, c.path, want, c.title, it.Title, it.HTML)
		}
		for at, last := range o.bore {
			if to, _ := e.Redirect(at); last == c && !permalinks[at] && to != it.URL {
				return fmt.Sprintf("post %d (%s): the former address %s leads to %q, want %s", c.number, c.path, at, to, it.URL)
			}
		}
	}
	if public != len(found) {
		return fmt.Sprintf("%d entries for %d posts", len(found), public)
	}
	return ""
}
