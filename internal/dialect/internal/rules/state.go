package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/state"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// Publicity returns who may see the post, by the keys of its dialect. Each of
// them that is written counts, and the one that admits the fewest decides. One
// that cannot be read is named.
func (r *Reading) Publicity(without ...meta.Field) State {
	publicity := Public
	for _, s := range state.Switches {
		if !r.fields.Has(s.Field) || slices.Contains(without, s.Field) {
			continue
		}
		for _, v := range r.said(r.posts.Keys, s.Field) {
			said, ok := s.Read(v.Value)
			if !ok {
				said = Draft
				r.problems = append(r.problems, blog.Problem{File: r.File.Path, Line: v.Line, Severity: blog.Error,
					Message: fmt.Sprintf("%s: %s cannot be read, so the post is kept back; expected %s", v.Key, Shown(v.Value), s.Expected)})
			}
			publicity = state.Narrower(publicity, said)
		}
	}
	return publicity
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

// Shown is a value as a message quotes it.
func Shown(v meta.Value) string {
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
