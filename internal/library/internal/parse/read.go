package parse

import (
	"errors"
	"fmt"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/identity"
	"broadsheet/internal/source"
)

// Reader makes what it can of one file, which keeps its bytes.
type Reader func(source.File) (dialect.Result, error)

// safely reads one file, given its bytes. This is the one place where files are read: a
// panic is an error like others.
func (r Reader) safely(f source.File, text []byte) (result dialect.Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = blog.Problem{File: f.Path, Severity: blog.Error,
				Message: fmt.Sprintf("the file cannot be read: a fault of this program, please report it: %v", v)}
		}
	}()
	f.Data = text
	return r(f)
}

// Read reads one file. Where it cannot be read, the post of its last good
// version stays. Where its bytes are not there any more, since the file has changed,
// everything stays until the next scan.
func Read(f *source.File, before *File, reader Reader) *File {
	text, err := f.Text()
	if err != nil {
		return unread(f, before, err)
	}
	r, err := reader.safely(*f, text)
	if err == nil {
		return newParsed(f, r)
	}
	var problem blog.Problem
	if !errors.As(err, &problem) {
		problem = blog.Problem{File: f.Path, Severity: blog.Error, Message: err.Error()}
	}
	if r.State == dialect.Draft {
		before = nil // its author withdrew it
	}
	return lastGood(f, before, problem, reader)
}

// newParsed is what a file came to that could be read. The post goes without its text
// where the file has to be asked for that: a file that is not kept, but for template text,
// which is rendered whenever anything changes.
func newParsed(f *source.File, r dialect.Result) *File {
	p := &File{
		Hash: f.Hash, State: r.State, Explicit: r.Explicit, Post: r.Post, Names: namesOf(r), texts: f.Texts(), size: f.Size,
	}
	p.set(seldom{notBefore: r.NotBefore, also: r.AlsoStated, problems: r.Problems, yielded: r.Yielded, address: r.Address, meta: r.Meta, data: f.Data})
	if r.Post == nil {
		return p
	}
	p.Sketch = identity.Sketch(r.Post.Body)
	r.Post.Length = len(r.Post.Body)
	r.Post.Text = r.Post.TextKey()
	r.Post.Key = blog.KeyOf(r.Post)
	if f.Data == nil && r.Meta == nil {
		r.Post.Body, r.Post.Extra().Excerpt, r.Post.Apart = nil, nil, true
	}
	r.Post.Trim()
	return p
}

// unread is what a file comes to whose bytes cannot be had: what it was, until they can.
func unread(f *source.File, before *File, err error) *File {
	if before == nil {
		problem := blog.Problem{File: f.Path, Severity: blog.Error, Message: err.Error()}
		broken := Broken(f.Hash, problem)
		broken.Again = true
		return broken
	}
	kept := before.under(f.Path)
	kept.Again = true
	return kept
}

// withText returns a post together with its text, as it is read under the name that the
// file had: nothing else can read it any more.
func withText(p *blog.Post, name string, text []byte, reader Reader) *blog.Post {
	if !p.Apart || text == nil {
		return p
	}
	r, err := reader.safely(source.File{Path: name, Modified: p.File}, text)
	if err != nil || r.Post == nil {
		return p
	}
	whole := p.Copy()
	whole.Body, whole.Extra().Excerpt, whole.Apart = r.Post.Body, r.Post.Excerpt(), false
	whole.Trim()
	whole.Text = whole.TextKey()
	whole.Key = blog.KeyOf(whole)
	return whole
}

// lastGood reads the version of the file that was understood last, under its
// present name and for the present site.
func lastGood(f *source.File, before *File, problem blog.Problem, reader Reader) *File {
	if before == nil || before.Post == nil {
		return Broken(f.Hash, problem)
	}
	problem.Message += "; the last good version of the post stays"
	text, err := before.text(before.Post.Path)
	var r dialect.Result
	good := source.File{Path: f.Path, Data: text, Modified: before.Post.File}
	if err == nil {
		r, _ = reader.safely(good, text)
	}
	if r.Post == nil { // it was read before: only its name can be to blame, or its text is lost
		kept := before.under(f.Path)
		kept.Hash, kept.Again, kept.texts = f.Hash, false, nil
		rest := kept.rest()
		rest.problems, rest.data = []blog.Problem{problem}, text
		kept.set(rest)
		kept.Post = withText(kept.Post, before.Post.Path, text, reader)
		return kept
	}
	p := newParsed(&good, r) // from here on nothing else keeps the text
	p.Hash, p.Post = f.Hash, before.same(p.Post)
	rest := p.rest()
	rest.problems = []blog.Problem{problem}
	p.set(rest)
	return p
}
