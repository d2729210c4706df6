package liquid_test

import (
	"fmt"
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
	return object(map[string]any{"map": all, "list": list, "words": strings.Repeat("漢字 ", n), "texts": []any{strings.Repeat("text ", n), strings.Repeat("more ", n)}})
}

// What reads or makes much pays for all of it, whatever it leaves: twice as much of it
// takes twice the steps at least, and a large input as many as its bytes or items.
func TestWorkIsPaidByItsSize(t *testing.T) {
	for body, least := range map[string]int{ // steps for each of n
		`{% for x in site.map limit: 1 %}{% endfor %}`:                         16,
		`{% assign x = site.map | first %}`:                                    2,
		`{% assign x = site.map | slice: 0, 1 %}`:                              14, // bytes of JSON
		`{% assign x = site.map | truncate: 3 %}`:                              14,
		`{% assign x = site.map | size | append: site.map | slice: 0 %}`:       14,
		`{% assign x = site.list | split: "zz" %}`:                             30,
		`{% assign x = site.list | slugify: "latin" | size %}`:                 60,
		`{% assign x = site.list | group_by: "name" | first %}`:                32,
		`{% assign x = site.list | where: "name", site.texts | size %}`:        26, // the second argument is read once, not for each item
		`{% assign x = site.list | sort: site.map | size %}`:                   30,
		`{% assign x = site.list | join: site.texts | size %}`:                 20,
		`{% assign x = site.texts | remove: "t" | truncatewords: 1 %}`:         10,
		`{% assign x = site.texts | number_of_words %}`:                        20,
		`{% assign x = site.words | number_of_words: "cjk" %}`:                 14,
		`{% assign x = site.words | slugify: "ascii" %}`:                       28,
		`{% if site.words contains site.map %}{% endif %}`:                     14,
		`{% capture x %}{{ site.map }}{% endcapture %}`:                        14,
		`{% assign x = site.list | array_to_sentence_string: site.texts %}`:    20,
		`{% assign x = site.words | replace: site.map, site.texts | size %}`:   20,
		`{% assign x = site.words | smartify | strip_newlines | slice: 0 %}`:   56,
		`{% assign x = site.texts | absolute_url | relative_url | slice: 0 %}`: 10,
	} {
		const n = 2000
		taken := func(n int) int { return liquid.New(liquid.Site{Vars: keyed(n)}).Taken(body) }
		base, once, twice := taken(0), taken(n), taken(2*n)
		if once-base < least*n {
			t.Errorf("%s: %d steps for %d, want %d at least", body, once-base, n, least*n)
		}
		if growth := float64(twice-base) / float64(once-base); growth < 1.9 {
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
