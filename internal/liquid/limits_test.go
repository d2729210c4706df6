package liquid_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/internal/liquid"
)

// bombs are small posts that would take all memory, or for ever.
var bombs = []string{
	`{% assign a = "xxxxxxxx" %}` + strings.Repeat(`{% assign a = a | append: a %}`, 60) + `{{ a }}`,
	`{% assign a = "x" %}` + strings.Repeat(`{% capture a %}{{ a }}{{ a }}{% endcapture %}`, 60) + `{{ a }}`,
	`{% assign a = "x,y" | split: "," %}` + strings.Repeat(`{% assign a = a | push: a | push: a %}`, 60) + `{{ a }}{{ a | jsonify }}`,
	`{% assign a = "" | split: "," %}` + strings.Repeat(`{% assign a = a | push: a %}`, 3000) + `{% if a == a %}x{% endif %}{{ a }}`,
	`{% assign a = "` + strings.Repeat("x", 2000) + `" %}` + strings.Repeat(`{% assign a = a | replace: "x", a %}`, 5),
	strings.Repeat(`{% for a in (1..10000) %}`, 8) + "x" + strings.Repeat(`{% endfor %}`, 8),
	strings.Repeat(`{% for a in (1..10000) %}`, 8) + strings.Repeat(`{% endfor %}`, 8),
	strings.Repeat(`{% if true %}`, 100_000),
	strings.Repeat(`{% if true %}`, 100_000) + strings.Repeat(`{% endif %}`, 100_000),
	strings.Repeat(`{{`, 200_000), strings.Repeat(`{%`, 200_000), strings.Repeat(`{% raw %}`, 50_000), strings.Repeat(`{% comment %}`, 50_000),
	`{{ 1 ` + strings.Repeat(`| abs`, 200_000) + ` }}`, `{{ ` + strings.Repeat(`(`, 200_000) + ` }}`, `{{ a` + strings.Repeat(`.b`, 200_000) + ` }}`,
	`{{ (1..9223372036854775807) | size }}{{ (1..999999999)["AsArray"] }}{% assign r = (1..9000) %}{{ r.AsArray }}`,
	`{% assign e = "x | where_exp: 'y', e" %}{% assign x = "a,b" | split: "," %}{{ x | where_exp: "y", e }}`,
	`{% assign f = "%99999999d%99999999N" %}{{ "2020-01-01" | date: f }}`,
	`{% assign s = "a" %}{% for i in (1..22) %}{% assign s = s | append: s %}{% endfor %}{% for i in (1..9999) %}{% for j in (1..9999) %}{{ s | size }}{% if s contains "b" %}{% endif %}{% endfor %}{% endfor %}`,
	`{% highlight x %}{% for i in (1..9999) %}` + strings.Repeat("\n", 500) + `x{% endfor %}{% endhighlight %}`,
	`{% include a %}`,
	`{% assign s = "<script <!---->" %}{% for i in (1..17) %}{% assign s = s | append: s %}{% endfor %}{{ s | strip_html }}{% for i in (1..9999) %}{{ s | strip_html | slugify }}{% endfor %}`,
	`{% if a ` + strings.Repeat(`or a `, 3000) + `%}{% endif %}{% for i in (1..9999) %}{% for j in (1..9999) %}{{ a` + strings.Repeat(`.b`, 8000) + ` }}{% endfor %}{% endfor %}`,
	`{% assign f = "` + strings.Repeat(`%Y`, 4000) + `" %}{% for i in (1..9999) %}{{ 0 | date: f }}{% endfor %}`,
	`{% for i in (1..9999) %}{% for j in (1..9999) %}{{ i | nothing }}{% post_url x %}{% endfor %}{% endfor %}`,
}

// TestNoPostTakesAllMemory renders what would, and stops by itself.
func TestNoPostTakesAllMemory(t *testing.T) {
	r := liquid.New(liquid.Site{
		Vars:     object(map[string]any{"list": []any{1, 2, 3, 4}}),
		Includes: map[string]string{"a": `{% for x in site.list %}{% include a b=include c=include d=include %}{% endfor %}{{ include }}`},
	})
	for i, bomb := range bombs {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			out, problems := r.Render([]byte(bomb), nil, "bomb.md", 1)
			runtime.ReadMemStats(&after)
			if len(problems) == 0 {
				t.Error("no problem")
			}
			if len(out) > 4<<20 {
				t.Errorf("%d bytes", len(out))
			}
			if spent := (after.TotalAlloc - before.TotalAlloc) >> 20; spent > 4096 {
				t.Errorf("allocated %d MiB in all", spent)
			}
			for _, p := range problems {
				if strings.Contains(p.Message, "the template text cannot be rendered") {
					t.Error(p)
				}
			}
		})
	}
}

