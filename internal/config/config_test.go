package config_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"

	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/dialect"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// world is what a command would find around it.
type world struct {
	file  string            // contents of DIR/broadsheet.yaml; empty: there is none
	env   map[string]string // variables
	flags []string          // command line
}

func (w world) load(t *testing.T) (config.Settings, []config.Origin, error) {
	t.Helper()
	t.Chdir(t.TempDir())
	if w.file != "" {
		write(t, "posts/broadsheet.yaml", w.file)
	}
	return config.Load(config.Options{Dir: "posts", LookupEnv: environment(w.env), Flags: commandLine(t, w.flags...)})
}

func environment(env map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := env[name]
		return value, ok
	}
}

func commandLine(t *testing.T, args ...string) *pflag.FlagSet {
	t.Helper()
	fs := pflag.NewFlagSet("test", pflag.ContinueOnError)
	config.Flags(fs)
	if err := fs.Parse(args); err != nil {
		t.Fatal(err)
	}
	return fs
}

func write(t *testing.T, name, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		write(t, name, got)
	}
	if diff := cmp.Diff(read(t, name), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func show(origins []config.Origin) string {
	var b strings.Builder
	for _, o := range origins {
		fmt.Fprintf(&b, "%s = %s\t(%s)\n", o.Key, o.Value, o.From)
	}
	return b.String()
}

func origin(t *testing.T, origins []config.Origin, key string) config.Origin {
	t.Helper()
	for _, o := range origins {
		if o.Key == key {
			return o
		}
	}
	t.Fatalf("no origin of %s", key)
	return config.Origin{}
}

var compareZones = cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })

func TestDefaults(t *testing.T) {
	got, origins, err := world{}.load(t)
	if err != nil {
		t.Fatal(err)
	}
	want := config.Settings{
		Dir: "posts", Title: "Broadsheet", URL: "http://localhost:8080", Timezone: "UTC", Zone: time.UTC,
		Authority: "localhost", Permalink: "/:year/:month/:day/:slug/", Dialect: "plain", Generator: dialect.Site{Kind: "plain", Root: "posts"}, Items: 20, MaxBytes: 1 << 20, ArchiveItems: 100, Media: []string{"assets", "images", "static"}, Content: "both", LinkPosts: "page",
		Listen: ":8080", AdminListen: "127.0.0.1:9090", Pages: "auto", Watch: "auto", MaxAge: 300, Deltas: true, LogFormat: "auto", LogLevel: "info",
	}
	if diff := cmp.Diff(want, got, compareZones); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	for _, o := range origins {
		if o.From != "default" {
			t.Errorf("%s comes from %s", o.Key, o.From)
		}
	}
}

