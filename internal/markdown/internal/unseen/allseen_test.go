package unseen_test

import (
	"testing"

	"broadsheet/internal/markdown/internal/unseen"
)

// Where nothing can begin what is not seen, nothing is taken out.
func TestTextsThatAreAllSeen(t *testing.T) {
	for text, seen := range map[string]bool{
		"":                           true,
		"plain *text*, [a link](/b)": true,
		"ends in ]":                  true,
		"a <!-- comment -->":         false,
		"%% a note %%":               false,
		"{: hidden}":                 false,
		"[//]: # (a comment)":        false,
	} {
		if got := unseen.AllSeen([]byte(text)); got != seen {
			t.Errorf("%q: %v", text, got)
		}
		now, endless := unseen.Without(text, unseen.Languages{Kramdown: true, Liquid: true, Hugo: true, Obsidian: true, Templates: true, MDX: true})
		if seen && (now != text || len(endless) > 0) {
			t.Errorf("%q became %q", text, now)
		}
	}
}
