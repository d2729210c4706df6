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
		for _, problem := range edition.New(in).Lint() {
			messages = append(messages, problem.Message)
		}
		got := strings.Join(messages, "\n")
		if want == "" && got != "" || !strings.Contains(got, want) || len(messages) > 1 {
			t.Errorf("%q: got %q, want %q", body, got, want)
		}
	}
	untitled := newPost(1, "GitHub push?")
	untitled.Title = ""
	if problems := edition.New(input(untitled)).Lint(); len(problems) > 0 {
		t.Errorf("a short note without a title: %v", problems)
	}
}

func TestLintNamesLinksToPlacesThatOtherPostsDoNotHave(t *testing.T) {
	for link, want := range map[string]string{
		"/post-2/#there": "", "/post-2/#%C3%B6": "", "https://example.org/post-2/index.html#there": "", "/post-2#there": "", "/post-2/?a=b#there": "", "/post-2/": "", "/post-2/#": "", "/post-2/#:~:text=x": "",
		"/post-2/#gone": "leads to no place in posts/2.md", "/post-2#gone": "leads to no place in posts/2.md", "https://example.org/post-2/index.html#gone": "leads to no place in posts/2.md",
		"/post-2/?a=b#gone": "leads to no place in posts/2.md", "/archive/#gone": "", "https://other.example/post-2/#gone": "",
	} {
		from, to := newPost(1, "Some more words\nand [a link]("+link+").\n"), newPost(2, "Some more words <span id=\"there\">there</span> <span id=\"ö\">here</span>.")
		to.Path = "posts/2.md"
		in := input(from, to)
		in.Settings.Pages = true
		var got []string
		for _, problem := range edition.New(in).Lint() {
			got = append(got, problem.Message)
			if problem.File != from.Path || problem.Line != from.BodyLine+1 {
				t.Errorf("%s: named at %s:%d", link, problem.File, problem.Line)
			}
		}
		if len(got) > 1 || want == "" && len(got) > 0 || !strings.Contains(strings.Join(got, ""), want) {
			t.Errorf("%s: %q, want %q", link, got, want)
		}
		in.Settings.Pages = false // the pages are somebody else's
		if problems := edition.New(in).Lint(); len(problems) > 0 {
			t.Errorf("%s without pages: %v", link, problems)
		}
	}
}
