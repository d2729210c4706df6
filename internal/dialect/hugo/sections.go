package hugo

import (
	"cmp"
	"errors"
	"fmt"
	"path"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/hugo/internal/section"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/frontmatter/meta"
)

func sectionKey(folder, language string) string { return language + ":" + folder }

// readSection reads what the page of a section says of its publication, with what is handed down
// to it. What cannot be read keeps back what lies in the section, and is told once.
func (h hugo) readSection(name string, text []byte) {
	key := sectionKey(path.Dir(name), h.languageOf(name))
	block, err := section.FrontMatter(name, text)
	if err != nil {
		h.tell(name, section.Value{Line: problemOf(err).Line, Why: problemOf(err).Message})
		h.holds[key] = section.Hold{Draft: true, Told: true}
		return
	}
	h.tell(name, h.reader.Unread(block.Meta)...)
	h.tell(name, h.reader.Unread(block.Replaced)...)
	x := h.reader.Hold(h.handedTo(name, h.kindOf(path.Dir(name)), block.Meta)).And(h.reader.Hold(block.Replaced))
	x.Told = x.Told || len(h.told[name]) > 0
	h.holds[key] = x.And(h.holds[key])
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
func (h hugo) tell(name string, all ...section.Value) {
	for _, u := range all {
		h.told[name] = append(h.told[name], u.Problem(name))
	}
}

// kindOf is what Hugo calls the page of a folder.
func (h hugo) kindOf(folder string) string {
	if folder+"/" == h.contentOf(folder+"/").folder {
		return "home"
	}
	return "section"
}

// holdOn is what the sections say that a file lies in, and the one that is a draft; empty: none is.
func (h hugo) holdOn(file string) (x section.Hold, draft string) {
	language, bundle := h.languageOf(file), ""
	if isIndex(file) {
		bundle = path.Dir(file)
	}
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		y, written := h.holds[sectionKey(dir, language)]
		if !written && dir != bundle {
			y = h.holdOnUnwritten(dir, file)
		}
		if y.Draft {
			draft = cmp.Or(draft, dir)
		}
		x = x.And(y)
	}
	return x, draft
}

// holdOnUnwritten is what is handed down to a section that has no page of its own: such are the
// home and the topmost folders.
func (h hugo) holdOnUnwritten(dir, file string) section.Hold {
	kind := h.kindOf(dir)
	if !h.handsToSections || kind == "section" && h.kindOf(path.Dir(dir)) != "home" {
		return section.Hold{}
	}
	var m meta.Pairs
	for _, c := range h.cascades {
		if c.meantFor(kind) && h.handsToFolder(c, dir, file) {
			m = withDefaults(m, c.values)
		}
	}
	return h.reader.Hold(m)
}

// keepBack keeps a page back with the sections that it lies in: till they come, and once
// they have gone.
func (h hugo) keepBack(r *rules.Reading) {
	x, _ := h.holdOn(r.File.Path)
	if x.From.After(r.Post.Published) {
		r.NotBefore = x.From
	}
	if until := section.Earlier(r.Post.Expires(), x.Until); !until.Equal(r.Post.Expires()) {
		r.Post.Extra().Expires = until
	}
}

// liesInDraft reports whether a page lies in a section that is a draft, and tells of it.
func (h hugo) liesInDraft(r *rules.Reading) bool {
	x, in := h.holdOn(r.File.Path)
	if in == "" || x.Told {
		return x.Draft
	}
	message := fmt.Sprintf("the section %q is a draft, and so is what lies in it: Hugo before 0.123 does not publish it", in)
	r.Report(blog.Problem{File: r.File.Path, Severity: blog.Warning, Message: message, Cause: message})
	return true
}
