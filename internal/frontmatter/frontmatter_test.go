package frontmatter_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

var update = flag.Bool("update", false, "record what is understood of the posts in testdata")

// TestPostsAreSplitAsRecorded reads each testdata/posts/*.md and compares what
// is understood of it with the .txt beside it.
func TestPostsAreSplitAsRecorded(t *testing.T) {
	for _, file := range glob(t, "testdata/posts/*.md") {
		name := strings.TrimSuffix(file, ".md")
		t.Run(filepath.Base(name), func(t *testing.T) {
			data := read(t, file)
			block, err := frontmatter.Parse("post.md", data)
			checkPromises(t, data, block, err)
			got := describe(block, err)
			if *update {
				if err := os.WriteFile(name+".txt", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(read(t, name+".txt")), got); diff != "" {
				t.Errorf("(-recorded +got)\n%s", diff)
			}
		})
	}
}

// checkPromises checks what holds for every input.
func checkPromises(t *testing.T, data []byte, b frontmatter.Block, err error) {
	t.Helper()
	lines := 1 + bytes.Count(data, []byte("\n")) + bytes.Count(data, []byte("\r")) - bytes.Count(data, []byte("\r\n"))
	if err != nil {
		var p blog.Problem
		if !errors.As(err, &p) || p.Severity != blog.Error || p.File != "post.md" || p.Line < 1 || p.Line > lines || p.Message == "" {
			t.Errorf("the error is not a problem with file and one of %d lines: %#v", lines, err)
		}
		return
	}
	if !bytes.HasSuffix(data, b.Body) {
		t.Errorf("the body is no suffix of the file: %q", b.Body)
	}
	if len(b.Body) > 0 && &b.Body[len(b.Body)-1] != &data[len(data)-1] {
		t.Error("the body is a copy")
	}
	head := data[:len(data)-len(b.Body)]
	if want := 1 + bytes.Count(head, []byte("\n")) + bytes.Count(head, []byte("\r")) - bytes.Count(head, []byte("\r\n")); b.BodyLine != want {
		t.Errorf("the body begins on line %d, not %d", want, b.BodyLine)
	}
	for _, p := range b.Problems {
		if p.Severity != blog.Warning || p.File != "post.md" || p.Line < 1 || p.Line > lines || p.Message == "" {
			t.Errorf("a warning without file or line: %#v", p)
		}
	}
	checkPairs(t, b.Meta, max(1, b.BodyLine))
}

func checkPairs(t *testing.T, pairs meta.Pairs, last int) {
	t.Helper()
	seen := map[string]bool{}
	for _, p := range pairs {
		if seen[p.Key] {
			t.Errorf("key %q is there twice", p.Key)
		}
		seen[p.Key] = true
		if p.Line < 1 || p.Line > last || !utf8.ValidString(p.Key) {
			t.Errorf("key %q on line %d of %d", p.Key, p.Line, last)
		}
		checkValue(t, p.Value, last)
	}
}

func checkValue(t *testing.T, v meta.Value, last int) {
	t.Helper()
	if v.Line < 1 || v.Line > last || !utf8.ValidString(v.Text) {
		t.Errorf("value %q on line %d of %d", v.Text, v.Line, last)
	}
	for _, member := range v.List {
		checkValue(t, member, last)
	}
	checkPairs(t, v.Map, last)
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func glob(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no file is named %s (%v)", pattern, err)
	}
	return files
}

// describe words a result for people.
func describe(b frontmatter.Block, err error) string {
	var s strings.Builder
	if err != nil {
		fmt.Fprintf(&s, "error %v\n", err)
		return s.String()
	}
	fmt.Fprintf(&s, "format %v\n", b.Format)
	describePairs(&s, b.Meta, "")
	fmt.Fprintf(&s, "body from line %d: %.40q\n", b.BodyLine, b.Body)
	for _, p := range b.Problems {
		fmt.Fprintf(&s, "%s %v\n", p.Severity, p)
	}
	return s.String()
}

func describePairs(s *strings.Builder, pairs meta.Pairs, indent string) {
	for _, p := range pairs {
		fmt.Fprintf(s, "%s%d %s:", indent, p.Line, p.Key)
		describeValue(s, p.Value, indent+"  ")
	}
}

func describeValue(s *strings.Builder, v meta.Value, indent string) {
	switch v.Kind {
	case meta.Map:
		s.WriteString(" map\n")
		describePairs(s, v.Map, indent)
	case meta.List:
		s.WriteString(" list\n")
		for _, member := range v.List {
			fmt.Fprintf(s, "%s%d -", indent, member.Line)
			describeValue(s, member, indent+"  ")
		}
	default:
		kind := [...]string{"null", "text", "number", "bool"}[v.Kind]
		if v.Quoted {
			kind = "quoted"
		}
		fmt.Fprintf(s, " %s %q\n", kind, v.Text)
	}
}

func TestBytesThatAreNoTextAreNamedWithTheirLine(t *testing.T) {
	for name, test := range map[string]struct{ data, want string }{
		"NUL in the front matter": {"---\ntitle: a\x00b\n---\n", "post.md:2: found a NUL byte; expected text"},
		"NUL in the body":         {"---\r\ntitle: x\r\n---\r\n\r\nText\x00", "post.md:5: found a NUL byte; expected text"},
		"Latin-1":                 {"Text.\nCaf\xe9\n\x00", "post.md:2: found the byte 0xe9; expected UTF-8 text"},
		"NUL before Latin-1":      {"Text.\r\r\x00 Caf\xe9\n", "post.md:3: found a NUL byte; expected text"},
		"UTF-16":                  {"\xff\xfe-\x00-\x00", "post.md:1: found the byte 0xff; expected UTF-8 text"},
		"half a character":        {"Text \xf0\x9f", "post.md:1: found the byte 0xf0; expected UTF-8 text"},
	} {
		t.Run(name, func(t *testing.T) {
			block, err := frontmatter.Parse("post.md", []byte(test.data))
			checkPromises(t, []byte(test.data), block, err)
			if err == nil || err.Error() != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestReplacementCharacterIsText(t *testing.T) {
	if _, err := frontmatter.Parse("post.md", []byte("---\ntitle: \ufffd\n---\n\ufffd")); err != nil {
		t.Error(err)
	}
}

func TestFilesWithoutFrontMatterAreAllBody(t *testing.T) {
	for _, text := range []string{
		"", "\n", "   \n\n", "Text", "---", "---\n", "+++\n\n", "{", "{}x", "{{x}}", "{% x %}", "{: .x}\n",
		"---title: x\n---\n", "---\n[a]: https://example.org/\n", "---\nhttps://example.org/\n---\n",
	} {
		data := []byte(text)
		block, err := frontmatter.Parse("post.md", data)
		checkPromises(t, data, block, err)
		if err != nil || block.Format != frontmatter.None || string(block.Body) != text || len(block.Meta) != 0 {
			t.Errorf("%q gave %+v, %v", text, block, err)
		}
	}
}

func TestLoneCarriageReturnsEndLines(t *testing.T) {
	block, err := frontmatter.Parse("post.md", []byte("---\rtitle: Old\rtags:\r  - mac\r---\rText.\rMore."))
	got := describe(block, err)
	want := "format YAML\n2 title: text \"Old\"\n3 tags: list\n  4 - text \"mac\"\nbody from line 6: \"Text.\\rMore.\"\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFormatsHaveNames(t *testing.T) {
	got := fmt.Sprint(frontmatter.None, frontmatter.YAML, frontmatter.TOML, frontmatter.JSON)
	if want := "none YAML TOML JSON"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestHostileBlocksAreRefusedCheaply holds what would cost much time or memory
// if it were taken at its word. The line is that of the block, or where the
// limit was passed.
func TestHostileBlocksAreRefusedCheaply(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'j'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.Repeat(fmt.Sprintf("*%c, ", c-1), 9))
	}
	numbered := func(format string) string {
		var s strings.Builder
		for i := range 12_000 {
			fmt.Fprintf(&s, format, i)
		}
		return s.String()
	}
	for name, test := range map[string]struct{ data, want string }{
		"alias bomb":           {"---\n" + bomb + "---\n", "more than 10000 values"},
		"deep YAML":            {"---\na: " + strings.Repeat("[", 70) + strings.Repeat("]", 70) + "\n---\n", "deeper than 64 levels"},
		"deep TOML":            {"+++\na = " + strings.Repeat("[", 70) + strings.Repeat("]", 70) + "\n+++\n", "deeper than 64 levels"},
		"deep TOML table":      {"+++\n[" + strings.Repeat("a.", 70) + "a]\n+++\n", "deeper than 64 levels"},
		"very deep TOML":       {"+++\na = " + strings.Repeat("[", 100_000) + "\n+++\n", "nested more than the maximum"},
		"deep JSON":            {`{"a":` + strings.Repeat("[", 70) + strings.Repeat("]", 70) + "}\n", "deeper than 64 levels"},
		"very deep JSON":       {`{"a":` + strings.Repeat("[", 100_000) + "\n", "exceeded max depth"},
		"many YAML keys":       {"---\n" + numbered("k%d: 1\n") + "---\n", "more than 10000 values"},
		"many YAML items":      {"---\na:\n" + strings.Repeat("- x\n", 12_000) + "---\n", "more than 10000 values"},
		"many TOML keys":       {"+++\n" + numbered("k%d.a = 1\n") + "+++\n", "more than 10000 values"},
		"many TOML items":      {"+++\na = [" + numbered("%d,") + "]\n+++\n", "more than 10000 values"},
		"many JSON items":      {`{"a": [` + numbered("%d,") + "0]}\n", "more than 10000 values"},
		"many broken keys":     {"---\n" + numbered("k%d: a: b\n") + "---\n", "nor a few lines"},
		"a value too deep":     {"---\nx: a: b\nb: " + strings.Repeat("[", 70) + strings.Repeat("]", 70) + "\n---\n", "deeper than 64 levels"},
		"long YAML":            {"---\na: " + strings.Repeat("x", 300_000) + "\n---\n", "longer than 256 KiB"},
		"long TOML":            {"+++\na = 1 #" + strings.Repeat("x", 300_000) + "\n+++\n", "longer than 256 KiB"},
		"long JSON":            {`{"a": "` + strings.Repeat("x", 300_000) + "\"}\n", "longer than 256 KiB"},
		"never closed, 10 MiB": {"---\na: b\n" + strings.Repeat("Text.\n", 10<<20/6), "never closed"},
	} {
		t.Run(name, func(t *testing.T) {
			block, err := frontmatter.Parse("post.md", []byte(test.data))
			checkPromises(t, []byte(test.data), block, err)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want ...%s...", err, test.want)
			}
		})
	}
}

func TestVeryDeepYAMLIsReadAsText(t *testing.T) {
	data := []byte("---\ntitle: T\na: " + strings.Repeat("[", 20_000) + "\n---\n")
	block, err := frontmatter.Parse("post.md", data)
	checkPromises(t, data, block, err)
	if title, _ := block.Meta.Get("title"); err != nil || title.Text != "T" || len(block.Problems) != 1 {
		t.Errorf("got %d problems, title %q, error %v", len(block.Problems), title.Text, err)
	}
}
