package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// publicSwitch is a field by which authors say who may see a post.
type publicSwitch struct {
	field    meta.Field
	read     func(v meta.Value) (said State, ok bool)
	expected string // what may stand there, for an author
}

const yesOrNo = "true or false"

// publicSwitches are all of them. What none of them understands keeps the post
// back: what was published by mistake cannot be called back.
var publicSwitches = []publicSwitch{
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

// Publicity returns who may see the post, by the keys of its dialect. Each of
// them that is written counts, and the one that admits the fewest decides. One
// that cannot be read is named.
func (r *Reading) Publicity(without ...meta.Field) State {
	state := Public
	for _, s := range publicSwitches {
		if !r.fields.Has(s.field) || slices.Contains(without, s.field) {
			continue
		}
		for _, v := range r.said(r.posts.Keys, s.field) {
			said, ok := s.read(v.Value)
			if !ok {
				said = Draft
				r.problems = append(r.problems, blog.Problem{File: r.File.Path, Line: v.Line, Severity: blog.Error,
					Message: fmt.Sprintf("%s: %s cannot be read, so the post is kept back; expected %s", v.Key, shown(v.Value), s.expected)})
			}
			state = narrower(state, said)
		}
	}
	return state
}

// embargo returns the latest of the dates before which the post is not public; the zero
// time where there is none that its own date does not say.
func (r *Reading) embargo() time.Time {
	latest := r.Post.Published
	for _, f := range []meta.Field{meta.Public, meta.NotBefore, meta.Embargo} {
		if !r.fields.Has(f) {
			continue
		}
		for _, v := range r.said(r.posts.Keys, f) {
			if d, err := dates.Parse(v.Text, r.Site.Zone); err == nil && d.Time.After(latest) {
				latest = d.Time
			}
		}
	}
	if latest.Equal(r.Post.Published) {
		return time.Time{}
	}
	return latest
}

// said returns what stands under the keys of a field, in those places too where
// a key that is written twice says something else later.
func (r *Reading) said(keys meta.Keys, f meta.Field) []meta.Found {
	return append(keys.All(r.Block.Meta, f), keys.All(r.Block.Replaced, f)...)
}

// narrower returns the state that fewer may see.
func narrower(a, b State) State {
	for _, s := range []State{Draft, Unlisted} {
		if a == s || b == s {
			return s
		}
	}
	return Public
}

// shown is a value as a message quotes it.
func shown(v meta.Value) string {
	switch v.Kind {
	case meta.List:
		return "a list"
	case meta.Map:
		return "a mapping"
	}
	text := []rune(strings.TrimSpace(v.Text))
	if len(text) > 40 {
		text = append(text[:40], '…')
	}
	return fmt.Sprintf("%q", string(text))
}
