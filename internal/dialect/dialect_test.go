package dialect_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"broadsheet/internal/dialect"
)

// write makes files below a folder; a path that ends with a slash is a folder.
func write(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		full := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(full, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFoldersAreKnownByWhatLiesInThem(t *testing.T) {
	tests := map[string]struct {
		files     map[string]string
		dir       string
		kind      dialect.Kind // asked for
		want      dialect.Kind
		root, url string
	}{
		"bare folder":             {map[string]string{"a.md": ""}, ".", "", "plain", ".", ""},
		"Jekyll":                  {map[string]string{"_config.yml": "url: https://a.b", "_posts/": ""}, ".", "", "jekyll", ".", "https://a.b"},
		"settings with a marker":  {map[string]string{"_config.yml": "---\nurl: https://a.b\nbaseurl: /c/\n", "_posts/": ""}, ".", "", "jekyll", ".", "https://a.b/c"},
		"Jekyll's by category":    {map[string]string{"_config.yml": "url: https://a.b", "blog/_posts/": ""}, ".", "", "jekyll", ".", "https://a.b"},
		"Jekyll's drafts":         {map[string]string{"_config.yml": "url: https://a.b", "_drafts/": ""}, ".", "", "jekyll", ".", "https://a.b"},
		"Hexo":                    {map[string]string{"_config.yml": "url: https://a.b", "source/_posts/": ""}, ".", "", "plain", ".", ""},
		"Jekyll's posts":          {map[string]string{"_config.yml": "", "_posts/": ""}, "_posts", "", "jekyll", ".", ""},
		"a folder of its posts":   {map[string]string{"_config.yml": "", "_posts/2026/": ""}, "_posts/2026", "", "jekyll", ".", ""},
		"settings without posts":  {map[string]string{"_config.yml": ""}, ".", "", "plain", ".", ""},
		"Jekyll asked for":        {map[string]string{"_posts/": ""}, "_posts", "jekyll", "jekyll", ".", ""},
		"Hugo":                    {map[string]string{"hugo.toml": "baseURL = 'https://a.b/'", "content/": ""}, ".", "", "hugo", ".", "https://a.b"},
		"Hugo's content":          {map[string]string{"hugo.yaml": "baseURL: https://a.b", "content/posts/": ""}, "content/posts", "", "hugo", ".", "https://a.b"},
		"Hugo in JSON":            {map[string]string{"config.json": `{"baseURL": "https://a.b"}`, "content/": ""}, ".", "", "hugo", ".", "https://a.b"},
		"Hugo in many files":      {map[string]string{"config/_default/hugo.toml": "baseURL = 'https://a.b'", "config/_default/params.toml": "description = 'x'", "content/": ""}, ".", "", "hugo", ".", "https://a.b"},
		"Zola":                    {map[string]string{"config.toml": "base_url = 'https://a.b'", "content/": ""}, ".", "", "plain", ".", ""},
		"another program":         {map[string]string{"config.json": `{"port": 1}`, "content/": ""}, ".", "", "plain", ".", ""},
		"content further up":      {map[string]string{"content/app/config.yaml": "port: 1", "content/app/content/": "", "content/app/posts/": ""}, "content/app/posts", "", "plain", "content/app/posts", ""},
		"plain asked for":         {map[string]string{"_config.yml": "url: https://a.b", "_posts/": ""}, ".", "plain", "plain", ".", ""},
		"settings that are wrong": {map[string]string{"_config.yml": "a: [", "_posts/": ""}, ".", "", "jekyll", ".", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			write(t, root, test.files)
			site, problems := dialect.Read(filepath.Join(root, test.dir), test.kind)
			got, _ := filepath.Rel(root, site.Root)
			if site.Kind != test.want || got != test.root || site.Publication()["url"] != test.url {
				t.Errorf("%s at %s with URL %q (%v)", site.Kind, got, site.Publication()["url"], problems)
			}
			if wrong := strings.Contains(name, "wrong"); wrong != (len(problems) > 0) {
				t.Errorf("problems: %v", problems)
			}
		})
	}
}

func TestProblemsOfSettingsAreOnTheirOwnLines(t *testing.T) {
	_, problems := dialect.Parse(dialect.Site{Kind: "jekyll", File: "_config.yml"}, []byte("title: a\nurl: b\ntitle: c\n"))
	if len(problems) != 1 || problems[0].Line != 1 && problems[0].Line != 3 || !strings.Contains(problems[0].Message, "title") {
		t.Errorf("%v", problems)
	}
}

func TestPrivateFiles(t *testing.T) {
	jekyll, plain := dialect.Site{Kind: "jekyll"}, dialect.Site{Kind: "plain"}
	for name, want := range map[string][2]bool{
		"assets/a.png": {false, false}, "_posts/a.png": {false, false}, "_drafts/a.png": {true, true}, "x/_drafts/a.png": {true, true},
		"_site/a.png": {true, false}, "_pictures/a.png": {true, false}, ".git/a.png": {true, true}, "node_modules/a.png": {true, true}, "a.png": {false, false},
		"vendor/a.png": {true, false},
	} {
		if got := [2]bool{jekyll.Private(name), plain.Private(name)}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
