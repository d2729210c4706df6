package library_test

import (
	"maps"
	"testing"

	"broadsheet/internal/library"
)

func TestSectionsAndTermsAreCalledAsTheirPagesSay(t *testing.T) {
	files := map[string]string{
		"hugo.toml":                      "defaultContentLanguage = 'de'\n[languages.de]\n[languages.fr]\ncontentDir = 'inhalt/fr'\n[taxonomies]\ntag = 'tags'\nauthor = 'Authors'\n",
		"content/_index.md":              "---\ntitle: Home\n---\n",
		"content/news/_index.fr.md":      "---\ntitle: Nouvelles\n---\n",
		"content/news/_index.md":         "+++\nTitle = 'Neues &amp; <b>Altes</b>'\n+++\n",
		"inhalt/fr/news/_index.md":       "---\ntitle: Autres nouvelles\n---\n",
		"inhalt/fr/notes/_index.md":      "---\ntitle: Notes\n---\n",
		"content/news/deep/_index.md":    "---\ntitle: Deep\n---\n",
		"content/untitled/_index.md":     "---\ndate: 2026-01-01\n---\n",
		"content/broken/_index.md":       "---\ntitle: \"open\n  x: [\n",
		"content/tags/_index.md":         "---\ntitle: All tags\n---\n",
		"content/tags/go/_index.md":      "---\ntitle: Golang\n---\n",
		"content/authors/jo/_index.md":   "---\ntitle: Jo Doe\n---\n",
		"content/categories/x/_index.md": "---\ntitle: No taxonomy here\n---\n",
	}
	o := options()
	o.Generator = generatorOf(t, files)
	want := map[string]string{"sections/news": "Neues & Altes", "sections/notes": "Notes", "tags/go": "Golang", "authors/jo": "Jo Doe"}
	l := library.Build(nil, folder(files), o)
	if got := l.Titles(); !maps.Equal(got, want) {
		t.Errorf("titles %v, want %v", got, want)
	}
	files["content/news/_index.md"] = "---\ntitle: Anders\n---\n"
	if got := library.Build(l, folder(files), o).Titles()["sections/news"]; got != "Anders" {
		t.Errorf("after an edit the section is called %q", got)
	}
	if got := library.Build(nil, folder(files), options()).Titles(); len(got) > 0 {
		t.Errorf("titles in a plain folder: %v", got)
	}
}
