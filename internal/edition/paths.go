package edition

import (
	"cmp"
	"path"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/static"
	"broadsheet/internal/feed"

	"golang.org/x/text/unicode/norm"
)

// feedOf is one part of a slice as a feed.
func (e *Edition) feedOf(s *slice, p part, f feed.Format) *Document {
	return &Document{
		Path:        p.path(f, e.in.settings),
		ours:        p.root + f.File,
		ContentType: f.ContentType,
		root:        p.root,
		eager:       s.kind == "" && !p.archive,
		posts:       p.posts,
		in:          e.in,
		place:       p.place(),
		versions:    e.versionsOf(p),
		check:       f.Check,
		entries:     &entries{s, p, e.in, e.texts, f},
	}
}

// channelOf returns what a part of a slice says of itself in format f.
func channelOf(s *slice, p part, in *inputs, f feed.Format) feed.Channel {
	site := in.site
	if s.kind != "" {
		site.Podcast.GUID = "" // that is the identity of the main feed
	}
	return feed.Channel{
		ID:          feedID(s, in),
		Title:       s.title(site),
		Description: site.Description,
		Language:    site.Language,
		Copyright:   site.Copyright,
		HomeURL:     in.home(s.key()),
		ShowURL:     absolute(site, s.root()+"rss.xml"), // whatever path the generator has its feed at
		SelfURL:     absolute(site, p.path(f, in.settings)),
		Updated:     newestDate(p.posts),
		Authors:     site.Authors,
		Icon:        site.Icon,
		Logo:        site.Logo,
		Image:       site.Image,
		Categories:  site.Categories,
		TTL:         in.settings.TTL,
		Podcast:     site.Podcast,
		History:     p.history(in, f),
		Stylesheet:  pathBelow(site, feedStylePath),
	}
}

// versionsOf returns the key of what all versions of a part of a slice have in common.
func (e *Edition) versionsOf(p part) blog.Key {
	var k blog.Keyer
	return k.Key(e.in.key).Text(p.name).Sum()
}

// newestDate returns the date of a feed: the latest of its posts' dates, be it one of
// the future. So it stays when a post goes, or is edited without a new date.
func newestDate(posts []*blog.Post) time.Time {
	date := noEntries
	for _, p := range posts {
		for _, at := range []time.Time{p.Published, p.Updated} {
			if at.After(date) {
				date = at
			}
		}
	}
	return date
}

// feedID returns the id of a slice's feed: the address of its folder. The main
// feed keeps the one that a generator gave it.
func feedID(s *slice, in *inputs) string {
	if theirs := in.settings.generatorFeeds(); s.kind == "" && theirs.AddressIsID {
		return absolute(in.site, "/"+strings.TrimPrefix(cmp.Or(in.settings.FeedPath, theirs.Main[0]), "/"))
	}
	return absolute(in.site, s.root())
}

// home returns the address of the page that shows the posts of a slice to people:
// ours, else that of the site's generator, else the first page.
func (in *inputs) home(k key) string {
	switch pattern := in.settings.TermPages[k.kind]; {
	case k.kind == "":
	case in.settings.Pages:
		return absolute(in.site, k.root())
	case pattern != "" && (k.kind != "languages" || in.settings.generatorSlice(k) != ""):
		return absolute(in.site, strings.Replace(pattern, "*", k.slug, 1))
	}
	return in.site.URL + "/"
}

// links is the Link header field (RFC 8288) of a part of a slice in format f: the
// document itself, and the same in other formats. The zero Format stands for a
// page, which is none of them.
func links(p part, in *inputs, f feed.Format) string {
	var all []string
	for _, other := range feed.Formats {
		relation := "alternate"
		if other.Name == f.Name {
			relation = "self"
		}
		all = append(all, "<"+absolute(in.site, p.path(other, in.settings))+`>; rel="`+relation+`"; type="`+other.MediaType+`"`)
	}
	return strings.Join(all, ", ")
}

// Find returns the document of a request's path, be it a canonical one or an
// alias; letter case, doubled and trailing slashes, and the form of Unicode do not matter. It returns
// nil for a path that the edition does not have.
func (e *Edition) Find(path string) *Document {
	if d := e.named(path); d != nil {
		return d
	}
	return e.asFile(path)
}

// named returns the document that has a path, or an alias.
func (e *Edition) named(path string) *Document {
	if d := e.spelled(path); d != nil {
		return d
	}
	if i, ok := e.postAt(path, true); ok {
		return e.postPage(i)
	}
	return e.listed(fold(path))
}

// asFile returns the document that a static server has at a path which is none of it:
// the path of its file, as Write names that, or what stands for the file.
func (e *Edition) asFile(at string) *Document {
	if folder, ok := cutSuffix(at, "/index.html"); ok {
		d := cmp.Or(e.spelled(folder+"/"), e.named(cmp.Or(folder, "/")))
		if d == nil || static.IsJSON(d.ContentType) || path.Ext(folder) != "" && (!static.IsPage(d.ContentType) || path.Ext(folder) == ".html") {
			return nil
		}
		return d
	}
	if name, ok := cutSuffix(at, ".html"); ok {
		if d := e.named(name); d != nil && path.Ext(name) == "" && static.IsPage(d.ContentType) && fold(d.Path) == fold(name) && !strings.HasSuffix(d.Path, "/") {
			return d
		}
		return nil
	}
	folder := strings.TrimSuffix(at, "/")
	d := e.named(folder + "/index.html")
	if d == nil && folder == at && path.Base(at) != "index" {
		d = e.named(at + ".html")
	}
	if d == nil || !static.IsPage(d.ContentType) || d.Path == NotFoundPath {
		return nil
	}
	return d
}

func cutSuffix(path, suffix string) (before string, found bool) {
	at := len(path) - len(suffix)
	if at < 0 || !strings.EqualFold(path[at:], suffix) {
		return path, false
	}
	return path[:at], true
}

// spelled returns the document of a path that is written as the tables have it,
// which nearly every one is.
func (e *Edition) spelled(path string) *Document {
	if d := e.top.documents[path]; d != nil {
		return d
	}
	if i, ok := e.postAt(path, false); ok {
		return e.postPage(i)
	}
	return e.listed(path)
}

// In returns the document that says what d says in the format of that name, such
// as "atom": another format of the same feed, or the main feed for the page. Where
// there is none it returns d.
func (e *Edition) In(d *Document, format string) *Document {
	if d.root == "" {
		return d
	}
	for _, f := range feed.Formats {
		for _, name := range []string{f.File, "index." + f.Name} {
			if other := e.Find(d.root + name); other != nil && other.ContentType == f.ContentType && strings.EqualFold(f.Name, format) {
				return other
			}
		}
	}
	return d
}

// fold gives all spellings of a path that Find takes for the same one form: letter
// case, slashes that are doubled or at the end, and how accented letters are composed
// make no difference.
func fold(path string) string {
	if len(path) > 1024 {
		return ""
	}
	if plain(path) {
		if path == "/" {
			return path
		}
		return strings.TrimSuffix(path, "/")
	}
	segments := strings.FieldsFunc(strings.ToLower(norm.NFC.String(path)), func(r rune) bool { return r == '/' })
	return "/" + strings.Join(segments, "/")
}

// plain reports whether a path is one as nearly all are: nothing in it is another
// spelling of something.
func plain(path string) bool {
	if path == "" || path[0] != '/' {
		return false
	}
	for i := 1; i < len(path); i++ {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '_':
		case c == '/' && path[i-1] != '/', c == '.' && path[i-1] != '/' && path[i-1] != '.':
		default:
			return false
		}
	}
	return true
}
