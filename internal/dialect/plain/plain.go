// Package plain is the dialect of a bare folder of posts: the union of what generators
// do.
package plain

import (
	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/dialect/internal/rules"
)

// Dialect is that of a bare folder.
var Dialect = &rules.Dialect{
	Name:            "plain",
	Pages:           true,
	IsPrivateFolder: paths.IsShelf,
	Posts:           func(rules.Source) rules.Posts { return rules.Posts{ForeignIDs: true} },
}
