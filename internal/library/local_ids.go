package library

import (
	"fmt"
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
)

// LocalIDs names the posts whose stated id may be that of another site's post too.
// Readers that keep all feeds in one list then show only one of the two.
func (l *Library) LocalIDs() []blog.Problem {
	var problems []blog.Problem
	for _, path := range slices.Sorted(l.ids.Keys()) {
		if id := l.settledAt(path).post.ID; l.parsed[path].Explicit && !dialect.IsGlobal(id) {
			problems = append(problems, blog.Problem{File: path, Severity: blog.Warning, Message: fmt.Sprintf(
				"the id %q is not unique on the web; it had better be an address, a tag: or urn: URI, or a UUID", id)})
		}
	}
	return problems
}
