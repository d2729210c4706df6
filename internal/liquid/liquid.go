// Package liquid renders the Liquid template text in the body of a Jekyll post,
// as Jekyll does before Markdown sees it.
//
// In go a body, the variables of its page, and a Site that all posts share. Out
// come the body without template text, and what was wrong with it. A body that
// holds neither "{{" nor "{%" comes back as it is.
//
// Known are the tags assign, break, capture, case, comment, continue, cycle, decrement,
// echo, for, highlight, if, ifchanged, include, include_cached, increment, link, liquid,
// post_url, raw, tablerow and unless, Liquid's filters, and Jekyll's, but not those that
// need another program (sassify, scssify). A highlighted block becomes a fenced code block,
// or pre and code in a post that is HTML, for the Markdown renderer to colour.
//
// Nothing in a post makes Render fail. Each of these is a problem, a warning with
// its line, and only the piece of template text that it is about goes missing:
//
//   - a tag, filter or include that nobody knows, a link that leads nowhere. Of
//     an unknown block only the tags go; what stands between them stays, and so does
//     what an unknown filter is for;
//   - text that cannot be read as a tag, a filter that stops Jekyll, a block that is not
//     closed or closed twice. An opening "{{" or "{%" that nothing closes stays,
//     being text rather than template text;
//   - whatever asks for the time of day or draws lots: site.time, "now", "today", sample;
//   - include_relative, because a post reads no other file than the includes.
//
// A variable that nobody set is empty, as in Jekyll, and no problem. Besides site
// and page, templates find jekyll.environment, which is "production", and jekyll.version.
//
// The result depends on the arguments alone: no clock, no disk, no order of a
// map. Posts come from outside, so what one of them may use is bounded, and
// counted in steps rather than in seconds (see limits.go). One that goes over a
// bound keeps what it has rendered up to there, with a problem.
//
// Everything is read as Liquid 5.4 reads it for Jekyll: an expression by its grammar or,
// where it has a mistake, by whatever can be found in it.
package liquid

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
)

// Site is what the templates of a site can ask for. The zero value works. What
// is in it must not change any more, and its functions must be safe for
// concurrent use, and always give the same answer.
type Site struct {
	Vars     Object            // site.*, the data files under "data"; objects, lists, strings, numbers, bools, times and days
	Includes map[string]string // texts for {% include %}, by slash-separated path below _includes, composed (Unicode NFC)

	// PostURL returns the path of a post's URL, base path included, by its file
	// name without extension: "2020-01-02-name" or "sub/2020-01-02-name".
	PostURL func(name string) (url string, found bool)
	// LinkURL returns the same of any file, by its path in the site:
	// "_posts/2020-01-02-name.md".
	LinkURL func(path string) (url string, found bool)

	URL, BaseURL string                   // what absolute_url and relative_url put in front
	Markdown     func(text string) string // what markdownify does; nil leaves the text as it is
	Zone         *time.Location           // in which dates are shown, and read when they name none; nil is UTC
}

// Renderer renders the posts of a site. It is safe for concurrent use.
type Renderer struct {
	site    Site
	vars    *hash // site.*, as templates see it
	filters map[string]filter
	steps   int // that a post may take; fewer in tests
}

// New returns a Renderer for s. Making one copies the variables of the site;
// rendering a post does not.
func New(s Site) *Renderer {
	if s.Zone == nil {
		s.Zone = time.UTC
	}
	c := converter{zone: s.Zone}
	vars := c.object(slices.DeleteFunc(slices.Clone(s.Vars), func(p Pair) bool { return p.Key == "time" }))
	return &Renderer{site: s, vars: vars, filters: filters(), steps: maxSteps}
}

// Render renders a body. page is what the template finds under page; file, and
// the line of file on which body begins, word the problems, which are warnings
// in the order of the lines. body and page are never written to. A page whose
// render_with_liquid is false keeps its body, as does one without template text:
// then out is body itself.
func (r *Renderer) Render(body []byte, page Object, file string, line int) (out []byte, problems []blog.Problem) {
	if !hasTemplate(body) || page.Get("render_with_liquid") == false {
		return body, nil
	}
	run := newRun(r, page, file)
	out = run.render(string(body), max(line, 1))
	blog.SortProblems(run.problems)
	return out, run.problems
}

// hasTemplate reports whether a body holds anything for Render to do.
func hasTemplate(body []byte) bool {
	return bytes.Contains(body, []byte("{{")) || bytes.Contains(body, []byte("{%"))
}

// isHTML reports whether a file is HTML, which Markdown does not see.
func isHTML(file string) bool {
	ext := strings.ToLower(path.Ext(file))
	return ext == ".html" || ext == ".htm"
}
