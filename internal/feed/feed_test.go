package feed_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected documents in testdata")

// input is the "feed" part of an archive in testdata, before the documents that
// are expected of it. FILE in the self URL stands for the format's file name.
type input struct {
	Channel feed.Channel
	Entries []feed.Entry
}

func (in input) render(t testing.TB, f feed.Format) []byte {
	t.Helper()
	c := in.Channel
	c.SelfURL = strings.ReplaceAll(c.SelfURL, "FILE", f.File)
	document, err := f.Render(c, in.Entries)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// text is the document for tests that search it.
func (in input) text(t testing.TB, f feed.Format) string {
	t.Helper()
	return string(readable(in.render(t, f)))
}

// archives calls run for each archive of testdata.
func archives(t *testing.T, run func(t *testing.T, name string, archive *txtar.Archive, in input)) {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives in testdata: %v", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var in input
			d := json.NewDecoder(bytes.NewReader(archive.Files[0].Data))
			d.DisallowUnknownFields()
			if err := d.Decode(&in); err != nil {
				t.Fatalf("%s: %v", archive.Files[0].Name, err)
			}
			run(t, name, archive, in)
		})
	}
}

func TestDocumentsAreAsExpected(t *testing.T) {
	archives(t, func(t *testing.T, name string, archive *txtar.Archive, in input) {
		got := archive.Files[:1:1]
		for _, f := range feed.Formats {
			document := in.render(t, f)
			if err := f.Check(document); err != nil {
				t.Error(err)
			}
			got = append(got, txtar.File{Name: f.File, Data: readable(document)})
		}
		if *update {
			archive.Files = got
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		if diff := cmp.Diff(texts(archive.Files), texts(got)); diff != "" {
			t.Errorf("documents differ; -update rewrites them (-want +got):\n%s", diff)
		}
	})
}

// readable returns the document as it is kept in testdata and searched by the
// tests, JSON indented.
func readable(document []byte) []byte {
	var b bytes.Buffer
	if json.Indent(&b, document, "", "  ") != nil {
		return document
	}
	return b.Bytes()
}

func TestJSONIsCompactAndEndsWithANewline(t *testing.T) {
	document := sample().render(t, feed.JSON)
	var b bytes.Buffer
	if err := json.Compact(&b, document); err != nil {
		t.Fatal(err)
	}
	if want := b.String() + "\n"; string(document) != want {
		t.Errorf("got %s, want %s", document, want)
	}
}

func texts(files []txtar.File) map[string]string {
	out := map[string]string{}
	for _, f := range files {
		out[f.Name] = string(f.Data)
	}
	return out
}

func TestFormatsDescribeThemselves(t *testing.T) {
	want := [][]string{
		{"rss", "rss.xml", "RSS 2.0", "application/rss+xml", "application/rss+xml; charset=utf-8"},
		{"atom", "atom.xml", "Atom 1.0", "application/atom+xml", "application/atom+xml; charset=utf-8"},
		{"json", "feed.json", "JSON Feed 1.1", "application/feed+json", "application/feed+json"},
	}
	var got [][]string
	for _, f := range feed.Formats {
		got = append(got, []string{f.Name, f.File, f.Label, f.MediaType, f.ContentType})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRenderingTwiceGivesTheSameBytesAndLeavesThePostsAlone(t *testing.T) {
	archives(t, func(t *testing.T, _ string, _ *txtar.Archive, in input) {
		before, _ := json.Marshal(in)
		for _, f := range feed.Formats {
			if first, second := in.render(t, f), in.render(t, f); !bytes.Equal(first, second) {
				t.Errorf("%s differs from render to render", f.Name)
			}
		}
		if after, _ := json.Marshal(in); !bytes.Equal(before, after) {
			t.Error("the input was changed")
		}
	})
}

func TestXMLBeginsWithItsDeclarationOnALineOfItsOwn(t *testing.T) {
	for f, root := range map[string]string{"rss": "<rss ", "atom": "<feed "} {
		document := string(sample().render(t, format(t, f)))
		if want := xml.Header + root; !strings.HasPrefix(document, want) {
			t.Errorf("%s begins with %.80q, not with %q", f, document, want)
		}
		if !strings.HasSuffix(document, ">\n") || strings.HasSuffix(document, "\n\n") {
			t.Errorf("%s does not end with one newline", f)
		}
	}
}

func TestNamespacesAreDeclaredExactlyWhereUsed(t *testing.T) {
	archives(t, func(t *testing.T, _ string, _ *txtar.Archive, in input) {
		for _, f := range []feed.Format{feed.RSS, feed.Atom} {
			declared, used := namespaces(t, in.render(t, f))
			if diff := cmp.Diff(used, declared); diff != "" {
				t.Errorf("%s (-used +declared):\n%s", f.Name, diff)
			}
		}
	})
}

// namespaces reads the document to its end, strictly, and returns the name
// spaces that its root declares and those that its elements are in.
func namespaces(t *testing.T, document []byte) (declared, used []string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(document))
	add := func(list *[]string, s string) {
		if s != "" && !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			add(&used, e.Name.Space)
			for _, a := range e.Attr {
				if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
					add(&declared, a.Value)
				}
			}
		}
	}
	slices.Sort(declared)
	slices.Sort(used)
	return declared, used
}

