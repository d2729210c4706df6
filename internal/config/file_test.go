package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"broadsheet/internal/config"
)

func TestWhereTheFileIsFound(t *testing.T) {
	tests := map[string]struct {
		files []string // each says its own name as the title
		dir   string
		file  string
		env   map[string]string
		want  string
	}{
		"in the folder":          {files: []string{"blog/broadsheet.yaml"}, dir: "blog", want: "blog/broadsheet.yaml"},
		"in the parent":          {files: []string{"broadsheet.yaml"}, dir: "blog", want: "broadsheet.yaml"},
		"folder before parent":   {files: []string{"broadsheet.yaml", "blog/broadsheet.yaml"}, dir: "blog", want: "blog/broadsheet.yaml"},
		"not in the grandparent": {files: []string{"broadsheet.yaml"}, dir: "blog/posts", want: "Broadsheet"},
		"no folder":              {files: []string{"broadsheet.yaml"}, dir: "", want: "broadsheet.yaml"},
		"missing folder":         {files: []string{"broadsheet.yaml"}, dir: "posts", want: "broadsheet.yaml"},
		"a post for a folder":    {files: []string{"posts"}, dir: "posts", want: "Broadsheet"},
		"named":                  {files: []string{"blog/broadsheet.yaml", "my.yaml"}, dir: "blog", file: "my.yaml", want: "my.yaml"},
		"named by variable":      {files: []string{"my.yaml"}, dir: "blog", env: map[string]string{"BROADSHEET_CONFIG": "my.yaml"}, want: "my.yaml"},
		"option before variable": {files: []string{"my.yaml"}, dir: "blog", file: "my.yaml", env: map[string]string{"BROADSHEET_CONFIG": "no.yaml"}, want: "my.yaml"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for _, f := range tt.files {
				write(t, f, "title: "+f+"\n")
			}
			got, _, err := config.Load(config.Options{Dir: tt.dir, File: tt.file, LookupEnv: environment(tt.env)})
			if err != nil || got.Title != tt.want {
				t.Errorf("title %q (error %v), want %q", got.Title, err, tt.want)
			}
		})
	}
}

