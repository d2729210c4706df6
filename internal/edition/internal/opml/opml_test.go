package opml_test

import (
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/opml"
	"broadsheet/internal/edition/internal/paths"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/edition/internal/term"
)

func TestListOfFeeds(t *testing.T) {
	post := &blog.Post{Terms: []blog.Term{{Kind: blog.Tag, Name: "B & c"}, {Kind: blog.Tag, Name: "a"}}, Authors: []blog.Author{{Name: "Ada"}}}
	site := blog.Site{URL: "https://example.org", Title: "Site <1>", Language: "en"}
	c := term.NewCatalogue(term.Sort([]*blog.Post{post}, site, nil), 1)
	got, err := opml.Render(paths.New(site, settings.Settings{Pages: true}), c)
	want := `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>Site &lt;1&gt;</title>
  </head>
  <body>
    <outline text="Site &lt;1&gt;" title="Site &lt;1&gt;" type="rss" xmlUrl="https://example.org/atom.xml" htmlUrl="https://example.org/"></outline>
    <outline text="Tags">
      <outline text="a – Site &lt;1&gt;" title="a – Site &lt;1&gt;" type="rss" xmlUrl="https://example.org/tags/a/atom.xml" htmlUrl="https://example.org/tags/a/"></outline>
      <outline text="B &amp; c – Site &lt;1&gt;" title="B &amp; c – Site &lt;1&gt;" type="rss" xmlUrl="https://example.org/tags/b-&amp;-c/atom.xml" htmlUrl="https://example.org/tags/b-&amp;-c/"></outline>
    </outline>
    <outline text="Authors">
      <outline text="Ada – Site &lt;1&gt;" title="Ada – Site &lt;1&gt;" type="rss" xmlUrl="https://example.org/authors/ada/atom.xml" htmlUrl="https://example.org/authors/ada/"></outline>
    </outline>
    <outline text="Languages">
      <outline text="en – Site &lt;1&gt;" title="en – Site &lt;1&gt;" type="rss" xmlUrl="https://example.org/languages/en/atom.xml" htmlUrl="https://example.org/languages/en/"></outline>
    </outline>
  </body>
</opml>
`
	if err != nil || string(got) != want {
		t.Errorf("%v, got\n%s, want\n%s", err, got, want)
	}
	if err := opml.Check(got); err != nil {
		t.Error(err)
	}
	for _, broken := range []string{"<opml>", "<a></b>", "<a>&b;</a>"} {
		if opml.Check([]byte(broken)) == nil {
			t.Errorf("%s passes the check", broken)
		}
	}
}
