package library

import (
	"reflect"
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/source"
)

// Ahead reads files while a scan still reads others, so that their bytes are needed once
// and by several processors. What it read is taken by the next Build, if the library is
// made for the site and the data that the files were read by; else it is of no use.
type Ahead struct {
	site   blog.Site
	made   dialect.Site
	data   map[string][]byte
	reader func() *dialect.Reader

	mu   sync.Mutex
	read map[string]*parsed // by path
}

// NewAhead returns an Ahead for the library that follows prev, which is nil at the start;
// nil where data that is not known yet may decide what files come to. Of the options
// Site and Generator matter.
func NewAhead(prev *Library, o Options) *Ahead {
	a := &Ahead{site: o.Site, made: o.Generator, data: map[string][]byte{}, read: map[string]*parsed{}}
	switch {
	case prev != nil && reflect.DeepEqual(prev.made, o.Generator):
		a.data = prev.data
	case o.Generator.ReadsData():
		return nil
	}
	a.reader = sync.OnceValue(func() *dialect.Reader { return o.Generator.Reader(o.Site, a.data) })
	return a
}

// Read reads one file, given its bytes. Any goroutine may call it.
func (a *Ahead) Read(f source.File, text []byte) {
	if a == nil {
		return
	}
	r, err := read(a.reader().Read).safely(f, text)
	if err != nil {
		return // Build says what is wrong, and knows what stays
	}
	p := newParsed(&f, r)
	a.mu.Lock()
	defer a.mu.Unlock()
	a.read[f.Path] = p
}

// of returns a if it read files as a library with these options and data does, else nil.
func (a *Ahead) of(o Options, data map[string][]byte) *Ahead {
	if a == nil || !reflect.DeepEqual(a.site, o.Site) || !reflect.DeepEqual(a.made, o.Generator) || !sameData(a.data, data) {
		return nil
	}
	return a
}

// parsed returns what a file came to; nil where that is not known.
func (a *Ahead) parsed(f *source.File) *parsed {
	if a == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	p := a.read[f.Path]
	if p == nil || p.hash != f.Hash {
		return nil
	}
	return p
}