func TestEverySettingFromTheFile(t *testing.T) {
	got, origins, err := config.Load(config.Options{Dir: "posts", File: "testdata/full.yaml"})
	if err != nil {
		t.Fatal(err)
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	want := config.Settings{
		Dir: "posts", Title: "The Example Gazette", Description: "News of nothing in particular.",
		URL: "https://blog.example.org/gazette", URLConfigured: true, Language: "en-GB",
		Timezone: "Europe/London", Zone: london,
		Authors: []blog.Author{
			{Name: "Ada Example", Email: "ada@example.org"},
			{Name: "Bob Example", Email: "bob@example.org", URL: "https://bob.example/"},
		},
		Copyright: "© 2024 The Example Gazette", Icon: "/icon.png", Authority: "gazette@example.org",
		Permalink: "/:year/:title.html", Dialect: "plain", Generator: dialect.Site{Kind: "plain", Root: "posts"}, Items: 50, Content: "full",
		Drafts: true, Future: true, Highlight: true, Typographer: true, Emoji: true,
		Logo: "/logo.png", Image: "https://blog.example.org/cover.jpg", Categories: []string{"News", "Nothing in particular"},
		Media: []string{"assets", "pics/all"}, MediaURL: "https://media.example.org/files", MaxBytes: 500000, TTL: 60, ArchiveItems: 50,
		Exclude:         []blog.Term{{Kind: blog.Tag, Name: "private"}},
		ExcludeFromMain: []blog.Term{{Kind: blog.Category, Name: "Links"}, {Name: "notes"}},
		LinkPosts:       "target", SourceMarkdown: true,
		Moved: []blog.Move{{From: "/old/*", To: "/new/*"}, {From: "/elsewhere", To: "https://elsewhere.example/"}}, Gone: []string{"/gone/*", "/this"},
		Podcast: blog.Podcast{
			Kind: "serial", Categories: []string{"Society & Culture > Documentary", "News"}, Explicit: true, Image: "/artwork.png",
			Owner: blog.Author{Name: "Ada Example", Email: "ada@example.org"}, GUID: "9b024349-ccf0-5f69-a609-6b82873eab3c", Locked: true,
			Funding: []blog.Link{{URL: "https://example.org/support", Text: "Support us"}},
		},
		Listen: "127.0.0.1:8000", AdminListen: "[::1]:9000", AdminHosts: []string{"status.example.org", "broadsheet_admin"}, State: filepath.Join("testdata", "state", "gazette"), MaxAge: 600, Pages: "yes", Theme: filepath.Join("testdata", "looks"),
		Watch: "poll", LogFormat: "json", LogLevel: "warn",
	}
	if diff := cmp.Diff(want, got, compareZones); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
	golden(t, "testdata/full.origins", show(origins))
}

// Whatever Load says of a value, a variable and a flag would take it.
func TestOriginsCanBeStatedAgain(t *testing.T) {
	want, origins, err := config.Load(config.Options{Dir: "posts", File: "testdata/full.yaml"})
	if err != nil {
		t.Fatal(err)
	}
	env, args := map[string]string{}, []string{}
	for i, row := range config.Table() {
		if row.Key != origins[i].Key {
			t.Fatalf("row %d is %s, origin %d is %s", i, row.Key, i, origins[i].Key)
		}
		env[row.Variable] = origins[i].Value
		args = append(args, row.Flag+"="+origins[i].Value)
	}
	for name, w := range map[string]world{"variables": {env: env}, "flags": {flags: args}} {
		t.Run(name, func(t *testing.T) {
			got, restated, err := w.load(t)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, compareZones); diff != "" {
				t.Errorf("settings (-want +got):\n%s", diff)
			}
			for i, row := range config.Table() {
				if from := restated[i].From; from != row.Variable && from != row.Flag {
					t.Errorf("%s comes from %s", row.Key, from)
				}
			}
		})
	}
}

