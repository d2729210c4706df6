// Package public decides which media files may be handed out. In go the files of a folder,
// what the site and its posts refer to, and which posts are public; a file that nothing
// opens stays closed.
package public

import (
	"path"
	"slices"
	"strings"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/source"

	"golang.org/x/text/unicode/norm"
)

// Media are the media files of a folder, and what opens them.
type Media struct {
	Files    *address.Files         // that may be handed out at all
	Made     dialect.Site           // what the folder was made for
	Folders  []string               // those whose files are all public
	Named    []string               // files that the site refers to
	Bundles  map[string][]string    // see Bundles
	Book     *address.Book          // where files and posts are
	Posts    map[string]*blog.Post  // those that are public, by path
	Shows    map[string][]string    // the files that posts refer to, by path of the post; see Referred
	Mentions *Mentions              // the same by file
	IsPage   func(file string) bool // whether a file is a public page that is no post
}

// Public reports whether a media file may be handed out: whether a public post, or
// what Named says, refers to it, or it lies in one of Folders, or the generator of the
// site publishes it whatever posts say. The path is relative
// to the folder. A post that is not public opens nothing, nor does one that was.
func (m Media) Public(file string) bool {
	found, ok := m.Files.Find(file)
	return ok && found.Path == file &&
		(m.inFolders(file) || m.Made.Publishes(file) || m.isNamed(file) || !m.isWithheld(file) && (m.inBundle(file) || m.isMentioned(file) && !m.isKeptBack(file)))
}

// Served returns the media file that is handed out at a path below the site; false
// where there is none.
func (m Media) Served(at string) (file string, ok bool) {
	for _, name := range m.Book.Below(strings.TrimPrefix(at, "/")) {
		if found, ok := m.Files.Find(name); ok && m.Public(found.Path) {
			return found.Path, true
		}
	}
	return "", false
}

// Opens reports whether the link at a path of the folder, which is Public, may lead
// to the media file target: one that is public itself, or that a post means by the
// link's name. That the link lies in a folder of public files is not enough.
func (m Media) Opens(link, target string) bool {
	if m.Made.Private(target) {
		return false
	}
	return m.isNamed(link) || m.isMentioned(link) || m.Public(target)
}

// inFolders reports whether a file lies in a folder whose files are all public.
func (m Media) inFolders(file string) bool {
	return slices.ContainsFunc(m.Folders, func(folder string) bool {
		return folder == "." || strings.HasPrefix(norm.NFC.String(file), norm.NFC.String(folder)+"/")
	})
}

// inBundle reports whether a file belongs to a public page: Hugo publishes what
// lies beside a page's index file, and below, with the page.
func (m Media) inBundle(file string) bool {
	return slices.ContainsFunc(m.pagesOf(file), func(page string) bool { return m.Posts[page] != nil })
}

// isWithheld reports whether a file belongs to a page whose resources the generator
// does not publish, even where they are shown.
func (m Media) isWithheld(file string) bool {
	return slices.ContainsFunc(m.pagesOf(file), func(page string) bool { return m.Posts[page] != nil && m.Posts[page].Withholds })
}

// isKeptBack reports whether a file is a resource of pages none of which is public.
func (m Media) isKeptBack(file string) bool {
	pages := m.pagesOf(file)
	return len(pages) > 0 && !slices.ContainsFunc(pages, func(page string) bool { return m.Posts[page] != nil || m.IsPage(page) })
}

// pagesOf returns the pages that a file is a resource of.
func (m Media) pagesOf(file string) []string {
	for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
		if pages := m.Bundles[folder]; len(pages) > 0 {
			return pages
		}
	}
	return nil
}

// isNamed reports whether the site itself refers to a file.
func (m Media) isNamed(file string) bool {
	return slices.ContainsFunc(m.Named, func(ref string) bool {
		found, _ := m.Book.Media("", ref)
		return found.Path == file
	})
}

// isMentioned reports whether a public post refers to a file.
func (m Media) isMentioned(file string) bool {
	return slices.ContainsFunc(m.Mentions.of(file), func(post string) bool {
		return m.Posts[post] != nil && contains(m.Shows[post], file)
	})
}

func contains(sorted []string, one string) bool {
	_, found := slices.BinarySearch(sorted, one)
	return found
}

// Bundles returns the index files of pages by their folders.
func Bundles(files []source.File, made dialect.Site) map[string][]string {
	bundles := map[string][]string{}
	for i := range files {
		if made.IsBundle(files[i].Path) {
			folder, _ := path.Split(files[i].Path)
			folder = strings.TrimSuffix(folder, "/")
			bundles[folder] = append(bundles[folder], files[i].Path)
		}
	}
	return bundles
}
