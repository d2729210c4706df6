package blog

import "time"

// Media is a file of the posts folder that posts can show, play or offer.
type Media struct {
	Path     string // slash-separated, relative to the posts folder
	Type     string // MIME type
	Size     int64  // bytes
	Modified time.Time
}

// Enclosure is a file that a post offers to be played or downloaded.
type Enclosure struct {
	URL      string        // absolute
	Type     string        // MIME type; never empty
	Size     int64         // bytes; 0: unknown
	Duration time.Duration // 0: unknown
	Title    string        // may be empty
}

// Seconds returns how long the file plays in whole seconds, which is all that
// feeds can say: 0 when unknown, at least 1 otherwise.
func (e Enclosure) Seconds() int64 {
	if e.Duration <= 0 {
		return 0
	}
	return max(1, int64(e.Duration.Round(time.Second)/time.Second))
}

// Podcast is what a site says of itself when it is one. Its words are those of
// Apple's and Podcasting 2.0's name spaces.
type Podcast struct {
	Kind       string   // "episodic" or "serial"; empty: the site is no podcast
	Categories []string // Apple's, one below another with a ">" between them: "Society & Culture > Documentary"
	Explicit   bool
	Image      string // absolute URL of the square artwork
	Owner      Author // not shown, but asked for by directories
	GUID       string // UUID of the show; empty: made from the URL of its feed
	Locked     bool   // other platforms must not import the feed
	Funding    []Link // where listeners can support the show
}

// Is reports whether the site is a podcast.
func (p Podcast) Is() bool { return p.Kind != "" }

// Link is an address with a text.
type Link struct {
	URL  string // absolute
	Text string
}

// Episode is what a post says of itself as part of a podcast.
type Episode struct {
	Number      int    // counted from 1; 0: none
	Season      int    // counted from 1; 0: none
	SeasonName  string // may be empty
	Kind        string // "full", "trailer" or "bonus"; empty: full
	Title       string // without the number, which the post's title may hold
	Explicit    string // "true" or "false"; empty: as the show is
	Image       string // absolute URL
	Transcripts []Transcript
	Chapters    string // absolute URL of a JSON chapters file
	Location    string
	People      []Person
}

// Transcript is an episode's text.
type Transcript struct {
	URL      string // absolute
	Type     string // MIME type; never empty
	Language string // BCP 47; may be empty
	Relation string // "captions" for one with the times of its words; may be empty
}

// Person is somebody to be heard in an episode.
type Person struct {
	Name  string
	Role  string // such as "host" or "guest"
	URL   string // absolute; may be empty
	Image string // absolute URL; may be empty
}
