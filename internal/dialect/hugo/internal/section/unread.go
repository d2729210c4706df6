package section

import (
	"fmt"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/state"
	"broadsheet/internal/frontmatter/meta"
)

// Value is one that says who may see pages, or from when on, and cannot be read: it
// keeps the pages back.
type Value struct {
	Key      string
	Line     int
	Why      string
	withheld meta.Value // what says the same to be Understood
}

// Problem is what the author of a section is told.
func (u Value) Problem(file string) blog.Problem {
	return blog.Problem{File: file, Line: u.Line, Severity: blog.Error, Message: u.Why + ", so the pages of the section are kept back"}
}

// Unread returns the values of front matter that keep pages back because they cannot be read.
func (r Reader) Unread(m meta.Pairs) []Value {
	all := unreadBuild(m)
	if !r.Drafts {
		all = append(all, r.unreadSwitches(m)...)
	}
	if !r.Future {
		all = append(all, r.unreadDate(m, r.Published, "9999-12-30")...)
	}
	if !r.Expired {
		all = append(all, r.unreadDate(m, r.Expires, "1970-01-01")...)
	}
	return all
}

func (r Reader) unreadSwitches(m meta.Pairs) []Value {
	var all []Value
	for _, s := range state.Switches {
		if s.Field != meta.Draft && s.Field != meta.Public {
			continue
		}
		for _, v := range r.Keys.All(m, s.Field) {
			if _, ok := s.Read(v.Value); !ok {
				withheld := fmt.Sprint(s.Field == meta.Draft)
				all = append(all, Value{v.Key, v.Line, CannotBeRead(v.Key, v.Value, s.Expected), meta.Value{Kind: meta.Bool, Text: withheld, Line: v.Line}})
			}
		}
	}
	return all
}

// CannotBeRead says what was expected in the place of a value.
func CannotBeRead(key string, v meta.Value, expected string) string {
	return fmt.Sprintf("%s: %s cannot be read; expected %s", key, rules.Shown(v), expected)
}

// unreadDate returns the date that decides, if it cannot be read.
func (r Reader) unreadDate(m meta.Pairs, names []string, withheld string) []Value {
	v, key, ok := r.firstDate(m, names)
	if !ok {
		return nil
	}
	if _, err := r.readDate(v); err != nil {
		why := key + ": " + err.Error()
		if v.Kind == meta.List || v.Kind == meta.Map {
			why = CannotBeRead(key, v, "a date")
		}
		return []Value{{key, v.Line, why, meta.Value{Kind: meta.String, Text: withheld, Line: v.Line}}}
	}
	return nil
}

// buildOptions are what may stand under build. Some of what Hugo does not know there ends its run.
var buildOptions = []struct {
	key   string
	words []string
}{
	{"render", []string{"always", "never", "link", "true", "false"}},
	{"list", []string{"always", "never", "local", "true", "false"}},
	{"publishResources", []string{"true", "false"}},
}

// unreadBuild returns the options of the build that nobody can read.
func unreadBuild(m meta.Pairs) []Value {
	var all []Value
	never := meta.Value{Kind: meta.Map, Map: meta.Pairs{{Key: "render", Value: meta.Value{Kind: meta.String, Text: "never"}}}}
	for _, pair := range m {
		if v := pair.Value; IsBuild(pair.Key) && v.Said() {
			if v.Kind != meta.Map {
				all = append(all, Value{pair.Key, v.Line, CannotBeRead(pair.Key, v, "a mapping"), never})
			}
			for _, option := range v.Map {
				if expected := unreadOption(option); expected != "" {
					all = append(all, Value{pair.Key, option.Line, CannotBeRead(pair.Key+"."+option.Key, option.Value, expected), never})
				}
			}
		}
	}
	return all
}

// IsBuild reports whether a key is that of the options of the build.
func IsBuild(key string) bool {
	return strings.EqualFold(key, "build") || strings.EqualFold(key, "_build")
}

// unreadOption is what was expected as an option of the build; empty: it is that.
func unreadOption(pair meta.Pair) string {
	for _, o := range buildOptions {
		if _, isSwitch := pair.Value.Switch(); isSwitch || !strings.EqualFold(pair.Key, o.key) || !pair.Value.Said() {
			continue
		}
		if !slices.Contains(o.words, strings.ToLower(strings.TrimSpace(pair.Value.Text))) {
			return strings.Join(o.words, ", ")
		}
	}
	return ""
}

// Understood is values that a cascade hands down, in which those that cannot be read hide the
// pages that have no value of their own.
func (r Reader) Understood(m meta.Pairs) (meta.Pairs, []Value) {
	all := r.Unread(m)
	if len(all) == 0 {
		return m, nil
	}
	m = slices.Clone(m)
	for _, u := range all {
		if i := m.Index(u.Key); i >= 0 {
			m[i].Value = u.withheld
			continue
		}
		m = append(m, meta.Pair{Key: "draft", Value: meta.Value{Kind: meta.Bool, Text: "true", Line: u.Line}, Line: u.Line})
	}
	return m, all
}
