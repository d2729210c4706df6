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
	"broadsheet/internal/identity"
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
	yielded   string     // path of the permalink that it asked for, where that is taken; see dialect.Result
	names     []string   // what may be names of media files in the file, and what the front matter refers to; sorted
	meta      meta.Pairs // where the post holds template text; see dialect.Result
	sketch    string     // of the text of the post

	// The version of the file that post was made from.
	data  []byte        // its bytes; nil: they are not kept
	texts *source.Texts // where they are then: those of this hash; nil: they are lost
	size  int64
}

// text returns the bytes that post was made from.
func (p *parsed) text(path string) ([]byte, error) {
	switch {
	case p.data != nil:
		return p.data, nil
	case p.texts == nil:
		return nil, fmt.Errorf("%s: its last good version is not kept", path)
	}
	return p.texts.Of(path, p.hash, p.size)
}

// parser parses files for one library.
type parser struct {
	site   blog.Site
	reader *dialect.Reader
	taken  func(path string) bool // whether a path below the site is that of something else than a post
	ahead  *Ahead                 // nil: nothing is parsed yet
}

func newParser(files []source.File, data map[string][]byte, o Options) parser {
	p := parser{o.Site, o.Generator.Reader(o.Site, data), taken(files, o), o.Ahead.of(o, data)}
	p.reader.Avoid(p.taken)
	return p
}

// parse returns what a file comes to, given what it came to before.
func (x parser) parse(f *source.File, before *parsed) *parsed {
	if p := x.ahead.parsed(f); p != nil && p.staysPut(x.site, x.taken) {
		return p
	}
	return parseFile(f, before, x.reader.Read)
}

// parseAll parses what changed, on all processors, and takes the rest from prev.
func parseAll(g lineage, files []source.File, data map[string][]byte, o Options) map[string]*parsed {
	results := make([]*parsed, len(files))
	x, prev := newParser(files, data, o), g.prev
	reuse := prev != nil && reflect.DeepEqual(prev.site, o.Site) && reflect.DeepEqual(prev.made, o.Generator) && sameData(prev.data, data)
	var changed []int
	for i := range files {
		f := &files[i]
		before := g.parsed(f)
		if reuse && before != nil && before.hash == f.Hash && prev.parsed[f.Path] == before && before.staysPut(o.Site, x.taken) {
			results[i] = before
			continue
		}
		changed = append(changed, i)
	}
	onAllProcessors(len(changed), func(n int) {
		f := &files[changed[n]]
		results[changed[n]] = x.parse(f, g.parsed(f))
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
			data[f.Path] = f.Data // scans have such files keep it
		}
	}
	return data
}

func sameData(a, b map[string][]byte) bool { return maps.EqualFunc(a, b, bytes.Equal) }

// read makes what it can of one file, which keeps its bytes.
type read func(source.File) (dialect.Result, error)

// safely reads one file, given its bytes. This is the one place where files are read: a
// panic is an error like others.
func (r read) safely(f source.File, text []byte) (result dialect.Result, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = blog.Problem{File: f.Path, Severity: blog.Error,
				Message: fmt.Sprintf("the file cannot be read: a fault of this program, please report it: %v", v)}
		}
	}()
	f.Data = text
	return r(f)
}

// parseFile reads one file. Where it cannot be read, the post of its last good
// version stays. Where its bytes are not there any more, since the file has changed,
// everything stays until the next scan.
func parseFile(f *source.File, before *parsed, reader read) *parsed {
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
func newParsed(f *source.File, r dialect.Result) *parsed {
	p := &parsed{
		hash: f.Hash, state: r.State, explicit: r.Explicit, also: r.AlsoStated, notBefore: r.NotBefore, post: r.Post, problems: r.Problems, yielded: r.Yielded,
		names: namesOf(r), meta: r.Meta, data: f.Data, texts: f.Texts(), size: f.Size,
	}
	if r.Post == nil {
		return p
	}
	p.sketch = identity.Sketch(r.Post.Body)
	r.Post.Length = len(r.Post.Body)
	r.Post.Text = r.Post.TextKey()
	r.Post.Key = blog.KeyOf(r.Post)
	if f.Data == nil && r.Meta == nil {
		r.Post.Body, r.Post.Excerpt, r.Post.Apart = nil, nil, true
	}
	return p
}

// unread is what a file comes to whose bytes are not there any more. It is parsed again in
// any case, since no file has that hash.
func unread(f *source.File, before *parsed, err error) *parsed {
	if before == nil {
		return &parsed{broken: true, problems: []blog.Problem{{File: f.Path, Severity: blog.Warning, Message: err.Error()}}}
	}
	kept := *before
	kept.hash = [32]byte{}
	return &kept
}

// lastGood reads the version of the file that was understood last, under its
// present name and for the present site.
func lastGood(f *source.File, before *parsed, problem blog.Problem, reader read) *parsed {
	if before == nil || before.post == nil {
		return &parsed{hash: f.Hash, broken: true, problems: []blog.Problem{problem}}
	}
	problem.Message += "; the last good version of the post stays"
	text, err := before.text(before.post.Path)
	var r dialect.Result
	good := source.File{Path: f.Path, Data: text, Modified: before.post.File}
	if err == nil {
		r, _ = reader.safely(good, text)
	}
	if r.Post == nil { // it was read before: only its name can be to blame, or its text is lost
		kept := *before
		kept.hash, kept.problems, kept.data, kept.texts = f.Hash, []blog.Problem{problem}, text, nil
		return &kept
	}
	p := newParsed(&good, r) // from here on nothing else keeps the text
	p.hash, p.post, p.problems = f.Hash, before.same(p.post), []blog.Problem{problem}
	return p
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

// Whole returns a public post together with its text, which is read from its file again
// where the post is kept without it. The error is source.ErrChanged where the file holds
// something else by now; the next scan tells what.
func (l *Library) Whole(p *blog.Post) (*blog.Post, error) {
	if !p.Apart {
		return p, nil
	}
	text, err := l.parsed[p.Path].text(p.Path)
	if err != nil {
		return nil, err
	}
	r, err := read(l.reader().Read).safely(source.File{Path: p.Path, Modified: p.File}, text)
	switch {
	case err != nil:
		return nil, err
	case r.Post == nil:
		return nil, fmt.Errorf("%s: it is read otherwise than before", p.Path)
	}
	whole := *p
	whole.Body, whole.Excerpt, whole.Apart = r.Post.Body, r.Post.Excerpt, false
	if whole.TextKey() != p.Text {
		return nil, fmt.Errorf("%s: its text is read otherwise than before", p.Path)
	}
	return &whole, nil
}
