package feed_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
)

// TestTraps holds one case for each trap of the formats and of gorilla/feeds:
// what the sample feed of two posts must say, and what it must not, once
// something was done to it. The golden documents show the whole.
func TestTraps(t *testing.T) {
	tests := []struct {
		name    string
		format  string
		do      func(*input)
		want    []string
		without []string
	}{
		{"every author has a dc:creator", "rss", authors,
			[]string{"<dc:creator>Ada Example</dc:creator>\n", "<dc:creator>Ben Example</dc:creator>\n"}, []string{"<author>", "managingEditor"}},
		{"an id that is no URL is no permalink", "rss", nil,
			[]string{`<guid isPermaLink="false">tag:example.org,2024:one</guid>`}, nil},
		{"an id that is the URL is one", "rss", func(in *input) { in.Entries[0].Post.ID = in.Entries[0].Post.URL },
			[]string{`<guid isPermaLink="true">https://example.org/one/</guid>`}, nil},
		{"an id that is another URL is none", "rss", func(in *input) { in.Entries[0].Post.ID = "https://example.org/?p=1" },
			[]string{`<guid isPermaLink="false">https://example.org/?p=1</guid>`}, nil},
		{"no link rather than an empty one", "rss", func(in *input) { in.Entries[0].Post.URL = "one/" }, nil, []string{"<link></link>", "one/"}},
		{"no link rather than an empty one", "json", func(in *input) { in.Entries[0].Post.URL = "one/" }, nil, []string{`"url": ""`, "one/"}},
		{"an entry without link has content", "atom", func(in *input) {
			in.Entries = in.Entries[:1]
			in.Entries[0] = feed.Entry{Post: in.Entries[0].Post}
			in.Entries[0].Post.URL = ""
		},
			[]string{`<content type="text"><![CDATA[Post one]]></content>`}, []string{`href=""`, "<summary"}},
		{"ampersand and less-than in titles", "rss", func(in *input) { in.Entries[0].Post.Title = "A & B < C" }, []string{"<title>A &#x26; B &#x3C; C</title>"}, nil},
		{"a title like markup is text", "rss", func(in *input) { in.Entries[0].Post.Title = "The <hr> tag" }, []string{"<title>The &#x3C;hr&gt; tag</title>"}, nil},
		{"a title like markup is text", "atom", func(in *input) { in.Entries[0].Post.Title = "The <hr> tag" }, []string{`<title>The &lt;hr&gt; tag</title>`}, []string{`type="html">The`}},
		{"quotation marks stay", "rss", quoted, []string{`<title>Say "it's"</title>`, "<description>\"It's\" said</description>", `<media:description type="plain">"It's"</media:description>`}, []string{"&#34;", "&#39;"}},
		{"quotation marks stay", "atom", quoted, []string{`<title>Say "it's"</title>`, "<summary>\"It's\" said</summary>"}, []string{"&#39;", "&quot;"}},
		{"a summary is HTML", "rss", summed, []string{"<description>if a&#x26;lt;b and c&gt;d, List&#x26;lt;String&gt;, &#x26;amp;copy=2</description>"}, nil},
		{"a summary is text", "atom", summed, []string{"<summary>if a&lt;b and c&gt;d, List&lt;String&gt;, &#x26;copy=2</summary>"}, nil},
		{"a summary is text", "json", summed, []string{`"summary": "if a<b and c>d, List<String>, &copy=2"`}, nil},
		{"content without a summary is the description", "rss", func(in *input) { in.Entries[0].Summary = "" }, []string{"<description><![CDATA[<p>The first.</p>]]></description>"}, []string{"<content:encoded><![CDATA[<p>The first"}},
		{"less-than is not escaped", "json", func(in *input) { in.Entries[0].Post.Title = "A & B < C" }, []string{`"title": "A & B < C"`, `"<p>The first.</p>"`}, []string{`\u003c`, `\u0026`}},
		{"dates are in UTC", "rss", zone, []string{"<pubDate>Tue, 30 Apr 2024 18:15:00 +0000</pubDate>"}, []string{"+0545"}},
		{"dates are in UTC", "atom", zone, []string{"<published>2024-04-30T18:15:00Z</published>"}, []string{"+05:45"}},
		{"dates are in UTC", "json", zone, []string{`"date_published": "2024-04-30T18:15:00Z"`}, []string{"+05:45"}},
		{"fractions of seconds are dropped", "json", func(in *input) { in.Entries[0].Post.Published = in.Entries[0].Post.Published.Add(time.Millisecond) }, []string{`"date_published": "2024-05-01T00:00:00Z"`}, nil},
		{"published and updated", "atom", nil, []string{"<published>2024-05-01T00:00:00Z</published>", "<updated>2024-05-02T00:00:00Z</updated>"}, nil},
		{"date_modified", "json", nil, []string{`"date_modified": "2024-05-02T00:00:00Z"`}, nil},
		{"updated follows published", "atom", func(in *input) { in.Entries[0].Post.Updated = time.Time{} }, []string{"<updated>2024-05-01T00:00:00Z</updated>"}, []string{"0001-01-01"}},
		{"every category", "rss", terms, []string{"<category>A</category>\n", "<category>B</category>\n"}, nil},
		{"every category with term, scheme and label", "atom", terms, []string{`<category term="A" scheme="https://example.org/categories/" label="A">`, `<category term="B" scheme="https://example.org/tags/" label="B">`}, nil},
		{"tags", "json", terms, []string{"\"tags\": [\n        \"A\",\n        \"B\"\n      ]"}, nil},
		{"xml:lang of feed and entry", "atom", languages, []string{`<feed xml:lang="en-US"`, `<entry xml:lang="de">`}, []string{`<entry xml:lang="en-US">`}},
		{"language", "json", languages, []string{"  \"language\": \"en-US\"", "      \"language\": \"de\""}, []string{"      \"language\": \"en-US\""}},
		{"language", "rss", languages, []string{"<language>en-US</language>", "<dc:language>de</dc:language>"}, []string{"en_US"}},
		{"authors with uri and email", "atom", authors, []string{"<name>Ada Example</name>\n      <uri>https://ada.example.org/</uri>\n      <email>ada@example.org</email>", "<name>Ben Example</name>"}, nil},
		{"authors, not author", "json", authors, []string{`"authors": [`, `"name": "Ben Example"`}, []string{`"author":`}},
		{"somebody is the author", "atom", nil, []string{"<author>\n    <name>Example</name>\n  </author>"}, nil},
		{"nobody is invented where all have authors", "atom", func(in *input) { authors(in); in.Entries = in.Entries[:1] }, nil, []string{"<name>Example</name>"}},
		{"an untitled post has no title", "rss", untitled, nil, []string{"<title></title>"}},
		{"an untitled post is called by its opening", "atom", untitled, []string{"<title>The first…</title>"}, []string{"<title></title>"}},
		{"an untitled post without text is called by its date", "atom", func(in *input) { untitled(in); in.Entries[0].Opening = "" }, []string{"<title>2024-05-01 00:00</title>"}, nil},
		{"an untitled post has no title", "json", untitled, nil, []string{`"title": ""`}},
		{"items even when there are none", "json", func(in *input) { in.Entries = nil }, []string{`"items": []`}, nil},
		{"no empty summary or content", "atom", bare, nil, []string{"<summary", "<content"}},
		{"content_text without content_html", "json", bare, []string{`"content_text": ""`}, []string{"content_html", `"summary"`}},
		{"no empty description", "rss", bare, nil, []string{"<description></description>", "content:encoded>"}},
		{"an image is at most a raster image", "rss", func(in *input) { in.Channel.Logo = "https://example.org/logo.svg" }, nil, []string{"<image>"}},
		{"the image has title and link of the channel", "rss", func(in *input) { in.Channel.Icon = "https://example.org/icon.PNG" }, []string{"<url>https://example.org/icon.PNG</url>\n      <title>Example</title>\n      <link>https://example.org/</link>"}, nil},
		{"the description falls back to the title", "rss", nil, []string{"<description>Example</description>"}, nil},
		{"a channel without title is called by its address", "json", func(in *input) { in.Channel.Title = " " }, []string{`"title": "https://example.org/"`}, nil},
		{"a feed that does not know its address", "rss", func(in *input) { in.Channel.SelfURL = "" }, nil, []string{"atom:link", "xmlns:atom"}},
		{"a feed that does not know its address", "atom", func(in *input) { in.Channel.SelfURL = "" }, []string{`rel="alternate"`}, []string{`rel="self"`}},
		{"a link post points outward", "json", external, []string{`"external_url": "https://elsewhere.example/"`}, nil},
		{"a link post points outward", "atom", external, []string{`<link href="https://elsewhere.example/" rel="related">`}, nil},
	}
	for _, test := range tests {
		t.Run(test.format+": "+test.name, func(t *testing.T) {
			in := sample()
			if test.do != nil {
				test.do(&in)
			}
			f := format(t, test.format)
			document := in.text(t, f)
			if err := f.Check(in.render(t, f)); err != nil {
				t.Error(err)
			}
			for _, w := range test.want {
				if !strings.Contains(document, w) {
					t.Errorf("%q is missing in\n%s", w, document)
				}
			}
			for _, w := range test.without {
				if strings.Contains(document, w) {
					t.Errorf("%q should not be in\n%s", w, document)
				}
			}
		})
	}
}

