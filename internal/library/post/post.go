// Package post makes one post out of one file, by the rules of the dialect that
// the file was written in.
//
// In go the file, the site, and what is known of the generator that the folder
// was made for; out comes what the file asks for itself: a post or none, public
// or not, with every default filled in. Nothing here looks at another post or at
// the clock.
package post

import (
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/generator"
	"broadsheet/internal/markdown"
	"broadsheet/internal/source"
)

// State says what a file asks for itself, whatever the time is.
type State uint8

// The states.
const (
	Other    State = iota // not a post
	Public                // a post like any other
	Draft                 // not to be seen by the public
	Unlisted              // public, but in no list
)

// Result is what a file came to.
type Result struct {
	State     State
	Explicit  bool           // the id stands in the front matter
	NotBefore time.Time      // the post is not public before, whatever its own date; zero: that one rules
	Post      *blog.Post     // with the id that the file asks for, and the addresses of media files as written; nil for Other
	Problems  []blog.Problem // warnings

	// AlsoStated are ids that stand in the front matter too, but are not the one: those
	// that versions before this one took. Who knows the post by one of them keeps it.
	AlsoStated []string

	// Written are the texts that the file holds for readers: the values of the front
	// matter and the body, as written but for what nobody is to read; without the body
	// where there is Meta, for only Templates knows what comes of it.
	Written [][]byte

	// Yielded is the path of the permalink that the post would have, were it not taken;
	// empty: it has it.
	Yielded string

	// Meta is the front matter, where the text holds template text that Templates
	// is to render; nil: it holds none.
	Meta frontmatter.Pairs
}

// Reader reads the files of one folder. It is safe for concurrent use.
type Reader struct {
	site    blog.Site
	dialect dialect
	index   frontmatter.Index

	reserved func(path string) bool // see Avoid; nil: nothing is
}

// dialect is the rules that a folder was written for. Each method fills in its
// part of the post; the order is theirs.
type dialect interface {
	passes(path string) bool // whether a file is none of its business
	keys() frontmatter.Keys
	state(r *reader) State
	dates(r *reader) error                 // an error is a blog.Problem and means that there is no post
	comments(r *reader) markdown.Languages // whose comments posts may hold
	texts(r *reader)
	people(r *reader)
	links(r *reader)
}

// New returns the reader of a folder that was made for a generator. The data are
// the files of the folder that are no posts, by path: those that IsData names.
func New(site blog.Site, g generator.Site, data map[string][]byte) *Reader {
	x := &Reader{site: site, dialect: plain{}}
	switch g.Kind {
	case generator.Jekyll:
		x.dialect = newJekyll(site, g, data)
	case generator.Hugo:
		x.dialect = newHugo(site, g, data)
	}
	x.index = x.dialect.keys().Index()
	return x
}

// IsData reports whether what other files come to depends on this one: data and
// templates, and pages whose folders hold nothing but their resources.
func IsData(g generator.Site, name string) bool {
	switch g.Kind {
	case generator.Jekyll:
		return strings.HasPrefix(name, "_data/") || strings.HasPrefix(name, "_includes/")
	case generator.Hugo:
		return isIndex(name) || isSection(name) || shortcodeName(name) != ""
	}
	return false
}

// Read reads one file. An error means that there is no post; it is a
// blog.Problem. The state is Draft even then where the file says, as far as it
// can be read, that it is none of the public's: no earlier version of it may
// stand in for it.
func (x *Reader) Read(f source.File) (Result, error) {
	r := reader{file: f, site: &x.site, by: x.dialect, index: x.index, reserved: x.reserved}
	if err := r.read(); err != nil {
		return Result{State: r.state}, err
	}
	result := Result{State: r.state, Explicit: r.explicit, AlsoStated: r.also, NotBefore: r.notBefore, Yielded: r.yielded, Post: r.post, Problems: r.problems}
	if _, templates := x.dialect.(jekyll); templates && r.post != nil && hasTemplates(r.post.Body) {
		result.Meta = append(frontmatter.Pairs{}, r.block.Meta...)
	}
	if r.post != nil {
		result.Written = r.written(result.Meta == nil)
	}
	return result, nil
}

// reader is the reading of one file.
type reader struct {
	by        dialect
	index     frontmatter.Index
	file      source.File
	site      *blog.Site
	name      fileName
	block     frontmatter.Block
	reserved  func(path string) bool // see Reader.Avoid
	held      frontmatter.Fields     // those that the block may hold
	post      *blog.Post
	body      []byte // as written, without what nobody is to read
	state     State
	explicit  bool
	also      []string
	notBefore time.Time
	problems  []blog.Problem
	seen      map[blog.Term]bool
	terms     map[blog.Kind]int // how many of each the post has
	yielded   string            // see Result.Yielded
}

// read fills in the post.
func (r *reader) read() error {
	r.name = nameOf(r.file.Path)
	if r.by.passes(r.file.Path) {
		return nil
	}
	block, err := frontmatter.Parse(r.file.Path, r.file.Data)
	if conflict := r.inConflict(); conflict != nil {
		err = conflict
	}
	if err != nil {
		r.guess()
		return err
	}
	r.block, r.problems = block, block.Problems
	r.hold(block.Meta)
	if r.state = r.by.state(r); r.state == Other {
		return nil
	}
	r.post = &blog.Post{
		Path: r.file.Path, Hash: r.file.Hash, File: r.file.Modified,
		Body: block.Body, BodyLine: block.BodyLine,
	}
	if err := r.by.dates(r); err != nil {
		if r.state == Draft && r.name.draft { // a template, or an idea: it needs no date yet
			r.state, r.post = Other, nil
			return nil
		}
		return err
	}
	r.unseen()
	r.by.texts(r)
	r.by.people(r)
	r.enclosures()
	r.episode()
	r.by.links(r)
	r.shorten()
	r.giveWay(r.reserved)
	return nil
}

// guess finds out whether a file whose front matter cannot be read is to be kept
// back.
func (r *reader) guess() {
	r.block = frontmatter.Block{Format: frontmatter.YAML, Meta: frontmatter.Guess(r.file.Data)}
	r.hold(r.block.Meta)
	if r.publicity() == Draft {
		r.state = Draft
	}
}

// hold makes this the front matter.
func (r *reader) hold(meta frontmatter.Pairs) {
	r.block.Meta, r.held = meta, r.index.In(meta)
}
