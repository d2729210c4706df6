package address

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"broadsheet/internal/blog"
)

// Bundles are pages whose folders hold their resources: what lies beside such a page, or
// below, is at the address of the page. They are immutable. The nil Bundles are none.
type Bundles struct {
	Folders   map[string][]string // the files of pages by their folder; sorted
	Addresses map[string]string   // of these pages, absolute, by path of their file, whether public or not
}

// folderOf returns the folder of the page that a file belongs to, and its pages.
func (x *Bundles) folderOf(name string) (folder string, pages []string) {
	if x == nil {
		return "", nil
	}
	for folder = path.Dir(name); folder != "."; folder = path.Dir(folder) {
		if pages := x.Folders[folder]; len(pages) > 0 {
			return folder, pages
		}
	}
	return "", nil
}

// address returns where the page in a file, or anybody else, finds a resource; empty if it is
// none of a public page, nor one of its own.
func (x *Bundles) address(public map[string]*blog.Post, file, name string) string {
	folder, pages := x.folderOf(name)
	at := ""
	if slices.Contains(pages, file) {
		at = x.Addresses[file]
	}
	for _, page := range pages {
		if p := public[page]; p != nil && at == "" {
			at = p.URL
		}
	}
	if at == "" {
		return ""
	}
	return home(at) + (&url.URL{Path: "/" + strings.TrimPrefix(name, folder+"/")}).EscapedPath()
}

// Places returns the paths below the site at which a media file is handed out: those of
// the public pages that it is a resource of, and that of the file itself.
func (b *Book) Places(name string) []string {
	var all []string
	folder, pages := b.Bundles.folderOf(name)
	for _, page := range pages {
		if p := b.Posts[page]; p != nil {
			if at, ok := b.homeBelow(p); ok {
				all = append(all, path.Join(at, strings.TrimPrefix(name, folder+"/")))
			}
		}
	}
	if b.Static != "" {
		name = strings.TrimPrefix(name, b.Static+"/")
	}
	all = append(all, name)
	slices.Sort(all)
	return slices.Compact(all)
}

// homeBelow returns the decoded path below the site of a page's resources; false if they are
// elsewhere.
func (b *Book) homeBelow(p *blog.Post) (at string, ok bool) {
	below, ok := strings.CutPrefix(home(p.URL), b.Site.URL+"/")
	at, err := url.PathUnescape(below)
	return at, ok && err == nil && at != "" && at == strings.TrimPrefix(path.Clean("/"+at), "/")
}

// home is the address that those of a page's resources begin with.
func home(at string) string { return strings.TrimSuffix(strings.TrimSuffix(at, "/"), ".html") }

// below returns the resources that a path below the site may stand for.
func (x *Bundles) below(b *Book, at string) []string {
	if x == nil {
		return nil
	}
	homes := b.homes()
	for dir := path.Dir(at); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if folder, ok := homes[dir]; ok {
			return []string{path.Join(folder, strings.TrimPrefix(at, dir+"/"))}
		}
	}
	return nil
}

// homesOf returns the folders of public pages by the path below the site of their
// resources.
func (b *Book) homesOf() map[string]string {
	homes := map[string]string{}
	if b.Bundles == nil {
		return homes
	}
	for _, folder := range slices.Sorted(maps.Keys(b.Bundles.Folders)) {
		for _, page := range b.Bundles.Folders[folder] {
			p := b.Posts[page]
			if p == nil {
				continue
			}
			at, ok := b.homeBelow(p)
			if _, taken := homes[at]; ok && !taken {
				homes[at] = folder
			}
		}
	}
	return homes
}

// alike returns the address of the page that the post in a file means by a name that is
// like that of its file.
func (b *Book) alike(file, ref string) (address string, found bool) {
	if b.Alike == nil {
		return "", false
	}
	name, rest := ref, ""
	if i := strings.IndexAny(ref, "?#"); i >= 0 {
		name, rest = ref[:i], ref[i:]
	}
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	for _, other := range b.Alike(file, name) {
		if address := cmp.Or(b.page(other), b.page(b.short()[other])); address != "" {
			return address + rest, true
		}
	}
	return "", false
}

// shortNames returns the files of pages by their short names, where only one has it.
func (b *Book) shortNames() map[string]string {
	all := map[string]string{}
	if b.Short == nil {
		return all
	}
	add := func(file string) {
		name := b.Short(file)
		if other, taken := all[name]; taken && other != file {
			file = ""
		}
		all[name] = file
	}
	for file := range b.Posts {
		add(file)
	}
	for file := range b.Pages {
		add(file)
	}
	delete(all, "")
	return all
}
