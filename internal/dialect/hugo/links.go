package hugo

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"

	"broadsheet/internal/dialect/hugo/internal/permalink"
	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/frontmatter/meta"
)

func (h hugo) links(r *rules.Reading) {
	at := h.path(r)
	r.Post.Section = h.contentPath(r).section()
	r.Post.Slug = lastSegment(r, at)
	r.Post.URL = h.base(r) + paths.Escape(at)
	r.SetLinks(r.Post.URL)
	if all := h.aliases(r); all != nil || r.Post.Aliases() != nil {
		r.Post.Extra().Aliases = all
	}
}

// lastSegment is the last segment of an address.
func lastSegment(r *rules.Reading, at string) string {
	if slug := strings.Trim(r.Text(meta.Slug), "/ "); slug != "" {
		return slug
	}
	return strings.TrimSuffix(path.Base(at), ".html")
}

// slug is that of the front matter, else, where dates are taken from file names,
// what follows the date.
func (h hugo) slug(r *rules.Reading) string {
	slug := strings.Trim(r.Text(meta.Slug), "/ ")
	if slug == "" && r.Name.Date != "" && slices.Contains(h.dateKeys[meta.PageDate], ":filename") {
		slug = r.Name.Slug
	}
	return slug
}

// contentPath is where a page lies below the content.
type contentPath struct {
	folders []string // lower in the tree to the right
	name    string   // of the file, or of the folder of a bundle, without language and extension
}

func (h hugo) contentPath(r *rules.Reading) contentPath {
	dir, base := path.Split(strings.TrimPrefix(r.File.Path, h.contentOf(r.File.Path).folder))
	name := strings.TrimSuffix(base, path.Ext(base))
	if ext := path.Ext(name); ext != "" && h.languages[strings.ToLower(ext[1:])] {
		name = strings.TrimSuffix(name, ext)
	}
	folders := strings.FieldsFunc(dir, func(c rune) bool { return c == '/' })
	if name == "index" && len(folders) > 0 {
		name, folders = folders[len(folders)-1], folders[:len(folders)-1]
	}
	return contentPath{folders, name}
}

// sectionsOf are the folders that lead to the section of a page: that of the nearest folder with
// a page of its own, else the topmost folder.
func (h hugo) sectionsOf(r *rules.Reading, p contentPath) []string {
	content := h.contentOf(r.File.Path).folder
	for n := len(p.folders); n > 1; n-- {
		if h.sections[content+strings.Join(p.folders[:n], "/")] {
			return p.folders[:n]
		}
	}
	return p.folders[:min(1, len(p.folders))]
}

func (p contentPath) section() string {
	return strings.Join(p.folders[:min(1, len(p.folders))], "")
}

// path returns the address below the site: the one of the front matter, else the
// pattern of the section, else where the file lies.
func (h hugo) path(r *rules.Reading) string {
	if at := strings.TrimSpace(r.Text(meta.Permalink)); at != "" && !strings.Contains(at, "://") {
		at = "/" + strings.TrimPrefix(permalink.Fill(at, h.namesOf(r)), "/")
		if !strings.HasSuffix(at, "/") && path.Ext(at) == "" {
			at += "/"
		}
		return at
	}
	p := h.contentPath(r)
	at := ""
	if pattern := h.pattern(p.section()); pattern != "" {
		at = permalink.Clean(permalink.Fill(pattern, h.namesOf(r))) + "/"
	} else {
		last := p.name
		if slug := h.slug(r); slug != "" {
			last = slug
		}
		at = permalink.Clean("/" + path.Join(path.Join(p.folders...), last) + "/")
	}
	if !h.site.Is("disablePathToLower") {
		at = strings.ToLower(at)
	}
	return h.prefix(r.File.Path) + h.ugly(p.section(), permalink.Collapse(at))
}

// prefix is the folder of the language of a file, unless its pages have none.
func (h hugo) prefix(file string) string {
	language := h.languageOf(file)
	if !h.languages[language] && language != h.main || h.ownHost(language) != "" || language == h.main && !h.site.Is("defaultContentLanguageInSubdir") {
		return ""
	}
	return "/" + language
}

// ownHost is the address of a language that has a host of its own; empty: it has none.
func (h hugo) ownHost(language string) string {
	return strings.TrimRight(h.site.Text("languages."+language+".baseURL"), "/")
}

// base is the address that those of a page's language begin with.
func (h hugo) base(r *rules.Reading) string {
	if language := h.languageOf(r.File.Path); language != h.main {
		return cmp.Or(h.ownHost(language), r.Site.URL)
	}
	return r.Site.URL
}

// pattern returns the permalinks' pattern of a section.
func (h hugo) pattern(section string) string {
	for _, key := range []string{"permalinks.page." + section, "permalinks." + section} {
		if pattern := h.site.Text(key); pattern != "" {
			return pattern
		}
	}
	return ""
}

// namesOf returns what stands for the tokens of a pattern. It is asked for only where there are any.
func (h hugo) namesOf(r *rules.Reading) func() permalink.Names {
	return sync.OnceValue(func() permalink.Names {
		p, at := h.contentPath(r), r.Post.Published
		if date, ok := h.first(r, meta.PageDate); ok {
			at = date
		}
		return permalink.Names{
			Date: at, Section: p.section(), Sections: h.sectionsOf(r, p), Title: r.Post.Title, Slug: h.slug(r), File: p.name,
		}
	})
}

func (h hugo) ugly(section, at string) string {
	if at != "/" && strings.HasSuffix(at, "/") && (h.site.Is("uglyURLs") || h.site.Is("uglyURLs."+section)) {
		return strings.TrimSuffix(at, "/") + ".html"
	}
	return at
}

// markdown converts a piece of Markdown.
func (h hugo) markdown(text string) (string, error) { return h.renderer().Fragment(text) }
