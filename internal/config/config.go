// Package config gathers the settings that a command runs with.
//
// Five sources are read, each stronger than the one before: the defaults, the
// settings of the site's generator, the settings file, the environment, the
// flags. One table names every setting
// with its default, its check and its line of help, so a setting has the same
// word everywhere: the key admin-listen of the file is the variable
// BROADSHEET_ADMIN_LISTEN and the flag --admin-listen. In the file a key may
// also be written with underscores.
//
// The file is YAML, named by Options.File or by BROADSHEET_CONFIG, else
// broadsheet.yaml in the posts folder, else in the folder above it. One that
// was named must exist. A relative path inside it starts at the file's own
// folder; one from a variable or a flag starts at the working directory.
//
// Every problem of every source is found, also in a value that a stronger
// source replaces, and all come back together as Errors, each with its file
// and line, its variable or its flag. An unknown key in the file is a problem.
// An unknown BROADSHEET_ variable is not: Kubernetes sets BROADSHEET_PORT and
// its kin for a service called broadsheet. An empty variable counts as unset,
// as does a key without a value.
//
// Load reads the settings files and the time zone database and nothing else. It
// never panics, keeps nothing, and gives the same result for the same input,
// so it may be called again whenever the settings may have changed.
package config

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
)

// Settings are the values in force, all checked, every default filled in.
type Settings struct {
	Dir string // the posts folder, as Options named it

	Generator dialect.Site   // what the folder was made for; never the zero value
	Warnings  []blog.Problem // of the generator's settings

	Title       string         // never empty
	Description string         // may be empty
	URL         string         // absolute http or https URL without a trailing slash, query or fragment
	Language    string         // BCP 47 tag in canonical form; empty: not stated
	Timezone    string         // name in the IANA database
	Zone        *time.Location // Timezone, loaded; never nil
	Authors     []blog.Author  // credited where a post names nobody; each has a name
	Copyright   string         // may be empty
	Icon        string         // absolute URL or a path below URL; may be empty
	Logo        string         // the same
	Image       string         // the same
	Categories  []string       // what the publication is about
	Media       []string       // folders whose media files are all public, relative to the posts folder; "." is that folder
	MediaURL    string         // absolute URL without a trailing slash; empty: URL
	Authority   string         // authority of tag: URIs, RFC 4151 section 2.1; never empty
	Permalink   string         // pattern of the posts' paths; starts with a slash
	Dialect     string         // plain, jekyll or hugo
	Items       int            // entries in a feed, 1 to 1000
	MaxBytes    int            // of a feed
	Content     string         // both, full or summary
	TTL         int            // minutes; 0: not said

	ArchiveItems    int         // entries in a full archive document, 1 to 1000
	Exclude         []blog.Term // posts of these are in no feed; an empty Kind means any
	ExcludeFromMain []blog.Term // posts of these are not in the main feed
	LinkPosts       string      // page or target
	Moved           []blog.Move
	Gone            []string // paths, each starts with a slash
	SourceMarkdown  bool     // carry the Markdown source too
	Podcast         blog.Podcast

	Pages string // auto, yes or no
	Theme string // folder of the pages' theme; empty: the built-in one, or what lies beside the posts folder

	Drafts      bool // publish drafts too
	Future      bool // publish posts dated in the future too
	Highlight   bool // mark up fenced code with class names
	Typographer bool // typographic quotes and dashes
	Emoji       bool // emoji from their names between colons

	Listen      string   // address of the public listener, host:port
	AdminListen string   // address of the admin listener, host:port
	AdminHosts  []string // further names that the admin listener answers to, lower case, in ASCII
	MaxAge      int      // seconds that caches may keep a document
	Deltas      bool     // send only what is new to those who ask for that
	State       string   // folder for what is remembered between runs; empty: nothing is
	Watch       string   // auto, events or poll

	LogFormat string // auto, text or json
	LogLevel  string // debug, info, warn or error

	// URLConfigured is false when no source named a URL and URL is only how
	// the listener can be reached from this machine.
	URLConfigured bool
}

// Site returns what the settings say of the publication.
func (s Settings) Site() blog.Site {
	site := blog.Site{
		Title:       s.Title,
		Description: s.Description,
		URL:         s.URL,
		Language:    s.Language,
		Copyright:   s.Copyright,
		Authors:     slices.Clone(s.Authors),
		Authority:   s.Authority,
		Permalink:   s.Permalink,
		Zone:        s.Zone,
		Categories:  slices.Clone(s.Categories),
		MediaURL:    s.MediaURL,
		Podcast:     s.Podcast,
	}
	site.Icon, site.Logo, site.Image = site.Resolve(s.Icon), site.Resolve(s.Logo), site.Resolve(s.Image)
	if s.Podcast.Is() {
		site.Podcast.Image = site.Resolve(cmp.Or(s.Podcast.Image, s.Image, s.Icon))
	}
	return site
}

