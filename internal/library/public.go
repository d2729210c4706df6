package library

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/source"

	"golang.org/x/text/unicode/norm"
)

// Public reports whether a media file may be handed out: whether a public post, or
// what Options.Named says, refers to it, or it lies in one of Options.Folders, or
// the generator of the site publishes it whatever posts say. The path is relative
// to the folder. A post that is not public opens nothing, nor does one that was.
func (l *Library) Public(file string) bool {
	found, ok := l.files.Find(file)
	return ok && found.Path == file &&
		(l.inFolders(file) || l.made.Publishes(file) || l.inBundle(file) || l.isNamed(file) || l.isMentioned(file))
}

// Served returns the media file that is handed out at a path below the site; false
// where there is none.
func (l *Library) Served(at string) (file string, ok bool) {
	for _, name := range l.book.Below(strings.TrimPrefix(at, "/")) {
		if found, ok := l.files.Find(name); ok && l.Public(found.Path) {
			return found.Path, true
		}
	}
	return "", false
}

// Opens reports whether the link at a path of the folder, which is Public, may lead
// to the media file target: one that is public itself, or that a post means by the
// link's name. That the link lies in a folder of public files is not enough.
func (l *Library) Opens(link, target string) bool {
	if l.made.Private(target) {
		return false
	}
	return l.isNamed(link) || l.isMentioned(link) || l.Public(target)
}

// inFolders reports whether a file lies in a folder whose files are all public.
func (l *Library) inFolders(file string) bool {
	return slices.ContainsFunc(l.folders, func(folder string) bool {
		return folder == "." || strings.HasPrefix(norm.NFC.String(file), norm.NFC.String(folder)+"/")
	})
}

// inBundle reports whether a file belongs to a public page: Hugo publishes what
// lies beside a page's index file, and below, with the page.
func (l *Library) inBundle(file string) bool {
	for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
		if pages := l.bundles[folder]; len(pages) > 0 {
			return slices.ContainsFunc(pages, func(page string) bool { return l.linked[page] != nil })
		}
	}
	return false
}

// bundlesOf returns the index files of pages by their folders.
func bundlesOf(files []source.File, made dialect.Site) map[string][]string {
	bundles := map[string][]string{}
	for i := range files {
		if made.IsBundle(files[i].Path) {
			folder, _ := path.Split(files[i].Path)
			folder = strings.TrimSuffix(folder, "/")
			bundles[folder] = append(bundles[folder], files[i].Path)
		}
	}
	return bundles
}

// isNamed reports whether the site itself refers to a file.
func (l *Library) isNamed(file string) bool {
	return slices.ContainsFunc(l.named, func(ref string) bool {
		found, _ := l.book.Media("", ref)
		return found.Path == file
	})
}

// isMentioned reports whether a public post refers to a file.
func (l *Library) isMentioned(file string) bool {
	return slices.ContainsFunc(l.mentions.of(file), func(post string) bool {
		return l.linked[post] != nil && contains(l.shows[post], file)
	})
}

func contains(sorted []string, one string) bool {
	_, found := slices.BinarySearch(sorted, one)
	return found
}

// shown returns the media files that the post of a path refers to: in its file, in
// its text as it is published, and in its front matter, defaults included. They
// are sorted.
func (l *Library) shown(post string) []string {
	settled := l.posts.At(post)
	names := l.parsed[post].names
	if settled.text != nil {
		names = slices.Concat(names, settled.text.names)
	}
	files := map[string]bool{}
	for _, ref := range names {
		file, _ := l.book.Media(settled.raw.Path, ref)
		if file.Path == "" {
			file.Path = l.onTheWeb(settled.raw, ref)
		}
		if file.Path != "" {
			files[file.Path] = true
		}
	}
	return slices.Sorted(maps.Keys(files))
}

// onTheWeb returns the file that is served at the address which a reader makes of
// a reference by the rules of the web (RFC 3986 section 5).
func (l *Library) onTheWeb(p *blog.Post, ref string) string {
	base, err := url.Parse(p.URL)
	if err != nil {
		return ""
	}
	at, err := base.Parse(ref)
	if err != nil {
		return ""
	}
	file, _ := l.book.At(at.String())
	return file.Path
}

// mentions tells which posts may refer to a media file. Libraries that follow each
// other share it, as long as little changes, so that it only hints: a post may say
// something else by now.
type mentions struct {
	mu    sync.RWMutex
	posts map[string][]string // paths of posts, by a file that they refer to
}

// of returns the posts that may refer to a file.
func (m *mentions) of(file string) (posts []string) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.posts[file]
}

// add notes the files that a post refers to.
func (m *mentions) add(post string, files []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, file := range files {
		if !slices.Contains(m.posts[file], post) {
			m.posts[file] = append(m.posts[file], post)
		}
	}
}

// mention notes what all posts refer to.
func (l *Library) mention() {
	l.mentions = &mentions{posts: map[string][]string{}}
	l.shows = map[string][]string{}
	posts := slices.Sorted(l.posts.Keys())
	files := make([][]string, len(posts))
	onAllProcessors(len(posts), func(n int) { files[n] = l.shown(posts[n]) })
	for n, post := range posts {
		if files[n] == nil {
			continue
		}
		l.shows[post] = files[n]
		for _, file := range files[n] {
			l.mentions.posts[file] = append(l.mentions.posts[file], post)
		}
	}
}

// servable returns the media files that may be handed out at all: those that are not
// private, and no posts, whatever their names.
func (l *Library) servable() *address.Files {
	return l.media.Only(func(file string) bool {
		p := l.parsed[file]
		return !l.made.Private(file) && (p == nil || !p.broken && p.state == dialect.Other)
	})
}
