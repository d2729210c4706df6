package hugo

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/hugo/internal/config"
	"broadsheet/internal/dialect/hugo/internal/section"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"

	"golang.org/x/text/unicode/norm"
)

// cascade is values that a section hands down to the pages below it.
type cascade struct {
	folder   string         // of the section; empty: the whole site
	below    *regexp.Regexp // where the pages are, from the content on; nil: anywhere
	folders  *regexp.Regexp // as below, for folders: what lies below one is not the folder itself
	deep     int            // how many bytes of that lead to them
	language string         // of the pages, in lower case; empty: any
	kind     string         // a pattern of what Hugo calls the kind of page; empty: any
	values   meta.Pairs
}

// depth is how near a cascade is to its pages: the deeper one is asked first.
func (c cascade) depth() int { return max(len(c.folder), c.deep) }

// meantFor reports whether a cascade is meant for a kind of page, such as "section".
func (c cascade) meantFor(kind string) bool { return c.kind == "" || matchesOne(c.kind, kind) }

// handedTo is the front matter of a file with what is handed down to it.
func (h hugo) handedTo(file, kind string, m meta.Pairs) meta.Pairs {
	for _, c := range h.cascades {
		if c.meantFor(kind) && h.hands(c, file) {
			m = withDefaults(m, c.values)
		}
	}
	return m
}

// hands reports whether a cascade is meant for the page of a file by where that lies.
func (h hugo) hands(c cascade, file string) bool {
	if !h.reaches(c, file) {
		return false
	}
	at := "/" + norm.NFC.String(strings.TrimPrefix(file, h.contentOf(file).folder))
	if c.below == nil {
		return true
	}
	stem, _ := h.stem(at)
	return c.below.MatchString(at) || c.below.MatchString(stem)
}

// handsToFolder is hands for a folder without a page of its own, which a file lies in.
func (h hugo) handsToFolder(c cascade, dir, file string) bool {
	at := "/" + norm.NFC.String(strings.TrimPrefix(dir+"/", h.contentOf(file).folder))
	return h.reaches(c, file) && (c.folder == "" || strings.HasPrefix(dir+"/", c.folder+"/")) && (c.below == nil || c.folders.MatchString(path.Clean(at)))
}

// reaches reports whether a file lies below the section of a cascade, and has its language.
func (h hugo) reaches(c cascade, file string) bool {
	return (c.folder == "" || strings.HasPrefix(file, c.folder+"/")) && (c.language == "" || c.language == strings.ToLower(h.languageOf(file)))
}

// cascadesOf reads what the page of a section hands down. Sections of one folder
// in two languages are two sections.
func (h hugo) cascadesOf(name string, text []byte) []cascade {
	block, err := section.FrontMatter(name, text)
	if err != nil {
		return nil
	}
	var all []cascade
	for _, pair := range block.Meta {
		if strings.EqualFold(pair.Key, "cascade") {
			handed, wrong := h.cascadeList(cascade{folder: path.Dir(name), language: strings.ToLower(h.languageOf(name))}, pair.Value)
			h.tell(name, wrong...)
			all = append(all, handed...)
		}
	}
	return all
}

// cascadeList reads values for the pages that c is meant for: a map, or a list of
// maps, each of which may name some of these pages. What cannot be read hides them.
func (h hugo) cascadeList(c cascade, v meta.Value) ([]cascade, []section.Value) {
	if v.Kind == meta.List {
		var all []cascade
		var wrong []section.Value
		for _, one := range v.List {
			handed, unread := h.cascadeList(c, one)
			all, wrong = append(all, handed...), append(wrong, unread...)
		}
		return all, wrong
	}
	if v.Kind != meta.Map && v.Said() {
		c.values = meta.Pairs{{Key: "draft", Value: meta.Value{Kind: meta.Bool, Text: "true", Line: v.Line}, Line: v.Line}}
		return []cascade{c}, []section.Value{{Key: "cascade", Line: v.Line, Why: section.CannotBeRead("cascade", v, "a mapping")}}
	}
	c.values = nil
	for _, pair := range v.Map {
		switch strings.ToLower(pair.Key) {
		case "_target", "target":
			if !c.aim(pair.Value.Map) {
				return nil, nil
			}
		default:
			c.values = append(c.values, pair)
		}
	}
	if c.values == nil {
		return nil, nil
	}
	var wrong []section.Value
	c.values, wrong = h.reader.Understood(c.values)
	return []cascade{c}, wrong
}

