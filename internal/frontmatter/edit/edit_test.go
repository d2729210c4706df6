package edit_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/edit"
	"broadsheet/internal/frontmatter/meta"
)

func TestIDIsAddedAndNothingElse(t *testing.T) {
	const id = `tag:example.org,2026:"a"\b`
	const yaml, toml, json = `id: "tag:example.org,2026:\"a\"\\b"`, `id = "tag:example.org,2026:\"a\"\\b"`, `"id": "tag:example.org,2026:\"a\"\\b"`
	for name, c := range map[string]struct{ in, want string }{
		"YAML":                   {"---\ntitle: A # so\ndate:  2026-01-02\n---\nText\n", "---\ntitle: A # so\ndate:  2026-01-02\n" + yaml + "\n---\nText\n"},
		"CRLF":                   {"---\r\ntitle: A\r\n---\r\nText", "---\r\ntitle: A\r\n" + yaml + "\r\n---\r\nText"},
		"CR":                     {"---\rtitle: A\r---\rText", "---\rtitle: A\r" + yaml + "\r---\rText"},
		"no body":                {"---\ntitle: A\n---", "---\ntitle: A\n" + yaml + "\n---"},
		"nothing in it":          {"---\n---\nText", "---\n" + yaml + "\n---\nText"},
		"dots close it":          {"---\ntitle: A\n...\n---\n", "---\ntitle: A\n" + yaml + "\n...\n---\n"},
		"byte order mark":        {"\ufeff\n---\ntitle: A\n---\n", "\ufeff\n---\ntitle: A\n" + yaml + "\n---\n"},
		"indented keys":          {"---\n  title: A\n  tags:\n    - b\n---\n", "---\n  title: A\n  tags:\n    - b\n  " + yaml + "\n---\n"},
		"a text at the end":      {"---\ntitle: A\nsummary: |+\n  One\n\n\n---\n", "---\ntitle: A\nsummary: |+\n  One\n\n\n" + yaml + "\n---\n"},
		"a list at the end":      {"---\ntags:\n- a\n- b\n\n---\n", "---\ntags:\n- a\n- b\n\n" + yaml + "\n---\n"},
		"not quite YAML":         {"---\ntitle: A: B\ndate: 2026-01-02\n---\n", "---\ntitle: A: B\ndate: 2026-01-02\n" + yaml + "\n---\n"},
		"id of another thing":    {"---\nmap:\n  id: 1\n---\n", "---\nmap:\n  id: 1\n" + yaml + "\n---\n"},
		"TOML":                   {"+++\n# About\ntitle = \"A\"\n[extra]\nx = 1\n+++\nText", "+++\n" + toml + "\n# About\ntitle = \"A\"\n[extra]\nx = 1\n+++\nText"},
		"TOML, CRLF":             {"\n+++\r\ntitle = 'A'\r\n+++\r\n", "\n+++\r\n" + toml + "\r\ntitle = 'A'\r\n+++\r\n"},
		"JSON":                   {"{\n\t\"title\": \"A\"\n}\nText", "{\n\t" + json + ",\n\t\"title\": \"A\"\n}\nText"},
		"JSON, CRLF":             {"{\r\n  \"title\": \"A\"\r\n}\r\n", "{\r\n  " + json + ",\r\n  \"title\": \"A\"\r\n}\r\n"},
		"JSON in a line":         {"{\"title\": \"A\"}\nText", "{" + json + ", \"title\": \"A\"}\nText"},
		"JSON begun in the line": {"{ \"title\": \"A\",\n  \"b\": 1 }\n", "{ " + json + ", \"title\": \"A\",\n  \"b\": 1 }\n"},
		"JSON, empty":            {"{}\nText", "{" + json + "}\nText"},
		"JSON, empty in lines":   {"{\n}\nText", "{\n  " + json + "\n}\nText"},
		"none":                   {"# A\n\nText\n", "---\n" + yaml + "\n---\n# A\n\nText\n"},
		"none, CRLF and a mark":  {"\ufeffText\r\n", "\ufeff---\r\n" + yaml + "\r\n---\r\nText\r\n"},
		"none, a break on top":   {"---\nSome text\n---\n", "---\n" + yaml + "\n---\n---\nSome text\n---\n"},
		"none, empty":            {"", "---\n" + yaml + "\n---\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := edit.WithID("post.md", []byte(c.in), id)
			if diff := cmp.Diff(c.want, string(got)); diff != "" || err != nil {
				t.Fatalf("%v; want -, got +:\n%s", err, diff)
			}
			checkGain(t, []byte(c.in), got, id)
		})
	}
}

