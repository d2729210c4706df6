package library_test

import (
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
)

// dialects are a post of the same front matter in a folder of each dialect.
func dialects(front string) map[string]map[string]string {
	text := "---\ntitle: A\ndate: 2026-01-02\n" + front + "\n---\nWords.\n"
	return map[string]map[string]string{
		"plain":  {"a.md": text},
		"jekyll": {"_config.yml": "title: T\n", "_posts/2026-01-02-a.md": text},
		"hugo":   {"hugo.toml": "title = 'T'\n", "content/posts/a.md": text},
	}
}

func TestAuthorsAreKnownByWhatTheyGive(t *testing.T) {
	mail, page := blog.Author{Name: "cy@example.com", Email: "cy@example.com"}, blog.Author{Name: "dee.example", URL: "https://dee.example/"}
	for front, want := range map[string][]blog.Author{
		"authors: [{email: cy@example.com}, {url: 'https://dee.example/'}]": {mail, page},
		"author: cy@example.com":                                                        {mail},
		"author: <cy@example.com>":                                                      {mail},
		"author: mailto:cy@example.com":                                                 {mail},
		"author: https://dee.example/":                                                  {page},
		"author: {homepage: 'https://dee.example/'}":                                    {page},
		"author: {url: 'mailto:cy@example.com'}":                                        {mail},
		"author: {url: /about/}":                                                        {{Name: "example.org/about", URL: "https://example.org/about/"}},
		"author: {name: Ada, website: 'javascript:alert(1)'}":                           {{Name: "Ada"}},
		"author: Ada <ada@example.com> <https://ada.example>":                           {{Name: "Ada", Email: "ada@example.com", URL: "https://ada.example"}},
		"author: '[Ada](https://ada.example)'":                                          {{Name: "Ada", URL: "https://ada.example"}},
		"author: '\"Example, Ada\" <ada@example.com>'":                                  {{Name: "Example, Ada", Email: "ada@example.com"}},
		"author: 'Ada <b>Bold</b>'":                                                     {{Name: "Ada Bold"}},
		"author: 'Vec<T> <3'":                                                           {{Name: "Vec<T> <3"}},
		"author: '@ada'":                                                                {{Name: "@ada"}},
		"authors: {ada: {name: Ada L.}, bob: {url: 'https://bob.example'}, year: 2026}": {{Name: "Ada L."}, {Name: "bob", URL: "https://bob.example"}},
		"author: {}":   nil,
		"author: ['']": nil,
	} {
		for dialect, files := range dialects(front) {
			o := options()
			o.Site.Authors, o.Generator = nil, generatorOf(t, files)
			l := library.Build(nil, folder(files), o)
			if len(l.Posts) != 1 || !slices.Equal(l.Posts[0].Authors, want) {
				t.Errorf("%s, %s: %+v, want %+v; %v", dialect, front, l.Posts[0].Authors, want, l.Problems)
			}
		}
	}
}

func TestLanguagesThatAreNoneAreNamed(t *testing.T) {
	for said, want := range map[string]string{"en_US": "en-US", "zh-cmn-Hans-CN": "zh-cmn-Hans-CN", "x-klingon": "x-klingon", "xx": "xx", "xx-YY-zz": "", "English": ""} {
		for dialect, files := range dialects("lang: " + said) {
			o := options()
			o.Generator = generatorOf(t, files)
			l := library.Build(nil, folder(files), o)
			named := len(l.Problems) == 1 && l.Problems[0].Line == 4 && strings.Contains(l.Problems[0].Message, `"`+said+`" is no language tag`)
			if l.Posts[0].Language() != want || named != (want == "") {
				t.Errorf("%s, %s: the post is in %q, want %q; %v", dialect, said, l.Posts[0].Language(), want, l.Problems)
			}
		}
	}
}
