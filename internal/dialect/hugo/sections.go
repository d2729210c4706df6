package hugo

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// hold is what keeps back a section, and with it what lies in it.
type hold struct {
	draft bool
	from  time.Time // nothing is public before
	until time.Time // nor from then on; zero: for ever
}

// and is what two holds of one page come to.
func (x hold) and(y hold) hold {
	x.draft = x.draft || y.draft
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

// isSection reports whether a file is the page of a section.
func isSection(name string) bool {
	return strings.HasPrefix(path.Base(name), "_index.") && isPage(name)
}

func sectionKey(folder, language string) string { return language + ":" + folder }

// saysDraft is a line of front matter that makes a page a draft, unless it is one of the text.
var saysDraft = regexp.MustCompile(`(?im)^[\s"'{,]*draft["']?\s*[:=]\s*[^\sf]`)

// holdBy is what the page of a section says of its publication, with what is handed down to it.
func (h hugo) holdBy(name string, text []byte) hold {
	block, err := frontmatter.Parse(name, text)
	if err != nil { // what it says cannot be read, and may be that
		x := h.holdIn(frontmatter.Guess(text))
		x.draft = x.draft || saysDraft.Match(text) && !h.site.Is("buildDrafts")
		return x
	}
	x := h.holdIn(h.handedTo(name, h.kindOf(path.Dir(name)), block.Meta))
	if len(block.Replaced) > 0 {
		x = x.and(h.holdIn(block.Replaced))
	}
	return x
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
	draft, _, stated := keys.Find(m, meta.Draft)
	on, readable := draft.Switch()
	shown, _, said := keys.Find(m, meta.Public)
	public, _ := shown.Switch()
	x.draft = (stated && (on || !readable) || said && !public) && !h.site.Is("buildDrafts")
	x.from = h.dateIn(m, h.published)
	if !h.site.Is("buildExpired") {
		x.until = h.dateIn(m, h.dateKeys[meta.Expires])
	}
	return x
}

// dateIn is the first date under one of these keys; zero: there is none.
func (h hugo) dateIn(m meta.Pairs, names []string) time.Time {
	for _, name := range names {
		v, _, ok := keys.FindKey(m, meta.Published, name)
		if seconds, err := strconv.ParseInt(v.Text, 10, 64); ok && v.Kind == meta.Number && err == nil {
			return time.Unix(seconds, 0)
		}
		if d, err := dates.Parse(v.Text, h.zone); ok && err == nil {
			return d.Time
		}
		for _, form := range []string{time.RFC850, "2006-01-02 15:04:05.999999999 -0700 MST"} { // which posts are not written in
			if d, err := time.Parse(form, v.Text); ok && err == nil {
				return d
			}
		}
	}
	return time.Time{}
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
	_, section := h.holdOn(r.File.Path)
	if section == "" {
		return false
	}
	message := fmt.Sprintf("the section %q is a draft, and so is what lies in it: Hugo before 0.123 does not publish it", section)
	r.Report(blog.Problem{File: r.File.Path, Severity: blog.Warning, Message: message, Cause: message})
	return true
}