func TestUnreadableFile(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "long.yaml", strings.Repeat("#", 1<<20+1))
	if err := os.MkdirAll("folder/broadsheet.yaml", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo("pipe.yaml", 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("loop.yaml", "loop.yaml"); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		options config.Options
		want    string
	}{
		"named and missing": {config.Options{File: "no.yaml"}, "no.yaml: cannot read the settings: no such file or directory"},
		"folder":            {config.Options{Dir: "folder"}, "folder/broadsheet.yaml: cannot read the settings: not a regular file of at most 1 MiB"},
		"pipe":              {config.Options{File: "pipe.yaml"}, "pipe.yaml: cannot read the settings: not a regular file of at most 1 MiB"},
		"too long":          {config.Options{File: "long.yaml"}, "long.yaml: cannot read the settings: not a regular file of at most 1 MiB"},
		"link to itself":    {config.Options{File: "loop.yaml"}, "loop.yaml: cannot read the settings: too many levels of symbolic links"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if _, _, err := config.Load(tt.options); err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestFileWithoutSettings(t *testing.T) {
	for _, text := range []string{"\n", "# nothing\n", "---\n", "--- # nothing\n...\n", "~\n", "\ufeff", "{}\n"} {
		got, _, err := world{file: text}.load(t)
		if err != nil || got.Items != 20 {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestProblemsOfTheFile(t *testing.T) {
	const at = "posts/broadsheet.yaml:"
	tests := map[string]struct{ text, want string }{
		"unknown key":            {"titel: x\n", at + `1: unknown key "titel" (did you mean "title"?)`},
		"wrong case":             {"\nTITLE: x\n", at + `2: unknown key "TITLE" (did you mean "title"?)`},
		"nothing near":           {"wibble: x\n", at + `1: unknown key "wibble"`},
		"underscores":            {"log_levle: info\n", at + `1: unknown key "log_levle" (did you mean "log-level"?)`},
		"key twice":              {"title: x\ntitle: y\n", at + `2: "title" is set twice, first on line 1`},
		"key in both spellings":  {"log-level: info\nlog_level: info\n", at + `2: "log_level" is set twice, first on line 1`},
		"merge key":              {"<<: {title: x}\n", at + `1: unknown key "<<"`},
		"list as key":            {"? [title]\n: x\n", at + `1: unknown key ""`},
		"list of settings":       {"- title: x\n", at + "1: found a list; expected lines such as title: My blog"},
		"bare word":              {"\n\nhello\n", at + `3: found "hello"; expected lines such as title: My blog`},
		"list for a text":        {"title: [x]\n", at + "1: title: found a list; expected a single value"},
		"mapping for a text":     {"items:\n  n: 3\n", at + "1: items: found a mapping; expected a single value"},
		"bad value":              {"# first\nitems: many\n", at + `2: items: "many" is no whole number from 1 to 1000`},
		"not YAML":               {"title: a: b\n", at + "1: not YAML: mapping values are not allowed in this context"},
		"tab":                    {"title: x\n\titems: 3\n", at + "1: not YAML: found a tab character that violates indentation"},
		"unclosed quote":         {"\ntitle: \"x\nitems: 3\n", at + "2: not YAML: found unexpected end of stream"},
		"unknown anchor":         {"title: *x\n", at + "1: not YAML: unknown anchor 'x' referenced"},
		"NUL":                    {"title: \x00\n", "posts/broadsheet.yaml: not YAML: control characters are not allowed (value: 0)"},
		"two documents":          {"title: x\n---\nitems: 3\n", "posts/broadsheet.yaml: not YAML: found a second document"},
		"list that holds itself": {"author: &a [*a]\n", at + "1: author: found a list; expected a name, or a mapping of name, email and url"},
		"author without a name":  {"author:\n  email: ''\n", at + `2: author: "" names nobody; expected Name <name@example.org>`},
		"author with a list":     {"author:\n  name: Ada\n  email: [x]\n", at + "3: author: email: found a list; expected text"},
		"author with more":       {"author:\n  name: Ada\n  mail: ada@example.org\n", at + `3: unknown key "mail" (did you mean "email"?)`},
		"host unfit for ids":     {"\nurl: http://[::1]/\n", at + "2: the host ::1 cannot be part of an id; state id-authority, such as example.org"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if _, _, err := (world{file: tt.text}).load(t); err == nil || strings.TrimSpace(err.Error()) != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestPathStartsAtTheFile(t *testing.T) {
	tests := map[string]struct {
		world world
		want  string
	}{
		"relative in the file": {world{file: "state: ../state\n"}, "state"},
		"absolute in the file": {world{file: "state: /var/lib/b\n"}, "/var/lib/b"},
		"empty in the file":    {world{file: "state: ''\n"}, ""},
		"relative in a flag":   {world{file: "state: x\n", flags: []string{"--state=keep"}}, "keep"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got, _, err := tt.world.load(t); err != nil || got.State != filepath.FromSlash(tt.want) {
				t.Errorf("state %q (error %v), want %q", got.State, err, tt.want)
			}
		})
	}
}

func FuzzLoadFile(f *testing.F) {
	seeds, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(seeds) == 0 {
		f.Fatalf("no seeds (%v)", err)
	}
	for _, name := range seeds {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("author: &a [*a]\n? [title]\n: x\n")
	name := filepath.Join(f.TempDir(), "broadsheet.yaml")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		settings, _, err := config.Load(config.Options{File: name})
		if err == nil && (settings.Title == "" || settings.Authority == "" || settings.Zone == nil || settings.Items < 1) {
			t.Errorf("incomplete settings %+v", settings)
		}
	})
}
