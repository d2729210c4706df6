package config_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/dialect/hugo/internal/config"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/markdown"
)

// site returns the settings of a folder with these files, of which the first is the main one.
func site(t *testing.T, files ...string) settings.Site {
	t.Helper()
	s := settings.Site{Root: t.TempDir()}
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(s.Root, filepath.FromSlash(files[i]))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(files[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if len(files) == 0 {
		return s
	}
	loaded, problems, err := s.Load(files[0])
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return loaded
}

func toml(t *testing.T, text string) settings.Site { return site(t, "hugo.toml", text) }

func TestSettingsAreHugos(t *testing.T) {
	for _, c := range []struct {
		file, text string
		want       bool
	}{
		{"hugo.toml", "", true}, {"hugo.yaml", "x: 1", true}, {"config/_default/config.toml", "", true}, {"config.toml", "baseURL = 'a'", true},
		{"config.toml", "BaseUrl = 'a'", true}, {"config.toml", "theme = 'a'", true}, {"config.toml", "[taxonomies]\ntag = 'tags'", true}, {"config.json", `{"contentDir": "a"}`, true},
		{"config.toml", "base_url = 'a'\ntheme = 'b'", false}, {"config.toml", "[server]\nport = 1", false}, {"config.yaml", "", false},
	} {
		if got := config.IsOwn(site(t, c.file, c.text)); got != c.want {
			t.Errorf("%s with %q: %v", c.file, c.text, got)
		}
	}
}

func TestSettingsOfSeveralFilesAreMerged(t *testing.T) {
	s, problems := config.Complete(site(t,
		"hugo.toml", "title = 'Top'\ncopyright = 'Me'\n[params]\na = 'top'\nb = 'top'",
		"config/_default/hugo.toml", "title = 'Default'\nrssLimit = 3",
		"config/_default/params.yaml", "a: file",
		"config/_default/languages.fr.toml", "title = 'Titre'",
		"config/_default/params.fr.toml", "a = 'fr'",
		"config/production/config.toml", "title = 'Production'",
		"config/staging/config.toml", "title = 'Staging'",
		"config/_default/notes.txt", "title: none",
	))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for key, want := range map[string]string{
		"title": "Production", "copyright": "Me", "rssLimit": "3", "params.a": "file", "params.b": "top", "languages.fr.title": "Titre", "languages.fr.params.a": "fr",
	} {
		if got := s.Text(key); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
}

func TestSettingsThatCannotBeReadAreNamed(t *testing.T) {
	s := site(t, "hugo.toml", "title = 'A'", "config/_default/params.toml", "a = [", "config/production/hugo.yaml", "title: 'B'")
	s, problems := config.Complete(s)
	if s.Text("title") != "B" || len(problems) == 0 || !strings.HasPrefix(problems[0].File, "config/_default/") && !strings.HasSuffix(problems[0].File, "params.toml") {
		t.Errorf("%q, %v", s.Text("title"), problems)
	}
}

// All files that settings were found in are among those that are watched.
func TestFilesOfSettingsAreWatched(t *testing.T) {
	watched := append(slices.Clone(config.Files), config.Further()...)
	for _, name := range []string{
		"hugo.toml", "config.json", "config/_default", "config/production", "config/_default/hugo.yaml", "config/production/config.toml",
	} {
		if !slices.Contains(watched, name) {
			t.Errorf("%s is not watched", name)
		}
	}
	for _, name := range watched {
		if strings.HasPrefix(name, "/") || strings.Contains(name, "..") {
			t.Errorf("%s leads out of the folder", name)
		}
	}
}

func TestLanguages(t *testing.T) {
	const two = "[languages.en]\n[languages.FR]\n[languages.de]\n"
	for _, c := range []struct{ text, main, inFolders, disabled string }{
		{"", "en", "", ""}, {"defaultContentLanguage = 'DE'", "de", "", ""}, {two, "en", "de fr", ""}, {"defaultContentLanguage = 'fr'\n" + two, "fr", "de en", ""},
		{"defaultContentLanguageInSubdir = true\n" + two, "en", "de en fr", ""}, {"disableLanguages = ['fr']\n" + two, "en", "de", "fr"},
		{"disableLanguages = 'fr de'\n" + two, "en", "", "de fr"}, {"disableLanguages = ['en']\n" + two, "en", "de fr", ""},
		{two + "disabled = true", "en", "fr", "de"}, {two + "disabled = false", "en", "de fr", ""}, {two + "Disabled = 'who knows'", "en", "fr", "de"}, // when in doubt, it is not public
	} {
		s := toml(t, c.text)
		disabled := strings.Join(slices.Sorted(maps.Keys(config.DisabledLanguages(s))), " ")
		if main, all := config.MainLanguage(s), strings.Join(config.Languages(s), " "); main != c.main || all != c.inFolders || disabled != c.disabled {
			t.Errorf("%q: main %q, in folders %q, disabled %q", c.text, main, all, disabled)
		}
	}
}

func TestTermsAndThemes(t *testing.T) {
	for _, c := range []struct{ text, taxonomies, pages, themes string }{
		{"", "categories tags", "categories=/categories/*/ sections=/*/ tags=/tags/*/", ""},
		{"theme = 'a'\n[taxonomies]\nserie = 'series'\nTag = 'Tags'", "series Tags", "sections=/*/ tags=/Tags/*/", "a"},
		{"theme = ['a', 'b']\n[taxonomies]\nauthor = 'authors'\n[languages.fr]", "authors", "authors=/authors/*/ languages=/*/ sections=/*/", "a b"},
	} {
		s := toml(t, c.text)
		var pages []string
		for kind, page := range config.TermPages(s) {
			pages = append(pages, kind+"="+page)
		}
		slices.Sort(pages)
		if all := strings.Join(config.Taxonomies(s), " "); all != c.taxonomies || strings.Join(pages, " ") != c.pages || strings.Join(config.Themes(s), " ") != c.themes {
			t.Errorf("%q: %q with pages %v, themes %v", c.text, all, pages, config.Themes(s))
		}
	}
}

func TestFeedPath(t *testing.T) {
	for text, want := range map[string]string{"": "", "[outputFormats.rss]\nbaseName = 'feed'": "/feed.xml", "[outputFormats.RSS]\nbasename = '/feed/'": "/feed.xml", "[outputFormats.atom]\nbaseName = 'a'": ""} {
		if got := config.FeedPath(toml(t, text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestPublication(t *testing.T) {
	for _, c := range []struct{ text, key, want string }{
		{"title = 'A'\nbaseURL = 'https://a.example/'", "title", "A"}, {"baseURL = 'https://a.example/b/'", "url", "https://a.example/b"},
		{"title = 'A'\n[languages.en]\ntitle = 'B'", "title", "B"}, {"defaultContentLanguage = 'fr'\ntitle = 'A'\n[languages.en]\ntitle = 'B'", "title", "A"},
		{"languageCode = 'en-GB'", "language", "en-GB"}, {"locale = 'en-IE'\nlanguageCode = 'en-GB'", "language", "en-IE"}, {"defaultContentLanguage = 'fr'", "language", "fr"}, {"", "language", ""},
		{"[params]\ndescription = 'D'", "description", "D"}, {"[params]\ndescription = 'D'\n[languages.en.params]\ndescription = 'E'", "description", "E"},
		{"timeZone = 'Europe/Rome'", "timezone", "Europe/Rome"}, {"copyright = 'C'", "copyright", "C"}, {"rssLimit = 7", "items", "7"}, {"[services.rss]\nlimit = 5", "items", "5"},
		{"[params]\nauthor = 'Ada'", "author", "Ada"}, {"[params.author]\nname = 'Ada'", "author", "Ada"}, {"enableEmoji = true", "emoji", "true"}, {"", "typographer", "true"},
		{"[markup.goldmark.extensions]\ntypographer = false", "typographer", "false"}, {"[markup.goldmark.extensions.typographer]\ndisable = true", "typographer", "false"},
	} {
		s := toml(t, c.text)
		if got := config.Publication(s)[c.key]; got != c.want {
			t.Errorf("%q: %s %q, want %q", c.text, c.key, got, c.want)
		}
	}
}

func TestFlavour(t *testing.T) {
	for text, want := range map[string]markdown.Flavour{
		"": {NoHTML: true, HeadingIDs: markdown.GitHub},
		"[markup.goldmark.renderer]\nunsafe = true":                    {HeadingIDs: markdown.GitHub},
		"[markup]\ndefaultMarkdownHandler = 'BlackFriday'":             {HeadingIDs: markdown.GitHub},
		"[markup.goldmark.parser]\nautoHeadingIDType = 'github-ascii'": {NoHTML: true, HeadingIDs: markdown.GitHubASCII},
		"[markup.goldmark.parser]\nautoIDType = 'blackfriday'":         {NoHTML: true, HeadingIDs: markdown.Blackfriday},
		"[markup.goldmark.parser]\nautoHeadingID = false":              {NoHTML: true, HeadingIDs: markdown.NoIDs},
		"[markup.goldmark.parser]\nautoHeadingID = true":               {NoHTML: true, HeadingIDs: markdown.GitHub},
	} {
		if got := config.Flavour(toml(t, text)); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestIgnoredFiles(t *testing.T) {
	const mounts = "[[module.mounts]]\nsource = 'content'\ntarget = 'content'\n"
	for _, c := range []struct {
		text, file string
		want       bool
	}{
		{"", "content/a.md", false}, {`ignoreFiles = ['\.draft\.md$']`, "content/a.draft.md", true}, {`ignoreFiles = ['\.draft\.md$']`, "content/a.md", false},
		{`ignorefiles = '/private/'`, "content/private/a.md", true}, {`ignoreFiles = ['^content/b']`, "content/b.md", true}, {`ignoreFiles = ['/content/b']`, "content/b.md", true},
		{"ignoreFiles = ['caf\u00e9']", "content/cafe\u0301.md", true}, {"ignoreFiles = ['(']", "content/a(b.md", true}, {"ignoreFiles = ['(']", "content/a.md", false},
		{mounts + "excludeFiles = ['notes/**']", "content/notes/a.md", true}, {mounts + "excludeFiles = 'b.md'", "content/b.md", true}, {mounts + "excludeFiles = 'b.md'", "content/c.md", false},
		{mounts + "files = ['! notes/*']", "content/notes/a.md", true}, {mounts + "files = ['notes/*']", "content/notes/a.md", false},
	} {
		ignored, _ := config.IgnoredBy(toml(t, c.text))
		if got := ignored.Has(c.file); got != c.want {
			t.Errorf("%q: %s %v", c.text, c.file, got)
		}
	}
}

func TestProblemsOfSettings(t *testing.T) {
	for text, want := range map[string]string{
		"":                                       "",
		"ignoreFiles = ['(']":                    "it is taken as text",
		"[frontmatter]\ndate = [':git', 'date']": `frontmatter.date: ":git" is passed over`,
		"[frontmatter]\npublishDate = [':fileModTime']":               `frontmatter.publishDate: ":filemodtime" is passed over`,
		"[frontmatter]\ndate = [':filename', ':default']":             "",
		"[[module.mounts]]\nsource = 'docs'\ntarget = 'content/docs'": `the pages in "docs", which Hugo shows as "content/docs", are not read`,
		"[[module.mounts]]\nsource = 'content'\ntarget = 'content'":   "",
		"[[module.mounts]]\nsource = 'img'\ntarget = 'static/img'":    "",
	} {
		_, problems := config.Complete(toml(t, text))
		told := ""
		for _, p := range problems {
			told += p.Message
		}
		if (told == "") != (want == "") || !strings.Contains(told, want) {
			t.Errorf("%q: told %q, want %q", text, told, want)
		}
	}
}

// What the environment leaves out is left out too, though it stands in another file.
func TestIgnoredFilesOfTheEnvironment(t *testing.T) {
	s, _ := config.Complete(site(t, "hugo.toml", "title = 'A'", "config/_default/config.toml", "ignoreFiles = ['a.md']", "config/production/hugo.toml", "ignoreFiles = ['b.md']"))
	ignored, _ := config.IgnoredBy(s)
	if !ignored.Has("content/a.md") || !ignored.Has("content/b.md") || ignored.Has("content/c.md") {
		t.Errorf("ignored are %v", ignored)
	}
}
