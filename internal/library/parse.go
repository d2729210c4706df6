package library

import (
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"

	"broadsheet/internal/blog"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/source"
)

// Ahead reads files while a scan still reads others, so that their bytes are needed once
// and by several processors. What it read is taken by the next Build, if the library is
// made for the site and the data that the files were read by; else it is of no use.
type Ahead = parse.Ahead

// NewAhead returns an Ahead for the library that follows prev, which is nil at the start;
// nil where data that is not known yet may decide what files come to. Of the options
// Site and Generator matter.
func NewAhead(prev *Library, o Options) *Ahead {
	data := map[string][]byte{}
	switch {
	case prev != nil && reflect.DeepEqual(prev.made, o.Generator):
		data = prev.data
	case o.Generator.ReadsData():
		return nil
	}
	return parse.NewAhead(o.Site, o.Generator, data)
}

// parser returns what parses these files, given those that posts may refer to.
func (o Options) parser(files []source.File, data map[string][]byte) *parse.Parser {
	return parse.New(files, parse.Options{
		Site: o.Site, Generator: o.Generator, Media: o.Media, Reserved: o.Reserved, Data: data, Ahead: o.Ahead,
	})
}

// parseAll parses what changed, on all processors, and takes the rest from prev.
func parseAll(g lineage, files []source.File, data map[string][]byte, o Options) map[string]*parse.File {
	results := make([]*parse.File, len(files))
	x, prev := o.parser(files, data), g.prev
	reuse := prev != nil && reflect.DeepEqual(prev.site, o.Site) && reflect.DeepEqual(prev.made, o.Generator) && parse.SameData(prev.data, data)
	var changed []int
	for i := range files {
		f := &files[i]
		before := g.parsed(f)
		if reuse && before != nil && before.Hash == f.Hash && !before.Again && prev.parsed[f.Path] == before && x.Stays(before) {
			results[i] = before
			continue
		}
		changed = append(changed, i)
	}
	onAllProcessors(len(changed), func(n int) {
		f := &files[changed[n]]
		results[changed[n]] = x.Parse(f, g.parsed(f))
	})
	all := make(map[string]*parse.File, len(files))
	for i := range files {
		all[files[i].Path] = results[i]
	}
	return all
}

// onAllProcessors calls work with each number below count. A goroutine does many
// of them: one for each would have to grow its stack anew.
func onAllProcessors(count int, work func(n int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), count) {
		group.Go(func() {
			for n := int(next.Add(1)) - 1; n < count; n = int(next.Add(1)) - 1 {
				work(n)
			}
		})
	}
	group.Wait()
}

// dataOf returns the files that posts may refer to.
func dataOf(files []source.File, o Options) map[string][]byte {
	data := map[string][]byte{}
	for i := range files {
		f := &files[i]
		switch {
		case !o.Generator.IsData(f.Path):
		case o.Generator.IsBundle(f.Path):
			data[f.Path] = nil // that it is there is enough
		default:
			data[f.Path] = f.Data // scans have such files keep it
		}
	}
	return data
}

// Whole returns a public post together with its text, which is read from its file again
// where the post is kept without it. The error is source.ErrChanged where the file holds
// something else by now; the next scan tells what.
func (l *Library) Whole(p *blog.Post) (*blog.Post, error) {
	if !p.Apart {
		return p, nil
	}
	return l.parsed[p.Path].Whole(p, l.reader().Read)
}
