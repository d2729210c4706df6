package rules

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"
)

// bareAuthorsAndTerms fills in who wrote the post, and what it is about.
func (r *Reading) bareAuthorsAndTerms() {
	v, key, _ := r.Find(meta.Authors)
	r.addAuthors(values.Authors(r.inHeader(v, key)))
	if mail := r.Text(meta.AuthorEmail); len(r.Post.Authors) == 1 && r.Post.Authors[0].Email == "" {
		r.Post.Authors[0].Email = mail
	}
	if len(r.Post.Authors) == 0 {
		r.Post.Authors = r.Site.Authors
	}
	r.termsOf(blog.Category, meta.Categories)
	r.termsOf(blog.Tag, meta.Tags)
}

// inHeader splits a line of a header, as Pelican has it, into the authors that it names.
func (r *Reading) inHeader(v meta.Value, key string) meta.Value {
	text := bytes.TrimLeft(r.File.Data, "\ufeff \t\r\n")
	if v.Kind != meta.String || v.Quoted || len(text) == 0 || bytes.IndexByte([]byte("-+{;"), text[0]) >= 0 {
		return v
	}
	separator := ";"
	if strings.EqualFold(key, "authors") && !strings.Contains(v.Text, ";") {
		separator = ","
	}
	list := meta.Value{Kind: meta.List, Line: v.Line}
	for name := range strings.SplitSeq(v.Text, separator) {
		list.List = append(list.List, meta.Value{Kind: meta.String, Text: name, Line: v.Line})
	}
	return list
}

// SetAuthors fills in who wrote the post: the authors of the front matter, else those of
// the site. Complete adds what is known of an author by name; nil: nothing is.
func (r *Reading) SetAuthors(complete func(blog.Author) blog.Author) {
	if complete == nil {
		complete = func(a blog.Author) blog.Author { return a }
	}
	v, _, _ := r.Find(meta.Authors)
	stated := values.Authors(v)
	for i := range stated {
		stated[i] = complete(stated[i])
	}
	r.addAuthors(stated)
	if len(r.Post.Authors) > 0 {
		return
	}
	for _, a := range r.Site.Authors {
		r.Post.Authors = append(r.Post.Authors, complete(a))
	}
}

// MaxNames bounds how many authors, categories, tags or files a post has. Each has
// a feed or a line of its own, and none of more was written by hand.
const MaxNames = 1000

// addAuthors adds authors, each once.
func (r *Reading) addAuthors(all []blog.Author) {
	seen := make(map[string]bool, len(r.Post.Authors))
	for _, a := range r.Post.Authors {
		seen[a.Name] = true
	}
	for _, a := range all {
		if a = r.reachable(a).Named(); a.Name == "" || seen[a.Name] {
			continue
		}
		if len(r.Post.Authors) == MaxNames {
			r.tooMany("authors")
			return
		}
		seen[a.Name] = true
		r.Post.Authors = append(r.Post.Authors, a)
	}
}

// tooMany says that only the first are taken.
func (r *Reading) tooMany(what string) {
	r.Warn(1, fmt.Sprintf("more than %d %s: only the first are taken", MaxNames, what))
}

// AddTerm adds a term, once.
func (r *Reading) AddTerm(kind blog.Kind, name string) {
	term := blog.Term{Kind: kind, Name: name}
	if name == "" || r.hasTerm(term) {
		return
	}
	if r.seen == nil {
		r.Post.Terms = append(r.Post.Terms, term)
		return
	}
	r.seen[term] = true
	switch r.terms[kind]++; {
	case r.terms[kind] <= MaxNames:
		r.Post.Terms = append(r.Post.Terms, term)
	case r.terms[kind] == MaxNames+1:
		r.tooMany(string(kind))
	}
}

// fewTerms is how many terms are found without an index of them: nearly all posts have no more.
const fewTerms = 16

// hasTerm reports whether the post has a term, or is too full for it.
func (r *Reading) hasTerm(term blog.Term) bool {
	if len(r.Post.Terms) < fewTerms {
		return slices.Contains(r.Post.Terms, term)
	}
	if r.seen == nil {
		r.seen, r.terms = map[blog.Term]bool{}, map[blog.Kind]int{}
		for _, t := range r.Post.Terms {
			r.seen[t] = true
			r.terms[t.Kind]++
		}
	}
	return r.seen[term]
}

// termsOf adds the terms of one kind: those of every key that may hold them, a
// single text being split at commas, without repeats.
func (r *Reading) termsOf(kind blog.Kind, f meta.Field) {
	if !r.fields.Has(f) {
		return
	}
	for _, key := range r.posts.Keys.Names[f] {
		v, _, ok := r.Lookup(f, key)
		if !ok {
			continue
		}
		for _, name := range values.Names(v, key) {
			r.AddTerm(kind, name)
		}
	}
}

// reachable makes the URL of an author absolute. A mailto: there is the e-mail
// address; anything else that is no address of a page is none.
func (r *Reading) reachable(a blog.Author) blog.Author {
	if a.URL == "" {
		return a
	}
	found := values.WithAddress(blog.Author{}, r.Site.Resolve(a.URL))
	a.Email, a.URL = cmp.Or(a.Email, found.Email), found.URL
	return a
}
