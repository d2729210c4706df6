package lint_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/lint"
	"broadsheet/internal/markdown"
)

// post is a post with a title and this text, which begins on line 5 of its file.
func post(name, text string) *blog.Post {
	return &blog.Post{Path: name + ".md", URL: "https://example.org/" + name + "/", Title: "A title", Body: []byte(text), BodyLine: 5}
}

// messages checks one post and returns "line: message" of each problem.
func messages(o lint.Options, p *blog.Post, content markdown.Content) string {
	c := lint.New(o)
	c.Add(p, content)
	var all []string
	for _, problem := range c.Problems() {
		if problem.File != p.Path {
			all = append(all, "of another file: "+problem.File)
		}
		all = append(all, strings.TrimPrefix(problem.Error(), problem.File+":"))
	}
	return strings.Join(all, "\n")
}

const words = "<p>Three short words.</p>"

func TestReferencesThatWereNotFound(t *testing.T) {
	known := []string{"https://example.org/known/?a=b#c"}
	for name, c := range map[string]struct {
		lost    markdown.Lost
		dialect string
		want    string
	}{
		"a picture":                {markdown.Lost{Ref: "a.png", URL: "https://example.org/x/a.png", Line: 7}, "", `"a.png" is not in the folder, nor will it be found at https://example.org/x/a.png`},
		"a post":                   {markdown.Lost{Ref: "b.md", URL: "https://example.org/x/b.md", Line: 7, Link: true}, "", `the link "b.md" leads to https://example.org/x/b.md, which is none of the posts`},
		"a known page":             {markdown.Lost{Ref: "../known", URL: "https://example.org/known", Link: true}, "", ""},
		"a known page by its file": {markdown.Lost{Ref: "../known/index.html", URL: "https://example.org/known/index.html#c", Link: true}, "", ""},
		"a page of another server": {markdown.Lost{Ref: "/shop/", URL: "https://example.org/shop/", Link: true}, "", ""},
		"a page that is nowhere":   {markdown.Lost{Ref: "x", Link: true}, "", ""},
		"a resource of a bundle":   {markdown.Lost{Ref: "talk.pdf?a#b", URL: "https://example.org/x/talk.pdf", Link: true}, "hugo", ""},
		"a page of a bundle":       {markdown.Lost{Ref: "talk.html", URL: "https://example.org/x/talk.html", Link: true}, "hugo", `the link "talk.html" leads to https://example.org/x/talk.html, which is none of the posts`},
		"a resource of no bundle":  {markdown.Lost{Ref: "talk.pdf", URL: "https://example.org/x/talk.pdf", Link: true}, "", `the link "talk.pdf" leads to https://example.org/x/talk.pdf, which is none of the posts`},
	} {
		o := lint.Options{Known: known}
		if c.dialect == "hugo" {
			o.Dialect = "hugo"
		}
		got := messages(o, post("x", ""), markdown.Content{HTML: words, Lost: []markdown.Lost{c.lost}})
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestFragmentsNameTheirLine(t *testing.T) {
	c := lint.New(lint.Options{Pages: true})
	from := post("a", "Words.\n\nSee [this](/b/#gone).\n")
	c.Add(from, markdown.Content{HTML: words + `<a href="https://example.org/b/#gone">this</a><a href="https://example.org/a/#">up</a><a href="https://example.org/a/#top">top</a>`})
	c.Add(post("b", ""), markdown.Content{HTML: words + `<p id="there">Words.</p><a href="https://example.org/b/#there">here</a>`})
	problems := c.Problems()
	if len(problems) != 1 || problems[0].File != "a.md" || problems[0].Line != 7 || problems[0].Message != `the link "https://example.org/b/#gone" leads to no place in b.md` {
		t.Errorf("%v", problems)
	}
}

// Posts whose texts are elsewhere are looked up for the line of a problem.
func TestTextsThatAreElsewhere(t *testing.T) {
	bare := post("a", "")
	bare.Body = nil
	content := markdown.Content{HTML: words + `<a href="https://example.org/a/#gone">x</a>`}
	o := lint.Options{Pages: true, Whole: func(p *blog.Post) (*blog.Post, error) {
		whole := *p
		whole.Body = []byte("Words.\n[x](#gone)\n")
		return &whole, nil
	}}
	if got := messages(o, bare, content); !strings.HasPrefix(got, "6:") {
		t.Errorf("got %q, want line 6", got)
	}
	o.Whole = func(*blog.Post) (*blog.Post, error) { return nil, errors.New("changed meanwhile") }
	if got := messages(o, bare, content); !strings.Contains(got, "leads to no place") {
		t.Errorf("got %q without a text", got)
	}
}

func TestPostsThatSayNothing(t *testing.T) {
	untitled, linked := post("a", ""), post("a", "")
	untitled.Title, linked.Extra().ExternalURL = "", "https://example.net/"
	excerpt := post("a", "")
	excerpt.Extra().Excerpt = []byte("More.")
	for name, c := range map[string]struct {
		post    *blog.Post
		content markdown.Content
		empty   bool
	}{
		"no words":             {post("a", ""), markdown.Content{}, true},
		"two words":            {post("a", ""), markdown.Content{HTML: "<p>Two words.</p>"}, true},
		"three words":          {post("a", ""), markdown.Content{HTML: words}, false},
		"signs":                {post("a", ""), markdown.Content{HTML: "<p>... !!! ???</p>"}, true},
		"four Han characters":  {post("a", ""), markdown.Content{HTML: "<p>新年快乐</p>"}, false},
		"one word, no title":   {untitled, markdown.Content{HTML: "<p>Hm.</p>"}, false},
		"no word, no title":    {untitled, markdown.Content{}, true},
		"a picture":            {post("a", ""), markdown.Content{HTML: `<img src="x">`}, false},
		"a link elsewhere":     {linked, markdown.Content{}, false},
		"an excerpt":           {excerpt, markdown.Content{Summary: "More."}, false},
		"nothing but problems": {post("a", ""), markdown.Content{Problems: []blog.Problem{{Message: "a script was left out"}}}, false},
	} {
		got := messages(lint.Options{}, c.post, c.content)
		if strings.Contains(got, "next to nothing") != c.empty {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestTemplateTextThatNothingFillsIn(t *testing.T) {
	for text, tag := range map[string]string{
		"See {{ page.title }} now":                   "{{ page.title }}",
		"See {{page.title}} now":                     "{{page.title}}",
		"A {%- if x -%} b":                           "{%- if x -%}",
		"A {{&lt; figure a &gt;}} b":                 "{{< figure a >}}",
		"A <code>{{ page.title }}</code> b":          "",
		"A <pre>x <code>{% if x %}</code> y</pre> b": "",
		"The sum {{a}} and {{}} b":                   "",
		"{{#if x}}y{{/if}}":                          "{{#if x}}",
		"{{&gt; partial}} x":                         "{{> partial}}",
		"A &lt;%= x.name %&gt; b":                    "<%= x.name %>",
		"See [[Another note]] now":                   "[[Another note]]",
		"See [[日記]] now":                             "[[日記]]",
		"See [[note|its alias]] now":                 "[[note|its alias]]",
		"A ![[image.png]] b":                         "![[image.png]]",
		"A [[1]] and [[ x ]], a[[i]], [x]":           "",
		"Text\n{: .class #id}":                       "{: .class #id}",
		"<p>{:toc}</p>":                              "{:toc}",
		"A smile {: and {:) and { x: y }, {:a => 1}": "",
		"<p>:::tip\nText\n:::</p>":                   ":::tip",
		"std:::x and ::: alone":                      "",
		"<p>!!! note\ntext</p>":                      "!!! note",
		"<p>??? warning \"x\"</p>":                   "??? warning",
		"Wow!!! note this, and !!! wow":              "",
		"<blockquote><p>[!NOTE]\ntext</p>":           "[!NOTE]",
		"<p>[TOC]</p>":                               "[TOC]",
		"see [toc] there":                            "",
		"<p>import Tabs from '@theme/Tabs'</p>":      "import Tabs from '@theme/Tabs'",
		"We import wine from 'Spain' and more.":      "",
	} {
		content := markdown.Content{HTML: words + text}
		got := messages(lint.Options{}, post("a", ""), content)
		if tag == "" && got != "" || tag != "" && !strings.Contains(got, fmt.Sprintf("the template text %q", tag)) {
			t.Errorf("%s: %q", text, got)
		}
		if got := messages(lint.Options{Dialect: "jekyll"}, post("a", ""), content); got != "" {
			t.Errorf("%s: %q where a generator fills it in", text, got)
		}
	}
}
