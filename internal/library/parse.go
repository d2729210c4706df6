package library

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/media"
	"broadsheet/internal/source"
)

// parsed is what one file came to. It is kept as long as neither the file nor
// the site changes.
type parsed struct {
	hash      [32]byte
	broken    bool // unreadable, and never was better
	state     dialect.State
	notBefore time.Time  // see dialect.Result
	explicit  bool       // the id stands in the front matter
	also      []string   // other ids that stand there; see dialect.Result
	post      *blog.Post // with the id that the file asks for, and the addresses of media files as written; nil where there is none
	problems  []blog.Problem
	yielded   string      // path of the permalink that it asked for, where that is taken; see dialect.Result
	names     []string    // what may be names of media files in the file, and what the front matter refers to; sorted
	meta      meta.Pairs  // where the post holds template text; see dialect.Result
	good      source.File // the version that post was made from
}

// parseAll parses what changed, on all processors, and takes the rest from prev.
func parseAll(g lineage, files []source.File, data map[string][]byte, o Options) map[string]*parsed {
	results := make([]*parsed, len(files))
	reader := o.Generator.Reader(o.Site, data)
	isTaken := taken(files, o)
	reader.Avoid(isTaken)
	prev := g.prev
	reuse := prev != nil && reflect.DeepEqual(prev.site, o.Site) && reflect.DeepEqual(prev.made, o.Generator) && sameData(prev.data, data)
	var changed []int
	for i := range files {
		f := &files[i]
		before := g.parsed(f)
		if reuse && before != nil && before.hash == f.Hash && prev.parsed[f.Path] == before && before.staysPut(o.Site, isTaken) {
			results[i] = before
			continue
		}
		changed = append(changed, i)
	}
	onAllProcessors(len(changed), func(n int) {
		f := &files[changed[n]]
		results[changed[n]] = parseFile(*f, g.parsed(f), reader.Read)
	})
	all := make(map[string]*parsed, len(files))
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
			data[f.Path] = f.Data
		}
	}
	return data
}

func sameData(a, b map[string][]byte) bool { return maps.EqualFunc(a, b, bytes.Equal) }

// read makes what it can of one file.
type read func(source.File) (dialect.Result, error)

// safely reads one file. This is the one place where files are read: a panic is an
// error like others.
func (r read) safely(f source.File) (result dialect.Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = blog.Problem{File: f.Path, Severity: blog.Error,
				Message: fmt.Sprintf("the file cannot be read: a fault of this program, please report it: %v", v)}
		}
	}()
	return r(f)
}

// parseFile reads one file. Where it cannot be read, the post of its last good
// version stays.
func parseFile(f source.File, before *parsed, reader read) *parsed {
	r, err := reader.safely(f)
	if err == nil {
		keyed(r.Post)
		return &parsed{hash: f.Hash, state: r.State, explicit: r.Explicit, also: r.AlsoStated, notBefore: r.NotBefore, post: r.Post, problems: r.Problems, yielded: r.Yielded, names: namesOf(r), meta: r.Meta, good: f}
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

// lastGood reads the version of the file that was understood last, under its
// present name and for the present site.
func lastGood(f source.File, before *parsed, problem blog.Problem, reader read) *parsed {
	if before == nil || before.post == nil {
		return &parsed{hash: f.Hash, broken: true, problems: []blog.Problem{problem}}
	}
	problem.Message += "; the last good version of the post stays"
	good := before.good
	good.Path = f.Path
	r, err := reader.safely(good)
	if err != nil || r.Post == nil { // it was read before: only its name can be to blame
		kept := *before
		kept.hash, kept.problems = f.Hash, []blog.Problem{problem}
		return &kept
	}
	keyed(r.Post)
	return &parsed{
		hash: f.Hash, state: r.State, explicit: r.Explicit, also: r.AlsoStated, notBefore: r.NotBefore, post: before.same(r.Post), problems: []blog.Problem{problem},
		yielded: r.Yielded, names: namesOf(r), meta: r.Meta, good: good,
	}
}

// keyed gives a post its keys.
func keyed(p *blog.Post) {
	if p != nil {
		p.Text = p.TextKey()
		p.Key = blog.KeyOf(p)
	}
}

// namesOf returns what may be names of media files in what a file holds for readers,
// in the text that a dialect made of it, and in what its front matter came to,
// defaults included.
func namesOf(r dialect.Result) []string {
	p := r.Post
	if p == nil {
		return nil
	}
	var names []string
	for _, text := range r.Written {
		names = append(names, media.Names(text)...)
	}
	if r.Meta == nil && !bytes.Equal(p.Body, r.Written[len(r.Written)-1]) {
		names = append(names, media.Names(p.Body)...)
	}
	for _, ref := range append(references(p), enclosed(p)...) {
		if ref != "" {
			names = append(names, ref)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// due returns the moment from which on the post is public.
func (p *parsed) due() time.Time {
	if p.notBefore.After(p.post.Published) {
		return p.notBefore
	}
	return p.post.Published
}

// same returns the post that was read before, if post says the same, so that
// nothing is rendered again.
func (p *parsed) same(now *blog.Post) *blog.Post {
	if reflect.DeepEqual(*p.post, *now) {
		return p.post
	}
	return now
}
