package hugo

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/state"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

// unread is a value that says who may see pages, or from when on, and cannot be read: it
// keeps the pages back.
type unread struct {
	key      string
	line     int
	why      string
	withheld meta.Value // what says the same to be understood
}

// problem is what the author of a section is told.
func (u unread) problem(file string) blog.Problem {
	return blog.Problem{File: file, Line: u.line, Severity: blog.Error, Message: u.why + ", so the pages of the section are kept back"}
}

// unreadIn returns the values of front matter that keep pages back because they cannot be read.
func (h hugo) unreadIn(m meta.Pairs) []unread {
	all := unreadBuild(m)
	if !h.site.Is("buildDrafts") {
		all = append(all, unreadSwitches(m)...)
	}
	if !h.site.Is(futureKey) {
		all = append(all, h.unreadDate(m, h.published, "9999-12-30")...)
	}
	if !h.site.Is("buildExpired") {
		all = append(all, h.unreadDate(m, h.dateKeys[meta.Expires], "1970-01-01")...)
	}
	return all
}

func unreadSwitches(m meta.Pairs) []unread {
	var all []unread
	for _, s := range state.Switches {
		if s.Field != meta.Draft && s.Field != meta.Public {
			continue
		}
		for _, v := range keys.All(m, s.Field) {
			if _, ok := s.Read(v.Value); !ok {
				withheld := fmt.Sprint(s.Field == meta.Draft)
				all = append(all, unread{v.Key, v.Line, cannotBeRead(v.Key, v.Value, s.Expected), meta.Value{Kind: meta.Bool, Text: withheld, Line: v.Line}})
			}
		}
	}
	return all
}

func cannotBeRead(key string, v meta.Value, expected string) string {
	return fmt.Sprintf("%s: %s cannot be read; expected %s", key, rules.Shown(v), expected)
}

// unreadDate returns the date that decides, if it cannot be read.
func (h hugo) unreadDate(m meta.Pairs, names []string, withheld string) []unread {
	v, key, ok := firstDate(m, names)
	if !ok {
		return nil
	}
	if _, err := h.readDate(v); err != nil {
		why := key + ": " + err.Error()
		if v.Kind == meta.List || v.Kind == meta.Map {
			why = cannotBeRead(key, v, "a date")
		}
		return []unread{{key, v.Line, why, meta.Value{Kind: meta.String, Text: withheld, Line: v.Line}}}
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
func unreadBuild(m meta.Pairs) []unread {
	var all []unread
	never := meta.Value{Kind: meta.Map, Map: meta.Pairs{{Key: "render", Value: meta.Value{Kind: meta.String, Text: "never"}}}}
	for _, pair := range m {
		if v := pair.Value; isBuild(pair.Key) && v.Said() {
			if v.Kind != meta.Map {
				all = append(all, unread{pair.Key, v.Line, cannotBeRead(pair.Key, v, "a mapping"), never})
			}
			for _, option := range v.Map {
				if expected := unreadOption(option); expected != "" {
					all = append(all, unread{pair.Key, option.Line, cannotBeRead(pair.Key+"."+option.Key, option.Value, expected), never})
				}
			}
		}
	}
	return all
}

func isBuild(key string) bool {
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

// understood is values that a cascade hands down, in which those that cannot be read hide the
// pages that have no value of their own.
func (h hugo) understood(m meta.Pairs) (meta.Pairs, []unread) {
	all := h.unreadIn(m)
	if len(all) == 0 {
		return m, nil
	}
	m = slices.Clone(m)
	for _, u := range all {
		if i := m.Index(u.key); i >= 0 {
			m[i].Value = u.withheld
			continue
		}
		m = append(m, meta.Pair{Key: "draft", Value: meta.Value{Kind: meta.Bool, Text: "true", Line: u.line}, Line: u.line})
	}
	return m, all
}

// otherFormats are those of pages that Hugo or a program that it calls renders. Broadsheet
// reads no posts of them, but what they say of a section.
var otherFormats = []string{".org", ".adoc", ".asciidoc", ".ad", ".rst", ".pdc", ".pandoc", ".mdown", ".mmark"}

// settingLine is a line of a page of such a format that sets something, as "#+draft: true" does.
var settingLine = regexp.MustCompile(`(?m)^(#\+|:)([\w-]+):[ \t]*(.*?)[ \t\r]*$`)

// orgDate is a date of Org mode, which has the day of the week in it.
var orgDate = regexp.MustCompile(`^[<\[](\d{4}-\d{2}-\d{2})(?: [^\d\s>\]]+)?( \d{1,2}:\d{2})?.*[>\]]$`)

// sectionMeta is the front matter of the page of a section, and what it sets otherwise.
func sectionMeta(name string, text []byte) (frontmatter.Block, error) {
	trimmed := strings.TrimLeft(string(text), "\ufeff \t\r\n")
	fenced := strings.HasPrefix(trimmed, "---") || strings.HasPrefix(trimmed, "+++") || strings.HasPrefix(trimmed, "{")
	var block frontmatter.Block
	if isPage(name) || fenced {
		var err error
		if block, err = frontmatter.Parse(name, text); err != nil || isPage(name) {
			return block, err
		}
	}
	isOrg := strings.EqualFold(path.Ext(name), ".org")
	for _, at := range settingLine.FindAllSubmatchIndex(text, -1) {
		mark, key, said := string(text[at[2]:at[3]]), string(text[at[4]:at[5]]), string(text[at[6]:at[7]])
		switch {
		case isOrg != (mark == "#+"):
			continue
		case isOrg:
			said = orgDate.ReplaceAllString(said, "$1$2")
		case !strings.EqualFold(key, "draft"): // the other attributes are for the program that renders the page
			continue
		case said == "": // which sets it
			said = "true"
		}
		line := 1 + bytes.Count(text[:at[0]], []byte("\n"))
		block.Meta = append(block.Meta, meta.Pair{Key: key, Value: meta.Value{Kind: meta.String, Text: said, Line: line}, Line: line})
	}
	return block, nil
}
