package library

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/library/post"
	"broadsheet/internal/source"

	"golang.org/x/sync/errgroup"
)

// attachments is what the front matter of a post refers to, with absolute
// addresses, and with what is known of the files that lie in the folder.
type attachments struct {
	image      blog.Image
	enclosures []blog.Enclosure
	episode    blog.Episode
}

func (a attachments) same(p *blog.Post) bool {
	return a.image == p.Image && slices.Equal(a.enclosures, p.Enclosures) && a.sameEpisode(p.Episode)
}

func (a attachments) sameEpisode(e blog.Episode) bool {
	b := a.episode
	return b.Number == e.Number && b.Season == e.Season && b.SeasonName == e.SeasonName && b.Kind == e.Kind && b.Title == e.Title && b.Explicit == e.Explicit &&
		b.Image == e.Image && b.Chapters == e.Chapters && b.Location == e.Location &&
		slices.Equal(b.Transcripts, e.Transcripts) && slices.Equal(b.People, e.People)
}

// attached looks up what a post, as parsed, refers to.
func (l *Library) attached(p *blog.Post) attachments {
	a := attachments{image: p.Image, episode: p.Episode}
	if p.Image.URL != "" {
		file, at := l.file(p, p.Image.URL)
		a.image.URL, a.image.Type, a.image.Size = at, file.Type, file.Size
	}
	for _, e := range p.Enclosures {
		file, at := l.file(p, e.URL)
		if file.Path == "" && l.site.MediaURL != "" {
			at = blog.Site{URL: l.site.MediaURL}.Resolve(e.URL)
		}
		e.URL, e.Size = at, cmp.Or(file.Size, e.Size)
		if e.Duration == 0 && file.Path != "" {
			e.Duration = l.files.Duration(file.Path)
		}
		a.enclosures = append(a.enclosures, e)
	}
	l.attachEpisode(p, &a.episode)
	return a
}

// measure has the files measured whose durations will be asked for, on all
// processors.
func (l *Library) measure(claims []*claim) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, c := range claims {
		for _, e := range c.post.Enclosures {
			if file, _ := l.file(c.post, e.URL); file.Path != "" && e.Duration == 0 {
				group.Go(func() error {
					l.files.Duration(file.Path)
					return nil
				})
			}
		}
	}
	_ = group.Wait() // no function returns an error
}

func (l *Library) attachEpisode(p *blog.Post, e *blog.Episode) {
	_, e.Image = l.file(p, e.Image)
	_, e.Chapters = l.file(p, e.Chapters)
	e.Transcripts, e.People = nil, nil
	for _, t := range p.Episode.Transcripts {
		_, t.URL = l.file(p, t.URL)
		e.Transcripts = append(e.Transcripts, t)
	}
	for _, person := range p.Episode.People {
		_, person.Image = l.file(p, person.Image)
		person.URL = l.site.Resolve(person.URL)
		e.People = append(e.People, person)
	}
}

// file returns the media file that the front matter of p means by ref, and
// where it is served. The file is the zero one when there is none in the folder;
// the address is then below the site's.
func (l *Library) file(p *blog.Post, ref string) (blog.Media, string) {
	if ref == "" {
		return blog.Media{}, ""
	}
	for _, name := range l.paths(p, ref) {
		if file, ok := l.media(name); ok {
			return file, l.served(file.Path)
		}
	}
	return blog.Media{}, l.site.Resolve(ref)
}

// Find returns the absolute address of what the body of p means by ref: a media
// file of the folder, or another post that can be read, named as its file. It
// returns false for everything else; that is for the rules of the web to resolve.
func (l *Library) Find(p *blog.Post, ref string) (address string, found bool) {
	for _, name := range l.paths(p, ref) {
		if file, ok := l.media(name); ok {
			l.note(p, file.Path)
			return l.served(file.Path) + suffix(ref, name), true
		}
		if other := l.readable(name); other != nil {
			return other.URL + suffix(ref, name), true
		}
	}
	return "", false
}

// note remembers that a file was found for a post, unless the names in its text
// tell that.
func (l *Library) note(p *blog.Post, file string) {
	if !contains(l.shows[p.Path], file) {
		l.mentions.find(p, file)
	}
}

// readable returns the post of a path that readers may be led to.
func (l *Library) readable(name string) *blog.Post {
	if p := l.linked[name]; p != nil {
		return p
	}
	name = composed(name)
	if p := l.linked[name]; p != nil {
		return p
	}
	return l.linked[l.composed[name]]
}

// composedOf returns the paths that are not in their composed form, by it.
func composedOf(files []source.File) map[string]string {
	all := map[string]string{}
	for i := range files {
		if name := files[i].Path; composed(name) != name {
			all[composed(name)] = name
		}
	}
	return all
}

