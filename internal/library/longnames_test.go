package library_test

import (
	"net/url"
	"path"
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
)

// TestLongNamesFitAFileSystem: the permalink of a long slug is shortened, and so
// told; the id is not.
func TestLongNamesFitAFileSystem(t *testing.T) {
	long := strings.Repeat("長い題名", 30)
	for _, keys := range []string{"slug: " + long, "permalink: /a/" + long + "/", "tags: [" + long + "]"} {
		l := library.Build(nil, folder(map[string]string{"a.md": "---\ndate: 2026-01-02\n" + keys + "\n---\nText.\n"}), options())
		if len(l.Posts) != 1 || len(l.Problems) != 1 || !strings.Contains(l.Problems[0].Message, "shortened") {
			t.Fatalf("%s: %d posts, %v", keys, len(l.Posts), l.Problems)
		}
		u, err := url.Parse(l.Posts[0].URL)
		if err != nil || len(path.Base(u.Path)) > blog.MaxSegment {
			t.Errorf("%s: %s (%v)", keys, l.Posts[0].URL, err)
		}
		if strings.HasPrefix(keys, "slug") && !strings.HasSuffix(l.Posts[0].ID, url.PathEscape(long)) {
			t.Errorf("the id is %s", l.Posts[0].ID)
		}
	}
}
