package paths

import (
	"maps"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/edition/internal/term"
	"broadsheet/internal/feed"
)

// generatorTerm returns where the generator of the dialect writes the feed of a term;
// empty: nowhere. In Hugo a folder at the top is a section or a language.
func (s *Site) generatorTerm(k term.Key) string {
	if at, told := s.told[k]; told {
		return at
	}
	pattern := s.generatorPattern(k.Kind)
	translated := slices.ContainsFunc(s.Settings.Languages, func(language string) bool {
		return term.Slug(language) == k.Slug
	})
	top := strings.HasPrefix(pattern, "/*")
	switch {
	case k.Kind == "sections" && translated, k.Kind == "languages" && !translated:
		return ""
	case top && (term.Singular(k.Slug) != "" || path.Ext(k.Slug) != ""): // the folder is ours, or may be a file
		return ""
	}
	return strings.Replace(pattern, "*", k.Slug, 1)
}

// readTermPaths notes where the settings of the generator have feeds. Of two terms with one
// path the first has it.
func (s *Site) readTermPaths() {
	for _, name := range slices.Sorted(maps.Keys(s.Settings.TermPaths)) {
		kind, of, _ := strings.Cut(name, "/")
		at := s.Settings.TermPaths[name]
		if of == "*" || term.Slug(of) == "" {
			continue
		}
		if s.told == nil {
			s.told, s.terms = map[term.Key]string{}, map[string]term.Key{}
		}
		k := term.Key{Kind: kind, Slug: term.Slug(of)}
		if at != "" {
			at = path.Clean("/" + at)
		}
		folded := Fold(at)
		if _, taken := s.terms[folded]; at != "" && (taken || s.isOther(at)) {
			continue
		}
		if s.told[k] == "" {
			s.told[k] = at
		}
		if at != "" {
			s.terms[folded] = k
		}
	}
}

// Others returns further paths of the feed of a term in a format, which its posts call by
// these names: the one in its own folder, and those of the generator of the dialect.
func (s *Site) Others(k term.Key, f feed.Format, names []string) []string {
	var all []string
	own := k.Root() + f.File
	if of, taken := s.terms[own]; !taken || of == k {
		all = append(all, own)
	}
	pattern := s.generatorPattern(k.Kind)
	if at, told := s.told[k]; f.Name != s.feeds.Format || !strings.Contains(pattern, "*") || told && at == "" {
		return all
	}
	if s.told[k] != "" {
		all = append(all, strings.Replace(pattern, "*", k.Slug, 1))
	}
	if s.Settings.TermPaths[k.Kind+"/*"] == "" {
		return all
	}
	for _, name := range names {
		if name != k.Slug && !strings.Contains(name, "/") {
			all = append(all, strings.Replace(pattern, "*", name, 1))
		}
	}
	return all
}

// isOther reports whether a path cannot be that of the feed of a term.
func (s *Site) isOther(at string) bool {
	return at == s.GeneratorFeed() || strings.ContainsAny(at, "?#\\") || slices.Contains(ofPages, Fold(at))
}

// generatorPattern returns where the generator of the dialect writes the feeds of the
// terms of a kind, with * for the slug; empty: nowhere.
func (s *Site) generatorPattern(kind string) string {
	pattern := s.feeds.Terms[kind]
	if told, ok := s.Settings.TermPaths[kind+"/*"]; ok {
		pattern = told
	}
	if pattern != "" && s.feeds.SameName {
		pattern = path.Join(path.Dir(pattern), path.Base(s.GeneratorFeed()))
	}
	return pattern
}

// pattern is where the generator of the dialect has the feeds of a kind of term: paths
// that begin and end so, with the slug between.
type pattern struct {
	kind, before, after string
	spelled             bool // names stand there as they are written
}

func (s *Site) patternsOfFeeds() []pattern {
	var all []pattern
	for _, kind := range term.Kinds {
		before, after, has := strings.Cut(s.generatorPattern(kind.Folder), "*")
		if has {
			_, told := s.Settings.TermPaths[kind.Folder+"/*"]
			all = append(all, pattern{kind.Folder, before, after, told})
		}
	}
	return all
}

// TermsAt returns the terms that may have a document at a path: the one whose folder it
// lies in, and those whose feed the generator of the dialect has there.
func (s *Site) TermsAt(at string) []term.Key {
	var all []term.Key
	kind, rest, _ := strings.Cut(strings.TrimLeft(at, "/"), "/")
	if term.Singular(kind) != "" {
		slug, _, _ := strings.Cut(rest, "/")
		all = append(all, term.Key{Kind: kind, Slug: slug})
	}
	if len(s.terms) > 0 {
		if k, told := s.terms[Fold(at)]; told {
			all = append(all, k)
		}
	}
	for _, p := range s.patterns {
		if len(at) > len(p.before)+len(p.after) && strings.HasPrefix(at, p.before) && strings.HasSuffix(at, p.after) {
			name := at[len(p.before) : len(at)-len(p.after)]
			all = append(all, term.Key{Kind: p.kind, Slug: name})
			if slug := term.Slug(name); p.spelled && slug != name {
				all = append(all, term.Key{Kind: p.kind, Slug: slug})
			}
		}
	}
	return all
}
