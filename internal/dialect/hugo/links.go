package hugo

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

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
		at = "/" + strings.TrimPrefix(h.fillAll(r, at), "/")
		if !strings.HasSuffix(at, "/") && path.Ext(at) == "" {
			at += "/"
		}
		return at
	}
	p := h.contentPath(r)
	at := ""
	if pattern := h.pattern(p.section()); pattern != "" {
		at = urlised(h.fillAll(r, pattern)) + "/"
	} else {
		last := p.name
		if slug := h.slug(r); slug != "" {
			last = slug
		}
		at = urlised("/" + path.Join(path.Join(p.folders...), last) + "/")
	}
	if !h.site.Is("disablePathToLower") {
		at = strings.ToLower(at)
	}
	return h.prefix(r.File.Path) + h.ugly(p.section(), collapse(at))
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

func (h hugo) ugly(section, at string) string {
	if at != "/" && strings.HasSuffix(at, "/") && (h.site.Is("uglyURLs") || h.site.Is("uglyURLs."+section)) {
		return strings.TrimSuffix(at, "/") + ".html"
	}
	return at
}

var slashes = regexp.MustCompile(`/{2,}`)

func collapse(at string) string { return slashes.ReplaceAllString("/"+at, "/") }

// tokens are what may stand in a pattern, a longer one before any that it begins with.
var tokens = []string{
	"slugorcontentbasename", "contentbasename", "slugorfilename", "filename", "slug", "title",
	"sectionslugs", "sectionslug", "sections", "section",
	"yearday", "year", "monthname", "month", "weekdayname", "weekday", "day",
}

var hugoToken = regexp.MustCompile(`:(?:` + strings.Join(tokens, "|") + `)(?:\[[^\]]*\])?`)

func (h hugo) fillAll(r *rules.Reading, pattern string) string {
	return hugoToken.ReplaceAllStringFunc(pattern, func(token string) string { return h.fill(r, token) })
}

// fill returns what stands for a token. Dates are those of the page, in the zone
// in which they are written.
func (h hugo) fill(r *rules.Reading, token string) string {
	at, p := r.Post.Published, h.contentPath(r)
	if date, ok := h.first(r, meta.PageDate); ok {
		at = date
	}
	switch token, index, _ := strings.Cut(token, "["); token {
	case ":year":
		return at.Format("2006")
	case ":month":
		return at.Format("01")
	case ":monthname":
		return at.Format("January")
	case ":day":
		return at.Format("02")
	case ":weekday":
		return fmt.Sprint(int(at.Weekday()))
	case ":weekdayname":
		return at.Weekday().String()
	case ":yearday":
		return fmt.Sprint(at.YearDay())
	case ":section", ":sectionslug":
		return p.section()
	case ":sections", ":sectionslugs":
		return strings.Join(between(h.sectionsOf(r, p), strings.TrimSuffix(index, "]")), "/")
	case ":title":
		return segment(r.Post.Title)
	case ":slug":
		return segment(cmp.Or(h.slug(r), r.Post.Title, p.name))
	case ":slugorcontentbasename", ":slugorfilename":
		return segment(cmp.Or(h.slug(r), p.name))
	}
	return segment(p.name) // filename, contentbasename
}

// between returns the folders that an index such as "1:" or "last" asks for.
func between(folders []string, index string) []string {
	from, to := 0, len(folders)
	low, high, isRange := strings.Cut(index, ":")
	position := func(s string, otherwise int) int {
		var n int
		if s == "last" {
			return len(folders) - 1
		}
		if _, err := fmt.Sscan(s, &n); err != nil {
			return otherwise
		}
		return min(max(n, 0), len(folders))
	}
	switch {
	case index == "":
		return folders
	case isRange:
		from, to = position(low, 0), position(high, to)
	default:
		from = position(index, 0)
		to = min(from+1, len(folders))
		if index == "last" && to == 1 { // as Hugo has it: there is no last one of one
			to = 0
		}
	}
	return folders[max(from, 0):max(from, 0, to)]
}

// segment is one segment of an address: a slash in it would make two.
func segment(s string) string { return urlised(strings.ReplaceAll(s, "/", "-")) }

// urlised makes an address of words: hyphens for white space, and nothing but
// letters, digits, marks and what paths commonly hold.
func urlised(s string) string {
	var out strings.Builder
	runes := []rune(strings.TrimSpace(s))
	hyphen := false
	for i, c := range runes {
		switch {
		case unicode.IsSpace(c):
			hyphen = true
			continue
		case unicode.IsLetter(c), unicode.IsDigit(c), unicode.IsMark(c), strings.ContainsRune("._~/\\#+-@", c),
			c == '%' && i+2 < len(runes) && isHex(runes[i+1]) && isHex(runes[i+2]):
			if hyphen && c != '-' && !strings.HasSuffix(out.String(), "-") {
				out.WriteByte('-')
			}
			hyphen = false
			out.WriteRune(c)
		}
	}
	return out.String()
}

func isHex(c rune) bool { return unicode.Is(unicode.ASCII_Hex_Digit, c) }

// markdown converts a piece of Markdown.
func (h hugo) markdown(text string) (string, error) { return h.renderer().Fragment(text) }
