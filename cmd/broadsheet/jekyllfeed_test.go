package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// promises are what jekyll-feed promises of its feeds, which a Jekyll site's
// subscribers rely on: with these settings, this document of the site matches, or,
// after "!", does not. An empty pattern asks for the document only.
var promises = []struct{ name, settings, document, pattern string }{
	{"there is a feed", "", "feed.xml", ``},
	{"layouts are not part of it", "", "feed.xml", `!THIS IS MY LAYOUT`},
	{"no blank lines, no white space at line ends", "", "feed.xml", `![ \t]\n|\n\n`},
	{"it is Atom", "", "feed.xml", `(?s)^<\?xml version="1.0" encoding="UTF-8"\?>.*<feed [^>]*xmlns="http://www.w3.org/2005/Atom"`},
	{"every post, 1", "", "feed.xml", `href="http://example.org/news/2013/12/12/dec-the-second.html"`},
	{"every post, 2", "", "feed.xml", `href="http://example.org/jekyll/2014/03/02/march-the-second.html"`},
	{"every post, 3", "", "feed.xml", `href="http://example.org/2014/03/04/march-the-fourth.html"`},
	{"ids as they were", "", "feed.xml", `<id>http://example.org/2014/03/04/march-the-fourth</id>`},
	{"no drafts", "", "feed.xml", `!A draft`},
	{"no files", "", "feed.xml", `!hubot`},
	{"no other collections", "", "feed.xml", `!Look at me`},
	{"lines of preformatted text", "", "feed.xml", `Line 1\nLine 2\nLine 3`},
	{"an author with name, e-mail address and page", "", "feed.xml",
		`<author>\s*<name>Ben</name>\s*(<email>ben@example.com</email>\s*<uri>http://ben.balter.com/?</uri>|<uri>http://ben.balter.com/?</uri>\s*<email>ben@example.com</email>)\s*</author>`},
	{"an author who is a string", "", "feed.xml", `<author>\s*<name>Pat</name>\s*</author>`},
	{"an author from the data", "", "feed.xml", `(?s)<author>\s*<name>Garth</name>.{0,90}example@mail.com`},
	{"the first of a list of authors", "", "feed.xml", `(?s)march-the-fourth</id>.*?<name>Pat</name>`},
	{"the site's author where a post has none", "", "feed.xml", `<name>Dr. Jekyll</name>`},
	{"no author without a name", "author: ''", "feed.xml", `!<name></name>`},
	{"Markdown becomes HTML", "", "feed.xml", `<p>March the second!</p>`},
	{"content is declared as HTML", "", "feed.xml", `<content type="html"`},
	{"last_modified_at", "", "feed.xml", `<updated>2015-05-12T13:27:59(Z|\+00:00)</updated>`},
	{"the date of publication stays", "", "feed.xml", `<published>2015-01-18T00:00:00(Z|\+00:00)</published>`},
	{"line ends in titles", "", "feed.xml", `<title[^>]*>The plugin will properly strip newlines.</title>`},
	{"typographic titles without tags", "", "feed.xml", `<title[^>]*>Using code in a title – ‘quoted’</title>`},
	{"a title from the file's name", "", "feed.xml", `<title[^>]*>Dec The Second</title>`},
	{"special characters in titles", "", "feed.xml", `<title[^>]*>Fish &amp; chips “`},
	{"Liquid is rendered", "", "feed.xml", `Liquid is rendered\.`},
	{"Liquid is rendered, not shown", "", "feed.xml", `!Liquid is not rendered|{%`},
	{"a picture of the site", "", "feed.xml", `<media:thumbnail url="http://example.org/image.png"`},
	{"a picture of another site", "", "feed.xml", `<media:thumbnail url="https://cdn.example.org/absolute.png\?h=188&amp;w=250"`},
	{"a picture as a mapping", "", "feed.xml", `<media:thumbnail url="http://example.org/object-image.png"`},
	{"pictures as content too", "", "feed.xml", `<media:content url="http://example.org/image.png" [^>]*medium="image"`},
	{"the name space of pictures", "", "feed.xml", `xmlns:media="http://search.yahoo.com/mrss/"`},
	{"pictures with a baseurl", "baseurl: /bass", "feed.xml", `<media:thumbnail url="http://example.org/bass/image.png"`},
	{"a summary from the front matter", "", "feed.xml", `<summary[^>]*>Foo</summary>`},
	{"no blank summary", "", "feed.xml", `!<summary[^>]*></summary>`},
	{"no tags in summaries", "", "feed.xml", `<summary[^>]*>Ham &amp; eggs, List&lt;String&gt;</summary>`},
	{"special characters in content", "", "feed.xml", `<p>Food, &amp; more</p>`},
	{"the address of the feed", "", "feed.xml", `<link href="http://example.org/feed.xml" rel="self" type="application/atom\+xml"`},
	{"the site", "", "feed.xml", `<link href="http://example.org/" rel="alternate" type="text/html"`},
	{"a generator", "", "feed.xml", `<generator[^>]*>Broadsheet</generator>`},
	{"a date of change", "", "feed.xml", `<updated>20\d\d-`},
	{"a post links to its page", "", "feed.xml", `<link href="http://example.org/2015/01/18/last-modified.html" rel="alternate" type="text/html"`},
	{"a title is text, its quotation marks too", "", "feed.xml", `!&#34;</title>|&quot;</title>`},
	{"posts_limit", "feed: {posts_limit: 2}", "feed.xml", `!(?s)(<entry.*){3}`},
	{"the newest come first", "feed: {posts_limit: 2}", "feed.xml", `(?s)author-reference</id>.*stuck-in-the-middle</id>`},
	{"the title of the site", "title: My Site Title", "feed.xml", `<title[^>]*>My Site Title</title>`},
	{"its name where it has no title", "", "feed.xml", `<title[^>]*>My awesome site</title>`},
	{"its title before its name", "title: My Site Title\nname: N", "feed.xml", `<title[^>]*>My Site Title</title>`},
	{"special characters in its title", "title: \"A & B <C> 'd'\"", "feed.xml", `<title[^>]*>A &amp; B &lt;C&gt; ['’‘]d[’']</title>`},
	{"the description", "description: Words & more, a<b and Vec<T>", "feed.xml", `<subtitle[^>]*>Words &amp; more, a&lt;b and Vec&lt;T&gt;</subtitle>`},
	{"no description", "", "feed.xml", `!<subtitle`},
	{"rights", "", "feed.xml", `!<rights`},
	{"a baseurl in links, 1", "baseurl: /bass", "feed.xml", `href="http://example.org/bass/2014/03/04/march-the-fourth.html"`},
	{"a baseurl in links, 2", "baseurl: /bass", "feed.xml", `href="http://example.org/bass/news/2013/12/12/dec-the-second.html"`},
	{"a baseurl in the feed's own", "baseurl: /bass", "feed.xml", `href="http://example.org/bass/feed.xml" rel="self"`},
	{"pages name the feed", "", "index.html", `<link rel="alternate" type="application/atom\+xml" title="My awesome site \(Atom 1.0\)" href="http://example.org/feed.xml">`},
	{"other pages name it", "", "subscribe/index.html", `<link rel="alternate" type="application/atom\+xml" [^>]*href="http://example.org/feed.xml"`},
	{"pages below a baseurl name it", "baseurl: /bass", "index.html", `href="http://example.org/bass/feed.xml"`},
	{"feed.path", "feed: {path: atom.xml}", "atom.xml", `href="http://example.org/atom.xml" rel="self"`},
	{"feed.path in a folder", "feed: {path: my/feed.xml}", "my/feed.xml", `href="http://example.org/my/feed.xml" rel="self"`},
	{"pages name the feed at feed.path", "feed: {path: atom.xml}", "index.html", `href="http://example.org/atom.xml"`},
	{"the path of the collection of posts", "feed: {collections: {posts: {path: custom.xml}}}", "custom.xml", `rel="self"`},
	{"the language of the site", "lang: en-US", "feed.xml", `<feed xml:lang="en-US"`},
	{"none where it has none", "", "feed.xml", `<feed xmlns`},
	{"the language of a post", "lang: en-US", "feed.xml", `<entry xml:lang="es">`},
	{"a post's language in a site without one", "", "feed.xml", `<entry xml:lang="es">`},
	{"excerpt_only of a post", "", "feed.xml", `!This content should not be in feed`},
	{"the post is there all the same", "", "feed.xml", `<summary[^>]*>The start</summary>`},
	{"excerpt_only of the site", "feed: {excerpt_only: true}", "feed.xml", `!<content`},
	{"excerpt_only of the site keeps summaries", "feed: {excerpt_only: true}", "feed.xml", `<summary[^>]*>Foo</summary>`},
	{"content without it", "feed: {excerpt_only: false}", "feed.xml", `<content type="html"`},
	{"a post's categories", "", "feed.xml", `<category term="jekyll"`},
	{"its tags", "", "feed.xml", `<category term="test"`},
	{"a tag of odd characters", "", "feed.xml", `<category term="&#34;/&gt;&lt;VADER&gt;"`},
	{"a feed for each category", "feed: {categories: [jekyll, news]}", "feed/news.xml", `dec-the-second`},
	{"of its posts only", "feed: {categories: [jekyll, news]}", "feed/news.xml", `!march-the-second`},
	{"that names itself", "feed: {categories: [jekyll, news]}", "feed/jekyll.xml", `href="http://example.org/feed/jekyll.xml" rel="self"`},
	{"and itself by title", "feed: {categories: [news]}", "feed/news.xml", `(?i)<title[^>]*>[^<]*news[^<]*</title>`},
	{"a feed for each tag", "feed: {tags: true}", "feed/by_tag/test.xml", `dec-the-second`},
	{"of its posts only, too", "feed: {tags: true}", "feed/by_tag/test.xml", `!march-the-second`},
	{"tags with an own path", "feed: {tags: {path: alternate/}}", "alternate/test.xml", ``},
	{"drafts where they are shown", "show_drafts: true", "feed.xml", `A draft`},
	{"an icon", "feed: {icon: /images/icon.png}", "feed.xml", `<icon>http://example.org/images/icon.png</icon>`},
	{"a logo", "feed: {logo: /images/logo.png}", "feed.xml", `<logo>http://example.org/images/logo.png</logo>`},
	{"a collection of its own", "feed: {collections: [my_collection]}", "feed/my_collection.xml", `Look at me`},
	{"a collection at its own path", "feed: {collections: {my_collection: {path: custom.xml}}}", "custom.xml", `Look at me`},
	{"a stylesheet", "", "feed.xml", `<\?xml-stylesheet type="text/`},
}

