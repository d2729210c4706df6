// Package state says who may see a post, by what its author wrote.
//
// In go the values of switches such as draft and status; out comes a State, and whether the
// value could be read. All functions are pure.
package state

import (
	"strings"

	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// State says what a file asks for itself, whatever the time is.
type State uint8

// The states.
const (
	Other    State = iota // not a post
	Public                // a post like any other
	Draft                 // not to be seen by the public
	Unlisted              // public, but in no list
)

// Switch is a field by which authors say who may see a post.
type Switch struct {
	Field    meta.Field
	Read     func(v meta.Value) (said State, ok bool)
	Expected string // what may stand there, for an author
}

const yesOrNo = "true or false"

// Switches are all of them. What none of them understands keeps the post
// back: what was published by mistake cannot be called back.
var Switches = []Switch{
	{meta.Draft, whenOn(Draft), yesOrNo},
	{meta.Public, publicOrDate, yesOrNo + ", or a date"},
	{meta.Rendered, rendered, yesOrNo},
	{meta.Withheld, withheld, yesOrNo},
	{meta.NotBefore, whenDated, "a date"},
	{meta.Status, statusWord, `a word such as "published" or "draft"`},
	{meta.Standing, standing, ""},
	{meta.Locked, locked, ""},
	{meta.Unlisted, whenOn(Unlisted), yesOrNo},
	{meta.InFeed, inFeed, yesOrNo},
}

func whenOn(said State) func(meta.Value) (State, bool) {
	return func(v meta.Value) (State, bool) {
		on, ok := v.Switch()
		if on {
			return said, ok
		}
		return Public, ok
	}
}

func whenOff(v meta.Value, said State) (State, bool) {
	on, ok := v.Switch()
	if !on {
		return said, ok
	}
	return Public, ok
}

// publicOrDate reads published and its like. Those hold a date as often.
func publicOrDate(v meta.Value) (State, bool) {
	if _, err := dates.Parse(v.Text, nil); err == nil {
		return Public, true
	}
	return whenOff(v, Draft)
}

// whenDated reads keys that hold a date. What it means depends on the clock.
func whenDated(v meta.Value) (State, bool) {
	_, err := dates.Parse(v.Text, nil)
	return Public, err == nil
}

// rendered reads keys that hold an address or a word as often.
func rendered(v meta.Value) (State, bool) {
	if said, ok := whenOff(v, Draft); ok && v.Kind != meta.Number {
		return said, true
	}
	return Public, true
}

func withheld(v meta.Value) (State, bool) {
	if on, _ := v.Switch(); on || v.Withheld() {
		return Draft, true
	}
	return Public, true
}

func statusWord(v meta.Value) (State, bool) {
	switch v.Audience() {
	case meta.Everyone:
		return Public, true
	case meta.Linked:
		return Unlisted, true
	case meta.Nobody:
		return Draft, true
	}
	return Draft, false
}

func standing(v meta.Value) (State, bool) {
	if v.Withheld() {
		return Draft, true
	}
	return Public, true
}

func locked(v meta.Value) (State, bool) {
	if on, ok := v.Switch(); ok && !on {
		return Public, true
	}
	return Draft, true
}

// inFeed reads keys that hold settings of a feed, or the address of one, as
// often.
func inFeed(v meta.Value) (State, bool) {
	if v.Kind == meta.Map || strings.ContainsAny(v.Text, "/.") {
		return Public, true
	}
	return whenOff(v, Unlisted)
}

// Narrower returns the state that fewer may see.
func Narrower(a, b State) State {
	for _, s := range []State{Draft, Unlisted} {
		if a == s || b == s {
			return s
		}
	}
	return Public
}
