// Package address says where each post and each media file of a site is.
//
// In go the site, its media files, and the posts that readers may be led to; out
// comes a Book, which resolves what authors write: in a link, in an image, in front
// matter. A Book is immutable and reads nothing: two that are made of the same give
// the same answers.
package address

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"broadsheet/internal/blog"
	"broadsheet/internal/media"
)

// Options are what a Book is made of.
type Options struct {
	Site   blog.Site
	Static string                 // folder whose files are served from the top of the site; empty: none
	Files  *Files                 // nil: there are none
	Posts  map[string]*blog.Post  // those that readers may be led to, by path of their file
	Facts  map[string]media.Facts // of media files, by path

	// Pages are the addresses of pages that are no posts, by path of their file.
	Pages map[string]string
	// Bundles are pages whose folders hold their resources, which are at the page's address;
	// nil: there are none.
	Bundles *Bundles
	// Alike returns files that the post in a file may mean by a reference, besides those of
	// that very name; nil: none.
	Alike func(file, ref string) []string
	// Short is a name by which the page of a file is known from everywhere, as
	// long as it is the only one; empty: none. Nil: there are no such names.
	Short func(file string) string
}

// Book is where everything is. The maps of its Options belong to it.
type Book struct {
	Options
	base  string                   // path of the site's URL
	names map[string]string        // paths of posts by their composed forms, where these are others
	short func() map[string]string // see shortNames
	homes func() map[string]string // see homesOf
}

// New returns the book of these.
func New(o Options) *Book {
	b := &Book{Options: o, names: map[string]string{}}
	if u, err := url.Parse(o.Site.URL); err == nil {
		b.base = u.Path
	}
	for file := range o.Posts {
		if name := Composed(file); name != file {
			b.names[name] = file
		}
	}
	b.short, b.homes = sync.OnceValue(b.shortNames), sync.OnceValue(b.homesOf)
	return b
}

// Find returns the absolute address of what the body of the post in a file means by
// ref: a media file, or another post, named as its file. It returns false for
// everything else; that is for the rules of the web to resolve (RFC 3986 section 5).
func (b *Book) Find(file, ref string) (address string, found bool) {
	if address, found = b.alike(file, ref); found {
		return address, true
	}
	for _, name := range b.Paths(file, ref) {
		if found, ok := b.Files.Find(name); ok {
			return b.servedTo(file, found.Path) + suffix(ref, name), true
		}
		if address := b.page(name); address != "" {
			return address + suffix(ref, name), true
		}
	}
	return "", false
}

// Media returns the media file that the front matter of the post in a file means by
// ref, and its absolute address. The file is the zero one when there is none; the
// address is then below the site's.
func (b *Book) Media(file, ref string) (named blog.Media, address string) {
	if ref == "" {
		return blog.Media{}, ""
	}
	for _, name := range b.Paths(file, ref) {
		if named, ok := b.Files.Find(name); ok {
			return named, b.servedTo(file, named.Path)
		}
	}
	return blog.Media{}, b.Site.Resolve(ref)
}

// Served returns the absolute address at which a media file is handed out.
func (b *Book) Served(name string) string { return b.servedTo("", name) }

// servedTo is the same for the page in a file, whose resources are its own whether
// others may be led to it or not.
func (b *Book) servedTo(file, name string) string {
	if at := b.Bundles.address(b.Posts, file, name); at != "" {
		return at
	}
	if b.Static != "" {
		name = strings.TrimPrefix(name, b.Static+"/")
	}
	return b.Site.URL + (&url.URL{Path: "/" + name}).EscapedPath()
}

// Below returns the media files that a path below the site may stand for, whether
// they are there or not, the likelier ones first.
func (b *Book) Below(at string) []string {
	return append(b.Bundles.below(b, at), b.inFolder(at)...)
}

