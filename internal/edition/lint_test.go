package edition_test

import (
	"strings"
	"testing"

	"broadsheet/internal/edition"
)

func TestLintNamesWhatReadersWouldStumbleOver(t *testing.T) {
	for body, want := range map[string]string{
		// Words of scripts that put no spaces between them, and of those that do.
		"新年快乐": "", "สวัสดีปีใหม่": "", "あけまして": "", "👩‍👩‍👧‍👦🎉🎉": "", "새해 복 많이 받으세요": "", "Three short words": "",
		"Nothing much.": "next to nothing", "...": "next to nothing", "": "next to nothing", "好": "next to nothing", "&nbsp;": "next to nothing",
		// Template text of other programs; code and formulas are none.
		"A {% quote(author=\"Ada\") %} of mine": `"{% quote(author=\"Ada\") %}"`, "See {{ page.title }} for it": "{{ page.title }}", "See {{site.url}}/x now": "{{site.url}}",
		"A {{< figure src=\"a.png\" >}} here": "{{< figure src", "A {{% note %}} for you": "{{% note %}}", "It is {%- if x -%} so and so": "{%- if x -%}", "Run {{ youtube(id=\"x\") }} for me": "{{ youtube(id",
		"Write `{{ page.title }}` in your file": "", "\tcode {% if x %} and words\n\nThree words more": "", "The sum $\\frac{{a}}{{b}}$ of both": "", "Just 50 {% of all} cases": "", "A {{}} b c": "",
		// Links within the post.
		"[a](#nowhere) is not there": `"#nowhere" leads to no place`, "[a](#there) and <p id=\"there\">there</p>": "", "[a](#b) and <a name=\"b\"></a> b": "", "## A b\n\n[to](#a-b) [top](#top) [x](#)": "",
		"[a](#%C3%B6) <span id=\"ö\">there it is</span>": "", "[a](https://example.org/post-1/#gone) words and more": `"#gone" leads`, "[a](https://example.org/other/#gone) words and more": "", "Note.[^1] And more words\n\n[^1]: There.": "",
	} {
		p := newPost(1, body)
		in := input(p)
		in.Settings.Pages = true
		var messages []string
		for _, problem := range edition.New(nil, in).Lint() {
			messages = append(messages, problem.Message)
		}
		got := strings.Join(messages, "\n")
		if want == "" && got != "" || !strings.Contains(got, want) || len(messages) > 1 {
			t.Errorf("%q: got %q, want %q", body, got, want)
		}
	}
	untitled := newPost(1, "GitHub push?")
	untitled.Title = ""
	if problems := edition.New(nil, input(untitled)).Lint(); len(problems) > 0 {
		t.Errorf("a short note without a title: %v", problems)
	}
}
