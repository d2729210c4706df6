package library

import (
	"iter"
	"slices"
)

// handOver takes from each post the former addresses that others bear now. An
// address leads to the post that bore it last, also once that has left it.
func (l *Library) handOver() {
	for path, k := range l.handedOver() {
		l.ids.Set(path, k)
	}
}

// handedOver returns the identities, by path, that handOver changes.
func (l *Library) handedOver() map[string]Identity {
	var borne map[string]bool
	changed := map[string]Identity{}
	for _, path := range l.former {
		k, shown := l.ids.At(path), l.linked[path] != nil
		if k.Was == "" && (shown || k.Path == "") {
			continue
		}
		if borne == nil {
			borne = l.Addresses()
		}
		now := k.Without(borne)
		if shown {
			now.Path = k.Path
		}
		if now != k {
			changed[path] = now
		}
	}
	return changed
}

// hasFormer reports whether a file's post has other addresses than that at which it is
// shown: former ones, or those that its front matter names.
func (l *Library) hasFormer(path string) bool {
	k, p := l.ids.At(path), l.linked[path]
	return k.Was != "" || p == nil && k.Path != "" || p != nil && len(p.Aliases) > 0
}

// formerOf returns which of these files have posts with other addresses; sorted.
func (l *Library) formerOf(paths iter.Seq[string]) []string {
	var former []string
	for path := range paths {
		if l.hasFormer(path) {
			former = append(former, path)
		}
	}
	slices.Sort(former)
	return slices.Compact(former)
}

// Addresses returns those that public posts have now, by path below the site.
func (l *Library) Addresses() map[string]bool {
	all := make(map[string]bool, len(l.linked))
	for path := range l.linked {
		all[l.ids.At(path).Path] = true
	}
	return all
}
