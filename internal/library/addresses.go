package library

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
		shown := l.linked[path] != nil
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

// Addresses returns those that public posts have now, by path below the site.
func (l *Library) Addresses() map[string]bool {
	all := make(map[string]bool, len(l.linked))
	for path := range l.linked {
		all[l.ids[path].Path] = true
	}
	return all
}
