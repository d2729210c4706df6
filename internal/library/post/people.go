package post

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/markdown"
)

// people fills in who wrote the post, and what it is about.
func (r *reader) people() {
	v, _, _ := r.find(frontmatter.Authors)
	r.authors(authorsOf(v))
	if mail := r.text(frontmatter.AuthorEmail); len(r.post.Authors) == 1 && r.post.Authors[0].Email == "" {
		r.post.Authors[0].Email = mail
	}
	if len(r.post.Authors) == 0 {
		r.post.Authors = r.site.Authors
	}
	r.termsOf(blog.Category, frontmatter.Categories)
	r.termsOf(blog.Tag, frontmatter.Tags)
}

// maxNames bounds how many authors, categories, tags or files a post has. Each has
// a feed or a line of its own, and none of more was written by hand.
const maxNames = 1000

// authors adds authors, each once.
func (r *reader) authors(all []blog.Author) {
	seen := make(map[string]bool, len(r.post.Authors))
	for _, a := range r.post.Authors {
		seen[a.Name] = true
	}
	for _, a := range all {
		if a = r.reachable(a).Named(); a.Name == "" || seen[a.Name] {
			continue
		}
		if len(r.post.Authors) == maxNames {
			r.tooMany("authors")
			return
		}
		seen[a.Name] = true
		r.post.Authors = append(r.post.Authors, a)
	}
}

// tooMany says that only the first are taken.
func (r *reader) tooMany(what string) {
	r.warn(1, fmt.Sprintf("more than %d %s: only the first are taken", maxNames, what))
}

// term adds a term, once.
func (r *reader) term(kind blog.Kind, name string) {
	term := blog.Term{Kind: kind, Name: name}
	if name == "" || r.seen[term] {
		return
	}
	if r.seen == nil {
		r.seen, r.terms = map[blog.Term]bool{}, map[blog.Kind]int{}
	}
	r.seen[term] = true
	switch r.terms[kind]++; {
	case r.terms[kind] <= maxNames:
		r.post.Terms = append(r.post.Terms, term)
	case r.terms[kind] == maxNames+1:
		r.tooMany(string(kind))
	}
}

// termsOf adds the terms of one kind: those of every key that may hold them, a
// single text being split at commas, without repeats.
func (r *reader) termsOf(kind blog.Kind, f frontmatter.Field) {
	if !r.held.Has(f) {
		return
	}
	for _, key := range r.by.keys().Names[f] {
		v, _, ok := r.only(f, key)
		if !ok {
			continue
		}
		for _, name := range names(v, key) {
			r.term(kind, name)
		}
	}
}

// names returns the terms that a value lists. The singular key "category"
// holds one, commas or not.
func names(v frontmatter.Value, key string) []string {
	texts := v.Strings()
	if v.Kind != frontmatter.List && !strings.EqualFold(key, "category") && len(texts) == 1 {
		texts = strings.Split(texts[0], ",")
	}
	var names []string
	for _, t := range texts {
		if t = folded(resolved(t)); t != "" {
			names = append(names, t)
		}
	}
	return names
}

// inlineTag matches the tags that authors put into titles. Any other "<" is
// text: a title may well speak of Vec<T>.
var inlineTag = regexp.MustCompile(`(?i)</?(?:a|abbr|b|br|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|u|var)(?:\s[^<>]*)?/?>`)

// comment matches a comment of HTML; one that is not closed ends nowhere.
var comment = regexp.MustCompile(`<!--(?s:.*?)(?:-->|\z)`)

// plainTitle returns a title as text: without inline tags and comments, with character
// references resolved, and white space folded.
func plainTitle(title string) string {
	if strings.Contains(title, "<") {
		title = inlineTag.ReplaceAllString(comment.ReplaceAllString(markdown.WithoutHidden(title), ""), "")
	}
	return folded(resolved(title))
}

// charReference matches a character reference as CommonMark section 6.2 has it: one
// without a semicolon is text, as in ?a=1&copy=2.
var charReference = regexp.MustCompile(`&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});`)

func resolved(text string) string {
	if !strings.Contains(text, "&") {
		return text
	}
	return charReference.ReplaceAllStringFunc(text, html.UnescapeString)
}

// folded returns a text with its white space folded; nearly none has to be.
func folded(text string) string {
	odd := func(r rune) bool { return r < ' ' || r > '~' }
	if !strings.ContainsFunc(text, odd) && !strings.Contains(text, "  ") {
		return strings.TrimSpace(text)
	}
	return strings.Join(strings.Fields(text), " ")
}
