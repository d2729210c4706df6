package rules

import (
	"bytes"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/state"
	"broadsheet/internal/dialect/internal/text"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/source"
)

// State says what a file asks for itself, whatever the time is.
type State = state.State

// The states.
const (
	Other    = state.Other
	Public   = state.Public
	Draft    = state.Draft
	Unlisted = state.Unlisted
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
	// where there is Meta, for only the templates know what comes of it.
	Written [][]byte

	// Yielded is the path of the permalink that the post would have, were it not taken;
	// empty: it has it.
	Yielded string

	// Address is that of a page that is no post, for those who link to it; empty: it has none.
	Address string

	// Meta is the front matter, where the text holds template text that templates
	// are to render; nil: it holds none.
	Meta meta.Pairs
}

// Reader reads the files of one folder. It is safe for concurrent use.
type Reader struct {
	site  blog.Site
	posts Posts
	index meta.Index

	reserved func(path string) bool // see Avoid; nil: nothing is
}

// NewReader returns the reader of a folder by these rules.
func NewReader(site blog.Site, posts Posts) *Reader {
	posts = posts.filled()
	return &Reader{site: site, posts: posts, index: posts.Keys.Index()}
}

// Avoid makes the reader keep posts from the paths below the site for which
// reserved is true: those of other documents and of media files. It is to be called
// before Read.
func (x *Reader) Avoid(reserved func(path string) bool) { x.reserved = reserved }

// Read reads one file. An error means that there is no post; it is a
// blog.Problem. The state is Draft even then where the file says, as far as it
// can be read, that it is none of the public's: no earlier version of it may
// stand in for it.
func (x *Reader) Read(f source.File) (Result, error) {
	r := Reading{File: f, Site: &x.site, posts: &x.posts, index: x.index, reserved: x.reserved}
	if err := r.read(); err != nil {
		return Result{State: r.state}, err
	}
	result := Result{State: r.state, Explicit: r.explicit, AlsoStated: r.also, NotBefore: r.NotBefore, Yielded: r.yielded, Post: r.Post, Problems: r.problems, Address: r.Address}
	if r.Post != nil && x.posts.HasTemplates(r.Post.Body) {
		result.Meta = append(meta.Pairs{}, r.Block.Meta...)
	}
	if r.Post != nil {
		result.Written = r.written(result.Meta == nil)
	}
	return result, nil
}

// Reading is the reading of one file, as far as it has come.
type Reading struct {
	File  source.File
	Site  *blog.Site
	Name  paths.Name
	Block frontmatter.Block // see SetMeta
	Post  *blog.Post        // nil until the state is known

	Address   string    // see Result.Address
	NotBefore time.Time // see Result.NotBefore

	posts    *Posts
	index    meta.Index
	reserved func(path string) bool // see Reader.Avoid
	fields   meta.Fields            // those that the block may hold
	body     []byte                 // as written, without what nobody is to read
	state    State
	explicit bool
	also     []string
	problems []blog.Problem
	seen     map[blog.Term]bool // those of the post, once there are fewTerms
	terms    map[blog.Kind]int  // how many of each there are then
	yielded  string             // see Result.Yielded
}

// read fills in the post.
func (r *Reading) read() error {
	r.Name = paths.NameOf(r.File.Path)
	if r.posts.Ignores(r.File.Path) {
		r.posts.Ignored(r)
		return nil
	}
	block, err := frontmatter.Parse(r.File.Path, r.File.Data)
	if line := text.Unmerged(r.File.Data); line > 0 {
		err = blog.Problem{File: r.File.Path, Line: line, Severity: blog.Error,
			Message: "a merge of two versions is not finished: the lines from <<<<<<< to >>>>>>> hold both of them"}
	}
	if err != nil {
		r.guess()
		return err
	}
	r.Block, r.problems = block, block.Problems
	r.SetMeta(block.Meta)
	if r.state = r.posts.State(r); r.state == Other {
		return nil
	}
	r.Post = &blog.Post{
		Path: r.File.Path, File: r.File.Modified,
		Body: block.Body, BodyLine: block.BodyLine,
	}
	if err := r.posts.Dates(r); err != nil {
		if r.state == Draft && r.Name.Draft { // a template, or an idea: it needs no date yet
			r.state, r.Post = Other, nil
			return nil
		}
		return err
	}
	if r.IsHTML() {
		r.Post.Markup = blog.HTML
	}
	r.Post.Extra().Carry = r.carry()
	r.unseen()
	r.posts.Texts(r)
	r.posts.AuthorsAndTerms(r)
	r.enclosures()
	r.episode()
	r.posts.Links(r)
	r.shorten()
	r.giveWay(r.reserved)
	return nil
}

// guess finds out whether a file whose front matter cannot be read is to be kept
// back.
func (r *Reading) guess() {
	r.Block = frontmatter.Block{Format: frontmatter.YAML, Meta: frontmatter.Guess(r.File.Data)}
	r.SetMeta(r.Block.Meta)
	if r.Publicity() == Draft {
		r.state = Draft
	}
}

// SetMeta makes this the front matter: that of the file, with what the site adds to it.
func (r *Reading) SetMeta(pairs meta.Pairs) {
	r.Block.Meta, r.fields = pairs, r.index.In(pairs)
}

// LineOf returns the line of the file on which a text of the body begins.
func (r *Reading) LineOf(text string) int {
	at := bytes.Index(r.Block.Body, []byte(text))
	return r.Block.BodyLine + bytes.Count(r.Block.Body[:max(at, 0)], []byte("\n"))
}
