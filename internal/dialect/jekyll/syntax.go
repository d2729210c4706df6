package jekyll

import (
	"strings"

	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/dialect/jekyll/kramdown"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
)

// syntax is kramdown with the options of the site's settings, unless they ask for another
// Markdown.
func syntax(g settings.Site) markdown.Syntax {
	if other := strings.ToLower(g.Text("markdown")); other != "" && other != "kramdown" {
		return nil
	}
	o := kramdown.Default()
	said, _ := g.Value("kramdown")
	// What is read by which rules comes first: other options refine it.
	for _, first := range []bool{true, false} {
		for _, pair := range said.Map {
			if key := strings.ToLower(pair.Key); (key == "input") == first {
				o.Set(key, valueOf(pair.Value))
			}
		}
	}
	return o
}

// valueOf returns a value as kramdown reads it from a text: a list has commas.
func valueOf(v meta.Value) string {
	switch v.Kind {
	case meta.Null:
		return ""
	case meta.List:
		var all []string
		for _, one := range v.List {
			all = append(all, one.Text)
		}
		return strings.Join(all, ",")
	}
	return v.Text
}
