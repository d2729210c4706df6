package unseen_test

import (
	"fmt"
	"strings"
	"testing"

	"broadsheet/internal/markdown/internal/dom"
	"broadsheet/internal/markdown/internal/unseen"
)

var all = unseen.Languages{Kramdown: true, Liquid: true, Hugo: true, Obsidian: true, Templates: true, MDX: true}

// TestWhatIsNotToBeReadGoes holds ways to write a secret that nobody is to read,
// beside words that are.
func TestWhatIsNotToBeReadGoes(t *testing.T) {
	for _, text := range []string{
		"a <!-- secret --> b", "a\n\n<!--\nsecret\n\nsecret\n-->\n\nb", "a b\n\n<!-- secret", "a <!-- secret --!> b", "a <!--- secret ---> b", "a <!--secret--> b",
		"a <!--[if IE]> secret <![endif]--> b", "a <span hidden>secret</span> b", "a <span HIDDEN=\"\">secret</span> b", "a <span hidden=until-found>secret</span> b",
		"<div hidden>\n\nsecret *x*\n\n<div>secret</div>\n\nsecret</div>\n\na b", "a b\n\n<div hidden>secret", "<p class=x hidden id=y>secret</p>\n\na b",
		"<div style=\"display:none\">secret</div>\n\na b", "a <i style='DISPLAY : None !important'>secret</i> b", "a <i style=\"color:red; display:none;\">secret</i> b",
		"a <i style=\"display&#58;none\">secret</i> b", "a <i style=\"dis/**/play:none\">secret</i> b", "a <i style=\"display:\\6eone\">secret</i> b",
		"a <i style=\"visibility: hidden\">secret</i> b", "a <i style=visibility:collapse>secret</i> b", "a <i style=\"display:none;display:block\">secret</i> b",
		"a <i style=\"content-visibility:hidden\">secret</i> b", "a <template>secret</template> b", "a <dialog>secret</dialog> b", "a <input type=hidden value=secret> b",
		"a <img hidden alt=secret> b", "a {::comment}secret{:/comment} b", "a\n\n{::comment}\nsecret\n{:/}\n\nb", "a {::comment secret /} b",
		"a {% comment %}secret{% endcomment %} b", "a {%- comment -%}\nsecret\n{%- endcomment -%} b", "a {{< comment >}}secret{{< /comment >}} b",
		"a {{% comment %}}secret{{% /comment %}} b", "a b {{< comment >}}secret", "a {{/* secret */}} b", "a {{- /* secret */ -}} b", "a %%secret%% b", "a\n\n%%\nsecret\n\nsecret\n%%\n\nb",
		"a b\n\n%%\nsecret", "a {/* secret */} b", "a {# secret #} b", "a b\n\n[//]: # (secret)\n", "a b\n\n[comment]: <> (secret)\n", "a b\n\n[_]: # \"secret\"\n", "[//]: # 'secret'\r\na b",
		"- a\n\n    <!-- secret -->\n\n- b", "> a <!-- secret --> b", "a `code` <!-- secret --> b", "a ` <!-- secret --> b", "a `` ` <!-- secret --> b", "a b\n```\nx\n```\n<!-- secret -->",
	} {
		got, _ := unseen.Without(text, all)
		if strings.Contains(got, "secret") {
			t.Errorf("%q became %q", text, got)
		}
		words := strings.Map(func(r rune) rune {
			if r == 'a' || r == 'b' {
				return r
			}
			return -1
		}, strings.NewReplacer("```", "", "`code`", "").Replace(got))
		if !strings.HasPrefix(words, "a") || !strings.HasSuffix(words, "b") {
			t.Errorf("%q became %q: words are lost", text, got)
		}
		if lines := strings.Count(text, "\n"); strings.Count(got, "\n") != lines {
			t.Errorf("%q became %q: other lines", text, got)
		}
		if again, _ := unseen.Without(got, all); again != got {
			t.Errorf("%q became %q, and then %q", text, got, again)
		}
	}
}

