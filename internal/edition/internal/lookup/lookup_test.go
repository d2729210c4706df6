package lookup_test

import (
	"strings"
	"testing"

	"broadsheet/internal/edition/internal/lookup"
)

type document struct{ path, other string }

func pathsOf(d document) (canonical string, others []string) {
	if d.other == "" {
		return d.path, nil
	}
	return d.path, []string{d.other}
}

func TestDocumentsAreFound(t *testing.T) {
	long := "/" + strings.Repeat("a", 2000)
	t1 := lookup.New([]document{{"/feed.xml", "/atom.xml"}, {"/Tags/É/", ""}, {"/atom.xml", ""}, {long, ""}, {"/tags/go", "/tags/Go_1"}}, pathsOf)
	t1.AddAlias("/feed", "/feed.xml")
	t1.AddAlias("/atom.xml", "/feed.xml") // it has a document
	for path, want := range map[string]string{
		"/feed.xml": "/feed.xml", "/feed": "/feed.xml", "/atom.xml": "/atom.xml", "/Tags/É/": "/Tags/É/", "/tags/é": "/Tags/É/", long: long,
		"/tags/É": "", "/tags/Go_1": "/tags/go", "/tags/go_1": "/tags/go", "": "", "/x": "",
	} {
		if got := t1.Find(path); got.path != want {
			t.Errorf("at %.20q is %.20q, want %.20q", path, got.path, want)
		}
	}
	if t1.At("/feed").path != "" || t1.At("/feed.xml").other != "/atom.xml" || len(t1.Order) != 5 {
		t.Error("documents are not found by their very paths, or are others")
	}
}