func TestTextBeforeTheLimitStays(t *testing.T) {
	out, problems := liquid.New(liquid.Site{}).Render([]byte("First.\n{% for i in (1..10000) %}{% for j in (1..10000) %}{% endfor %}{% endfor %}\nLast."), nil, "p.md", 5)
	if want := "First.\n"; string(out) != want {
		t.Errorf("got %q, want %q", out, want)
	}
	if len(problems) != 1 || problems[0].Line != 6 {
		t.Errorf("problems %v", problems)
	}
}

func TestBodyWithoutTemplateTextCostsNothing(t *testing.T) {
	r := liquid.New(liquid.Site{})
	body := []byte("# A post\n\nwith {braces}, 100% { % and }} but no template text.\n")
	page := object(map[string]any{"title": "A post"})
	if n := testing.AllocsPerRun(100, func() {
		if out, problems := r.Render(body, page, "p.md", 1); &out[0] != &body[0] || problems != nil {
			t.Error("not the same bytes")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestOneRendererForManyPosts is for the race detector.
func TestOneRendererForManyPosts(t *testing.T) {
	r := liquid.New(liquid.Site{
		Vars:     object(map[string]any{"list": []any{"c", "a", "b"}, "m": map[string]any{"y": 1, "x": 2}}),
		Includes: map[string]string{"a.html": "{% assign site = 1 %}{{ include.n | sort | push: 'd' }}"},
	})
	const post = `{% include a.html n=site.list %}{{ page.title }}`
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			for range 50 {
				out, problems := r.Render([]byte(`{% for p in site.m %}{{ p }}{% endfor %}`+post), liquid.Object{{Key: "title", Value: i}}, "p.md", 1)
				if want := fmt.Sprintf("x2y1abcd%d", i); string(out) != want || problems != nil {
					t.Errorf("got %q, want %q; %v", out, want, problems)
				}
			}
		})
	}
	all.Wait()
}

// TestFailingSiteLosesNoPost lets what a site brings along panic.
func TestFailingSiteLosesNoPost(t *testing.T) {
	r := liquid.New(liquid.Site{
		PostURL:  func(string) (string, bool) { panic("no") },
		Markdown: func(string) string { panic("no") },
	})
	for body, want := range map[string]string{
		"a {{ 'x' | markdownify }}b":        "a b",
		"a {% if true %}b{% post_url x %}c": "a bc",
	} {
		out, problems := r.Render([]byte(body), nil, "p.md", 3)
		if string(out) != want || len(problems) == 0 || problems[0].Line != 3 {
			t.Errorf("got %q, want %q; %v", out, want, problems)
		}
	}
}

// TestValuesOfAnyType shows what templates make of the types of Go.
func TestValuesOfAnyType(t *testing.T) {
	type name string
	page := map[string]any{
		"string": name("s"), "strings": []string{"a", "b"}, "int": int64(1 << 40), "uint": uint8(7), "float": float32(0.5),
		"map": map[any]any{1: "one", "two": 2}, "array": [2]bool{true, false}, "time": time.Unix(0, 0), "func": func() {}, "pointer": &struct{}{},
		"json": json.Number("3.0"), "nested": map[string][]map[string]int{"x": {{"y": 1}}},
	}
	page["itself"] = page
	zone := time.FixedZone("", -90*60)
	out, problems := liquid.New(liquid.Site{Zone: zone}).Render([]byte(`{{ page.string }} {{ page.strings | join }} {{ page.int }} {{ page.uint }} {{ page.float }} {{ page.map["1"] }}
{{ page.array }} {{ page.time }} {{ page.func }}{{ page.pointer }} {{ page.json }} {{ page.nested.x[0].y }} {{ page.itself.itself.int }} {{ page.time.Local }}`), object(page), "p.md", 1)
	want := "s a b 1099511627776 7 0.5 one\ntruefalse 1969-12-31 22:30:00 -0130  3.0 1 1099511627776 "
	if string(out) != want || problems != nil {
		t.Errorf("got %q, want %q; %v", out, want, problems)
	}
}
