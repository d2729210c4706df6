package liquid_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/liquid"
)

// keyed is a map of so many keys, and a list of as many maps.
func keyed(n int) liquid.Object {
	all, list := map[string]any{}, make([]any, n)
	for i := range n {
		all[fmt.Sprintf("key%06d", i)] = "v"
		list[i] = map[string]any{"name": fmt.Sprint(i), "words": "some words"}
	}
	return object(map[string]any{"map": all, "list": list, "words": strings.Repeat("漢字 ", n), "same": slices.Repeat([]any{strings.Repeat("a", n)}, 8), "texts": []any{strings.Repeat("text ", n), strings.Repeat("more ", n)}})
}

// What reads or makes much pays for all of it, whatever it leaves: twice as much of it
// takes twice the steps at least, and a large input as many as its bytes or items.
func TestWorkIsPaidByItsSize(t *testing.T) {
	const n = 2000
	none, some, more := liquid.New(liquid.Site{Vars: keyed(0)}), liquid.New(liquid.Site{Vars: keyed(n)}), liquid.New(liquid.Site{Vars: keyed(2 * n)})
	for body, least := range map[string]int{ // steps for each of n
		`{% for x in site.map limit: 1 %}{% endfor %}`:                           16,
		`{% assign x = site.map | first %}`:                                      2,
		`{% assign x = site.map | slice: 0, 1 %}`:                                14, // bytes of JSON
		`{% assign x = site.map | truncate: 3 %}`:                                14,
		`{% assign x = site.map | size | append: site.map | slice: 0 %}`:         14,
		`{% assign x = site.list | split: "zz" %}`:                               30,
		`{% assign x = site.list | slugify: "latin" | size %}`:                   60,
		`{% assign x = site.list | group_by: "name" | first %}`:                  32,
		`{% assign x = site.list | where: "name", site.texts | size %}`:          26, // the second argument is read once, not for each item
		`{% assign x = site.list | sort: site.map | size %}`:                     30,
		`{% assign x = site.list | join: site.texts | size %}`:                   20,
		`{% assign x = site.texts | remove: "t" | truncatewords: 1 %}`:           10,
		`{% assign x = site.texts | number_of_words %}`:                          20,
		`{% assign x = site.words | number_of_words: "cjk" %}`:                   14,
		`{% assign x = site.words | slugify: "ascii" %}`:                         28,
		`{% if site.words contains site.map %}{% endif %}`:                       14,
		`{% capture x %}{{ site.map }}{% endcapture %}`:                          14,
		`{% assign x = site.list | array_to_sentence_string: site.texts %}`:      20,
		`{% assign x = site.words | replace: site.map, site.texts | size %}`:     20,
		`{% assign x = site.words | smartify | strip_newlines | slice: 0 %}`:     56,
		`{% assign x = site.texts | absolute_url | relative_url | slice: 0 %}`:   10,
		`{% cycle site.words: "a" %}`:                                            1,
		`{% if site.map[site.words] %}{% endif %}`:                               1,
		`{% if site.map contains site.words %}{% endif %}`:                       1,
		`{% if page == site.words %}{% endif %}{% if [site.words] %}{% endif %}`: 2,
		`{% tablerow x in jekyll cols: site.words %}{% endtablerow %}`:           1,
		`{% assign x = site.same | where: "b", "c" %}`:                           2,
		`{% assign x = site.same | compact: "b" %}`:                              2,
		`{% assign x = site.same | uniq: "a" %}`:                                 2,
		`{% assign x = site.same | sort_natural | size %}`:                       2,
		`{% assign x = site.list | map: site.words %}`:                           1000, // each of n items is asked for it
		`{% assign x = site.list | where: site.words, "x" %}`:                    1000,
		`{% assign x = site.words | url_decode | size %}`:                        28,
		`{% assign x = site.words | escape_once | size %}`:                       28,
		`{% assign x = "q" | replace: "z", site.words %}`:                        4,
		`{% assign x = site.words | uniq | size %}`:                              7,
	} {
		base, once, twice := none.Taken(body), some.Taken(body), more.Taken(body)
		if once-base < least*n {
			t.Errorf("%s: %d steps for %d, want %d at least", body, once-base, n, least*n)
		}
		const all = 16 << 20 // after which nothing is rendered
		if growth := float64(twice-base) / float64(once-base); growth < 1.9 && twice < all {
			t.Errorf("%s: twice as much takes only %.2f times the steps", body, growth)
		}
	}
}

