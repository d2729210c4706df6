package parse

import (
	"reflect"
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/source"
)

// Ahead reads files while a scan still reads others, so that their bytes are needed once
// and by several processors. What it read is taken by the next parser, if it is
// made for the site and the data that the files were read by; else it is of no use.
type Ahead struct {
	site   blog.Site
	made   dialect.Site
	data   map[string][]byte
	reader func() *dialect.Reader
	words  words

	mu   sync.Mutex
	read map[string]*File // by path
}

// NewAhead returns an Ahead that reads files by the rules of a site and its generator, given
// the files that posts may refer to.
func NewAhead(site blog.Site, made dialect.Site, data map[string][]byte) *Ahead {
	a := &Ahead{site: site, made: made, data: data, read: map[string]*File{}}
	a.reader = sync.OnceValue(func() *dialect.Reader { return made.Reader(site, data) })
	return a
}

// Read reads one file, given its bytes. Any goroutine may call it.
func (a *Ahead) Read(f source.File, text []byte) {
	if a == nil {
		return
	}
	r, err := a.words.reading(a.reader().Read).safely(f, text)
	if err != nil {
		return // the parser says what is wrong, and knows what stays
	}
	p := newParsed(&f, r)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.read[f.Path] = p
}

// of returns a if it read files as a parser with these options does, else nil.
func (a *Ahead) of(o Options) *Ahead {
	if a == nil || !reflect.DeepEqual(a.site, o.Site) || !reflect.DeepEqual(a.made, o.Generator) || !SameData(a.data, o.Data) {
		return nil
	}
	return a
}

// parsed returns what a file came to; nil where that is not known.
func (a *Ahead) parsed(f *source.File) *File {
	if a == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	p := a.read[f.Path]
	if p == nil || p.Hash != f.Hash {
		return nil
	}
	return p
}
