package publish

import (
	"iter"

	"broadsheet/internal/edition"
)

// Topic is a feed that one may subscribe to, in one format: the newest posts of the site or
// of a term. Archives are none.
type Topic = edition.Topic

// Changed returns the topics that say something else than they did in a publication before,
// which need not be the last one; nil is one without any. Those that are new are among them.
// A topic changes with its entries and with what it says of its channel; dates of the
// channel, links to archives and the version of the program do not count.
//
// The main feed comes first, the terms in their order. Nothing is found out before it is
// asked for, and nothing at all of topics that are not among those wanted, by their paths;
// nil means all. Nearly everything is told by keys. A post is rendered only where these tell
// nothing; and a topic of which the version of before is lost counts as changed. Whoever has
// to be sure keeps the Digest of each topic, and compares.
func (p *Publication) Changed(before *Publication, wanted func(path string) bool) iter.Seq[Topic] {
	return func(yield func(Topic) bool) {
		known := before.topics(wanted)
		for t := range p.Edition.Topics.All() {
			path := t.Path()
			if wanted != nil && !wanted(path) {
				continue
			}
			former, here := known[path]
			if here && t.Same(former) {
				continue
			}
			if !yield(t) {
				return
			}
		}
	}
}

// Ended returns the topics of a publication before that are no more, in their order.
func (p *Publication) Ended(before *Publication) iter.Seq[Topic] {
	return func(yield func(Topic) bool) {
		if before == nil || before.Edition == p.Edition {
			return
		}
		now := p.topics(nil)
		for t := range before.Edition.Topics.All() {
			if _, here := now[t.Path()]; !here && !yield(t) {
				return
			}
		}
	}
}

// topics returns the topics that are wanted, by path.
func (p *Publication) topics(wanted func(path string) bool) map[string]Topic {
	all := map[string]Topic{}
	if p == nil {
		return all
	}
	for t := range p.Edition.Topics.All() {
		if path := t.Path(); wanted == nil || wanted(path) {
			all[path] = t
		}
	}
	return all
}
