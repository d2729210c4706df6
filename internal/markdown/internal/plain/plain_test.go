package plain_test

import (
	"strings"
	"testing"

	"broadsheet/internal/markdown/internal/dom"
	"broadsheet/internal/markdown/internal/plain"
)

func TestTextPartsWordsWhereReadersSeeThemParted(t *testing.T) {
	for fragment, want := range map[string]string{
		"<h1>a</h1>b":                            "a b",
		"<td>a</td><td>b</td>":                   "a b",
		"<ul><li>a<li>b</ul>":                    "a b",
		"a<br/>b<hr>c":                           "a b c",
		"a<b>b</b><custom-tag>c</custom-tag>":    "abc",
		"a<svg><title>b</title></svg>c":          "a c",
		"a<iframe><p>b</p></iframe>c":            "a c",
		"<script>a</script":                      "",
		"&lt;b&gt;":                              "<b>",
		strings.Repeat("<div>", 5000) + "needle": "needle",
	} {
		if got := plain.Text(fragment, 0); got != want {
			t.Errorf("%.60s gives %q, want %q", fragment, got, want)
		}
	}
}

func TestFoldKeepsSpacesThatMeanSomething(t *testing.T) {
	if got, want := plain.Fold(" a \t\r\n b\u00a0\u202f c\u2028d\u3000e\u200bf "), "a b\u00a0\u202f c d e\u200bf"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCut(t *testing.T) {
	const family = "\U0001F468\u200d\U0001F469\u200d\U0001F467"
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"short", 0, "short"},
		{"short", -1, "short"},
		{"short", 5, "short"},
		{"short", 4, "sho…"},
		{"a", 1, "a"},
		{"ab", 1, "…"},
		{"one two three", 9, "one two…"},
		{"one two three", 8, "one two…"},
		{"one two three", 7, "one…"},
		{"one, two", 6, "one…"},
		{"one - two", 7, "one…"},
		{"日本語の文章です", 5, "日本語の…"},
		{"日本語、文章です", 5, "日本語…"},
		{"word 日本語の文", 7, "word 日…"},
		{"日本語 wording", 8, "日本語…"},
		{"unbreakable", 6, "unbre…"},
		{"cafe\u0301s", 5, "caf…"},
		{"ab" + family + "c", 5, "ab…"},
		{"ab\U0001F44D\U0001F3FDc", 4, "ab…"},
		{"ab🇬🇧🇫🇷c", 6, "ab🇬🇧…"},
		{"ab🇬🇧🇫🇷c", 5, "ab🇬🇧…"},
		{"ab🇬🇧🇫🇷c", 4, "ab…"},
		{"か\u3099き\u3099く\u3099", 4, "か\u3099…"},
	} {
		if got := plain.Cut(c.text, c.limit); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

func TestSummary(t *testing.T) {
	for _, c := range []struct{ name, fragment, want string }{
		{"nothing", "", ""},
		{"first paragraph", "<p>a</p><p>b</p>", "a"},
		{"paragraph without letters", "<p>1 2 3</p><p>***</p><p>b</p>", "b"},
		{"paragraph of a template only", "<p>{{&lt; x &gt;}} {% y %}</p><p>b {{ c }}</p>", "b {{ c }}"},
		{"heading passed over", "<h1>t</h1><p>b</p>", "b"},
		{"code and tables passed over", "<pre>c</pre><table><tr><td><p>d</p></td></tr></table><p>b</p>", "b"},
		{"inside a quote", "<blockquote><p>q</p></blockquote><p>b</p>", "q"},
		{"inside a list", "<ul><li><p>l</p></li></ul><p>b</p>", "l"},
		{"no paragraph", "<ul><li>one</li><li>two</li></ul>", "one two"},
		{"only a heading", "<h1>t</h1>", "t"},
		{"only code", "<pre>c\n  d</pre>", "c d"},
		{"only an image", `<p><img src="a" alt="b"/></p>`, "b"},
		{"only digits", "<p>2024</p>", "2024"},
		{"loose text", "a <b>b</b><br/>c<p>d</p>", "a b"},
		{"loose text in a division", "<div>a</div><p>d</p>", "a"},
		{"loose space", " \n <p>d</p>", "d"},
		{"loose text at the end", "<ul><li>l</li></ul>a", "a"},
		{"marker", "<p>a</p><p>b</p><!-- more --><p>c</p>", "a b"},
		{"marker without spaces", "<p>a</p><p>b</p><!--MORE--><p>c</p>", "a b"},
		{"marker in a paragraph", "<p>a<!--truncate--> b</p>", "a"},
		{"marker with words", "<p>a</p><p>b</p><!-- TEASER_END: more --><p>c</p>", "a b"},
		{"marker at the start", "<!--more--><p>a</p><p>b</p>", "a"},
		{"two markers", "<p>a</p><!--more--><p>b</p><!--more-->", "a"},
		{"another comment", "<p>a</p><!-- more or less --><p>b</p>", "a"},
		{"marker after a heading", "<h1>t</h1><p>a</p><p>b</p><!--more-->", "a b"},
	} {
		root, err := dom.Parse(c.fragment)
		if err != nil {
			t.Fatal(err)
		}
		if got := plain.Summary(root, 100); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
