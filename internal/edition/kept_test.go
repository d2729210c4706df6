package edition_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"
	"weak"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
)

// What documents say is kept over many editions. The editions are not: each holds on to a whole
// library.
func TestReplacedEditionIsLetGo(t *testing.T) {
	in := input(newPost(2, "two"), newPost(1, "one"))
	in.Settings.Pages = true
	first := edition.New(in)
	for _, d := range first.Documents() {
		if _, err := d.Content(); err != nil {
			t.Fatal(err)
		}
	}
	was, cache := weak.Make(first), first.Cache()
	kept := content(t, first, "/feed.css")
	next := in
	next.Posts, next.Cache, next.Now = in.Posts[1:], cache, now.Add(time.Minute)
	second := edition.New(next)
	second.Publish(next.Now)
	first = nil
	runtime.GC()
	if was.Value() != nil {
		t.Error("an edition stays after the one that follows it")
	}
	if content(t, second, "/feed.css") != kept {
		t.Error("what its documents said was not kept")
	}
}

// Somebody may ask for the feeds of all terms. Those of the first are made anew if they are asked
// for again, and say the same.
func TestDocumentsOfTermsAreBounded(t *testing.T) {
	const terms = 1500 // of four documents each
	posts := many(terms)
	for i, p := range posts {
		p.Terms = []blog.Term{{Kind: blog.Tag, Name: fmt.Sprint(i)}}
	}
	in := input(posts...)
	in.Settings.Pages = true
	e := edition.New(in)
	e.Publish(now)
	first := content(t, e, "/tags/0/atom.xml")
	for i := range terms {
		if e.Find(fmt.Sprintf("/tags/%d/", i)) == nil {
			t.Fatalf("tag %d has no page", i)
		}
	}
	if n := e.Planned(); n > 1024 {
		t.Errorf("documents of %d terms are known at once", n)
	}
	again := content(t, e, "/tags/0/atom.xml")
	if again.Hash != first.Hash || !again.Modified.Equal(first.Modified) {
		t.Errorf("%s of %v, was %s of %v", again.Hash, again.Modified, first.Hash, first.Modified)
	}
	if got := len(e.Documents()); got != e.Len() {
		t.Errorf("%d documents, want %d", got, e.Len())
	}
}

// One that could not be rendered is known until the next edition tries again.
func TestFaultyDocumentsOfTermsStay(t *testing.T) {
	posts := many(1500)
	for i, p := range posts {
		p.Terms = []blog.Term{{Kind: blog.Tag, Name: fmt.Sprint(i)}}
	}
	in := input(posts...)
	in.Settings.Pages = true
	posts[1400].ID = "" // no feed may hold such a post
	e := edition.New(in)
	e.Publish(now)
	if _, err := e.Find("/tags/1400/atom.xml").Content(); err == nil {
		t.Fatal("a fault is no error")
	}
	for i := range posts {
		e.Find(fmt.Sprintf("/tags/%d/", i))
	}
	if e.Stands() {
		t.Error("the fault is forgotten")
	}
}
