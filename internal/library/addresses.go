package library

import (
	"slices"
	"strings"
)

// handOver takes from each post the former addresses that others bear now. An
// address leads to the post that bore it last, also once that has left it.
func (l *Library) handOver() {
	for path, k := range l.handedOver() {
		l.ids[path] = k
	}
}

// handedOver returns the identities, by path, that handOver changes.
func (l *Library) handedOver() map[string]Identity {
	var borne map[string]bool
	changed := map[string]Identity{}
	for path, k := range l.ids {
		if k.Was == "" {
			continue
		}
		if borne == nil {
			borne = l.borne()
		}
		if was := without(k.Was, borne); was != k.Was {
			k.Was = was
			changed[path] = k
		}
	}
	return changed
}

// borne returns the addresses of the posts that others may lead to.
func (l *Library) borne() map[string]bool {
	all := make(map[string]bool, len(l.linked))
	for path := range l.linked {
		all[l.ids[path].Path] = true
	}
	return all
}

// Without returns what is remembered of a post that is gone, but for the addresses
// that others bear since, by path below the site.
func (k Identity) Without(borne map[string]bool) Identity {
	k.Was = without(k.Was, borne)
	if borne[k.Path] {
		k.Path = ""
	}
	return k
}

func without(was string, borne map[string]bool) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(was), func(old string) bool { return borne[old] }), " ")
}
