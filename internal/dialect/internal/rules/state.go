package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
)

// publicSwitch is a field by which authors say who may see a post.
type publicSwitch struct {
	field    frontmatter.Field
	read     func(v frontmatter.Value) (said State, ok bool)
	expected string // what may stand there, for an author
}

const yesOrNo = "true or false"

// publicSwitches are all of them. What none of them understands keeps the post
// back: what was published by mistake cannot be called back.
var publicSwitches = []publicSwitch{
	{frontmatter.Draft, whenOn(Draft), yesOrNo},
	{frontmatter.Public, publicOrDate, yesOrNo + ", or a date"},
	{frontmatter.Rendered, rendered, yesOrNo},
	{frontmatter.Withheld, withheld, yesOrNo},
	{frontmatter.NotBefore, whenDated, "a date"},
	{frontmatter.Status, statusWord, `a word such as "published" or "draft"`},
	{frontmatter.Standing, standing, ""},
	{frontmatter.Locked, locked, ""},
	{frontmatter.Unlisted, whenOn(Unlisted), yesOrNo},
	{frontmatter.InFeed, inFeed, yesOrNo},
}

func whenOn(said State) func(frontmatter.Value) (State, bool) {
	return func(v frontmatter.Value) (State, bool) {
		on, ok := v.Switch()
		if on {
			return said, ok
		}
		return Public, ok
	}
}

func whenOff(v frontmatter.Value, said State) (State, bool) {
	on, ok := v.Switch()
	if !on {
		return said, ok
	}
	return Public, ok
}

// publicOrDate reads published and its like. Those hold a date as often.
func publicOrDate(v frontmatter.Value) (State, bool) {
	if _, err := frontmatter.ParseDate(v.Text, nil); err == nil {
		return Public, true
	}
	return whenOff(v, Draft)
}

// whenDated reads keys that hold a date. What it means depends on the clock.
func whenDated(v frontmatter.Value) (State, bool) {
	_, err := frontmatter.ParseDate(v.Text, nil)
	return Public, err == nil
}

// rendered reads keys that hold an address or a word as often.
func rendered(v frontmatter.Value) (State, bool) {
	if said, ok := whenOff(v, Draft); ok && v.Kind != frontmatter.Number {
		return said, true
	}
	return Public, true
}

func withheld(v frontmatter.Value) (State, bool) {
	if on, _ := v.Switch(); on || v.Withheld() {
		return Draft, true
	}
	return Public, true
}

func statusWord(v frontmatter.Value) (State, bool) {
	switch v.Audience() {
	case frontmatter.Everyone:
		return Public, true
	case frontmatter.Linked:
		return Unlisted, true
	case frontmatter.Nobody:
		return Draft, true
	}
	return Draft, false
}

func standing(v frontmatter.Value) (State, bool) {
	if v.Withheld() {
		return Draft, true
	}
	return Public, true
}

func locked(v frontmatter.Value) (State, bool) {
	if on, ok := v.Switch(); ok && !on {
		return Public, true
	}
	return Draft, true
}

// inFeed reads keys that hold settings of a feed, or the address of one, as
// often.
func inFeed(v frontmatter.Value) (State, bool) {
	if v.Kind == frontmatter.Map || strings.ContainsAny(v.Text, "/.") {
		return Public, true
	}
	return whenOff(v, Unlisted)
}

// Publicity returns who may see the post, by the keys of its dialect. Each of
// them that is written counts, and the one that admits the fewest decides. One
// that cannot be read is named.
func (r *Reading) Publicity(without ...frontmatter.Field) State {
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
	for _, f := range []frontmatter.Field{frontmatter.Public, frontmatter.NotBefore, frontmatter.Embargo} {
		if !r.fields.Has(f) {
			continue
		}
		for _, v := range r.said(r.posts.Keys, f) {
			if d, err := frontmatter.ParseDate(v.Text, r.Site.Zone); err == nil && d.Time.After(latest) {
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
func (r *Reading) said(keys frontmatter.Keys, f frontmatter.Field) []frontmatter.Found {
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
func shown(v frontmatter.Value) string {
	switch v.Kind {
	case frontmatter.List:
		return "a list"
	case frontmatter.Map:
		return "a mapping"
	}
	text := []rune(strings.TrimSpace(v.Text))
	if len(text) > 40 {
		text = append(text[:40], '…')
	}
	return fmt.Sprintf("%q", string(text))
}
