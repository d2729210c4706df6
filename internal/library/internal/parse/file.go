package parse

import (
	"fmt"
	"reflect"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/source"
)

// File is what one file came to. It is kept as long as neither the file nor the site
// changes, and must not be changed.
type File struct {
	Hash     [32]byte
	Broken   bool // unreadable, and never was better
	Again    bool // its bytes could not be had: it is to be read again, the same or not
	Explicit bool // the id stands in the front matter
	State    dialect.State
	Post     *blog.Post // with the id that the file asks for, and the addresses of media files as written; nil where there is none
	Names    []string   // what may be names of media files in the file, and what the front matter refers to; sorted
	Sketch   string     // of the text of the post

	seldom *seldom       // what few files come to; nil: nothing
	texts  *source.Texts // where the bytes are that post was made from: those of this hash; nil: they are lost, or kept
	size   int64         // of these
}

// seldom is what few files come to. It is not written to.
type seldom struct {
	notBefore time.Time // see dialect.Result
	also      []string
	problems  []blog.Problem
	yielded   string
	address   string // of a page that is no post
	meta      meta.Pairs
	data      []byte // the bytes that post was made from; nil: they are not kept
}

// Broken returns a file that cannot be read, and never could.
func Broken(hash [32]byte, problems ...blog.Problem) *File {
	return &File{Hash: hash, Broken: true, seldom: &seldom{problems: problems}}
}

// rest returns what few files come to.
func (p *File) rest() seldom {
	if p.seldom == nil {
		return seldom{}
	}
	return *p.seldom
}

// set makes this what few files come to.
func (p *File) set(s seldom) {
	p.seldom = nil
	if !s.notBefore.IsZero() || s.also != nil || s.problems != nil || s.yielded != "" || s.address != "" || s.meta != nil || s.data != nil {
		p.seldom = &s
	}
}

// Also returns the other ids that stand in the front matter; see dialect.Result.
func (p *File) Also() []string { return p.rest().also }

// Address returns that of a page that is no post; see dialect.Result.
func (p *File) Address() string { return p.rest().address }

// Problems returns what is wrong with the file.
func (p *File) Problems() []blog.Problem { return p.rest().problems }

// Meta returns the front matter, where the post holds template text; see dialect.Result.
func (p *File) Meta() meta.Pairs { return p.rest().meta }

// text returns the bytes that post was made from.
func (p *File) text(path string) ([]byte, error) {
	data := p.rest().data
	switch {
	case data != nil:
		return data, nil
	case p.texts == nil:
		return nil, fmt.Errorf("%s: its last good version is not kept", path)
	}
	return p.texts.Of(path, p.Hash, p.size)
}

// Due returns the moment from which on the post is public.
func (p *File) Due() time.Time {
	if from := p.rest().notBefore; from.After(p.Post.Published) {
		return from
	}
	return p.Post.Published
}

// same returns the post that was read before, if post says the same, so that
// nothing is rendered again.
func (p *File) same(now *blog.Post) *blog.Post {
	if reflect.DeepEqual(*p.Post, *now) {
		return p.Post
	}
	return now
}

// under returns a copy of what the file came to, for the name that it has now: whoever
// knows the post finds the file by its path.
func (p *File) under(path string) *File {
	file := *p
	if p.Post == nil || p.Post.Path == path {
		return &file
	}
	post := *p.Post
	post.Path = path
	if !post.Apart {
		post.Text = post.TextKey()
	}
	post.Key = blog.KeyOf(&post)
	file.Post = &post
	return &file
}

// staysPut reports whether a post that was read before would get the same address
// again: what is taken may have changed.
func (p *File) staysPut(site blog.Site, taken func(path string) bool) bool {
	if p.Post == nil {
		return true
	}
	at := dialect.PathOf(p.Post.URL, site.URL)
	yielded := p.rest().yielded
	return (yielded == "" || taken(yielded)) && (at == "" || !taken(at))
}

// Whole returns a post of the file together with its text, which is read from the file
// again. The error is source.ErrChanged where the file holds something else by now.
func (p *File) Whole(post *blog.Post, reader Reader) (*blog.Post, error) {
	text, err := p.text(post.Path)
	if err != nil {
		return nil, err
	}
	r, err := reader.safely(source.File{Path: post.Path, Modified: post.File}, text)
	switch {
	case err != nil:
		return nil, err
	case r.Post == nil:
		return nil, fmt.Errorf("%s: it is read otherwise than before", post.Path)
	}
	whole := post.Copy()
	whole.Body, whole.Extra().Excerpt, whole.Apart = r.Post.Body, r.Post.Excerpt(), false
	whole.Trim()
	if whole.TextKey() != post.Text {
		return nil, fmt.Errorf("%s: its text is read otherwise than before", post.Path)
	}
	return whole, nil
}
