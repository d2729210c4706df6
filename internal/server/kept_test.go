package server_test

import (
	"runtime"
	"testing"
	"weak"
)

// Answers are made once and kept with what they say. The editions that they were made in are not:
// each holds on to a whole library.
func TestAnswersLetAReplacedEditionGo(t *testing.T) {
	g := newGazette(t)
	at := g.serve()
	paths := []string{"/rss.xml", "/atom.xml", "/feed.json", "/"}
	for _, path := range paths {
		ask(t, at, "GET", path)
	}
	was := weak.Make(g.edition)
	g.publish()
	runtime.GC()
	if was.Value() != nil {
		t.Error("an edition stays after the one that follows it")
	}
}
