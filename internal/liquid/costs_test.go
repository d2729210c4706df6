package liquid_test

import (
	"strings"
	"testing"

	"broadsheet/internal/liquid"
)

// TestMarkdownIsPaidFor counts what templates give to Markdown, which takes a
// thousand times as long as other filters do.
func TestMarkdownIsPaidFor(t *testing.T) {
	const loop, end = `{% for i in (1..9999) %}{% for j in (1..9999) %}`, `{% endfor %}{% endfor %}`
	doubled := func(piece, times string) string {
		return `{% assign s = "` + piece + `" %}{% for i in (1..` + times + `) %}{% assign s = s | append: s %}{% endfor %}`
	}
	for name, body := range map[string]string{
		"nothing":       loop + `{{ "" | markdownify }}` + end,
		"short texts":   loop + `{{ "**a** [b](c)" | markdownify }}` + end,
		"a page":        doubled("some words ", "10") + loop + `{{ s | markdownify }}` + end,
		"emphasis":      doubled("**a_", "14") + loop + `{{ s | markdownify }}` + end,
		"a huge text":   doubled("**a_", "19") + loop + `{{ s | markdownify }}` + end,
		"in conditions": doubled("[", "12") + loop + `{% assign x = s | markdownify | size %}` + end,
	} {
		calls, bytes, squares := 0, 0, 0
		r := liquid.New(liquid.Site{Markdown: func(text string) string {
			calls++
			bytes += len(text)
			squares += len(text) * len(text) >> 20
			return "."
		}})
		if _, problems := r.Render([]byte(body), nil, "p.md", 1); len(problems) == 0 {
			t.Errorf("%s: no problem", name)
		}
		if calls > 5000 || bytes > 300<<10 || squares > 10<<10 {
			t.Errorf("%s: Markdown is asked %d times for %d bytes, in squares %d MiB", name, calls, bytes, squares)
		}
	}
}

func TestPagesThatPeopleWriteArePaidFor(t *testing.T) {
	page := strings.Repeat("A paragraph with *emphasis* and [a link](https://example.org).\n", 300)
	body := `{% capture all %}` + page + `{% endcapture %}{{ all | markdownify }}{% for i in (1..500) %}{{ "*x*" | markdownify }}{% endfor %}`
	r := liquid.New(liquid.Site{Markdown: func(text string) string { return text }})
	out, problems := r.Render([]byte(body), nil, "p.md", 1)
	if want := page + strings.Repeat("*x*", 500); string(out) != want || len(problems) > 0 {
		t.Errorf("%d bytes, want %d; %v", len(out), len(want), problems)
	}
}

// TestMoreTemplateTextThanCanBeRead keeps the text between the tags.
func TestMoreTemplateTextThanCanBeRead(t *testing.T) {
	const most = "the rest of the template is left out: there is too much of it"
	for _, tag := range []string{"{{ a }}", "{% assign a = b %}", "{% if a %}{% endif %}", `{{ "2020-01-01" | date: "%Y" }}`} {
		out, problems := liquid.New(liquid.Site{}).Render([]byte(strings.Repeat("x"+tag, 40_000)), nil, "p.md", 3)
		if want := strings.Repeat("x", 40_000); string(out) != want {
			t.Errorf("%s: %d bytes, want %d", tag, len(out), len(want))
		}
		if len(problems) != 1 || problems[0].Message != most || problems[0].File != "p.md" {
			t.Errorf("%s: told %v", tag, problems)
		}
	}
	within := "{% if a %}" + strings.Repeat("x{{ a }}", 40_000) + "{% endif %}"
	if out, problems := liquid.New(liquid.Site{}).Render([]byte(within), nil, "p.md", 3); len(out) != 40_000 || len(problems) != 1 || problems[0].Message != most {
		t.Errorf("within a block: %d bytes, told %v", len(out), problems)
	}
	out, problems := liquid.New(liquid.Site{}).Render([]byte(strings.Repeat("x{{ 1 }}", 5000)), nil, "p.md", 1)
	if want := strings.Repeat("x1", 5000); string(out) != want || len(problems) > 0 {
		t.Errorf("five thousand: %d bytes, %v", len(out), problems)
	}
}