// TestWhatIsToBeReadStays holds code, and what is like a comment and is none.
func TestWhatIsToBeReadStays(t *testing.T) {
	for _, text := range []string{
		"", "words", "`<!-- code -->`", "``<!-- ` -->``", "```\n<!-- code -->\n%%x%%\n{% comment %}{% endcomment %}\n```", "~~~html\n<p hidden>x</p>\n~~~\n",
		"    <!-- code -->\n", "\ta\n\t<!-- code -->\n", "- a\n\n  ```\n  <!-- code -->\n  ```\n", "> ```\n> <!-- code -->\n> ```\n", "<pre>\n%%x%% {# y #}\n</pre>", "a <code>{{< comment >}}</code> b",
		"a <!--more--> b", "a <!-- more --> b", "a <!-- excerpt --> b", "50%% of it", "100 % and 5 %", "# Head {#id}", "{:.class}", "{{< figure src=x >}}", "{% include x %}",
		"<p style=\"display:block\">x</p>", "<p style=\"visibility:visible\">x</p>", "<p aria-hidden=true>x</p>", "<p class=hidden>x</p>", "<p data-hidden=x>x</p>", "<details>x</details>",
		"<dialog open>x</dialog>", "<noscript>x</noscript>", "a < b and c > d", "[a]: https://example.org (title)", "[x]: #part", "\\<!-- text -->", "<a title=\"hidden\">x</a>",
		"{{</* comment */>}}x{{</* /comment */>}}", "x\\\n```\n<!-- code -->\n```\n", "x <!doctype html>", "<https://example.org/hidden>",
	} {
		if got, _ := unseen.Without(text, all); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// TestHiddenElementsLeaveTrees holds the same of HTML.
func TestHiddenElementsLeaveTrees(t *testing.T) {
	for text, want := range map[string]string{
		"a<p hidden>x</p>b":                           "ab",
		"a<i style='display:none'>x<b>y</b></i>b":     "ab",
		"a<i style='visibility:hidden'><b hidden>":    "a",
		"a<dialog>x</dialog><dialog open>y</dialog>":  "a<dialog open=\"\">y</dialog>",
		"a<i style='display: inline'>x</i>":           "a<i style=\"display: inline\">x</i>",
		"<table><tr><td hidden>x</td><td>y</td></tr>": "<table><tbody><tr><td>y</td></tr></tbody></table>",
	} {
		root, err := dom.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		unseen.Remove(root)
		if got, err := dom.Render(root); got != want || err != nil {
			t.Errorf("%s became %s, want %s (%v)", text, got, want, err)
		}
	}
}

// TestKeptComments are those that the settings of a site give a meaning.
func TestKeptComments(t *testing.T) {
	if got, _ := unseen.Without("a <!-- cut --> b <!-- x -->", unseen.Languages{Keep: []string{"cut"}}); got != "a <!-- cut --> b <!---->" {
		t.Errorf("got %q", got)
	}
}

// BenchmarkOpenings measures texts in which much begins and nothing ends: the
// time of 128 KiB is to be sixteen times that of 8 KiB, not 256 times.
func BenchmarkOpenings(b *testing.B) {
	for _, opening := range []string{"<a ", "<!-", "`", "`` ` ", "{% comment", "%% ", "<i hidden", "{::comment ", "<code>", "{{/* ", "[//]: # ", "<b><i hidden></i>", "``` \n", "- ```\n", "\\`", "<!-- x -->", "<a\"", "<p>\n\n", "<a b=\"", "<a b=\" c=\"", "<a b='", "<pre>", "<pre></pre>", "</code>", "<title>", "<div hidden><title>", "`a` ",
		"{: hidden}\n", "x\n{: hidden}\n", "* x\n{: hidden}\n\n", "* x\n\n{: hidden}\n", "*{: hidden}", ")){: hidden}", "{:a: hidden}\n", "```\n\n{: hidden}\n"} {
		for _, size := range []int{8 << 10, 128 << 10} {
			text := strings.Repeat(opening, size/len(opening))
			b.Run(fmt.Sprintf("%s %d", strings.TrimSpace(opening), size), func(b *testing.B) {
				for b.Loop() {
					unseen.Without(text, all)
				}
			})
		}
	}
}

// TestAttributeListsHide holds blocks and spans as kramdown and others hide them.
func TestAttributeListsHide(t *testing.T) {
	for _, text := range []string{
		"a\n\nsecret\n{: style=\"display:none\"}\n\nb", "a\n\nsecret\nsecret\n{: hidden}\n\nb", "a\n\nsecret\n{:hidden=\"hidden\"}\n\nb", "a\n\n{: hidden}\nsecret\n\nb",
		"a\n\n{: hidden}\n\nsecret\n\nb", "a\n\nsecret\n{:.x #y hidden='until-found'}\n\nb", "a *secret*{: hidden} b", "a **secret *x* secret**{: style='visibility: hidden'} b",
		"a [secret](x \"y (z)\"){: hidden} b", "a [secret][x]{: hidden} b", "a ![secret](x.png){: hidden} b", "a `secret`{: hidden} b", "a ``secret ` x``{:hidden} b",
		"a <b>secret</b>{: hidden} b", "a <https://secret.example>{: hidden} b", "a *secret*{:.x}{: hidden} b", "a *secret\nsecret*{: hidden} b", "a _secret_{: STYLE=\"DISPLAY : NONE !important\"} b",
		"a\n\n```\nsecret\n\nsecret\n```\n{: hidden}\n\nb", "a\n\n{: hidden}\n~~~\nsecret\n\nsecret\n~~~\n\nb", "a\n\n* secret\n* secret\n{: hidden}\n\nb", "a\n\n* secret\n\n* secret\n\n  secret\n{: hidden}\n\nb",
		"a\n\n1. secret\n   secret\n{: hidden}\n\nb", "* a\n* {: hidden} secret\n  secret\n* b", "* a\n* secret\n  {: hidden}\n* b", "* a\n* {: hidden} secret\n\n  secret\n\n* b",
		"a\n\n> secret\n> {: hidden}\n\nb", "a\n> secret\n{: hidden}\n\nb", "a\n\n> secret\n{: hidden}\n\nb", "a\n\n|secret|x|\n|--|--|\n|secret|y|\n{: hidden}\n\nb",
		"a\n\n## secret\n{: hidden}\n\nb", "a\n\n## secret {hidden=\"hidden\"}\n\nb", "a\n\n## secret {#x style=\"display:none\"}\n\nb", "a\n\nsecret {hidden=true}\n------\n\nb",
		"a\n\nsecret\n{style=\"display:none\"}\n\nb", "a [secret]{style=\"display:none\"} b", "{:x: hidden=\"hidden\"}\na\n\nsecret\n{: x}\n\nb", "a\n\nsecret\n{: .y x}\n\nb\n\n{:x: style=\"display:none\"}",
		"a\n\nsecret\r\n{: hidden}\r\n\r\nb", "a\n\nsecret\n{: hidden}\nb", "a\n\nsecret\n   {: hidden}\n\nb", "a\n\nsecret\n{: hidden}\n\nsecret\n{: hidden}\n\nb",
	} {
		got, _ := unseen.Without(text, all)
		if strings.Contains(got, "secret") || !strings.Contains(got, "a") || !strings.Contains(got, "b") {
			t.Errorf("%q became %q", text, got)
		}
		if strings.Count(got, "\n") != strings.Count(text, "\n") {
			t.Errorf("%q became %q: other lines", text, got)
		}
	}
	for _, text := range []string{
		"a\n{: .hidden}\n", "a *b*{: #hidden}", "a `{: hidden}` b", "```\na\n{: hidden}\n```\n", "a {{hidden}} b", "a {{ hidden }} b", "a {% x style=\"display:none\" %}", "a {hidden} b",
		"a\n{: aria-hidden=\"true\"}\n", "a\n{: style=\"display:block\"}\n", "a {{< x style=\"display:none\" >}} b", "func f() {hidden = true}",
	} {
		if got, _ := unseen.Without(text, all); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}
