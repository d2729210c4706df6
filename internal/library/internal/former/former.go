// Package former keeps the former addresses of posts. In go what is remembered of posts, and
// those that are public; out comes where their former addresses lead now. An address that
// a post has leads nowhere else.
package former

import (
	"iter"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/identity"
	"broadsheet/internal/library/internal/layered"
)

// Posts are the posts of a site, and what is remembered of them.
type Posts struct {
	IDs    layered.Map[string, *identity.Identity] // by path of the file
	Public map[string]*blog.Post                   // by path of the file
	Former []string                                // the files of those that had other addresses, or name some; see Which
}

// HandedOver returns the identities, by path, that change when each post loses the former
// addresses that others bear now. An address leads to the post that bore it last, also
// once that has left it.
func (p Posts) HandedOver() identity.Table {
	var borne map[string]bool
	changed := identity.Table{}
	for _, path := range p.Former {
		k, shown := p.IDs.At(path).Value(), p.Public[path] != nil
		if k.Was == "" && (shown || k.Path == "") {
			continue
		}
		if borne == nil {
			borne = p.Addresses()
		}
		now := k.Without(borne)
		if shown {
			now.Path = k.Path
		}
		if now != k {
			changed[path] = &now
		}
	}
	return changed
}

// has reports whether a file's post has other addresses than that at which it is
// shown: former ones, or those that its front matter names.
func (p Posts) has(path string) bool {
	k, post := p.IDs.At(path).Value(), p.Public[path]
	return k.Was != "" || post == nil && k.Path != "" || post != nil && len(post.Aliases()) > 0
}

// Which returns which of these files have posts with other addresses; sorted.
func (p Posts) Which(paths iter.Seq[string]) []string {
	var other []string
	for path := range paths {
		if p.has(path) {
			other = append(other, path)
		}
	}
	slices.Sort(other)
	return slices.Compact(other)
}

// Addresses returns those that public posts have now, by path below the site.
func (p Posts) Addresses() map[string]bool {
	all := make(map[string]bool, len(p.Public))
	for path := range p.Public {
		all[p.IDs.At(path).Value().Path] = true
	}
	return all
}

// Redirects returns where former addresses of posts lead now, by path below the
// site: those that front matter names, and permalinks that changed while somebody
// was looking.
func (p Posts) Redirects(site blog.Site) map[string]string {
	all := map[string]string{}
	var moved []string
	for _, path := range p.Former {
		if post := p.Public[path]; post != nil && (len(post.Aliases()) > 0 || p.IDs.At(path).Value().Was != "") {
			moved = append(moved, path)
		}
	}
	if moved == nil {
		return all
	}
	taken := make(map[string]bool, len(p.Public))
	for _, post := range p.Public {
		taken[strings.Trim(strings.TrimPrefix(post.URL, site.URL), "/")] = true
	}
	for _, path := range moved {
		post := p.Public[path]
		for _, old := range slices.Concat(post.Aliases(), strings.Fields(p.IDs.At(path).Value().Was)) {
			if all[old] == "" && !taken[strings.Trim(old, "/")] { // where a post is now, none is sent away
				all[old] = post.URL
			}
		}
	}
	return all
}
