package hugo

import (
	"maps"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/hugo/internal/permalink"
	"broadsheet/internal/dialect/hugo/internal/section"
	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

// reference leads to another page, named as its file: its path, which is found as that
// of any other link to a file is.
func (h hugo) reference(ref, language string) string {
	file, fragment, found := strings.Cut(ref, "#")
	if file == "" {
		return ref
	}
	if !paths.IsPage(file) {
		file = strings.TrimRight(file, "/") + ".md"
	}
	if language = strings.ToLower(language); h.languages[language] {
		file = strings.TrimSuffix(file, path.Ext(file)) + "." + language + path.Ext(file)
	}
	if strings.HasPrefix(file, "/") {
		file = "/" + h.contents[len(h.contents)-1].folder + strings.TrimPrefix(file, "/")
	}
	if found {
		file += "#" + fragment
	}
	return strings.ReplaceAll(file, " ", "%20")
}

// alike are the files that the page in a file may mean by a reference such as that of the
// shortcode ref: beside it, from the top of the content, or by the name alone.
func (h hugo) alike(file, ref string) []string {
	if !paths.IsPage(ref) || strings.Contains(ref, "://") {
		return nil
	}
	stem, language := h.stem(ref)
	if language == "" {
		language = h.languageOf(file)
	}
	top := h.contents[len(h.contents)-1].folder
	from := []string{path.Dir(file), path.Dir(path.Dir(file)), strings.TrimSuffix(top, "/")}
	if !isIndex(file) && !section.Is(file) {
		from = slices.Delete(from, 1, 2)
	}
	if rest, ok := strings.CutPrefix(stem, "/"); ok {
		from, stem = from[len(from)-1:], strings.TrimPrefix(rest, top)
	}
	var names []string
	for _, folder := range from {
		names = append(names, h.variants(path.Join(folder, stem), language)...)
	}
	if !strings.Contains(strings.TrimPrefix(stem, "./"), "/") {
		names = append(names, shortName(language, path.Base(stem)))
	}
	return names
}

// stem is the path of a page without its extension, language and the name of an index.
func (h hugo) stem(file string) (stem, language string) {
	stem = strings.TrimSuffix(file, path.Ext(file))
	if ext := strings.ToLower(strings.TrimPrefix(path.Ext(stem), ".")); h.languages[ext] {
		stem, language = strings.TrimSuffix(stem, path.Ext(stem)), ext
	}
	if base := path.Base(stem); base == "index" || base == "_index" {
		stem = path.Dir(stem)
	}
	return stem, language
}

// variants are the files that may hold a page of a language.
func (h hugo) variants(stem, language string) []string {
	stems := []string{stem}
	for _, c := range h.contents { // the same page in the folder of its language
		if rest, ok := strings.CutPrefix(stem, h.contents[len(h.contents)-1].folder); ok && c.language == language {
			stems = append(stems, c.folder+rest)
		}
	}
	var names []string
	for _, stem := range stems {
		for _, name := range []string{"", "/index", "/_index"} {
			for _, ext := range []string{".md", ".markdown", ".html"} {
				if h.languages[language] {
					names = append(names, stem+name+"."+language+ext)
				}
				if language == h.main || stem != stems[0] {
					names = append(names, stem+name+ext)
				}
			}
		}
	}
	return names
}

// short is the name by which a page is known from everywhere.
func (h hugo) short(file string) string {
	if h.contentOf(file).folder == "" {
		return ""
	}
	stem, _ := h.stem(file)
	return shortName(h.languageOf(file), path.Base(stem))
}

func shortName(language, name string) string { return language + ":" + strings.ToLower(name) }

// addressOfOther is the address of a page that is no post; empty: it is none of the
// public's.
func (h hugo) addressOfOther(r *rules.Reading) string {
	if r.Publicity() == rules.Draft || neverRendered(r) {
		return ""
	}
	v, _, _ := r.Find(meta.Title)
	post := r.Post
	r.Post = &blog.Post{Title: v.Text}
	defer func() { r.Post = post }()
	return r.Site.URL + paths.Escape(h.path(r))
}

// others are the addresses of the pages of sections and other lists.
func others(src rules.Source) map[string]string {
	h := newHugo(src)
	all := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(src.Data)) {
		folder := h.contentOf(name).folder
		if folder == "" || !section.Is(name) || !isPage(name) || h.disabled[h.languageOf(name)] || h.ignored.Has(name) {
			continue
		}
		block, err := frontmatter.Parse(name, src.Data[name])
		if v, _, ok := keys.Find(block.Meta, meta.Draft); err != nil || h.holds[sectionKey(path.Dir(name), h.languageOf(name))].Draft || ok && v.Text != "false" {
			continue
		}
		at := strings.ToLower(permalink.Clean("/" + path.Dir(strings.TrimPrefix(name, folder)) + "/"))
		if v, _, ok := keys.Find(block.Meta, meta.Permalink); ok && v.Text != "" {
			at = "/" + strings.Trim(v.Text, "/") + "/"
		}
		all[name] = src.Site.URL + paths.Escape(permalink.Collapse(h.prefix(name)+strings.Replace(at, "/./", "/", 1)))
	}
	return all
}

// aliases are the former addresses of a page. One that does not begin with a slash lies
// beside the page.
func (h hugo) aliases(r *rules.Reading) []string {
	var all []string
	v, _, _ := r.Find(meta.Aliases)
	beside := path.Dir(strings.TrimSuffix(paths.Of(r.Post.URL, r.Site.URL), "/"))
	for _, old := range v.Strings() {
		switch {
		case strings.Contains(old, "://"):
		case strings.HasPrefix(old, "/"):
			all = append(all, path.Clean(old))
		default:
			all = append(all, path.Join("/", beside, old))
		}
	}
	return all
}