func TestMetadataComesBeforeEntriesAndSummaryBeforeContent(t *testing.T) {
	in := sample()
	in.Channel.Icon, in.Channel.Copyright = "https://example.org/icon.png", "Example"
	in.Channel.Authors = []blog.Author{{Name: "Ada Example"}}
	for name, order := range map[string][]string{
		"rss":  {"<atom:link", "<link>", "<copyright>", "<image>", "<item>", "<description>The first", "<content:encoded>"},
		"atom": {"<rights>", "<icon>", `rel="self"`, "<author>", "<entry>", "<summary>", "<content "},
		"json": {`"version"`, `"feed_url"`, `"icon"`, `"authors"`, `"items"`},
	} {
		document := in.text(t, format(t, name))
		if name == "atom" {
			order[0], order[1] = order[1], order[0] // the order among metadata is free
		}
		last := 0
		for _, o := range order {
			i := strings.Index(document, o)
			if i < last {
				t.Errorf("%s: %s at %d, but what comes before it at %d", name, o, i, last)
			}
			last = i
		}
	}
}

func authors(in *input) {
	in.Entries[0].Post.Authors = []blog.Author{{Name: "Ada Example", Email: "ada@example.org", URL: "https://ada.example.org"}, {Name: "Ben Example"}}
}