// Origin is one value in force and where it came from.
type Origin struct {
	Key   string
	Value string // as a variable or a flag would have it
	From  string // "default", "broadsheet.yaml:3", "BROADSHEET_TITLE" or "--title"
}

// Options say where to look for settings. The zero value finds the defaults,
// and a settings file in the working directory or the one above it.
type Options struct {
	Dir       string                           // the posts folder; empty: the working directory
	File      string                           // path of the settings file; empty: search for it
	LookupEnv func(name string) (string, bool) // like os.LookupEnv; nil: no environment
	Flags     *pflag.FlagSet                   // parsed, registered by Flags; nil: no flags
}

// Errors are all problems of the settings, never none: first those of the
// file by line, then variables, then flags, both in the table's order. File of
// each holds the file's path, the variable's name or the flag with its dashes.
type Errors []blog.Problem

// byLine puts what has a line, and so is in the file, before what has none.
func byLine(a, b blog.Problem) int {
	return cmp.Or(-cmp.Compare(min(a.Line, 1), min(b.Line, 1)), cmp.Compare(a.Line, b.Line))
}

// Error returns one line for each problem.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, p := range e {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Load returns the settings in force and, in the table's order, the origin of
// each. The error is of type Errors; beside it the settings are empty.
func Load(o Options) (Settings, []Origin, error) {
	l := loader{settings: Settings{Dir: o.Dir}, from: map[string]place{}}
	lookup := o.LookupEnv
	if lookup == nil {
		lookup = func(string) (string, bool) { return "", false }
	}
	l.defaults()
	l.file(o)
	l.environment(lookup)
	l.flags(o.Flags)
	l.generator()
	l.preview()
	l.settle()
	if len(l.problems) > 0 {
		slices.SortStableFunc(l.problems, byLine)
		return Settings{}, nil, l.problems
	}
	return l.settings, l.origins(), nil
}

// place is where a value was stated: a file with a line, or a variable or flag.
type place struct {
	name string
	line int
}

func (p place) String() string {
	if p.line == 0 {
		return p.name
	}
	return p.name + ":" + strconv.Itoa(p.line)
}

// loader is one run of Load.
type loader struct {
	settings Settings
	from     map[string]place // by key; absent: the default
	problems Errors
}

func (l *loader) complain(at place, message string) {
	l.problems = append(l.problems, blog.Problem{
		File: at.name, Line: at.line, Severity: blog.Error, Message: message,
	})
}

// apply sets one setting from its text. A text that is refused leaves the
// weaker source's value, and so cannot cause a second problem.
func (l *loader) apply(w setting, text string, at place) {
	err := w.set(&l.settings, text)
	switch {
	case err == nil && w.get(l.settings) == "":
		delete(l.from, w.key) // an empty text asks for the default
	case err == nil:
		l.from[w.key] = at
	case at.line > 0:
		l.complain(at, w.key+": "+err.Error())
	default: // a variable or a flag, whose name says it
		l.complain(at, err.Error())
	}
}

// defaults cannot fail, which a test holds the table to.
func (l *loader) defaults() {
	for _, w := range table {
		_ = w.set(&l.settings, w.fallback)
	}
}

func (l *loader) environment(lookup func(string) (string, bool)) {
	for _, w := range table {
		if text, _ := lookup(w.variable()); text != "" {
			l.apply(w, text, place{name: w.variable()})
		}
	}
}

func (l *loader) flags(flags *pflag.FlagSet) {
	if flags == nil {
		return
	}
	for _, w := range table {
		f := flags.Lookup(w.key)
		if f == nil || !f.Changed {
			continue
		}
		// A command may have a flag of its own that has a setting's name.
		if raw, ours := f.Value.(*rawFlag); ours {
			l.apply(w, raw.text, place{name: "--" + w.key})
		}
	}
}

func (l *loader) origins() []Origin {
	list := make([]Origin, len(table))
	for i, w := range table {
		list[i] = Origin{Key: w.key, Value: w.get(l.settings), From: "default"}
		if at, stated := l.from[w.key]; stated {
			list[i].From = at.String()
		}
	}
	return list
}
