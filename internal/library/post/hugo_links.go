package post

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/markdown"
)

func (h hugo) links(r *reader) {
	at := h.path(r)
	r.post.Section = h.page(r).section()
	r.post.Slug = lastSegment(r, at)
	r.post.URL = r.site.URL + escapePath(at)
	r.post.ExternalURL = r.site.Resolve(r.text(frontmatter.ExternalURL))
	r.post.Image = blog.Image{URL: r.text(frontmatter.Image), Alt: markdown.Plain(r.text(frontmatter.ImageAlt), 0)}
	r.aliases()
	r.identify(r.post.URL)
}

// lastSegment is the last segment of an address.
func lastSegment(r *reader, at string) string {
	if slug := strings.Trim(r.text(frontmatter.Slug), "/ "); slug != "" {
		return slug
	}
	return strings.TrimSuffix(path.Base(at), ".html")
}

// slug is that of the front matter, else, where dates are taken from file names,
// what follows the date.
func (h hugo) slug(r *reader) string {
	slug := strings.Trim(r.text(frontmatter.Slug), "/ ")
	if slug == "" && r.name.date != "" && slices.Contains(h.chains[frontmatter.PageDate], ":filename") {
		slug = r.name.slug
	}
	return slug
}

// page is where a page lies below the content.
type page struct {
	folders []string // lower in the tree to the right
	name    string   // of the file, or of the folder of a bundle, without language and extension
}

func (h hugo) page(r *reader) page {
	dir, base := path.Split(strings.TrimPrefix(r.file.Path, h.contentOf(r.file.Path).folder))
	name := strings.TrimSuffix(base, path.Ext(base))
	if ext := path.Ext(name); ext != "" && h.languages[strings.ToLower(ext[1:])] {
		name = strings.TrimSuffix(name, ext)
	}
	folders := strings.FieldsFunc(dir, func(c rune) bool { return c == '/' })
	if name == "index" && len(folders) > 0 {
		name, folders = folders[len(folders)-1], folders[:len(folders)-1]
	}
	return page{folders, name}
}

func (p page) section() string {
	if len(p.folders) == 0 {
		return ""
	}
	return p.folders[0]
}

// path returns the address below the site: the one of the front matter, else the
// pattern of the section, else where the file lies.
func (h hugo) path(r *reader) string {
	if at := strings.TrimSpace(r.text(frontmatter.Permalink)); at != "" && !strings.Contains(at, "://") {
		at = "/" + strings.TrimPrefix(h.fillAll(r, at), "/")
		if !strings.HasSuffix(at, "/") && path.Ext(at) == "" {
			at += "/"
		}
		return at
	}
	p := h.page(r)
	at := ""
	if pattern := h.pattern(p.section()); pattern != "" {
		at = urlised(h.fillAll(r, pattern))
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
	return h.prefix(r) + h.ugly(p.section(), collapse(at))
}

// prefix is the folder of a page's language, unless it is the site's main one.
func (h hugo) prefix(r *reader) string {
	language := strings.ToLower(r.post.Language)
	if !h.languages[language] || language == h.main && !h.site.Is("defaultContentLanguageInSubdir") {
		return ""
	}
	return "/" + language
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

var hugoToken = regexp.MustCompile(`:(?:slugorcontentbasename|contentbasename|slugorfilename|sectionslugs|sectionslug|weekdayname|monthname|filename|sections|section|weekday|yearday|title|month|year|slug|day)(?:\[[^\]]*\])?`)

func (h hugo) fillAll(r *reader, pattern string) string {
	return hugoToken.ReplaceAllStringFunc(pattern, func(token string) string { return h.fill(r, token) })
}

// fill returns what stands for a token. Dates are those of the page, in the zone
// in which they are written.
func (h hugo) fill(r *reader, token string) string {
	at, p := r.post.Published, h.page(r)
	if date, ok := h.first(r, frontmatter.PageDate); ok {
		at = date
	}
	slug := h.slug(r)
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
		return strings.Join(between(p.folders, strings.TrimSuffix(index, "]")), "/")
	case ":title":
		return segment(r.post.Title)
	case ":slug":
		if slug == "" {
			return segment(firstFilled(r.post.Title, p.name))
		}
		return segment(slug)
	case ":slugorcontentbasename", ":slugorfilename":
		return segment(firstFilled(slug, p.name))
	}
	return segment(p.name) // filename, contentbasename
}

func firstFilled(a, b string) string {
	if a != "" {
		return a
	}
	return b
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

func isHex(c rune) bool { return strings.ContainsRune("0123456789abcdefABCDEF", c) }
