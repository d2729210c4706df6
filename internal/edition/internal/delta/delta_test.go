package delta_test

import (
	"fmt"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/delta"
	"broadsheet/internal/feed"
)

func TestSince(t *testing.T) {
	v := &delta.Version{Hash: "1", Entries: map[string]blog.Key{"same": {1, 0}, "edited": {2, 0}, "gone": {3, 0}}}
	now := map[string]blog.Key{"same": {1, 0}, "edited": {9, 0}, "new": {4, 0}}
	var list []feed.Entry
	for _, id := range []string{"new", "edited", "same"} {
		list = append(list, feed.Entry{Post: &blog.Post{ID: id}})
	}
	var ids []string
	for _, e := range v.Since(list, now) {
		ids = append(ids, e.Post.ID)
	}
	if fmt.Sprint(ids) != "[new edited]" {
		t.Errorf("%v are new or changed", ids)
	}
	if v.Says(now) || !v.Says(map[string]blog.Key{"same": {1, 0}, "edited": {2, 0}, "gone": {3, 0}}) {
		t.Error("Says is wrong")
	}
}

func TestPastVersions(t *testing.T) {
	var past delta.Past
	for n := range 100 {
		past = past.With(&delta.Version{Hash: fmt.Sprint(n)})
	}
	before := past
	if past = past.With(nil).With(&delta.Version{Hash: "99"}).With(&delta.Version{Hash: "60"}); len(past) != 64 {
		t.Errorf("%d versions are remembered", len(past))
	}
	for hash, known := range map[string]bool{"0": false, "35": false, "36": true, "99": true, "100": false} {
		if got := past.Of(hash); (got != nil) != known || known && got.Hash != hash {
			t.Errorf("version %s: %v", hash, got)
		}
	}
	if past.With(&delta.Version{Hash: "100"}); before[0].Hash != "36" || len(before) != 64 {
		t.Error("a list that somebody holds was changed")
	}
}
