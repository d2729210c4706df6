package hugo

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/state"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// hold is what keeps back a section, and with it what lies in it.
type hold struct {
	draft bool
	told  bool      // why it is one is told where it is written
	from  time.Time // nothing is public before
	until time.Time // nor from then on; zero: for ever
}

// and is what two holds of one page come to.
func (x hold) and(y hold) hold {
	x.draft, x.told = x.draft || y.draft, x.told || y.told
	if y.from.After(x.from) {
		x.from = y.from
	}
	x.until = earlier(x.until, y.until)
	return x
}

// earlier is the earlier of two moments, of which the zero one never comes.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// isSection reports whether a file is the page of a section, in any case of letters: Hugo 0.123
// does not tell them apart.
func isSection(name string) bool {
	base, ext := strings.ToLower(path.Base(name)), strings.ToLower(path.Ext(name))
	return strings.HasPrefix(base, "_index.") && (isPage(name) || slices.Contains(otherFormats, ext))
}

func sectionKey(folder, language string) string { return language + ":" + folder }

// readSection reads what the page of a section says of its publication, with what is handed down
// to it. What cannot be read keeps back what lies in the section, and is told once.
func (h hugo) readSection(name string, text []byte) {
	key := sectionKey(path.Dir(name), h.languageOf(name))
	block, err := sectionMeta(name, text)
	if err != nil {
		h.tell(name, unread{line: problemOf(err).Line, why: problemOf(err).Message})
		h.holds[key] = hold{draft: true, told: true}
		return
	}
	h.tell(name, h.unreadIn(block.Meta)...)
	h.tell(name, h.unreadIn(block.Replaced)...)
	x := h.holdIn(h.handedTo(name, h.kindOf(path.Dir(name)), block.Meta)).and(h.holdIn(block.Replaced))
	x.told = x.told || len(h.told[name]) > 0
	h.holds[key] = x.and(h.holds[key])
}

// problemOf is an error of front matter.
func problemOf(err error) blog.Problem {
	var p blog.Problem
	if !errors.As(err, &p) {
		p.Message = err.Error()
	}
	return p
}

// tell remembers what is wrong with the page of a section.
func (h hugo) tell(name string, all ...unread) {
	for _, u := range all {
		h.told[name] = append(h.told[name], u.problem(name))
	}
}

// kindOf is what Hugo calls the page of a folder.
func (h hugo) kindOf(folder string) string {
	if folder+"/" == h.contentOf(folder+"/").folder {
		return "home"
	}
	return "section"
}

// holdIn is what the front matter of a section says.
func (h hugo) holdIn(m meta.Pairs) hold {
	var x hold
	x.told = len(h.unreadIn(m)) > 0
	x.draft = x.told || saysDraft(m) && !h.site.Is("buildDrafts")
	x.from = h.dateIn(m, h.published)
	if !h.site.Is("buildExpired") {
		x.until = h.dateIn(m, h.dateKeys[meta.Expires])
	}
	return x
}

// saysDraft reports whether any switch makes a section a draft.
func saysDraft(m meta.Pairs) bool {
	for _, s := range state.Switches {
		if s.Field != meta.Draft && s.Field != meta.Public {
			continue
		}
		for _, v := range keys.All(m, s.Field) {
			if said, _ := s.Read(v.Value); said == rules.Draft {
				return true
			}
		}
	}
	return false
}

// dateIn is the first date under one of these keys; zero: there is none.
func (h hugo) dateIn(m meta.Pairs, names []string) time.Time {
	v, _, ok := firstDate(m, names)
	if !ok {
		return time.Time{}
	}
	d, _ := h.readDate(v)
	return d
}

// firstDate is the value that says the date, by the first of these keys that has one. That
// published may hold a switch is for others to judge.
func firstDate(m meta.Pairs, names []string) (meta.Value, string, bool) {
	for _, name := range names {
		v, key, ok := keys.FindKey(m, meta.Any, name)
		if !ok || strings.HasPrefix(v.Text, "0001-01-01") { // which is how Hugo writes that there is none
			continue
		}
		if _, err := dates.Parse(v.Text, nil); err != nil && slices.Contains(keys.Names[meta.Public], name) {
			continue
		}
		return v, key, true
	}
	return meta.Value{}, "", false
}

// readDate reads the date of a section, in more forms than posts are written in.
func (h hugo) readDate(v meta.Value) (time.Time, error) {
	if seconds, err := strconv.ParseInt(v.Text, 10, 64); v.Kind == meta.Number && err == nil && seconds > 9999 { // else it may be a year
		return time.Unix(seconds, 0), nil
	}
	d, err := dates.Parse(v.Text, h.zone)
	if err == nil {
		return d.Time, nil
	}
	for _, form := range []string{time.RFC850, "2006-01-02 15:04:05.999999999 -0700 MST"} {
		if d, err := time.Parse(form, v.Text); err == nil {
			return d, nil
		}
	}
	return time.Time{}, err
}

// holdOn is what the sections say that a file lies in, and the one that is a draft; empty: none is.
func (h hugo) holdOn(file string) (x hold, draft string) {
	language, bundle := h.languageOf(file), ""
	if isIndex(file) {
		bundle = path.Dir(file)
	}
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		y, written := h.holds[sectionKey(dir, language)]
		if !written && dir != bundle {
			y = h.holdOnUnwritten(dir, file)
		}
		if y.draft {
			draft = cmp.Or(draft, dir)
		}
		x = x.and(y)
	}
	return x, draft
}

// holdOnUnwritten is what is handed down to a section that has no page of its own: such are the
// home and the topmost folders.
func (h hugo) holdOnUnwritten(dir, file string) hold {
	kind := h.kindOf(dir)
	if !h.handsToSections || kind == "section" && h.kindOf(path.Dir(dir)) != "home" {
		return hold{}
	}
	var m meta.Pairs
	for _, c := range h.cascades {
		if c.meantFor(kind) && h.handsToFolder(c, dir, file) {
			m = withDefaults(m, c.values)
		}
	}
	return h.holdIn(m)
}

// keepBack keeps a page back with the sections that it lies in: till they come, and once
// they have gone.
func (h hugo) keepBack(r *rules.Reading) {
	x, _ := h.holdOn(r.File.Path)
	if x.from.After(r.Post.Published) {
		r.NotBefore = x.from
	}
	if until := earlier(r.Post.Expires(), x.until); !until.Equal(r.Post.Expires()) {
		r.Post.Extra().Expires = until
	}
}

// liesInDraft reports whether a page lies in a section that is a draft, and tells of it.
func (h hugo) liesInDraft(r *rules.Reading) bool {
	x, section := h.holdOn(r.File.Path)
	if section == "" || x.told {
		return x.draft
	}
	message := fmt.Sprintf("the section %q is a draft, and so is what lies in it: Hugo before 0.123 does not publish it", section)
	r.Report(blog.Problem{File: r.File.Path, Severity: blog.Warning, Message: message, Cause: message})
	return true
}
