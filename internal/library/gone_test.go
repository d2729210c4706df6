package library_test

import (
	"bytes"
	"testing"
	"time"

	"broadsheet/internal/library"
)

// Templates ask where other posts are; when one of these goes, that shows.
func TestDeletedPostIsMissedByTheTemplatesThatNamedIt(t *testing.T) {
	texts := map[string]string{
		"_config.yml":            "title: Example\n",
		"_posts/2026-01-02-a.md": "---\ntitle: A\n---\n{% post_url 2026-01-03-b %}\n",
		"_posts/2026-01-03-b.md": "---\ntitle: B\n---\nText.\n",
	}
	o := options()
	o.Generator, o.Site.Zone = generatorOf(t, texts), time.UTC
	first := library.Build(nil, hashed(texts), o)
	delete(texts, "_posts/2026-01-03-b.md")
	second := library.Build(first, hashed(texts), o)
	if diff := difference(library.BuildWhole(first, hashed(texts), o), second); diff != "" {
		t.Error(diff)
	}
	if len(second.Posts) != 1 || bytes.Contains(second.Posts[0].Body, []byte("/b.html")) || len(second.Problems) == 0 {
		t.Errorf("%d posts, problems %v", len(second.Posts), second.Problems)
	}
}
