package library

import (
	"maps"

	"broadsheet/internal/address"
	"broadsheet/internal/library/internal/parse"
)

// pages are the addresses of pages that are no posts, by path of their file.
func (l *Library) pages() map[string]string {
	if !l.made.Kind.HasBundles() {
		return nil
	}
	all := maps.Clone(l.others)
	for path, p := range l.parsed {
		if p.Address() == "" {
			continue
		}
		if all == nil {
			all = map[string]string{}
		}
		all[path] = p.Address()
	}
	return all
}

// resources are the pages whose folders hold their resources.
func (l *Library) resources() *address.Bundles {
	if len(l.bundles) == 0 {
		return nil
	}
	all := &address.Bundles{Folders: l.bundles, Addresses: map[string]string{}}
	for _, pages := range l.bundles {
		for _, page := range pages {
			if at := ownAddress(l.parsed[page]); at != "" {
				all.Addresses[page] = at
			}
		}
	}
	return all
}

// isPage reports whether a file is a page that is public, and no post.
func (l *Library) isPage(file string) bool {
	p := l.parsed[file]
	return l.others[file] != "" || p != nil && p.Address() != ""
}

// ownAddress is where the page of a file is, or would be if it were public; empty: it has no
// address.
func ownAddress(p *parse.File) string {
	switch {
	case p == nil:
		return ""
	case p.Post != nil:
		return p.Post.URL
	}
	return p.Address()
}

// samePages reports whether the pages that are no posts, and those with resources, are where
// they were.
func (l *Library) samePages(prev *Library) bool {
	if !l.made.Kind.HasBundles() {
		return true
	}
	now, before := l.resources(), prev.resources()
	if now == nil || before == nil {
		return now == before && maps.Equal(l.pages(), prev.pages())
	}
	return maps.Equal(now.Addresses, before.Addresses) && maps.Equal(l.pages(), prev.pages())
}