func zone(in *input) {
	in.Entries[0].Post.Published = time.Date(2024, 5, 1, 0, 0, 0, 0, time.FixedZone("", 5*3600+45*60))
}

func terms(in *input) {
	in.Entries[0].Post.Terms = []blog.Term{{Kind: blog.Category, Name: "A"}, {Kind: blog.Tag, Name: "B"}, {Kind: blog.Tag, Name: "B"}}
}

func languages(in *input) {
	in.Channel.Language, in.Entries[0].Post.Extra().Language, in.Entries[1].Post.Extra().Language = "en_US", "de", "en-US"
}

func untitled(in *input) { in.Entries[0].Post.Title, in.Entries[0].Opening = "", "The first…" }

func quoted(in *input) {
	in.Entries[0].Post.Title, in.Entries[0].Summary = `Say "it's"`, `"It's" said`
	in.Entries[0].Post.Extra().Image = blog.Image{URL: "https://example.org/a.png?it's", Alt: `"It's"`}
}

func summed(in *input) { in.Entries[0].Summary = "if a<b and c>d, List<String>, &copy=2" }

func bare(in *input) { in.Entries = []feed.Entry{{Post: in.Entries[0].Post}} }

func external(in *input) { in.Entries[0].Post.Extra().ExternalURL = "https://Elsewhere.example" }
