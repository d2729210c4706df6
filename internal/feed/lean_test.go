package feed_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"html"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed"
	"broadsheet/internal/feed/clean"
	"github.com/rogpeppe/go-internal/txtar"
)

var seed = flag.Uint64("seed", uint64(time.Now().UnixNano()), "of the texts that are drawn")

// TestTextsAreReadBackAsWritten draws texts that are hard to carry and puts them
// wherever a feed has texts.
func TestTextsAreReadBackAsWritten(t *testing.T) {
	t.Logf("-seed %d", *seed)
	draw := rand.New(rand.NewPCG(*seed, 1))
	for range 2000 {
		in := sample()
		e := &in.Entries[0]
		title, name, summary, markup := scrawl(draw), scrawl(draw), scrawl(draw), scrawl(draw)
		in.Channel.Title, in.Channel.Description, in.Channel.Copyright = title, summary, name
		e.Post.Title, e.Summary, e.HTML, e.Markdown = title, summary, markup, markup
		e.Post.Authors, e.Post.Terms = []blog.Author{{Name: name}}, []blog.Term{{Kind: blog.Tag, Name: name}}
		e.Post.Extra().Image = blog.Image{URL: "https://example.org/a.png", Alt: name}
		line, text := clean.Line, clean.Text
		want := map[string]string{
			"title": line(title), "creator": line(name), "category": line(name), "description": html.EscapeString(text(summary)),
			"encoded": text(markup), "markdown": text(markup), "media": line(name),
			"name": line(name), "summary": text(summary), "content": text(markup),
		}
		if text(summary) == "" { // then the content is the description
			want["description"], want["encoded"] = html.EscapeString(text(markup)), ""
		}
		for _, f := range []feed.Format{feed.RSS, feed.Atom} {
			document := in.render(t, f)
			for element, got := range firstEntry(t, document) {
				if element == "description" && got != "" {
					got = html.EscapeString(described(got, text(summary)))
				}
				if wanted, ok := want[element]; ok && wanted != "" && got != wanted {
					t.Fatalf("%s: %s is read as %q, want %q", f.Name, element, got, wanted)
				}
			}
		}
	}
}

// described is the text that the description of an RSS item shows; content is
// given back as it is.
func described(read, summary string) string {
	if summary == "" {
		return read
	}
	return html.UnescapeString(read)
}

// scrawl returns a text of pieces that writers and readers get wrong.
func scrawl(draw *rand.Rand) string {
	pieces := []string{
		"<", ">", "&", "\"", "'", "&amp;", "&lt;", "&#34;", "&#39;", "&#xA;", "&#x26;", "&copy", "&copy;", "]]>", "<![CDATA[", "<!--", "-->", "<?", "?>",
		"\n", "\t", "\r\n", "\r", "\v", "\x00", "\u2028", "\uFFFE", "\x7f", "\u0085", "\xff", "\xed\xa0\x80", "é", "日本", "🙂", "a", " ", "</title>", "#", ";", "=2",
	}
	var b strings.Builder
	for range draw.IntN(9) {
		if draw.IntN(4) == 0 {
			b.WriteRune(rune(draw.IntN(0x110000)))
			continue
		}
		b.WriteString(pieces[draw.IntN(len(pieces))])
	}
	return b.String()
}

// firstEntry returns the text of each element of the first entry, by local name,
// and under "media" the text of a picture.
func firstEntry(t *testing.T, document []byte) map[string]string {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(document))
	found := map[string]string{}
	inside := false
	var open string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			t.Fatal("no entry")
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, document)
		}
		switch token := token.(type) {
		case xml.StartElement:
			open = token.Name.Local
			if strings.HasSuffix(token.Name.Space, "/mrss/") {
				open = strings.Replace("media "+open, "media description", "media", 1)
			}
			inside = inside || open == "item" || open == "entry"
		case xml.CharData:
			if inside {
				found[open] += string(token)
			}
		case xml.EndElement:
			if token.Name.Local == "item" || token.Name.Local == "entry" {
				return found
			}
			open = ""
		}
	}
}

func TestOnlyWhatXMLAsksForIsEscaped(t *testing.T) {
	archives(t, func(t *testing.T, _ string, _ *txtar.Archive, in input) {
		for _, f := range []feed.Format{feed.RSS, feed.Atom} {
			for _, escape := range []string{"&#39;", "&#xA;", "&#x9;", "&quot;", "&apos;"} {
				if document := in.render(t, f); bytes.Contains(document, []byte(escape)) {
					t.Errorf("%s holds %s:\n%s", f.Name, escape, document)
				}
			}
		}
	})
}
