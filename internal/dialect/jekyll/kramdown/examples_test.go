package kramdown_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"

	"broadsheet/internal/dialect/jekyll/kramdown"
	"broadsheet/internal/markdown"
)

// separator parts the examples of a topic. Options may follow it.
const separator = "%%%%"

type option struct{ name, value string }

// example is a text, and the options to read it by.
type example struct {
	text    string
	options []option
}

var optionPattern = regexp.MustCompile(`(\w+)="?([^"\s]*(?: [^"]*)?)"?`)

// topics are the names of the files with examples.
func topics(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.text")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	for i := range files {
		files[i] = strings.TrimSuffix(filepath.Base(files[i]), ".text")
	}
	slices.Sort(files)
	return files
}

// examplesOf reads the examples of a topic.
func examplesOf(t *testing.T, topic string) []example {
	t.Helper()
	var all []example
	for i, part := range parts(t, topic+".text") {
		first, rest, marked := strings.Cut(part, "\n")
		var c example
		if c.text = part; marked && strings.HasPrefix(first, separator) || i > 0 {
			c.text = rest
			for _, m := range optionPattern.FindAllStringSubmatch(strings.TrimPrefix(first, separator), -1) {
				c.options = append(c.options, option{m[1], m[2]})
			}
		}
		all = append(all, c)
	}
	return all
}

// parts splits a file. All but the first begin with what follows the separator.
func parts(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(data), "\n"+separator)
}

// render returns what we make of an example, before anything is taken out of it.
func (c example) render(t testing.TB) string {
	t.Helper()
	o := kramdown.Default()
	for _, set := range c.options {
		o.Set(set.name, set.value)
	}
	g := goldmark.New(goldmark.WithRendererOptions(
		goldhtml.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(o.Renderer(), 100))))
	doc, source := o.Parse([]byte(c.text), markdown.Reading{})
	var b bytes.Buffer
	if err := g.Renderer().Render(&b, source, doc); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestExamples compares with what kramdown made. scripts/kramdown.sh has it made anew.
func TestExamples(t *testing.T) {
	equal, all := 0, 0
	for _, topic := range topics(t) {
		wants, good := parts(t, topic+".html"), 0
		examples := examplesOf(t, topic)
		if len(wants) != len(examples) {
			t.Fatalf("%s: %d examples, %d expectations", topic, len(examples), len(wants))
		}
		for i, c := range examples {
			want, got := normal(t, wants[i]), normal(t, c.render(t))
			if want == got {
				good++
				continue
			}
			t.Errorf("%s: %q %v: %s", topic, c.text, c.options, parting(want, got))
		}
		t.Logf("%-16s %3d of %3d", topic, good, len(examples))
		equal, all = equal+good, all+len(examples)
	}
	t.Logf("%-16s %3d of %3d", "all", equal, all)
}

// ours are attributes that we give otherwise: classes of footnotes and code, roles, and
// alignment, which kramdown has as a style.
var alignment = regexp.MustCompile(`^text-align: (\w+)$`)

// normal returns HTML without what makes no difference: white space between blocks and
// within text, the order of attributes, how characters are written.
func normal(t testing.TB, text string) string {
	t.Helper()
	var b strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(text))
	pre, words := 0, ""
	flush := func(next string) {
		if pre == 0 {
			words = strings.Join(strings.FieldsFunc("|"+words+"|", func(r rune) bool { return strings.ContainsRune(" \t\n\r\f", r) }), " ")
			words = words[1 : len(words)-1]
			if before := b.String(); before == "" || isBlock(before[strings.LastIndexByte(before, '<')+1:]) {
				words = strings.TrimLeft(words, " ")
			}
			if isBlock(next) {
				words = strings.TrimRight(words, " ")
			}
		} else {
			words = strings.TrimRight(words, "\n")
		}
		b.WriteString(words)
		words = ""
	}
	for {
		kind := tokens.Next()
		token := tokens.Token()
		switch kind {
		case html.ErrorToken:
			flush("/p>")
			return b.String()
		case html.TextToken:
			words += strings.ReplaceAll(token.Data, "<", "&lt;")
			continue
		}
		flush(tagOf(token) + ">")
		if token.Data == "pre" && kind == html.StartTagToken {
			pre++
		} else if token.Data == "pre" && kind == html.EndTagToken && pre > 0 {
			pre--
		}
		b.WriteString("<" + tagOf(token) + attributesOf(token) + ">")
	}
}

func tagOf(token html.Token) string {
	switch token.Type {
	case html.EndTagToken:
		return "/" + token.Data
	case html.CommentToken:
		return "!--" + token.Data
	}
	return token.Data
}

func attributesOf(token html.Token) string {
	var all []string
	for _, a := range token.Attr {
		m := alignment.FindStringSubmatch(a.Val)
		switch {
		case a.Key == "role", a.Key == "class" && slices.Contains([]string{"a", "code", "div", "pre"}, token.Data):
			continue
		case a.Key == "style" && m != nil:
			a.Key, a.Val = "align", m[1]
		}
		all = append(all, " "+a.Key+"="+a.Val)
	}
	slices.Sort(all)
	return strings.Join(all, "")
}

var blockTags = strings.Fields("p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table thead tbody tfoot tr td th hr figure figcaption section article details summary br")

// isBlock reports whether a tag, without its first bracket, is that of a block.
func isBlock(tag string) bool {
	name := strings.TrimPrefix(tag, "/")
	if i := strings.IndexAny(name, " >"); i >= 0 {
		name = name[:i]
	}
	return strings.HasPrefix(tag, "!--") || slices.Contains(blockTags, name)
}

// parting shows where two texts part.
func parting(want, got string) string {
	n := 0
	for n < min(len(want), len(got)) && want[n] == got[n] {
		n++
	}
	from := max(0, n-40)
	return fmt.Sprintf("want %q, got %q", want[from:min(len(want), n+80)], got[from:min(len(got), n+80)])
}
