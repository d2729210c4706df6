package memory

import (
	"broadsheet/internal/identity"
	"broadsheet/internal/library"
)

// keepIDs looks at what changed only, where the library knows.
func (m *Memory) keepIDs(before, now *library.Library) {
	changed, gone, known := now.Since(before)
	if !known || len(gone) > 0 {
		m.noteAll(now.IDs(), now.Addresses)
		return
	}
	for _, path := range changed {
		id, is := now.ID(path)
		if old := m.held.Posts[path]; is && old.Value().ID != id.ID { // perhaps that of a post that is gone
			m.noteAll(now.IDs(), now.Addresses)
			return
		} else if is {
			m.note(path, id)
		} else if old != nil && !old.Gone { // the file holds no post any more
			gone := *old
			gone.Gone = true
			m.note(path, &gone)
		}
	}
}

// noteAll remembers these posts, marks those that are not among them as gone, and
// forgets those of them whose id lives on under another name. The addresses are those
// of public posts.
func (m *Memory) noteAll(posts identity.Table, addresses func() map[string]bool) {
	if len(m.held.Posts) == 0 { // as at a first start
		for path, p := range posts {
			m.note(path, p)
		}
		return
	}
	living := make(map[string]bool, len(posts))
	for _, p := range posts {
		living[p.ID] = true
	}
	for path, p := range posts {
		m.keepDisplaced(path, p, living)
		m.note(path, p)
	}
	var borne map[string]bool
	for path, p := range m.held.Posts {
		_, here := posts[path]
		switch {
		case here:
		case living[p.ID]:
			delete(m.held.Posts, path)
			m.news.post(path)
		default:
			if borne == nil {
				borne = addresses()
			}
			if without := p.Without(borne); !p.Gone || without != *p {
				without.Gone = true
				m.note(path, &without)
			}
		}
	}
}

// keepDisplaced remembers, under a name that no file has, a post that is gone and whose
// name another has now: it may come back under one of its own.
func (m *Memory) keepDisplaced(path string, now *library.Identity, living map[string]bool) {
	old := m.held.Posts[path]
	if old == nil || old == now || living[old.ID] || old.Hash == now.Hash || old.Title == now.Title {
		return
	}
	gone := *old
	gone.Gone = true
	m.note(path+"#"+gone.ID, &gone)
}

// note remembers the id of a post.
func (m *Memory) note(path string, id *library.Identity) {
	_, counted := m.held.Gone.Posts[path]
	if counted && !id.Gone {
		delete(m.held.Gone.Posts, path)
	} else if old := m.held.Posts[path]; old != nil && *old == *id {
		m.held.Posts[path] = id // one copy is enough
		return
	}
	m.held.Posts[path] = id
	if m.place != nil { // else nobody takes the news: whoever comes later compares all
		m.news.post(path)
	}
}
