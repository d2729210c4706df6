package config

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
)

// Group is a set of settings that the same commands take as flags.
type Group string

// The groups of settings.
const (
	Site   Group = "site"   // what is published, and how: every command that reads posts
	Server Group = "server" // how it is served
	Log    Group = "log"    // how the program speaks of itself
)

// setting is one row of the table.
type setting struct {
	key      string // also the flag's name
	fallback string // the default, as text; empty: see usage
	group    Group
	kind     string // what follows the flag; empty: one of values
	usage    string
	field
}

func (w setting) variable() string {
	return "BROADSHEET_" + strings.ToUpper(strings.ReplaceAll(w.key, "-", "_"))
}

// table is every setting there is, in the order of reports and of help.
var table = []setting{
	{"title", "", Site, "TEXT", "title of the publication; by default the folder's name, or the host of the URL",
		text(func(s *Settings) *string { return &s.Title }, oneLine)},
	{"description", "", Site, "TEXT", "one sentence on what the publication is about",
		text(func(s *Settings) *string { return &s.Description }, oneLine)},
	{"url", "", Site, "URL", "public base URL that every link starts with; by default the listener's, which only this machine can follow",
		text(func(s *Settings) *string { return &s.URL }, baseURL)},
	{"language", "", Site, "TAG", "language of the posts, such as en or pt-BR; by default none is stated",
		text(func(s *Settings) *string { return &s.Language }, languageTag)},
	{"timezone", "UTC", Site, "ZONE", "time zone of dates that name none, such as Europe/London",
		of(func(s *Settings) **time.Location { return &s.Zone }, zone, (*time.Location).String)},
	{"author", "", Site, `"NAME <MAIL>"`, "credited where a post names nobody; several are separated by semicolons",
		of(func(s *Settings) *[]blog.Author { return &s.Authors }, parseAuthors, formatAuthors)},
	{"copyright", "", Site, "TEXT", "copyright notice of the feeds",
		text(func(s *Settings) *string { return &s.Copyright }, oneLine)},
	{"icon", "", Site, "URL", "square picture of the publication: an absolute URL, or a path below the base URL",
		text(func(s *Settings) *string { return &s.Icon }, reference)},
	{"logo", "", Site, "URL", "picture of the publication, twice as wide as high, for Atom",
		text(func(s *Settings) *string { return &s.Logo }, reference)},
	{"image", "", Site, "URL", "picture of the publication for RSS: PNG, JPEG or GIF; by default the logo or the icon",
		text(func(s *Settings) *string { return &s.Image }, reference)},
	{"categories", "", Site, "LIST", "what the publication is about; several are separated by semicolons",
		list(func(s *Settings) *[]string { return &s.Categories }, oneLine, plainText)},
	{"ttl", "0", Site, "MINUTES", "how long readers may keep a feed, said in RSS; 0 says nothing",
		number(func(s *Settings) *int { return &s.TTL }, 0, 10080)},
	{"id-authority", "", Site, "NAME", "host name or e-mail address in the ids of posts that state none, never to change; by default the host of the URL",
		text(func(s *Settings) *string { return &s.Authority }, authority)},
	{"permalink", "/:year/:month/:day/:slug/", Site, "PATTERN", "path of a post that states none, made from " + strings.Join(placeholders, " "),
		text(func(s *Settings) *string { return &s.Permalink }, permalink)},
	{"dialect", "auto", Site, "", "the rules that the folder was written for; auto looks for the settings of Jekyll and Hugo",
		choice(func(s *Settings) *string { return &s.Dialect }, slices.Concat([]string{"auto"}, dialect.Kinds())...)},
	{"items", "20", Site, "N", "entries in a feed, 1 to 1000",
		number(func(s *Settings) *int { return &s.Items }, 1, 1000)},
	{"max-bytes", "1048576", Site, "N", "bytes that the main feed is kept below, and others about, by leaving older entries to the archives",
		number(func(s *Settings) *int { return &s.MaxBytes }, 1<<14, 1<<30)},
	{"archive-items", "100", Site, "N", "entries in a full archive document, 1 to 1000; never to change, since archives are not to",
		number(func(s *Settings) *int { return &s.ArchiveItems }, 1, 1000)},
	{"exclude", "", Site, "TERMS", "categories and tags whose posts are in no feed, such as tag:private; several are separated by semicolons",
		list(func(s *Settings) *[]blog.Term { return &s.Exclude }, parseTerm, formatTerm)},
	{"exclude-from-main", "", Site, "TERMS", "categories and tags whose posts are in their own feeds, but not in the main one",
		list(func(s *Settings) *[]blog.Term { return &s.ExcludeFromMain }, parseTerm, formatTerm)},
	{"content", "both", Site, "", "what an entry carries: summary and full text, or one of them",
		choice(func(s *Settings) *string { return &s.Content }, "both", "full", "summary")},
	{"source-markdown", "false", Site, "bool", "carry the Markdown source too: source:markdown in RSS, content_text in JSON Feed",
		toggle(func(s *Settings) *bool { return &s.SourceMarkdown })},
	{"link-posts", "page", Site, "", "where the RSS item of a link post leads: its own page, or the target that it points to",
		choice(func(s *Settings) *string { return &s.LinkPosts }, "page", "target")},
	{"media", "assets; images; static", Site, "FOLDERS", "folders, below that of the posts, whose media files are all public; of others those that something public refers to; . means all",
		list(func(s *Settings) *[]string { return &s.Media }, mediaFolder, plainText)},
	{"media-url", "", Site, "URL", "base URL of enclosures that name no host and are not in the folder; by default the public one",
		text(func(s *Settings) *string { return &s.MediaURL }, baseURL)},
	{"moved", "", Site, `"OLD NEW"`, "paths that answer 301, each with where it leads; a * at both ends keeps the rest; several are separated by semicolons",
		list(func(s *Settings) *[]blog.Move { return &s.Moved }, parseMove, formatMove)},
	{"gone", "", Site, "PATHS", "paths that answer 410; a * at the end means all that begin so; several are separated by semicolons",
		list(func(s *Settings) *[]string { return &s.Gone }, parsePath, plainText)},
	{"podcast", "no", Site, "", "whether the publication is a podcast, and in which order its episodes are to be heard",
		podcast(func(s *Settings) *string { return &s.Podcast.Kind })},
	{"podcast-categories", "", Site, "LIST", "Apple's categories, such as Society & Culture > Documentary; several are separated by semicolons",
		list(func(s *Settings) *[]string { return &s.Podcast.Categories }, oneLine, plainText)},
	{"podcast-explicit", "false", Site, "bool", "the podcast is not for children",
		toggle(func(s *Settings) *bool { return &s.Podcast.Explicit })},
	{"podcast-image", "", Site, "URL", "square artwork of the podcast, PNG or JPEG; by default the image or the icon",
		text(func(s *Settings) *string { return &s.Podcast.Image }, reference)},
	{"podcast-owner", "", Site, `"NAME <MAIL>"`, "whom directories may write to",
		of(func(s *Settings) *blog.Author { return &s.Podcast.Owner }, parseOwner, formatOwner)},
	{"podcast-guid", "", Site, "UUID", "identity of the podcast, never to change; by default made from the address of its feed",
		text(func(s *Settings) *string { return &s.Podcast.GUID }, uuid)},
	{"podcast-locked", "false", Site, "bool", "other platforms must not import the podcast",
		toggle(func(s *Settings) *bool { return &s.Podcast.Locked })},
	{"podcast-funding", "", Site, `"TEXT <URL>"`, "where listeners can support the podcast; several are separated by semicolons",
		list(func(s *Settings) *[]blog.Link { return &s.Podcast.Funding }, parseFunding, formatFunding)},
	{"pages", "auto", Site, "", "pages for posts, terms and years; auto means no for a Jekyll or Hugo site, whose generator makes them",
		choice(func(s *Settings) *string { return &s.Pages }, "auto", "yes", "no")},
	{"theme", "", Site, "DIR", "folder whose files replace or join those of the pages; by default theme beside the posts folder",
		text(func(s *Settings) *string { return &s.Theme }, folder)},
	{"drafts", "false", Site, "bool", "publish drafts too",
		atStart(toggle(func(s *Settings) *bool { return &s.Drafts }))},
	{"future", "false", Site, "bool", "publish posts dated in the future too",
		atStart(toggle(func(s *Settings) *bool { return &s.Future }))},
	{"highlight", "false", Site, "bool", "mark up fenced code with class names for a style sheet",
		toggle(func(s *Settings) *bool { return &s.Highlight })},
	{"typographer", "false", Site, "bool", "turn straight quotes and double hyphens into typographic ones",
		toggle(func(s *Settings) *bool { return &s.Typographer })},
	{"emoji", "false", Site, "bool", "turn names between colons, such as :tada:, into emoji",
		toggle(func(s *Settings) *bool { return &s.Emoji })},
	{"listen", ":8080", Server, "ADDRESS", "host:port to serve on",
		atStart(text(func(s *Settings) *string { return &s.Listen }, address))},
	{"admin-listen", "127.0.0.1:9090", Server, "ADDRESS", "host:port for health and status",
		atStart(text(func(s *Settings) *string { return &s.AdminListen }, address))},
	{"admin-hosts", "", Server, "NAMES", "host names, besides those in admin-listen and url, under which health and status are asked for; several are separated by semicolons",
		atStart(list(func(s *Settings) *[]string { return &s.AdminHosts }, hostName, plainText))},
	{"max-age", "300", Server, "N", "seconds that caches may keep a document, 1 to 86400",
		atStart(number(func(s *Settings) *int { return &s.MaxAge }, 1, 86400))},
	{"deltas", "true", Server, "bool", "send only what is new to feed readers that ask for that (RFC 3229)",
		atStart(toggle(func(s *Settings) *bool { return &s.Deltas }))},
	{"state", "", Server, "DIR", "folder for what must outlast a restart; by default nothing is kept",
		atStart(text(func(s *Settings) *string { return &s.State }, folder))},
	{"watch", "auto", Server, "", "how changes of the folder are noticed",
		atStart(choice(func(s *Settings) *string { return &s.Watch }, "auto", "events", "poll"))},
	{"log-format", "auto", Log, "", "form of the log; auto is text on a terminal, else json",
		atStart(choice(func(s *Settings) *string { return &s.LogFormat }, "auto", "text", "json"))},
	{"log-level", "info", Log, "", "the least serious message that is logged",
		atStart(choice(func(s *Settings) *string { return &s.LogLevel }, "debug", "info", "warn", "error"))},
}

