// Package status says what a running service does and knows, to machines and to
// people.
//
// Facts are that at one moment: whoever runs the service fills them in, and
// encoding/json makes of them what scripts read. Page makes of the same facts a
// page for a browser, which needs no script, nothing from another host, and says
// so in its security policy. Line cuts the line out of a file that a problem is
// about, in a form that can be shown anywhere.
//
// What comes from files, be it a name, a message or a line, is never trusted: it
// is escaped, and characters that cannot be seen are spelled out. The package
// reads no disk and no clock.
package status

import (
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
	"broadsheet/internal/source"
	"broadsheet/internal/watch"
)

// Facts are what is known of a service at one moment.
type Facts struct {
	Time     time.Time      `json:"time"`  // the moment
	State    State          `json:"state"` // of the service as a whole
	Folder   string         `json:"folder"`
	Edition  Edition        `json:"edition"`
	Posts    library.Counts `json:"posts"`
	Next     *time.Time     `json:"next,omitempty"` // when the clock alone will change what is published
	Feeds    []Feed         `json:"feeds,omitempty"`
	Changes  []Change       `json:"changes,omitempty"` // the last ones, newest first
	Scan     Scan           `json:"scan"`
	Watch    Watch          `json:"watch"`
	Settings Settings       `json:"settings"`
	Problems []Problem      `json:"problems"`
}

// State is how a service fares as a whole.
type State string

// The values of State.
const (
	Waiting  State = "waiting"  // for the first edition
	Ready    State = "ready"    // an edition is served
	Degraded State = "degraded" // one is, but something is wrong with the folder as a whole, or with the state
)

// Edition describes the current edition.
type Edition struct {
	Number    uint64     `json:"number"` // counted from 1 since the start; 0: none yet
	Published *time.Time `json:"published,omitempty"`
	Documents int        `json:"documents"`
}

// Feed describes one of the main feeds.
type Feed struct {
	Path     string    `json:"path"`
	URL      string    `json:"url"`
	Bytes    int       `json:"bytes"`
	Gzip     int       `json:"gzip,omitempty"` // bytes in that coding; 0: it is sent as it is
	Modified time.Time `json:"modified"`       // as its Last-Modified says
}

// Change says by what an edition differs from the one before.
type Change struct {
	Edition uint64    `json:"edition"`
	At      time.Time `json:"at"`
	Added   int       `json:"added"` // posts
	Changed int       `json:"changed"`
	Gone    int       `json:"gone"`
}

// MaxChanges is how many changes are told of.
const MaxChanges = 20

// Scan describes the last scan that succeeded.
type Scan struct {
	At      *time.Time `json:"at,omitempty"`
	Seconds float64    `json:"seconds"`
	Folders int        `json:"folders"`
	Reading int64      `json:"reading"` // files read by the scan under way, or by the last one

	Since   *time.Time `json:"since,omitempty"`   // when the scan under way began
	Overdue string     `json:"overdue,omitempty"` // what should have ended or begun long ago

	Held      int           `json:"held"`                // files whose present state is not shown yet, and is no problem
	HeldFiles []source.Held `json:"heldFiles,omitempty"` // the first of them, and why
}

// Watch describes the watcher.
type Watch struct {
	Mode      watch.Mode `json:"mode"`
	Reason    string     `json:"reason,omitempty"`
	Watches   int        `json:"watches"`
	LastEvent *time.Time `json:"lastEvent,omitempty"`
	Errors    uint64     `json:"errors"`
	LastError string     `json:"lastError,omitempty"`

	Unannounced int `json:"unannounced"` // changes that no event told of
}

// Settings say what is known of the settings in force.
type Settings struct {
	Read     *time.Time     `json:"read,omitempty"`     // when they were read last
	Files    []string       `json:"files,omitempty"`    // from which files
	Restart  []string       `json:"restart,omitempty"`  // settings that were changed there, which takes a restart
	Problems []blog.Problem `json:"problems,omitempty"` // what was wrong when they were to be read last
}

// Problem is a problem with the line that it is about.
type Problem struct {
	blog.Problem
	Text string `json:"text,omitempty"` // as Line returns it; empty: no line is to blame, or it is not at hand
}
