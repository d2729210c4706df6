package public

import (
	"maps"
	"net/url"
	"slices"
	"sync"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
)

// Referred returns the media files that a post refers to, given what may be their names in
// its file, in its text as it is published, and in its front matter, defaults included.
// They are sorted.
func Referred(book *address.Book, p *blog.Post, names []string) []string {
	files := map[string]bool{}
	for _, ref := range names {
		file, _ := book.Media(p.Path, ref)
		if file.Path == "" {
			file.Path = onTheWeb(book, p, ref)
		}
		if file.Path != "" {
			files[file.Path] = true
		}
	}
	return slices.Sorted(maps.Keys(files))
}

// onTheWeb returns the file that is served at the address which a reader makes of
// a reference by the rules of the web (RFC 3986 section 5).
func onTheWeb(book *address.Book, p *blog.Post, ref string) string {
	base, err := url.Parse(p.URL)
	if err != nil {
		return ""
	}
	at, err := base.Parse(ref)
	if err != nil {
		return ""
	}
	file, _ := book.At(at.String())
	return file.Path
}

// Mentions tells which posts may refer to a media file. Those who follow each other
// share it, as long as little changes, so that it only hints: a post may say
// something else by now.
type Mentions struct {
	mu    sync.RWMutex
	posts map[string][]string // paths of posts, by a file that they refer to
}

// of returns the posts that may refer to a file.
func (m *Mentions) of(file string) (posts []string) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.posts[file]
}

// Add notes the files that a post refers to.
func (m *Mentions) Add(post string, files []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, file := range files {
		if !slices.Contains(m.posts[file], post) {
			m.posts[file] = append(m.posts[file], post)
		}
	}
}

// MentionsOf returns the mentions of files that posts refer to, by path of the post.
func MentionsOf(shows map[string][]string) *Mentions {
	m := &Mentions{posts: map[string][]string{}}
	for _, post := range slices.Sorted(maps.Keys(shows)) {
		for _, file := range shows[post] {
			m.posts[file] = append(m.posts[file], post)
		}
	}
	return m
}