// suffix returns the query and the fragment of a reference to the file of this
// name, unless they are part of the name.
func suffix(ref, name string) string {
	if i := strings.IndexAny(ref, "?#"); i >= 0 && !strings.HasSuffix(name, ref[i:]) {
		return ref[i:]
	}
	return ""
}

// media returns the media file of a path, if it is one that may be served at all.
func (l *Library) media(path string) (blog.Media, bool) {
	if l.files == nil {
		return blog.Media{}, false
	}
	file, ok := l.files.Find(path)
	if !ok || l.made.Private(file.Path) {
		return blog.Media{}, false
	}
	if p := l.parsed[file.Path]; p != nil && (p.broken || p.state != post.Other) {
		return blog.Media{}, false // a post is read as one, whatever its name
	}
	return file, true
}

// served is where the server hands out a media file.
func (l *Library) served(name string) string {
	if static := l.made.Static(); static != "" {
		name = strings.TrimPrefix(name, static+"/")
	}
	return l.site.URL + (&url.URL{Path: "/" + name}).EscapedPath()
}

// Located returns the path of the media file that is served at an absolute
// address; empty where there is none.
func (l *Library) Located(at string) string {
	rest, below := strings.CutPrefix(at, l.site.URL+"/")
	if !below {
		return ""
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest = rest[:i]
	}
	name, err := url.PathUnescape(rest)
	if err != nil {
		return ""
	}
	for _, candidate := range l.below(name) {
		if file, ok := l.media(candidate); ok {
			return file.Path
		}
	}
	return ""
}

// paths returns the files of the folder that ref may mean, seen from p, the
// likelier ones first: a name as it stands before one that is read as a URL,
// beside the post before the top of the folder. There are none for an address of
// another site or one that leads out of the folder.
func (l *Library) paths(p *blog.Post, ref string) []string {
	ref = strings.TrimSpace(ref)
	if below, ok := strings.CutPrefix(ref, l.site.URL+"/"); ok {
		ref = "/" + below
	}
	if ref == "" || strings.HasPrefix(ref, "//") || strings.Contains(ref, "://") {
		return nil
	}
	names := l.candidates(p, ref)
	if u, err := url.Parse(ref); err == nil && u.Scheme == "" && u.Path != "" && u.Path != ref {
		names = append(names, l.candidates(p, u.Path)...)
	}
	return names
}

// candidates returns where a path that begins beside p or at the top may lie.
func (l *Library) candidates(p *blog.Post, ref string) []string {
	rooted := strings.TrimPrefix(path.Clean("/"+ref), "/")
	top := []string{rooted}
	if below, ok := strings.CutPrefix("/"+rooted, l.base+"/"); ok && l.base != "" {
		top = []string{below, rooted}
	}
	if static := l.made.Static(); static != "" {
		for _, name := range slices.Clone(top) {
			top = append(top, path.Join(static, name))
		}
	}
	if strings.HasPrefix(ref, "/") {
		return top
	}
	beside := path.Join(path.Dir(p.Path), ref)
	if beside == ".." || strings.HasPrefix(beside, "../") {
		return nil
	}
	return append([]string{beside}, top...)
}

// Lost returns what the front matter of public posts names as files that are
// not in the folder.
func (l *Library) Lost() []blog.Problem {
	var problems []blog.Problem
	for _, p := range l.Posts {
		raw := l.parsed[p.Path].post
		refs := references(raw)
		if l.site.MediaURL == "" {
			refs = append(refs, enclosed(raw)...)
		}
		for _, ref := range refs {
			if file, at := l.file(raw, ref); file.Path == "" && l.paths(raw, ref) != nil {
				problems = append(problems, blog.Problem{File: p.Path, Severity: blog.Warning, Cause: blog.MissingFile(at),
					Message: fmt.Sprintf("%q is not in the folder, nor will it be found at %s", ref, at)})
			}
		}
	}
	return problems
}

// references lists the files that the front matter of a post, as parsed, names,
// apart from its enclosures.
func references(p *blog.Post) []string {
	refs := []string{p.Image.URL, p.Episode.Image, p.Episode.Chapters}
	for _, t := range p.Episode.Transcripts {
		refs = append(refs, t.URL)
	}
	for _, person := range p.Episode.People {
		refs = append(refs, person.Image)
	}
	return refs
}

// enclosed lists the enclosures of a post, as parsed.
func enclosed(p *blog.Post) []string {
	var refs []string
	for _, e := range p.Enclosures {
		refs = append(refs, e.URL)
	}
	return refs
}
