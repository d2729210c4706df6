package rules

import (
	"fmt"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/state"
	"broadsheet/internal/frontmatter/meta"
)

// slips are the keys whose misspellings keep a post back, and what stands there
// then.
var slips = []struct {
	key string
	on  bool
}{{"draft", true}, {"private", true}, {"unpublished", true}, {"published", false}, {"publish", false}}

// plainIndex tells which keys some generator knows.
var plainIndex = meta.Plain.Index()

// misspelt reports whether the front matter holds a key that is one slip away
// from a switch, as draf is, with a value that would keep the post back there.
func (r *Reading) misspelt() bool {
	found := false
	for i := range r.Block.Meta {
		pair := &r.Block.Meta[i]
		on, ok := pair.Value.Switch()
		if !ok || plainIndex.In(r.Block.Meta[i:i+1]) != 0 {
			continue
		}
		for _, s := range slips {
			if on == s.on && oneSlip(strings.ToLower(pair.Key), s.key) {
				found = true
				r.problems = append(r.problems, blog.Problem{File: r.File.Path, Line: pair.Line, Severity: blog.Error,
					Message: fmt.Sprintf("%q looks like %q misspelt, so the post is kept back", pair.Key, s.key)})
			}
		}
	}
	return found
}

// oneSlip reports whether one letter too many, too few or wrong, or two in the
// wrong order, make a of b.
func oneSlip(a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

// WarnOfForeign names what would keep the post back in a folder without rules of
// its own, but says nothing to the generator that this one was made for.
func (r *Reading) WarnOfForeign(generator string) {
	fields := plainIndex.In(r.Block.Meta)
	for _, s := range state.Switches {
		if !fields.Has(s.Field) || s.Field == meta.Rendered {
			continue
		}
		own := r.posts.Keys.All(r.Block.Meta, s.Field)
		for _, v := range meta.Plain.All(r.Block.Meta, s.Field) {
			if said, ok := s.Read(v.Value); !ok || said != Draft || knows(own, v.Key) {
				continue
			}
			r.Warn(v.Line, fmt.Sprintf("%s: %s means nothing to %s, so the post is published; expected \"draft: true\" or \"published: false\"",
				v.Key, Shown(v.Value), generator))
		}
	}
}

func knows(own []meta.Found, key string) bool {
	for _, v := range own {
		if v.Key == key {
			return true
		}
	}
	return false
}
