// Package jekyll is the dialect of Jekyll 4 with its plugins jekyll-feed and
// jekyll-archives, with its defaults, drafts and Liquid.
package jekyll

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

// Dialect is that of Jekyll.
var Dialect = &rules.Dialect{
	Name: "jekyll",
	Folder: rules.Folder{
		Settings: []string{"_config.yml", "_config.yaml"}, Posts: "_posts", Others: []string{"_drafts", "_layouts", "_includes"},
		HasPosts: hasPosts,
	},
	ExactKeys:       true,
	Publication:     publication,
	FutureKey:       "future",
	Extensions:      []string{".yml", ".yaml", ".json", ".liquid", ".csv", ".tsv"},
	Ignored:         []string{"_site", "vendor"},
	IsPrivateFolder: isPrivateFolder,
	Publishes:       publishes,
	IsData: func(name string) bool {
		return strings.HasPrefix(name, "_data/") || strings.HasPrefix(name, "_includes/")
	},
	Feeds: rules.Feeds{
		Format: "atom", Main: []string{"/feed.xml", "/feed/posts.xml"}, AddressIsID: true,
		Terms: map[string]string{"categories": "/feed/*.xml", "tags": "/feed/by_tag/*.xml"},
		Path:  func(s settings.Site) string { return s.Text("feed.collections.posts.path", "feed.path") },

		TermPaths: termPaths,
	},
	TermPages: archives,
	Titles:    sections,
	Posts: func(src rules.Source) rules.Posts {
		j := newJekyll(src)
		return rules.Posts{
			Keys: keys, Ignores: j.ignores, State: j.state, Dates: j.dates, Comments: j.comments,
			Texts: j.texts, AuthorsAndTerms: j.authorsAndTerms, Links: j.links, HasTemplates: hasTemplates,
		}
	},
	Syntax:    syntax,
	Templates: newTemplates,
}

// hasPosts reports whether the settings tell of a collection, or posts lie in a folder of a
// category.
func hasPosts(s settings.Site) bool {
	return len(collectionsOf(s)) > 0 || hasCategoryFolder(s.Root)
}

// hasCategoryFolder reports whether posts lie in a folder of a category. In one that
// is called source they are Hexo's.
func hasCategoryFolder(root string) bool {
	entries, err := os.ReadDir(root)
	return err == nil && slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		info, err := os.Stat(filepath.Join(root, e.Name(), "_posts"))
		return e.IsDir() && e.Name() != "source" && err == nil && info.IsDir()
	})
}

// jekyll is the dialect of Jekyll 4 with jekyll-feed, followed to the letter
// where subscribers would notice: ids, addresses, dates, terms, summaries.
type jekyll struct {
	zone     *time.Location
	defaults []defaults
	authors  meta.Pairs // _data/authors.yml, and the map of the settings
	pattern  string     // of permalinks
	excerpt  string     // what ends an excerpt
	exclude  patterns
	include  patterns // wins over exclude

	collections []collection
	dir         string // of collections and posts
}

func newJekyll(src rules.Source) jekyll {
	g, data := src.Settings, src.Data
	j := jekyll{
		zone: src.Site.Zone, defaults: defaultsOf(g), pattern: g.Text("collections.posts.permalink", "permalink"),
		excerpt: "\n\n", exclude: patternsOf(g, "exclude"), include: patternsOf(g, "include"),
		collections: collectionsOf(g), dir: collectionsDir(g),
	}
	if separator, ok := g.Value("excerpt_separator"); ok && separator.Kind != meta.Null {
		j.excerpt = separator.Text
	}
	for _, name := range []string{"_data/authors.yml", "_data/authors.yaml"} {
		if v, _, err := frontmatter.ParseData(name, data[name]); err == nil {
			j.authors = append(j.authors, v.Map...)
		}
	}
	if v, ok := g.Value("authors"); ok {
		j.authors = append(j.authors, v.Map...)
	}
	return j
}

// ignores reports whether a file is no post by where it lies.
func (j jekyll) ignores(name string) bool {
	if !paths.IsPage(name) || j.excluded(name) {
		return true
	}
	if _, within, ok := j.collectionOf(name); ok {
		return strings.HasPrefix(within, "_") || strings.Contains(within, "/_")
	}
	name, ok := below(j.dir, name)
	if !ok {
		return true
	}
	posts := false
	for segment := range strings.SplitSeq(path.Dir(name), "/") {
		switch {
		case segment == "_posts", segment == "_drafts":
			posts = true
		case strings.HasPrefix(segment, "_") && !posts: // Jekyll enters no such folder
			return true
		}
	}
	return !posts
}

// jekyllName matches the names of posts.
var jekyllName = regexp.MustCompile(`^(\d{2,4}-\d{1,2}-\d{1,2})-(.*)$`)

// state tells posts from all other files of a site: they lie below _posts, at
// any depth, and are named after their date.
func (j jekyll) state(r *rules.Reading) rules.State {
	dir := "/" + path.Dir(r.File.Path) + "/"
	drafts := strings.Contains(dir, "/_drafts/")
	m := jekyllName.FindStringSubmatch(r.Name.Base)
	c, _, collected := j.collectionOf(r.File.Path)
	if !drafts && m == nil && !collected {
		return rules.Other
	}
	r.Name.Date, r.Name.Slug = "", r.Name.Base
	if m != nil {
		r.Name.Date, r.Name.Slug = m[1], m[2]
	}
	r.Name.Slug = strings.TrimRight(r.Name.Slug, ".")
	j.applyDefaults(r)
	if collected && !isDocument(r, c) {
		return rules.Other
	}
	state := r.Publicity()
	if drafts {
		state = rules.Draft
	}
	if state != rules.Draft {
		r.WarnOfForeign("Jekyll")
	}
	return state
}

// isDocument reports whether a file of a collection is a post: it has front matter, and a date,
// unless its feed tells it without one. Pages that have none, as of people, are no posts.
func isDocument(r *rules.Reading, c collection) bool {
	_, _, dated := r.Find(meta.Published)
	return r.Block.Format != frontmatter.None && (dated || r.Name.Date != "" || c.hasFeed)
}
