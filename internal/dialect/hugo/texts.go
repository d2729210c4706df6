package hugo

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
)

// summaryWords is how long an automatic summary is, at the end of a paragraph.
const summaryWords = 70

// more is the mark between summary and rest.
const more = "<!--more-->"

func (h hugo) texts(r *rules.Reading) {
	r.Post.Extra().Language = h.language(r)
	language := h.languageOf(r.File.Path)
	r.Post.Withholds = withholds(r)
	r.Post.Extra().Translation = h.languages[language] && language != h.main
	if v, _, ok := r.Find(meta.Title); ok {
		r.Post.Title = values.Title(v.Text)
	}
	r.Post.Body = h.render(r, r.Post.Body)
	head, _, marked := strings.Cut(string(r.Post.Body), more)
	switch summary := r.Text(meta.Summary); {
	case marked:
		r.Post.Extra().Excerpt = []byte(head)
	case summary != "" && r.Post.Markup == blog.Markdown:
		r.Post.Extra().Excerpt = []byte(summary) // it is Markdown too
	case summary != "":
		r.Post.Extra().Summary = markdown.Written(summary)
	default:
		r.Post.Extra().SummaryWords = h.summaryWords()
	}
	if v, _, ok := r.Lookup(meta.Summary, "description"); ok {
		r.Post.Extra().Description = markdown.Written(values.First(v.Strings()))
	}
}

// summaryWords is how long an automatic summary is.
func (h hugo) summaryWords() int {
	if n, err := strconv.Atoi(h.site.Text("summaryLength")); err == nil && n > 0 {
		return n
	}
	return summaryWords
}

// language is that of the front matter, or of a file's name such as a.fr.md.
func (h hugo) language(r *rules.Reading) string {
	if said := r.StatedLanguage(); said != "" {
		return said
	}
	if ext := strings.ToLower(strings.TrimPrefix(path.Ext(r.Name.Base), ".")); h.languages[ext] {
		return ext
	}
	return h.contentOf(r.File.Path).language
}

// authorsAndTerms fills in who wrote the page and its terms: those of each taxonomy of the
// site, categories as such and all others as tags.
func (h hugo) authorsAndTerms(r *rules.Reading) {
	r.SetAuthors(nil)
	for _, key := range slices.Concat([]string{"categories"}, h.taxonomies, []string{"tags"}) {
		kind := blog.Tag
		switch strings.ToLower(key) {
		case "authors", "author":
			continue
		case "categories":
			kind = blog.Category
		}
		for _, pair := range r.Block.Meta {
			if !strings.EqualFold(pair.Key, key) {
				continue
			}
			for _, name := range pair.Value.Strings() {
				r.AddTerm(kind, name)
			}
		}
	}
}

func comments(*rules.Reading) markdown.Languages { return markdown.Languages{Hugo: true} }