// complete is config.Complete, which tells of what the settings hand down and nobody can read too.
func complete(s settings.Site) (settings.Site, []blog.Problem) {
	s, problems := config.Complete(s)
	top, _ := s.Value("cascade")
	_, wrong := bySettings(s).cascadeList(cascade{}, top)
	for _, u := range wrong {
		problems = append(problems, blog.Problem{File: s.File, Line: u.Line, Severity: blog.Error, Message: u.Why + ", so the pages that it is meant for are kept back"})
	}
	return s, problems
}

// aim narrows a cascade to its target; false if that is none of the pages of a
// published site.
func (c *cascade) aim(target meta.Pairs) bool {
	said := func(key string) string { return strings.ToLower(values.TextIn(target, key)) }
	c.kind = said("kind")
	if environment := said("environment"); environment != "" && !matchesOne(environment, "production") {
		return false
	}
	if language := said("lang"); language != "" {
		if c.language != "" && c.language != language {
			return false
		}
		c.language = language
	}
	if pattern := norm.NFC.String(values.TextIn(target, "path")); pattern != "" {
		c.below, c.folders = globs(pattern, true), globs(pattern, false)
		c.deep = len(strings.TrimRight(pattern, "*/}"))
	}
	return true
}

// globs compiles the patterns of a path, such as "{/a/**,/b}", in any case. What ends in
// /** is what lies below a folder, and the folder if it is asked for.
func globs(pattern string, andFolders bool) *regexp.Regexp {
	var all []string
	for _, one := range alternatives(pattern) {
		one = "/" + strings.TrimPrefix(strings.TrimSpace(one), "/")
		glob := settings.Glob(one, false)
		if folder, ok := strings.CutSuffix(one, "/**"); ok && andFolders {
			glob = settings.Glob(folder, false) + `(?:/.*)?`
		}
		all = append(all, glob)
	}
	return regexp.MustCompile(`(?i)^(?:` + strings.Join(all, "|") + `)$`)
}

// alternatives are the patterns that one with braces stands for; too many of them are one
// that stands for everything, so that what it hides is hidden.
func alternatives(pattern string) []string {
	before, rest, opened := strings.Cut(pattern, "{")
	inside, behind, closed := strings.Cut(rest, "}")
	if !opened || !closed {
		return []string{pattern}
	}
	var all []string
	for one := range strings.SplitSeq(inside, ",") {
		all = append(all, alternatives(before+one+behind)...)
		if len(all) > maxAlternatives {
			return []string{"**"}
		}
	}
	return all
}

const maxAlternatives = 1000

// matchesOne reports whether a pattern such as "page" or "{page,section}" matches a
// word.
func matchesOne(pattern, word string) bool {
	for one := range strings.SplitSeq(strings.Trim(pattern, "{}"), ",") {
		if matches, err := path.Match(strings.TrimSpace(one), word); err == nil && matches {
			return true
		}
	}
	return false
}

// withDefaults adds values for keys that the metadata does not have, in any case.
func withDefaults(m, values meta.Pairs) meta.Pairs {
	for _, pair := range values {
		if !slices.ContainsFunc(m, func(p meta.Pair) bool { return strings.EqualFold(p.Key, pair.Key) }) {
			m = append(slices.Clip(m), pair)
		}
	}
	return m
}
