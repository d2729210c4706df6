package library_test

import (
	"testing"

	"broadsheet/internal/dialect"
	"broadsheet/internal/library"
)

// FuzzBuild reads one arbitrary file by the rules of every dialect. It never
// fails, and gives the same twice.
func FuzzBuild(f *testing.F) {
	f.Add("_posts/2026-01-02-a.md", "---\ntitle: A\ncategories: a b\n---\n{% for x in (1..3) %}{{ x }}{% endfor %}{: .x}\n\n{:toc}", "permalink: /:categories/:title:output_ext\n")
	f.Add("content/news/a.fr.md", "+++\ndate = 2026-01-02\nslug = 'ö /x'\n+++\n{{< figure src=\"a\" >}}{{% x %}}<!--more-->", "[permalinks]\nnews = '/:sections[1:]/:slug/'\n[languages.fr]\n")
	f.Add("a.md", "---\ndate: 2026-01-02\nenclosure: {url: a.mp3}\n---\n", "")
	f.Fuzz(func(t *testing.T, name, text, settings string) {
		for file, kind := range map[string]dialect.Kind{"": "plain", "_config.yml": "jekyll", "hugo.toml": "hugo"} {
			g, _ := dialect.Parse(dialect.Site{Kind: kind, File: file}, []byte(settings))
			o := options()
			o.Generator = g
			once := describe(library.Build(nil, folder(map[string]string{name: text}), o))
			twice := describe(library.Build(nil, folder(map[string]string{name: text}), o))
			if once != twice {
				t.Errorf("%s: %s, then %s", kind, once, twice)
			}
		}
	})
}