// inFolder are those that a path stands for without any page.
func (b *Book) inFolder(at string) []string {
	switch {
	case b.Static == "":
		return []string{at}
	case strings.HasPrefix(at, b.Static+"/"): // its files are at the top
		return []string{path.Join(b.Static, at)}
	}
	return []string{at, path.Join(b.Static, at)}
}

// At returns the media file that is handed out at an absolute address, if there is
// one.
func (b *Book) At(address string) (blog.Media, bool) {
	rest, below := strings.CutPrefix(address, b.Site.URL+"/")
	if !below {
		return blog.Media{}, false
	}
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		rest = rest[:i]
	}
	name, err := url.PathUnescape(rest)
	if err != nil {
		return blog.Media{}, false
	}
	for _, candidate := range b.Below(name) {
		if file, ok := b.Files.Find(candidate); ok {
			return file, true
		}
	}
	return blog.Media{}, false
}

// FactsAt returns what is known of the media file at an absolute address.
func (b *Book) FactsAt(address string) media.Facts {
	if b == nil || len(b.Facts) == 0 {
		return media.Facts{}
	}
	file, _ := b.At(address)
	return b.Facts[file.Path]
}

// page returns the address of the page in the file of a path; empty if there is none.
func (b *Book) page(name string) string {
	if p := b.post(name); p != nil {
		return p.URL
	}
	return b.Pages[name]
}

// post returns the post in the file of a path.
func (b *Book) post(name string) *blog.Post {
	if p := b.Posts[name]; p != nil {
		return p
	}
	name = Composed(name)
	if p := b.Posts[name]; p != nil {
		return p
	}
	return b.Posts[b.names[name]]
}

// Paths returns the files of the folder that ref may mean, seen from the post in a
// file, the likelier ones first: a name as it stands before one that is read as a
// URL, beside the post before the top of the folder. There are none for an address
// of another site or one that leads out of the folder.
func (b *Book) Paths(file, ref string) []string {
	ref = withoutPlace(strings.TrimSpace(ref))
	if below, ok := strings.CutPrefix(ref, b.Site.URL+"/"); ok {
		ref = "/" + below
	}
	if ref == "" || strings.HasPrefix(ref, "//") || strings.Contains(ref, "://") {
		return nil
	}
	names := b.candidates(file, ref)
	if u, err := url.Parse(ref); err == nil && u.Scheme == "" && u.Path != "" && u.Path != ref {
		names = append(names, b.candidates(file, u.Path)...)
	}
	return names
}

// places matches what Pelican has links to files begin with.
var places = regexp.MustCompile(`^(?i)(?:\{|%7B|\|)(?:filename|static|attach)(?:\}|%7D|\|)`)

// withoutPlace takes that away.
func withoutPlace(ref string) string {
	if ref == "" || !strings.ContainsRune("{%|", rune(ref[0])) {
		return ref
	}
	return places.ReplaceAllString(ref, "")
}

// candidates returns where a path that begins beside the post or at the top may lie.
func (b *Book) candidates(file, ref string) []string {
	rooted := strings.TrimPrefix(path.Clean("/"+ref), "/")
	top := []string{rooted}
	if below, ok := strings.CutPrefix("/"+rooted, b.base+"/"); ok && b.base != "" {
		top = []string{below, rooted}
	}
	if b.Static != "" {
		for _, name := range slices.Clone(top) {
			top = append(top, path.Join(b.Static, name))
		}
	}
	top = append(top, b.Bundles.below(b, top[0])...)
	if strings.HasPrefix(ref, "/") {
		return top
	}
	beside := path.Join(path.Dir(file), ref)
	if beside == ".." || strings.HasPrefix(beside, "../") {
		return nil
	}
	return append([]string{beside}, top...)
}

// suffix returns the query and the fragment of a reference to the file of this
// name, unless they are part of the name.
func suffix(ref, name string) string {
	if i := strings.IndexAny(ref, "?#"); i >= 0 && !strings.HasSuffix(name, ref[i:]) {
		return ref[i:]
	}
	return ""
}