// A small map that holds a large text many times prints no gigabyte.
func TestTextOfRepeatedValuesIsBounded(t *testing.T) {
	const huge = `{% assign s = "some text" %}{% for i in (1..13) %}{% assign s = s | append: s %}{% endfor %}` + // 72 KiB
		`{% assign l = s | split: "zz" %}{% for i in (1..10) %}{% assign l = l | concat: l %}{% endfor %}` +
		`{% assign g = l | group_by_exp: "x", "1" %}`
	for _, use := range []string{
		`{{ g }}`, `{{ g | first }}`, `{{ g | first | upcase }}`, `{{ g | join: "," }}`, `{{ g | jsonify }}`, `{% if "x" contains g %}{% endif %}`, `{{ g | sort_natural: g }}`,
		`{{ l | where: g, g }}`, `{% capture x %}{{ g }}{% endcapture %}`, `{{ g | group_by_exp: "x", "g" }}`,
	} {
		r := liquid.New(liquid.Site{})
		out, problems := r.Render([]byte("Before. "+huge+use), nil, "p.md", 1)
		if !strings.HasPrefix(string(out), "Before. ") || len(out) > 4<<20 || len(problems) == 0 {
			t.Errorf("%s: %d bytes, %v", use, len(out), problems)
		}
	}
}

// TestLongTextsAsNumbersArePaidFor counts steps of each use, which cost what is looked at:
// of a text no more than the digits that a number may have.
func TestLongTextsAsNumbersArePaidFor(t *testing.T) {
	vars := object(map[string]any{"tiny": 4.9406564584124654e-324, "huge": 1.7976931348623157e+308, "digits": strings.Repeat("7", 1<<19), "list": []any{1, 2}})
	for use, least := range map[string]int{
		`{% if (1..site.digits) contains 5 %}{% endif %}`:                   1000,
		`{% for x in (site.digits..0) %}{% endfor %}`:                       1000,
		`{% assign y = site.digits | plus: 1 %}`:                            1 << 17,
		`{% assign y = 1 | plus: site.digits %}`:                            1 << 17,
		`{% assign y = site.digits | to_integer %}`:                         1 << 17,
		`{% for x in site.list limit: site.digits %}{% endfor %}`:           1 << 17,
		`{% for x in site.list offset: site.digits %}{% endfor %}`:          1 << 17,
		`{% assign y = site.tiny | times: site.huge %}`:                     2000,
		`{% assign y = site.huge | modulo: site.tiny %}`:                    2000,
		`{% assign y = 0.1 | round: 300 %}`:                                 1000,
		`{% increment ` + strings.Repeat("n", 4000) + ` %}`:                 1000,
		`{% assign ` + strings.Repeat("n", 4000) + ` = 1 %}`:                1000,
		`{% cycle "` + strings.Repeat("n", 4000) + `", "" %}`:               1000,
		`{% case ` + strings.Repeat("n", 4000) + ` %}{% endcase %}`:         1000,
		`{% include a ` + strings.Repeat("n", 4000) + `=1 %}`:               1000,
		`{% for ` + strings.Repeat("n", 4000) + ` in (1..2) %}{% endfor %}`: 3000,
	} {
		r := liquid.New(liquid.Site{Vars: vars, Includes: map[string]string{"a": ""}})
		turns := func(n int) int { return r.Taken(fmt.Sprintf("{%% for i in (1..%d) %%}%s{%% endfor %%}", n, use)) }
		if each := turns(2) - turns(1); each < least {
			t.Errorf("%.60s: %d steps each time, want %d at least", use, each, least)
		}
	}
}