// unkept are the promises that are not kept, on purpose: see docs/moving.md.
var unkept = map[string]string{
	"drafts where they are shown": "serve --drafts shows drafts; a setting must not publish them",
}

func TestPromisesOfJekyllFeedAreKept(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/jekyll-feed/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	built, kept := map[string]string{}, 0
	for _, p := range promises {
		out, ok := built[p.settings]
		if !ok {
			out = buildJekyll(t, archive, p.settings)
			built[p.settings] = out
		}
		why, forgone := unkept[p.name]
		holds := fulfilled(t, out, p.document, p.pattern)
		if holds {
			kept++
		}
		if holds == forgone {
			t.Errorf("%s: holds is %v (%s)\n%s of a site with %q, %s", p.name, holds, why, p.document, p.settings, p.pattern)
		}
	}
	t.Logf("%d of %d promises are kept", kept, len(promises))
}

// buildJekyll builds the site with more settings, and returns where.
func buildJekyll(t *testing.T, archive *txtar.Archive, settings string) string {
	t.Helper()
	dir, out := t.TempDir(), t.TempDir()
	for _, f := range archive.Files {
		data := f.Data
		if f.Name == "_config.yml" {
			data = withSettings(data, settings)
		}
		name := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var said bytes.Buffer
	if code := run(context.Background(), []string{"build", dir, "--out", out}, &said, &said); code != 0 {
		t.Fatalf("build with %q ends with %d: %s", settings, code, said.String())
	}
	return out
}

// withSettings adds lines, in place of those that set the same.
func withSettings(config []byte, settings string) []byte {
	for _, line := range strings.Split(settings, "\n") {
		key, _, _ := strings.Cut(line, ":")
		config = regexp.MustCompile(`(?m)^`+key+`:.*\n`).ReplaceAll(config, nil)
	}
	return append(config, settings+"\n"...)
}

func fulfilled(t *testing.T, out, document, pattern string) bool {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(out, document))
	if err != nil {
		return false
	}
	if pattern, negated := strings.CutPrefix(pattern, "!"); negated {
		return !regexp.MustCompile(pattern).Match(data)
	}
	return regexp.MustCompile(pattern).Match(data)
}