func TestIDIsNeverAddedTwice(t *testing.T) {
	for _, in := range []string{
		"---\nid: a\n---\n", "---\nID: a\n---\n", "---\nid:\n---\n", "+++\nid = ''\n+++\n", "{\"id\": 1}", "---\nx: &x {id: a}\n<<: *x\n---\n",
	} {
		got, err := edit.WithID("post.md", []byte(in), "b")
		if string(got) != in || err != nil {
			t.Errorf("%q became %q, %v", in, got, err)
		}
	}
}

func TestIDThatCannotBeAdded(t *testing.T) {
	const post = "---\ntitle: A\n---\n"
	for _, c := range []struct{ in, id, want string }{
		{post, "", "blank"},
		{post, " \n", "blank"},
		{post, "a ", "white space"},
		{post, "a\x00", "no text"},
		{post, "a\xff", "no text"},
		{"---\ntitle: A\n", "a", "never closed"},
		{"+++\ntitle = \n+++\n", "a", "not valid TOML"},
		{post, strings.Repeat("a", 300<<10), "longer than 256 KiB"},
	} {
		got, err := edit.WithID("post.md", []byte(c.in), c.id)
		if got != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.20q with %.20q: got %q, %v; want an error with %q", c.in, c.id, got, err, c.want)
		}
	}
}

func TestAnyIDIsQuotedSoThatItIsReadAgain(t *testing.T) {
	for _, id := range []string{
		`"`, `\`, `'`, "#", "a: b", "- a", "{a}", "%", "null", "1", "日本語", "\u00a0x\u2028y", "a\tb\nc\rd", "\x01\x7f\u0085\ufeff\ufffe", "\U000e0001😀", "</script>&",
	} {
		if id != strings.TrimSpace(id) {
			id = "x" + id
		}
		for _, in := range []string{"---\ntitle: A\n---\n", "+++\ntitle = 'A'\n+++\n", "{\n \"title\": \"A\"\n}\n", "Text"} {
			got, err := edit.WithID("post.md", []byte(in), id)
			if err != nil {
				t.Errorf("%q in %q: %v", id, in, err)
				continue
			}
			checkGain(t, []byte(in), got, id)
		}
	}
}

// FuzzWithID checks the promises of WithID for any file and any id.
func FuzzWithID(f *testing.F) {
	files, err := filepath.Glob("../testdata/posts/*.md")
	if err != nil || len(files) == 0 {
		f.Fatalf("found no posts: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "tag:example.org,2026-01-02:a")
	}
	f.Add([]byte("{\n}\n"), "\"\\\n\u2028")
	f.Add([]byte("\ufeff\r\n---\r\n\ta: |+\r\n\r\n...\r\n"), "'#: ")
	f.Fuzz(func(t *testing.T, data []byte, id string) {
		kept := bytes.Clone(data)
		got, err := edit.WithID("post.md", data, id)
		if !bytes.Equal(kept, data) {
			t.Fatal("the input was written to")
		}
		if err != nil {
			if got != nil {
				t.Error("got an error and bytes too")
			}
			return
		}
		if !bytes.Equal(got, data) {
			checkGain(t, data, got, id)
		}
	})
}

// checkGain checks by other means than WithID does that it added an id.
func checkGain(t *testing.T, data, got []byte, id string) {
	t.Helper()
	before, _ := frontmatter.Parse("post.md", data)
	after, err := frontmatter.Parse("post.md", got)
	if err != nil {
		t.Fatalf("%q became %q: %v", data, got, err)
	}
	if v, key, _ := meta.Plain.Find(after.Meta, meta.ID); v.Text != id || key != "id" {
		t.Errorf("the id of %q is %q in %q; want %q", got, v.Text, key, id)
	}
	rest := slices.DeleteFunc(slices.Clone(after.Meta), func(p meta.Pair) bool { return p.Key == "id" })
	noLines := []cmp.Option{cmpopts.EquateEmpty(), cmpopts.IgnoreFields(meta.Pair{}, "Line"), cmpopts.IgnoreFields(meta.Value{}, "Line")}
	if diff := cmp.Diff(before.Meta, rest, noLines...); diff != "" {
		t.Errorf("the metadata of %q changed:\n%s", data, diff)
	}
	if !bytes.Equal(before.Body, after.Body) {
		t.Errorf("the body of %q became %q", data, after.Body)
	}
	head := 0
	for head < len(data) && data[head] == got[head] {
		head++
	}
	if added := len(got) - len(data); added <= 0 || !bytes.Equal(data[head:], got[head+added:]) {
		t.Errorf("%q became %q, which is more than an addition", data, got)
	}
	again, err := edit.WithID("post.md", got, id+"x")
	if !bytes.Equal(again, got) || err != nil {
		t.Errorf("a second time: %q, %v", again, err)
	}
}
