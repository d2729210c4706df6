package jekyll

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/frontmatter/meta"
)

// collection is a list of documents of a kind, besides the posts, that Jekyll publishes: as
// pages, or in a feed of their own.
type collection struct {
	label      string
	pattern    string   // of permalinks
	hasFeed    bool     // the feed plugin writes one of it
	feedPath   string   // where; empty: at the usual path
	categories []string // that the plugin writes a feed of each of
	title      string   // as the settings call it
}

// folder returns the folder of the collection, below that of all collections.
func (c collection) folder() string { return "_" + c.label }

// path returns where the feed plugin writes the feed of the collection, or of a category
// within it.
func (c collection) path(category string) string {
	switch {
	case category != "":
		return "/feed/" + c.label + "/" + category + ".xml"
	case c.feedPath != "":
		return "/" + strings.TrimLeft(c.feedPath, "/")
	}
	return "/feed/" + c.label + ".xml"
}

// notInLabel matches what Jekyll leaves out of the names of collections. It then does not know the
// settings of such a one, and publishes nothing of it.
var notInLabel = regexp.MustCompile(`[^a-zA-Z0-9_.-]`)

// collectionsOf returns the collections whose documents are public: those that have pages,
// and those that have a feed.
func collectionsOf(g settings.Site) []collection {
	var all []collection
	for _, one := range entries(g, "collections") {
		label := one.Key
		if notInLabel.MatchString(label) || label == "" || label == "posts" || label == "drafts" || label == "data" {
			continue
		}
		said := settings.Site{Exact: true, Values: one.Value.Map}
		c := collection{label: label, pattern: patternOf(said, g), title: said.Text("title", "label", "name")}
		c.readFeed(g)
		if said.Is("output") || c.hasFeed {
			all = append(all, c)
		}
	}
	return all
}

// readFeed reads what the feed plugin is told of the collection.
func (c *collection) readFeed(g settings.Site) {
	for _, one := range entries(g, "feed.collections") {
		if one.Key != c.label {
			continue
		}
		said := settings.Site{Exact: true, Values: one.Value.Map}
		c.hasFeed, c.feedPath = true, said.Text("path")
		categories, _ := said.Value("categories")
		c.categories = categories.Strings()
	}
}

// entries returns the members of a mapping, or of a list of names.
func entries(g settings.Site, key string) meta.Pairs {
	v, _ := g.Value(key)
	if v.Kind != meta.List {
		return v.Map
	}
	var all meta.Pairs
	for _, name := range v.Strings() {
		all = append(all, meta.Pair{Key: name})
	}
	return all
}

// patternOf returns the pattern of the permalinks of a collection: its own, or one that ends
// as those of posts do.
func patternOf(said, g settings.Site) string {
	if own := said.Text("permalink"); own != "" {
		return own
	}
	const usual = "/:collection/:path"
	switch style := g.Text("permalink"); {
	case style == "pretty", strings.HasSuffix(style, "/"):
		return usual + "/"
	case style == "", style == "date", style == "ordinal", style == "none", strings.HasSuffix(style, ":output_ext"):
		return usual + ":output_ext"
	}
	return usual
}

// collectionsDir is the folder in which the settings have all collections, posts among them;
// empty: the top of the site.
func collectionsDir(g settings.Site) string {
	return strings.Trim(path.Clean("/"+g.Text("collections_dir")), "/")
}

// below returns the path of a file within the folder of collections; false: it lies elsewhere.
func below(dir, file string) (string, bool) {
	if dir == "" {
		return file, true
	}
	return strings.CutPrefix(file, dir+"/")
}

// collectionOf returns the collection that a file lies in, and its path there; false: in none.
func (j jekyll) collectionOf(file string) (c collection, within string, ok bool) {
	file, ok = below(j.dir, file)
	folder, within, inside := strings.Cut(file, "/")
	if !ok || !inside {
		return collection{}, "", false
	}
	i := slices.IndexFunc(j.collections, func(c collection) bool { return c.folder() == folder })
	if i < 0 {
		return collection{}, "", false
	}
	return j.collections[i], within, true
}

// isPrivateFolder reports whether Jekyll publishes nothing that lies in a folder.
func isPrivateFolder(g settings.Site, folder string) bool {
	name := path.Base(folder)
	if !strings.HasPrefix(name, "_") || name == "_posts" {
		return false
	}
	return !slices.ContainsFunc(collectionsOf(g), func(c collection) bool {
		return folder == path.Join(collectionsDir(g), c.folder())
	})
}

// sections returns what the collections are called.
func sections(src rules.Source) map[string]string {
	titles := map[string]string{}
	for _, c := range collectionsOf(src.Settings) {
		titles["sections/"+c.label] = c.name()
		for _, category := range c.categories {
			titles["sections/"+part(c, category)] = c.name() + ", " + category
		}
	}
	return titles
}

func (c collection) name() string {
	if c.title != "" {
		return c.title
	}
	return titleised(strings.ReplaceAll(c.label, "_", "-"))
}

// part is what those posts of a collection belong to that have a category.
func part(c collection, category string) string { return c.label + "/" + category }

// document says that a post is one of a collection.
func (j jekyll) document(r *rules.Reading, c collection) {
	r.Post.Section, r.Post.Extra().Aside = c.label, true
	categories := j.categories(r)
	for _, category := range c.categories {
		if slices.Contains(categories, category) {
			r.Post.Extra().Parts = append(r.Post.Extra().Parts, part(c, category))
		}
	}
}
