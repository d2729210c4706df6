// Package plain is the dialect of a bare folder of posts: the union of what generators
// do.
package plain

import (
	"path"

	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/markdown"
)

// Dialect is that of a bare folder.
var Dialect = &rules.Dialect{
	Name:            "plain",
	Pages:           true,
	Flavour:         func(settings.Site) markdown.Flavour { return markdown.Flavour{Alerts: true} },
	IsPrivateFolder: func(_ settings.Site, folder string) bool { return paths.IsShelf(path.Base(folder)) },
	Posts:           func(rules.Source) rules.Posts { return rules.Posts{ForeignIDs: true} },
}
