package edition

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"unicode"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/markdown"
)

// Lint renders every post and every document and returns what their readers
// would stumble over, besides what Problems returns: links that lead nowhere,
// files that are not there, posts that say next to nothing. It may repeat
// problems.
func (e *Edition) Lint() []blog.Problem {
	for _, d := range e.Documents() {
		_, _ = d.Content() // an error stays with the document; Problems tells it
	}
	var problems []blog.Problem
	known, places := e.addresses(), places{}
	for _, p := range e.Posts {
		content, err := e.texts.of(p)
		if err != nil {
			continue // Problems tells it
		}
		for _, problem := range content.Problems {
			problem.File = p.Path
			problems = append(problems, problem)
		}
		for _, lost := range content.Lost {
			if message := e.judge(lost, known); message != "" {
				problems = append(problems, blog.Problem{File: p.Path, Line: lost.Line, Severity: blog.Warning, Message: message, Cause: causeOf(lost)})
			}
		}
		found := read(content.HTML, p.URL)
		places.add(p, found)
		problems = append(problems, e.lintText(p, found)...)
		if len(content.Problems) == 0 && saysNothing(p, content) { // what was left out may have been all
			problems = append(problems, blog.Problem{File: p.Path, Line: p.BodyLine, Severity: blog.Warning, Message: "the post holds next to nothing"})
		}
	}
	if e.in.settings.Pages {
		problems = append(problems, places.lint()...)
	}
	problems = append(problems, e.Problems()...)
	problems = append(problems, e.Clashes()...)
	blog.SortProblems(problems)
	return problems
}

// addresses returns where posts and documents are found.
func (e *Edition) addresses() map[string]bool {
	known := make(map[string]bool, len(e.Posts)+e.Len())
	for _, p := range e.Posts {
		known[bare(p.URL)] = true
	}
	for _, d := range e.Documents() {
		known[bare(absolute(e.in.site, d.Path))] = true
	}
	return known
}

// bare is an address without what makes no difference here.
func bare(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.RawQuery, u.Fragment = "", ""
	return strings.TrimSuffix(strings.TrimSuffix(u.String(), "index.html"), "/")
}

// judge words what is wrong with an address that was not found. A link from the
// top of the site may lead to a page that somebody else serves, and one to a file
// beside a page to a resource of that page.
func (e *Edition) judge(lost markdown.Lost, known map[string]bool) string {
	switch {
	case !lost.Link:
		return fmt.Sprintf("%q is not in the folder, nor will it be found at %s", lost.Ref, lost.URL)
	case strings.HasPrefix(lost.Ref, "/"), known[bare(lost.URL)], lost.URL == "":
		return ""
	case dialect.Kind(e.in.settings.Dialect).HasBundles() && isResource(lost.Ref):
		return ""
	}
	return fmt.Sprintf("the link %q leads to %s, which is none of the posts", lost.Ref, lost.URL)
}

// isResource reports whether a reference is one to a file that is no page.
func isResource(ref string) bool {
	ref, _, _ = strings.Cut(ref, "#")
	ref, _, _ = strings.Cut(ref, "?")
	switch ext := strings.ToLower(path.Ext(ref)); ext {
	case "", ".", ".md", ".markdown", ".html", ".htm":
		return false
	default:
		return len(ext) < 7 && !strings.Contains(strings.TrimLeft(ref, "./"), "/")
	}
}

// causeOf names the folder that files are missing from: it often is so as a whole.
func causeOf(lost markdown.Lost) string {
	if lost.Link {
		return ""
	}
	return blog.MissingFile(lost.URL)
}

// fewWords is how many words say next to nothing below a title.
const fewWords = 3

// saysNothing reports whether a post has next to no words and nothing to look at,
// to listen to or to follow. One without a title may be as short as it likes.
func saysNothing(p *blog.Post, content markdown.Content) bool {
	if p.ExternalURL != "" || p.Image.URL != "" || len(p.Enclosures) > 0 || p.Summary != "" || p.Excerpt != nil && content.Summary != "" {
		return false
	}
	for _, tag := range []string{"<img", "<video", "<audio", "<a "} {
		if strings.Contains(content.HTML, tag) {
			return false
		}
	}
	n := wordsIn(markdown.Plain(content.HTML, 0))
	return n == 0 || p.Title != "" && n < fewWords
}

// wordsIn counts the words of a text. Scripts that put no spaces between words,
// and pictures, count by the character.
func wordsIn(text string) int {
	n := 0
	for _, word := range strings.Fields(text) {
		apart, together := 0, 0
		for _, r := range word {
			switch {
			case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.So):
				apart++
			case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsSymbol(r):
				together = 1
			}
		}
		n += apart + together
	}
	return n
}
