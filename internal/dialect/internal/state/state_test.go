package state_test

import (
	"testing"

	"broadsheet/internal/dialect/internal/state"
	"broadsheet/internal/frontmatter/meta"
)

// Every switch says nothing more than that the post is public where its value says so, and keeps
// back what it cannot read, unless its key has other uses.
func TestSwitches(t *testing.T) {
	values := map[string]meta.Value{
		"true": {Kind: meta.Bool, Text: "true"}, "false": {Kind: meta.Bool, Text: "false"}, "draft": {Kind: meta.String, Text: "draft"},
		"date": {Kind: meta.String, Text: "2026-01-01"}, "nonsense": {Kind: meta.String, Text: "tru"}, "address": {Kind: meta.String, Text: "/a.xml"},
		"members": {Kind: meta.String, Text: "members"}, "published": {Kind: meta.String, Text: "published"},
	}
	names := map[state.State]string{state.Public: "public", state.Draft: "draft", state.Unlisted: "unlisted", state.Other: "other"}
	want := map[meta.Field]map[string]string{
		meta.Draft:     {"true": "draft", "false": "public", "nonsense": "unread"},
		meta.Public:    {"true": "public", "false": "draft", "date": "public", "nonsense": "unread"},
		meta.Rendered:  {"false": "draft", "true": "public", "address": "public", "nonsense": "public"},
		meta.Withheld:  {"true": "draft", "false": "public", "nonsense": "public", "draft": "draft"},
		meta.NotBefore: {"date": "public", "nonsense": "unread"},
		meta.Status:    {"draft": "draft", "published": "public", "members": "draft", "nonsense": "unread"},
		meta.Standing:  {"draft": "draft", "nonsense": "public"},
		meta.Locked:    {"false": "public", "nonsense": "draft", "true": "draft"},
		meta.Unlisted:  {"true": "unlisted", "false": "public", "nonsense": "unread"},
		meta.InFeed:    {"false": "unlisted", "true": "public", "address": "public", "nonsense": "unread"},
	}
	for _, s := range state.Switches {
		if want[s.Field] == nil {
			t.Errorf("the test does not know field %d", s.Field)
		}
		for name, says := range want[s.Field] {
			said, ok := s.Read(values[name])
			got := names[said]
			if !ok {
				got = "unread"
			}
			if got != says {
				t.Errorf("field %d with %s: %s, want %s", s.Field, name, got, says)
			}
		}
	}
}

func TestNarrower(t *testing.T) {
	for _, c := range [][3]state.State{
		{state.Public, state.Public, state.Public}, {state.Public, state.Unlisted, state.Unlisted}, {state.Unlisted, state.Draft, state.Draft},
		{state.Draft, state.Public, state.Draft},
	} {
		if got := state.Narrower(c[0], c[1]); got != c[2] || state.Narrower(c[1], c[0]) != got {
			t.Errorf("of %d and %d it is %d, want %d", c[0], c[1], got, c[2])
		}
	}
}