func TestStrongerSourceWins(t *testing.T) {
	file, env, flags := "title: File\n", map[string]string{"BROADSHEET_TITLE": "Variable"}, []string{"--title", "Flag"}
	tests := map[string]struct {
		world world
		want  config.Origin
	}{
		"nothing":               {world{}, config.Origin{Key: "title", Value: "Broadsheet", From: "default"}},
		"file":                  {world{file: file}, config.Origin{Key: "title", Value: "File", From: "posts/broadsheet.yaml:1"}},
		"variable over file":    {world{file: file, env: env}, config.Origin{Key: "title", Value: "Variable", From: "BROADSHEET_TITLE"}},
		"flag over all":         {world{file: file, env: env, flags: flags}, config.Origin{Key: "title", Value: "Flag", From: "--title"}},
		"empty variable":        {world{file: file, env: map[string]string{"BROADSHEET_TITLE": ""}}, config.Origin{Key: "title", Value: "File", From: "posts/broadsheet.yaml:1"}},
		"empty flag":            {world{file: file, flags: []string{"--title="}}, config.Origin{Key: "title", Value: "Broadsheet", From: "default"}},
		"key without a value":   {world{file: "title:\n"}, config.Origin{Key: "title", Value: "Broadsheet", From: "default"}},
		"flag set to default":   {world{file: file, flags: []string{"--title", "Broadsheet"}}, config.Origin{Key: "title", Value: "Broadsheet", From: "--title"}},
		"value behind an alias": {world{file: "copyright: &t Same\ntitle: *t\n"}, config.Origin{Key: "title", Value: "Same", From: "posts/broadsheet.yaml:2"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, origins, err := tt.world.load(t)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, origin(t, origins, "title")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAllProblemsOfAllSourcesAtOnce(t *testing.T) {
	env := map[string]string{"BROADSHEET_ITEMS": "many", "BROADSHEET_URL": "ftp://example.org"}
	settings, origins, err := config.Load(config.Options{
		Dir: "posts", File: "testdata/wrong.yaml",
		LookupEnv: environment(env), Flags: commandLine(t, "--watch=often", "--items=0", "--drafts=maybe"),
	})
	if err == nil {
		t.Fatal("no error")
	}
	if diff := cmp.Diff(config.Settings{}, settings); diff != "" || origins != nil {
		t.Errorf("settings beside an error: %s%v", diff, origins)
	}
	golden(t, "testdata/wrong.problems", err.Error()+"\n")

	var problems config.Errors
	if !errors.As(err, &problems) {
		t.Fatalf("error of type %T", err)
	}
	for _, p := range problems {
		if p.File == "" || p.Severity != blog.Error || p.Message == "" || strings.Contains(p.Message, "\n") {
			t.Errorf("unfit problem %#v", p)
		}
	}
}

func TestLoadAgainGivesTheSame(t *testing.T) {
	for range 20 {
		_, _, first := config.Load(config.Options{File: "testdata/wrong.yaml"})
		_, _, second := config.Load(config.Options{File: "testdata/wrong.yaml"})
		if diff := cmp.Diff(first.Error(), second.Error()); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestSite(t *testing.T) {
	settings, _, err := config.Load(config.Options{Dir: "posts", File: "testdata/full.yaml"})
	if err != nil {
		t.Fatal(err)
	}
	want := blog.Site{
		Title: settings.Title, Description: settings.Description, URL: "https://blog.example.org/gazette",
		Language: "en-GB", Copyright: settings.Copyright, Authors: settings.Authors,
		Icon: "https://blog.example.org/gazette/icon.png", Authority: "gazette@example.org",
		Permalink: "/:year/:title.html", Zone: settings.Zone,
		Logo: "https://blog.example.org/gazette/logo.png", Image: "https://blog.example.org/cover.jpg",
		Categories: settings.Categories, MediaURL: settings.MediaURL, Podcast: settings.Podcast,
	}
	want.Podcast.Image = "https://blog.example.org/gazette/artwork.png"
	if diff := cmp.Diff(want, settings.Site(), compareZones); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestVariablesOfOthersAreNoProblem(t *testing.T) {
	env := map[string]string{
		"BROADSHEET_PORT": "tcp://10.0.0.1:8080", "BROADSHEET_SERVICE_HOST": "10.0.0.1",
		"BROADSHEET_SERVICE_PORT": "8080", "BROADSHEET_PORT_8080_TCP": "tcp://10.0.0.1:8080",
	}
	known := map[string]bool{}
	for _, row := range config.Table() {
		known[row.Variable] = true
	}
	for name := range env {
		if known[name] {
			t.Errorf("%s is also a setting", name)
		}
	}
	if _, _, err := (world{env: env}).load(t); err != nil {
		t.Error(err)
	}
}

func TestProblemBehindAStrongerSourceIsStillOne(t *testing.T) {
	w := world{file: "items: many\n", env: map[string]string{"BROADSHEET_ITEMS": "5"}, flags: []string{"--items=7"}}
	_, _, err := w.load(t)
	const want = `posts/broadsheet.yaml:1: items: "many" is no whole number from 1 to 1000`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestEditedFileIsReadAgain(t *testing.T) {
	t.Chdir(t.TempDir())
	options := config.Options{Dir: "posts", Flags: commandLine(t, "--items=7")}
	for _, title := range []string{"First", "Second"} {
		write(t, "posts/broadsheet.yaml", "title: "+title+"\nitems: 3\n")
		got, _, err := config.Load(options)
		if err != nil || got.Title != title || got.Items != 7 {
			t.Errorf("title %q and %d items (error %v), want %q and 7", got.Title, got.Items, err, title)
		}
	}
}

func TestZeroOptions(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("BROADSHEET_TITLE", "Not asked for")
	got, _, err := config.Load(config.Options{})
	if err != nil || got.Title != "Broadsheet" || got.Dir != "" {
		t.Errorf("settings %+v, error %v", got, err)
	}
}

func TestSiteSharesNothingWithTheSettings(t *testing.T) {
	settings, _, err := world{flags: []string{"--author=Ada Example"}}.load(t)
	if err != nil {
		t.Fatal(err)
	}
	settings.Site().Authors[0].Name = "Somebody else"
	if got := settings.Authors[0].Name; got != "Ada Example" {
		t.Errorf("author is %q", got)
	}
}