// TestNumbersOfTexts shows that what a number is has no part of what it costs.
func TestNumbersOfTexts(t *testing.T) {
	seven := func(n int) string { return strings.Repeat("7", n) }
	for use, want := range map[string]string{
		`{{ "` + seven(30) + `" | plus: 1 }}`:                                           seven(29) + "8",
		`{{ "` + seven(1000) + `" | plus: 1 }}`:                                         seven(999) + "8",
		`{{ "` + seven(1001) + `" | plus: 1 }}`:                                         "1",
		`{{ "` + strings.Repeat("7_", 1000) + `" | plus: 1 }}`:                          seven(999) + "8",
		`{{ "` + strings.Repeat("7_", 1001) + `" | plus: 1 }}`:                          "1",
		`{{ "12` + strings.Repeat(" words", 1000) + `" | plus: 1 }}`:                    "13",
		`{{ "1.5" | plus: 1 }}`:                                                         "2.5",
		`{% assign x = "3" %}{% for i in (1..x) %}{{ i }}{% endfor %}`:                  "123",
		`{% for i in (1..9) limit: " 2 " %}{{ i }}{% endfor %}`:                         "12",
		`{{ (1..4) | size }}{{ "b,A" | split: "," | push: nil | sort_natural | join }}`: "4A b ",
	} {
		out, problems := liquid.New(liquid.Site{}).Render([]byte(use), nil, "p.md", 1)
		if string(out) != want || len(problems) > 0 {
			t.Errorf("%.60s: got %.60q, want %.60q; %v", use, out, want, problems)
		}
	}
}

// TestReadingIsPaidOnce counts the words of expressions, each of which is read once.
func TestReadingIsPaidOnce(t *testing.T) {
	taken := func(words, times int, filter string) int {
		source := strings.Repeat("i.", words-1) + "i"
		return liquid.New(liquid.Site{Vars: object(map[string]any{"list": []any{1}})}).Taken(
			fmt.Sprintf(`{%% for j in (1..%d) %%}{%% assign y = site.list | %s: "i", "%s" %%}{%% endfor %%}`, times, filter, source))
	}
	for _, filter := range []string{"where_exp", "find_exp", "group_by_exp"} {
		first, again := taken(200, 1, filter), taken(200, 2, filter)-taken(200, 1, filter)
		if least := 200 * 32; first < again+least {
			t.Errorf("%s: the first time takes %d steps, another %d: want %d more to read it", filter, first, again, least)
		}
	}
	for _, body := range []string{`{% assign y = site.list | where_exp: "i", "i == site.time" %}`, `{% assign y = site.list | group_by_exp: "i", "i %%" %}`} {
		r := liquid.New(liquid.Site{Vars: object(map[string]any{"list": []any{1}})})
		if _, problems := r.Render([]byte(body+"\n"+body), nil, "p.md", 1); len(problems) != 2 || problems[0].Line != 1 || problems[1].Line != 2 {
			t.Errorf("%s on two lines: told %v", body, problems)
		}
	}
}

// TestReadingTakesNoSquare reads four times as much, for which no more than eight times the
// memory is asked for.
func TestReadingTakesNoSquare(t *testing.T) {
	for name, body := range map[string]func(n int) string{
		"joins":       func(n int) string { return "{% if % or " + strings.Repeat("a or ", n) + "a %}{% endif %}" },
		"ranges":      func(n int) string { return "{{ " + strings.Repeat("(", n) + "1" + strings.Repeat("..2)", n) + " }}" },
		"keys":        func(n int) string { return "{{ a" + strings.Repeat("[a", n) + strings.Repeat("]", n) + " }}" },
		"open keys":   func(n int) string { return "{{ a" + strings.Repeat("[a", n) + " }}" },
		"lax filters": func(n int) string { return "{{ % " + strings.Repeat("|a:b", n) + " }}" },
	} {
		memory := func(n int) float64 {
			source, r := []byte(strings.Repeat(body(n), 4)), liquid.New(liquid.Site{})
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r.Render(source, nil, "p.md", 1)
			runtime.ReadMemStats(&after)
			return float64(after.TotalAlloc - before.TotalAlloc)
		}
		memory(700)
		if once, more := memory(700), memory(2800); more > 8*once {
			t.Errorf("%s: %.0f bytes, for four times as much %.0f", name, once, more)
		}
	}
}
