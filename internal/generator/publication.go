package generator

import (
	"slices"
	"strconv"
	"strings"
)

// Publication is what the generator's settings say of the publication, in the
// words of Broadsheet's own settings, by key; what they do not say is absent.
func (s Site) Publication() map[string]string {
	said := map[string]string{}
	for key, value := range s.publication() {
		if value != "" {
			said[key] = value
		}
	}
	return said
}

func (s Site) publication() map[string]string {
	switch s.Kind {
	case Jekyll:
		return map[string]string{
			"title":       s.Text("title", "name"),
			"description": s.Text("description"),
			"url":         s.jekyllURL(),
			"language":    s.Text("lang", "locale"),
			"timezone":    s.Text("timezone"),
			"author":      s.author("author"),
			"icon":        s.Text("feed.icon"),
			"logo":        s.Text("feed.logo", "logo"),
			"items":       entries(s.Text("feed.posts_limit")),
			"content":     map[bool]string{true: "summary"}[s.Is("feed.excerpt_only")],
			"typographer": "true", // kramdown's way with quotes and dashes
		}
	case Hugo:
		return map[string]string{
			"title":       s.Text("title"),
			"description": s.Text("params.description", "description"),
			"url":         strings.TrimRight(s.Text("baseURL"), "/"),
			"language":    s.Text("locale", "languageCode", "defaultContentLanguage"),
			"timezone":    s.Text("timeZone"),
			"author":      s.author("params.author"),
			"copyright":   s.Text("copyright"),
			"items":       entries(s.Text("services.rss.limit", "rssLimit")),
			"typographer": "true", // goldmark's extension, on by default
			"emoji":       s.Text("enableEmoji"),
		}
	}
	return nil
}

// entries reads how many entries a feed is to hold; archives hold the rest.
func entries(limit string) string {
	switch n, err := strconv.Atoi(limit); {
	case err != nil || n == 0:
		return ""
	case n < 0 || n > 1000:
		return "1000"
	}
	return limit
}

func (s Site) jekyllURL() string {
	base := s.Text("url")
	if base == "" {
		return ""
	}
	return strings.TrimRight(strings.TrimRight(base, "/")+"/"+strings.Trim(s.Text("baseurl"), "/"), "/")
}

// author returns the author as one line: a name, addresses, or both.
func (s Site) author(key string) string {
	line := s.Text(key, key+".name")
	for _, extra := range []string{s.Text(key + ".email"), s.Text(key+".uri", key+".url")} {
		if extra != "" {
			line += " <" + extra + ">"
		}
	}
	return strings.TrimSpace(line)
}

// Future reports whether posts that are dated in the future are to be published
// at once.
func (s Site) Future() bool { return s.Is("future") || s.Is("buildFuture") }

// Extensions are those of files that are read besides those of posts: data and
// templates.
func (s Site) Extensions() []string {
	if s.Kind == Jekyll {
		return []string{".yml", ".yaml", ".json", ".liquid"}
	}
	return nil
}

// Static is the folder, below Root, whose files generators copy to the top of
// the site; empty: there is none.
func (s Site) Static() string {
	if s.Kind == Hugo {
		return "static"
	}
	return ""
}

// output is what generators write and what others put beside a site.
var output = map[Kind][]string{
	Jekyll: {"_site", "vendor"},
	Hugo:   {"public", "resources", "themes"},
}

// Private reports whether a file is for nobody but those who make the site: what
// lies in a folder for drafts, or where the generator itself does not look. The
// path is relative to Root and slash-separated.
func (s Site) Private(rel string) bool {
	folders := strings.Split(rel, "/")
	for i, folder := range folders[:len(folders)-1] {
		switch {
		case folder == "_drafts", folder == "node_modules", strings.HasPrefix(folder, "."):
			return true
		case s.Kind == Plain && shelves[shelfName(folder)]:
			return true
		case s.Kind == Jekyll && strings.HasPrefix(folder, "_") && folder != "_posts":
			return true
		case s.Ignores(strings.Join(folders[:i+1], "/")):
			return true
		}
	}
	ignored, _ := s.Ignored()
	return ignored.Has(rel)
}

// Ignores reports whether nothing below a path, relative to Root and
// slash-separated, is of use.
func (s Site) Ignores(rel string) bool {
	return slices.Contains(output[s.Kind], rel)
}
