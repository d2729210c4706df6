// Package parse reads source files by the rules of their dialect. In go a file and what it
// came to before; out comes what it comes to now: a post or none, and its problems. What
// cannot be read never hurts another file, and never replaces what was good.
package parse

import (
	"bytes"
	"maps"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/source"
)

// Options are what files are read by.
type Options struct {
	Site      blog.Site
	Generator dialect.Site
	Media     *address.Files    // the media files of the folder; nil: there are none
	Reserved  Reserved          // paths below the site that are those of other documents than posts; nil: none
	Data      map[string][]byte // the files that posts may refer to, by path
	Ahead     *Ahead            // what was read of the files already; nil: nothing
}

// Reserved are paths below the site.
type Reserved interface {
	Has(path string) bool
}

// Parser parses files for one library. Any goroutine may use it.
type Parser struct {
	site   blog.Site
	reader *dialect.Reader
	taken  func(path string) bool // whether a path below the site is that of something else than a post
	ahead  *Ahead                 // nil: nothing is parsed yet
	words  words
}

// New returns a parser of files, which are all that there are.
func New(files []source.File, o Options) *Parser {
	p := &Parser{site: o.Site, reader: o.Generator.Reader(o.Site, o.Data), taken: taken(files, o), ahead: o.Ahead.of(o)}
	p.reader.Avoid(p.taken)
	return p
}

// Parse returns what a file comes to, given what it came to before; nil: it was not there.
func (x *Parser) Parse(f *source.File, before *File) *File {
	if p := x.ahead.parsed(f); p != nil && x.Stays(p) {
		return p
	}
	return Read(f, before, x.words.reading(x.reader.Read))
}

// Stays reports whether a post that was read before would get the same address again: what
// is taken may have changed.
func (x *Parser) Stays(p *File) bool { return p.staysPut(x.site, x.taken) }

// SameData reports whether the files are the same that posts may refer to.
func SameData(a, b map[string][]byte) bool { return maps.EqualFunc(a, b, bytes.Equal) }
