package edition

import (
	"fmt"
	"net/url"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/markdown"
)

// Lint renders every post and every document and returns what their readers
// would stumble over, besides what Problems returns: links that lead nowhere,
// files that are not there, posts that say next to nothing. It may repeat
// problems.
func (e *Edition) Lint() []blog.Problem {
	for _, d := range e.order {
		_, _ = d.Content() // an error stays with the document; Problems tells it
	}
	var problems []blog.Problem
	known := e.addresses()
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
			if message := judge(lost, known); message != "" {
				problems = append(problems, blog.Problem{File: p.Path, Line: lost.Line, Severity: blog.Warning, Message: message})
			}
		}
		if saysNothing(p, content) {
			problems = append(problems, blog.Problem{File: p.Path, Line: p.BodyLine, Severity: blog.Warning, Message: "the post holds next to nothing"})
		}
	}
	problems = append(problems, e.Problems()...)
	blog.SortProblems(problems)
	return problems
}

// addresses returns where posts and documents are found.
func (e *Edition) addresses() map[string]bool {
	known := make(map[string]bool, len(e.Posts)+len(e.order))
	for _, p := range e.Posts {
		known[bare(p.URL)] = true
	}
	for _, d := range e.order {
		known[bare(address(e.in.site, d.Path))] = true
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
// top of the site may lead to a page that somebody else serves.
func judge(lost markdown.Lost, known map[string]bool) string {
	switch {
	case !lost.Link:
		return fmt.Sprintf("%q is not in the folder, nor will it be found at %s", lost.Ref, lost.URL)
	case strings.HasPrefix(lost.Ref, "/"), known[bare(lost.URL)], lost.URL == "":
		return ""
	}
	return fmt.Sprintf("the link %q leads to %s, which is none of the posts", lost.Ref, lost.URL)
}

// saysNothing reports whether a post has fewer than three words and nothing to
// look at, to listen to or to follow.
func saysNothing(p *blog.Post, content markdown.Content) bool {
	if p.ExternalURL != "" || p.Image.URL != "" || len(p.Enclosures) > 0 || p.Summary != "" {
		return false
	}
	for _, tag := range []string{"<img", "<video", "<audio", "<a "} {
		if strings.Contains(content.HTML, tag) {
			return false
		}
	}
	return len(strings.Fields(markdown.Plain(content.HTML, 0))) < 3
}
