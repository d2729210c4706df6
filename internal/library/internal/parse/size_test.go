package parse_test

import (
	"testing"
	"unsafe"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/source"
)

// A library of 100,000 posts holds as many of these.
func TestFilesAreSmall(t *testing.T) {
	if size := unsafe.Sizeof(parse.File{}); size > 112 {
		t.Errorf("a file takes %d bytes, want 112 at most, a size of the allocator", size)
	}
}

// Posts have names of terms and lists of authors in common, and the slug with their path,
// rather than a copy each; and they hold on to no more of the front matter than they say.
func TestPostsShareWhatTheyHaveInCommon(t *testing.T) {
	made := dialect.Site{}
	x := parse.New(nil, parse.Options{Site: blog.Site{URL: "https://example.org"}, Generator: made})
	read := func(name string) *blog.Post {
		text := "---\ntitle: A\ndate: 2026-01-01\ntags: [go, web]\nauthor: Ann\nlang: de\n---\nText.\n"
		f := source.File{Path: name, Data: []byte(text)}
		return x.Parse(&f, nil).Post
	}
	a, b := read("one.md"), read("two.md")
	same := func(what, x, y string) {
		if x != y || unsafe.StringData(x) != unsafe.StringData(y) {
			t.Errorf("%s: %q and %q are not one text", what, x, y)
		}
	}
	if len(a.Terms) != 2 || len(a.Authors) != 1 {
		t.Fatalf("terms %v, authors %v", a.Terms, a.Authors)
	}
	for i := range a.Terms {
		same("a term", a.Terms[i].Name, b.Terms[i].Name)
	}
	if &a.Authors[0] != &b.Authors[0] {
		t.Error("the lists of authors are two")
	}
	same("the language", a.Language(), b.Language())
	same("the slug", a.Slug, a.Path[:len(a.Slug)])
	if cap(a.Terms) > len(a.Terms) {
		t.Errorf("there is room for %d terms", cap(a.Terms))
	}
}
