package library_test

import (
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"

	"golang.org/x/text/unicode/norm"
)

// forms are texts with an accented letter as one character, and as two.
var forms = map[string]func(string) string{"composed": norm.NFC.String, "decomposed": norm.NFD.String}

func TestNamesMeetTextsInBothForms(t *testing.T) {
	for name, inNames := range forms {
		for text, inTexts := range forms {
			files := map[string]string{}
			for file, content := range map[string]string{
				"_config.yml":                   "title: T\nexclude: [_posts/éteint]\ndefaults:\n  - scope: {path: _posts/été}\n    values: {author: Zoé}\n",
				"_posts/2026-01-01-café.md":     "---\ntitle: A\n---\nWords.\n",
				"_posts/été/2026-01-02-b.md":    "---\ntitle: B\n---\n[a]({% post_url 2026-01-01-café %}) [b]({% link _posts/2026-01-01-café.md %}) {% include même.html %}\n",
				"_posts/éteint/2026-01-03-c.md": "---\ntitle: C\n---\nWords.\n",
				"_includes/même.html":           "Included.",
			} {
				files[inNames(file)] = inTexts(content)
			}
			o := options()
			o.Generator = generatorOf(t, files)
			l := library.Build(nil, folder(files), o)
			if len(l.Posts) != 2 || len(l.Problems) > 0 {
				t.Fatalf("names %s, texts %s: %d posts, %v", name, text, len(l.Posts), l.Problems)
			}
			b := l.Posts[0]
			if got := norm.NFC.String(string(b.Body)); strings.Count(got, "(/2026/01/01/caf") != 2 || !strings.Contains(got, "Included.") {
				t.Errorf("names %s, texts %s: %s", name, text, got)
			}
			if len(b.Authors) != 1 || norm.NFC.String(b.Authors[0].Name) != "Zoé" {
				t.Errorf("names %s, texts %s: written by %v", name, text, b.Authors)
			}
		}
	}
}

func TestExcludedTermsAreKnownInBothForms(t *testing.T) {
	for name, inTerms := range forms {
		o := options()
		o.Exclude = []blog.Term{{Name: norm.NFC.String("Été")}}
		l := library.Build(nil, folder(map[string]string{"2026-01-01-a.md": "---\ntags: [" + inTerms("été") + "]\n---\nWords.\n"}), o)
		if len(l.Posts) != 0 || len(l.Unlisted) != 1 {
			t.Errorf("%s: %d posts", name, len(l.Posts))
		}
	}
}
