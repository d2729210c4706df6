package dialect

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
)

// Read finds out what dir was made for. With a kind other than the empty one it
// is taken to be that. The problems are those of the generator's settings.
func Read(dir string, kind Kind) (Site, []blog.Problem) {
	for _, d := range table[1:] {
		asked := kind == Kind(d.Name)
		if kind != "" && !asked {
			continue
		}
		all := roots(dir, d)
		for _, root := range all {
			for _, name := range d.Folder.Settings {
				site, problems, ok := load(d, root, name)
				if ok && (asked || hasPosts(site, d) && isOwn(d, site)) {
					return siteOf(d, site), problems
				}
			}
		}
		if asked { // without settings
			return Site{Kind: kind, Root: all[len(all)-1]}, nil
		}
	}
	return Site{Kind: Kind(table[0].Name), Root: dir}, nil
}

func siteOf(d *rules.Dialect, s settings.Site) Site {
	return Site{Kind: Kind(d.Name), Root: s.Root, File: s.File, Settings: s.Values}
}

func isOwn(d *rules.Dialect, s settings.Site) bool { return d.Folder.IsOwn == nil || d.Folder.IsOwn(s) }

// Files returns the names of all files and folders that Read may look at: those that a
// dialect names, there or not, and those that lie in its folders of settings now.
func Files(dir string) []string {
	var all []string
	for _, d := range table[1:] {
		for _, root := range roots(dir, d) {
			for _, names := range [][]string{{d.Folder.Posts}, d.Folder.Others, d.Folder.Settings, d.Folder.Further} {
				for _, name := range names {
					all = append(all, filepath.Join(root, filepath.FromSlash(name)))
				}
			}
			for _, folder := range d.Folder.Parts {
				all = append(all, filesIn(filepath.Join(root, filepath.FromSlash(folder)))...)
			}
		}
	}
	return all
}

// maxFilesIn bounds how many files of a folder of settings are named.
const maxFilesIn = 200

// filesIn returns the names of what lies in a folder; none if it cannot be read.
func filesIn(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries[:min(len(entries), maxFilesIn)] {
		names = append(names, filepath.Join(dir, entry.Name()))
	}
	return names
}

// roots returns the folders that may be the site's: dir, and, where dir is the
// folder of the site's posts or lies in it, the one that holds that folder.
func roots(dir string, d *rules.Dialect) []string {
	all := []string{dir}
	real, err := filepath.Abs(dir)
	if err != nil {
		return all
	}
	up := dir
	for range 4 {
		name := filepath.Base(real)
		real, up = filepath.Dir(real), filepath.Join(up, "..")
		if name == d.Folder.Posts {
			return append(all, up)
		}
	}
	return all
}

// hasPosts reports whether a folder with a generator's settings is laid out as its site.
func hasPosts(s settings.Site, d *rules.Dialect) bool {
	for _, folder := range append([]string{d.Folder.Posts}, d.Folder.Others...) {
		if info, err := os.Stat(filepath.Join(s.Root, filepath.FromSlash(folder))); err == nil && info.IsDir() {
			return true
		}
	}
	return d.Folder.HasPosts != nil && d.Folder.HasPosts(s)
}

// load reads the settings from disk; ok is false where there is no such file.
func load(d *rules.Dialect, root, name string) (site settings.Site, problems []blog.Problem, ok bool) {
	site = settings.Site{Root: root, File: name, Exact: d.ExactKeys}
	read, problems, err := site.Load(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return site, nil, false
	case err != nil:
		return site, []blog.Problem{{File: site.Path(), Severity: blog.Error, Message: "cannot read the settings of " + d.Name + ": " + err.Error()}}, true
	case d.Folder.Complete == nil:
		return read, problems, true
	}
	read, found := d.Folder.Complete(read)
	return read, append(problems, found...), true
}