// Flags registers the flags of the named groups, or of all when none is named.
// What they hold is checked by Load, so that it can report every problem, and
// not by fs; fs.GetString and its kin do not know them.
func Flags(fs *pflag.FlagSet, groups ...Group) {
	for _, w := range table {
		if len(groups) > 0 && !slices.Contains(groups, w.group) {
			continue
		}
		kind := cmp.Or(w.kind, strings.Join(w.values, "|"))
		f := fs.VarPF(&rawFlag{text: w.fallback, kind: kind}, w.key, "", w.usage)
		if kind == "bool" {
			f.NoOptDefVal = "true"
		}
	}
}

// rawFlag is a flag's text, unchecked.
type rawFlag struct{ text, kind string }

func (f *rawFlag) String() string        { return f.text }
func (f *rawFlag) Set(text string) error { f.text = text; return nil }
func (f *rawFlag) Type() string          { return f.kind }

// Row is one setting as its manual tells of it.
type Row struct {
	Key      string   // in the settings file
	Flag     string   // with its dashes
	Variable string   // in the environment
	Default  string   // empty: none, or the one that Usage tells
	Values   []string // the only ones allowed; nil: see Usage
	Usage    string   // one line, without a full stop
	Group    Group
	AtStart  bool // a running service keeps the value that it began with
}

// Table returns every setting, in the order of Load's origins.
func Table() []Row {
	rows := make([]Row, len(table))
	for i, w := range table {
		rows[i] = Row{
			Key: w.key, Flag: "--" + w.key, Variable: w.variable(), Default: w.fallback,
			Values: slices.Clone(w.values), Usage: w.usage, Group: w.group, AtStart: w.start,
		}
	}
	return rows
}
