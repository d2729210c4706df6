package hugo

import (
	"path"
	"regexp"
	"strings"

	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

// isSection reports whether a file is the page of a section.
func isSection(name string) bool {
	return strings.HasPrefix(path.Base(name), "_index.") && isPage(name)
}

func sectionKey(folder, language string) string { return language + ":" + folder }

// saysDraft is a line of front matter that makes a page a draft, unless it is one of the text.
var saysDraft = regexp.MustCompile(`(?im)^[\s"'{,]*draft["']?\s*[:=]\s*[^\sf]`)

// isDraftSection reports whether the page of a section says that it is a draft.
func (h hugo) isDraftSection(name string, text []byte) bool {
	if h.site.Is("buildDrafts") || path.Dir(name)+"/" == h.contentOf(name).folder {
		return false // of a home that is a draft no version shows the pages or hides them all
	}
	block, err := frontmatter.Parse(name, text)
	if err != nil {
		return saysDraft.Match(text) // what it says cannot be read, and may be that
	}
	v, _, ok := keys.Find(block.Meta, meta.Draft)
	on, readable := v.Switch()
	return ok && (on || !readable)
}

// draftSection returns the section that a file lies in and that is a draft; empty: none is.
func (h hugo) draftSection(file string) string {
	language := h.languageOf(file)
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if h.drafts[sectionKey(dir, language)] {
			return dir
		}
	}
	return ""
}
