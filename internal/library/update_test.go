package library_test

import (
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
)

func TestChangeDatedInTheFutureCountsFromThenOn(t *testing.T) {
	files := folder(map[string]string{"a.md": "---\ndate: 2026-01-01\nupdated: 2026-07-01\n---\n"})
	before := library.Build(nil, files, options())
	if p := before.Posts[0]; !p.Updated.Equal(p.Published) {
		t.Errorf("updated %v", p.Updated)
	}
	then := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	if !before.Next.Equal(then) {
		t.Errorf("looks again at %v", before.Next)
	}
	o := options()
	o.Now = then
	after := library.Build(before, files, o)
	if p := after.Posts[0]; !p.Updated.Equal(then) || !after.Next.IsZero() {
		t.Errorf("updated %v, looks again at %v", p.Updated, after.Next)
	}
	if again := library.Build(after, files, o); again.Posts[0] != after.Posts[0] {
		t.Error("the post was made anew although nothing changed")
	}
}

func TestPostsOfExcludedTermsAreUnlisted(t *testing.T) {
	o := options()
	o.Exclude = []blog.Term{{Kind: blog.Tag, Name: "Private"}, {Name: "drafty"}}
	l := library.Build(nil, folder(map[string]string{
		"a.md": "---\ndate: 2026-01-01\ntags: [private]\n---\n",
		"b.md": "---\ndate: 2026-01-01\ncategories: [private]\n---\n",
		"c.md": "---\ndate: 2026-01-01\ncategories: [Drafty]\n---\n",
	}), o)
	if len(l.Posts) != 1 || l.Posts[0].Path != "b.md" || l.Counts.Unlisted != 2 {
		t.Errorf("%d posts, %+v", len(l.Posts), l.Counts)
	}
}
