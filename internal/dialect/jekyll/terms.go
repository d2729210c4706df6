package jekyll

import (
	"path"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"
)

// authorsAndTerms fills in who wrote the post, names looked up in the site's data, and
// what it is about.
func (j jekyll) authorsAndTerms(r *rules.Reading) {
	r.SetAuthors(j.known)
	j.terms(r)
}

// known returns the author that a name is the key of.
func (j jekyll) known(a blog.Author) blog.Author {
	v, ok := j.authors.Get(a.Name)
	if !ok || v.Kind != meta.Map {
		return a
	}
	full := values.Author(v.Map)
	if full.Name == "" {
		full.Name = a.Name
	}
	return full
}

// terms follows the feed plugin: where a post has a category in the singular,
// that one alone is shown; then come the tags.
func (j jekyll) terms(r *rules.Reading) {
	categories := j.categories(r)
	if single, ok := r.Block.Meta.Get("category"); ok && !single.Empty() {
		categories = []string{strings.TrimSpace(single.Text)}
	}
	for _, name := range categories {
		r.AddTerm(blog.Category, joinedWords(name))
	}
	tags := plural(r.Block.Meta, "tags")
	if single, ok := r.Block.Meta.Get("tag"); ok && !single.Empty() {
		tags = []string{strings.TrimSpace(single.Text)}
	}
	for _, name := range tags {
		r.AddTerm(blog.Tag, joinedWords(name))
	}
}

func joinedWords(name string) string { return strings.Join(strings.Fields(name), " ") }

func (j jekyll) categories(r *rules.Reading) []string {
	file, _ := below(j.dir, r.File.Path)
	return categoriesOf(file, r.Block.Meta)
}

// categoriesOf are the folders above _posts, then the plural, then the singular.
func categoriesOf(file string, m meta.Pairs) []string {
	dir := "/" + path.Dir(file) + "/"
	above, _, found := strings.Cut(dir, "/_posts/")
	if !found {
		above, _, found = strings.Cut(dir, "/_drafts/")
	}
	var names []string
	if found {
		names = strings.FieldsFunc(above, func(c rune) bool { return c == '/' })
	}
	seen := map[string]bool{}
	for _, name := range names {
		seen[name] = true
	}
	for _, name := range plural(m, "categories") {
		if !seen[name] && len(names) <= rules.MaxNames { // one more, to be told
			seen[name] = true
			names = append(names, name)
		}
	}
	if single, ok := m.Get("category"); ok && !single.Empty() && !slices.Contains(names, strings.TrimSpace(single.Text)) {
		names = append(names, strings.TrimSpace(single.Text))
	}
	return names
}

// tagsOf are those that a template sees: the plural, then the singular.
func tagsOf(m meta.Pairs) []string {
	tags := plural(m, "tags")
	if single, ok := m.Get("tag"); ok && !single.Empty() {
		tags = append(slices.Clip(tags), strings.TrimSpace(single.Text))
	}
	return tags
}

// plural reads a list, or a text whose words are one.
func plural(m meta.Pairs, key string) []string {
	v, ok := m.Get(key)
	switch {
	case !ok:
		return nil
	case v.Kind == meta.List:
		return v.Strings()
	}
	return strings.Fields(v.Text)
}
