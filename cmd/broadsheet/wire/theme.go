package wire

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/page"
)

// Theme loads the theme that the settings name, or the one beside the posts folder. Its mistakes
// are problems, and the built-in theme takes its place.
func Theme(s config.Settings) (*page.Theme, []blog.Problem) {
	dir := s.Theme
	if dir == "" {
		dir = filepath.Join(s.Generator.Root, "..", "theme")
		if !isTheme(dir) {
			return page.Load(nil, "")
		}
	}
	root, err := os.OpenRoot(dir) // no link leads out of it
	if err != nil {
		theme, problems := page.Load(nil, "")
		return theme, append(problems, blog.Problem{
			File: dir, Severity: blog.Error, Message: "the theme cannot be read: " + err.Error(),
		})
	}
	defer root.Close() //nolint:errcheck // nothing was written
	return page.Load(root.FS(), dir)
}

// isTheme reports whether a folder that no setting names is a theme: it holds one of the files that
// pages are made with. Any other folder of that name must not be published.
func isTheme(dir string) bool {
	names := []string{"base.html", "page.css", "feed.css", "term.html", "author.html", "archive.html", "subscribe.html"}
	return slices.ContainsFunc(names, func(name string) bool {
		info, err := os.Lstat(filepath.Join(dir, name))
		return err == nil && info.Mode().Type() == fs.FileMode(0)
	})
}