func TestFeedsWithoutAnIdentityOrADateAreRefused(t *testing.T) {
	day := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name  string
		spoil func(*input)
		want  string
	}{
		{"no feed id", func(in *input) { in.Channel.ID = " \x01" }, "channel: no id"},
		{"relative home", func(in *input) { in.Channel.HomeURL = "/blog" }, `channel: home URL "/blog" is not an absolute http or https URL`},
		{"feed of year 10000", func(in *input) { in.Channel.Updated = day.AddDate(9000, 0, 0) }, "channel: the year 11024 lies outside 1 to 9999"},
		{"no post", func(in *input) { in.Entries[1].Post = nil }, "entry 2: no post"},
		{"no id", func(in *input) { in.Entries[1].Post.ID = "" }, "entry 2 (two.md): no id"},
		{"same id", func(in *input) { in.Entries[1].Post.ID = in.Entries[0].Post.ID }, `entry 2 (two.md): id "tag:example.org,2024:one" is that of entry 1 (one.md)`},
		{"no date", func(in *input) { in.Entries[0].Post.Published = time.Time{} }, "entry 1 (one.md): no date of publication"},
		{"year 0", func(in *input) { in.Entries[0].Post.Published = day.AddDate(-2024, 0, 0) }, "entry 1 (one.md): the year 0 lies outside 1 to 9999"},
		{"year 10000", func(in *input) { in.Entries[0].Post.Updated = day.AddDate(9000, 0, 0) }, "entry 1 (one.md): the year 11024 lies outside 1 to 9999"},
	}
	for _, test := range tests {
		for _, f := range feed.Formats {
			in := sample()
			test.spoil(&in)
			document, err := f.Render(in.Channel, in.Entries)
			if want := "render " + f.Label + ": " + test.want; err == nil || err.Error() != want {
				t.Errorf("%s: error %v, want %s", test.name, err, want)
			}
			if document != nil {
				t.Errorf("%s: a document in spite of the error", test.name)
			}
		}
	}
}

func TestChannelWithoutADate(t *testing.T) {
	in := sample()
	in.Channel.Updated = time.Time{}
	if got := string(in.render(t, feed.RSS)); strings.Contains(got, "lastBuildDate") {
		t.Error("RSS invents a date of its own")
	}
	if got, want := string(in.render(t, feed.Atom)), "<updated>2024-05-03T00:00:00Z</updated>"; !strings.Contains(got[:strings.Index(got, "<entry")], want) {
		t.Errorf("Atom does not take the latest date of the entries:\n%s", got)
	}
	in.Entries = nil
	in.render(t, feed.RSS)
	in.render(t, feed.JSON)
	if _, err := feed.Atom.Render(in.Channel, nil); err == nil || !strings.Contains(err.Error(), "no date of last change") {
		t.Errorf("Atom without any date: %v", err)
	}
}

// sample is a small feed of two plain posts.
func sample() input {
	post := func(name string, day int) *blog.Post {
		date := time.Date(2024, 5, day, 0, 0, 0, 0, time.UTC)
		return &blog.Post{
			Path: name + ".md", ID: "tag:example.org,2024:" + name, URL: "https://example.org/" + name + "/",
			Title: "Post " + name, Published: date, Updated: date.AddDate(0, 0, 1),
		}
	}
	return input{
		Channel: feed.Channel{
			ID: "tag:example.org,2024:posts", Title: "Example", HomeURL: "https://example.org/",
			SelfURL: "https://example.org/FILE", Updated: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC),
		},
		Entries: []feed.Entry{
			{Post: post("one", 1), Summary: "The first.", HTML: "<p>The first.</p>"},
			{Post: post("two", 2), Summary: "The second.", HTML: "<p>The second.</p>"},
		},
	}
}

func format(t testing.TB, name string) feed.Format {
	t.Helper()
	i := slices.IndexFunc(feed.Formats, func(f feed.Format) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("no format %q", name)
	}
	return feed.Formats[i]
}

// The digest of a document is that of what readers read: what changes with each publication,
// and what tells of other documents, is not in it.
func TestDigestLeavesOutWhatIsNoContent(t *testing.T) {
	entry := feed.Entry{Post: &blog.Post{ID: "https://example.org/1", URL: "https://example.org/1/", Title: "One", Published: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)}, HTML: "<p>Text.</p>"}
	entry.Post.Updated = entry.Post.Published
	other := entry
	other.HTML = "<p>Other words.</p>"
	channel := feed.Channel{ID: "https://example.org/", Title: "Site", HomeURL: "https://example.org/", SelfURL: "https://example.org/feed", Updated: entry.Post.Updated}
	for _, f := range feed.Formats {
		digest := func(change func(*feed.Channel), entries ...feed.Entry) string {
			c := channel
			change(&c)
			digest, err := f.Digest(c, entries)
			if err != nil {
				t.Fatal(err)
			}
			return digest
		}
		nothing := func(*feed.Channel) {}
		first := digest(nothing, entry)
		if len(first) != 64 {
			t.Errorf("%s: the digest is %q", f.Name, first)
		}
		for what, c := range map[string]struct {
			digest string
			same   bool
		}{
			"nothing":          {digest(nothing, entry), true},
			"the date":         {digest(func(c *feed.Channel) { c.Updated = c.Updated.Add(time.Hour) }, entry), true},
			"the archives":     {digest(func(c *feed.Channel) { c.History = feed.History{Previous: "https://example.org/archive/1"} }, entry), true},
			"the style":        {digest(func(c *feed.Channel) { c.Stylesheet = "/feed.css" }, entry), true},
			"the title":        {digest(func(c *feed.Channel) { c.Title = "Other" }, entry), false},
			"an entry":         {digest(nothing, other), false},
			"no entry is left": {digest(nothing), false},
		} {
			if same := c.digest == first; same != c.same {
				t.Errorf("%s: %s: the same digest: %v", f.Name, what, same)
			}
		}
	}
}
