// Package lint finds what readers of rendered posts would stumble over.
//
// In go posts with their rendered bodies, one after the other, and the addresses that
// the site has; out come problems: links that lead nowhere, files that are not there,
// template text that nothing filled in, posts that say next to nothing.
package lint

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/markdown"
)

// Options say what posts are held against.
type Options struct {
	Dialect dialect.Kind
	Pages   bool     // the posts have pages, so that links to places within them can be checked
	Known   []string // absolute addresses of posts and documents

	// Whole returns a post with its text, for the line of a problem. Nil: posts have
	// their texts.
	Whole func(*blog.Post) (*blog.Post, error)
}

// Checker collects the problems of posts.
type Checker struct {
	o        Options
	known    map[string]bool // normalised
	anchors  anchors
	problems []blog.Problem
}

// New returns a Checker that was given no posts yet.
func New(o Options) *Checker {
	c := &Checker{o: o, known: make(map[string]bool, len(o.Known)), anchors: newAnchors()}
	for _, address := range o.Known {
		c.known[normalise(address)] = true
	}
	return c
}

// Add checks a post, given its rendered body.
func (c *Checker) Add(p *blog.Post, content markdown.Content) {
	for _, problem := range content.Problems {
		problem.File = p.Path
		c.problems = append(c.problems, problem)
	}
	for _, lost := range content.Lost {
		if message := c.explain(lost); message != "" {
			c.problems = append(c.problems, blog.Problem{
				File: p.Path, Line: lost.Line, Severity: blog.Warning, Message: message, Cause: missingFolder(lost),
			})
		}
	}
	found := read(content.HTML, p.URL)
	c.anchors.add(p, found)
	if c.o.Dialect.Bare() {
		for _, tag := range found.tags {
			c.warn(p, tag, fmt.Sprintf("readers will see the template text %q: nothing fills it in here", tag))
		}
	}
	if len(content.Problems) == 0 && c.isEmpty(p, content) { // what was left out may have been all
		c.problems = append(c.problems, blog.Problem{
			File: p.Path, Line: p.BodyLine, Severity: blog.Warning, Message: "the post holds next to nothing",
		})
	}
}

// Problems returns the problems of all posts that were added.
func (c *Checker) Problems() []blog.Problem {
	if c.o.Pages {
		for _, b := range c.anchors.broken() {
			c.warn(b.post, b.source, b.message)
		}
	}
	return c.problems
}

// warn adds a warning about a piece of the text of a post.
func (c *Checker) warn(p *blog.Post, piece, message string) {
	line := 0
	whole := c.whole(p)
	if at := bytes.Index(whole.Body, []byte(piece)); at >= 0 {
		line = whole.BodyLine + bytes.Count(whole.Body[:at], []byte("\n"))
	}
	c.problems = append(c.problems, blog.Problem{File: p.Path, Line: line, Severity: blog.Warning, Message: message})
}

// whole returns a post with its text; without it where that cannot be had any more.
func (c *Checker) whole(p *blog.Post) *blog.Post {
	if c.o.Whole == nil {
		return p
	}
	whole, err := c.o.Whole(p)
	if err != nil {
		return p
	}
	return whole
}

// normalise drops the query, the fragment, index.html and the last slash of an address.
func normalise(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.RawQuery, u.Fragment = "", ""
	return strings.TrimSuffix(strings.TrimSuffix(u.String(), "index.html"), "/")
}

// explain says what is wrong with an address that was not found; empty: nothing. A link
// from the top of the site may lead to a page of another server. One to a file beside a
// page may lead to a resource of that page.
func (c *Checker) explain(lost markdown.Lost) string {
	switch {
	case !lost.Link:
		return fmt.Sprintf("%q is not in the folder, nor will it be found at %s", lost.Ref, lost.URL)
	case strings.HasPrefix(lost.Ref, "/"), c.known[normalise(lost.URL)], lost.URL == "":
		return ""
	case c.o.Dialect.HasBundles() && isResource(lost.Ref):
		return ""
	}
	return fmt.Sprintf("the link %q leads to %s, which is none of the posts", lost.Ref, lost.URL)
}

// isResource reports whether a reference leads to a file that is no page.
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

// missingFolder names the folder that a file is missing from. Often the whole folder is
// missing.
func missingFolder(lost markdown.Lost) string {
	if lost.Link {
		return ""
	}
	return blog.MissingFile(lost.URL)
}
