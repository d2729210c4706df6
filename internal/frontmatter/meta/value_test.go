package meta_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

// meta parses a YAML block given by its lines.
func pairs(t *testing.T, yaml string) meta.Pairs {
	t.Helper()
	block, err := frontmatter.Parse("post.md", []byte("---\n"+yaml+"\n---\n"))
	if err != nil {
		t.Fatal(err)
	}
	return block.Meta
}

func TestStringsOfAValue(t *testing.T) {
	for yaml, want := range map[string][]string{
		"v: one":                          {"one"},
		"v: ' one '":                      {"one"},
		"v: a b, c":                       {"a b, c"},
		"v: 47":                           {"47"},
		"v: true":                         {"true"},
		"v: 2020-01-02":                   {"2020-01-02"},
		"v:":                              nil,
		"v: null":                         nil,
		"v: ''":                           nil,
		"v: []":                           nil,
		"v: {a: b}":                       nil,
		"v: [one, 47, no, '', null, 1.0]": {"one", "47", "no", "1.0"},
		"v: [one, [two], {a: b}, ' ']":    {"one"},
		"v:\n  - one\n  -\n  - 'null'":    {"one", "null"},
		"v: >\n  folded\n  text\n":        {"folded text"},
	} {
		v, ok := pairs(t, yaml).Get("v")
		if diff := cmp.Diff(want, v.Strings()); diff != "" || !ok {
			t.Errorf("%q (-want +got)\n%s", yaml, diff)
		}
	}
}

func TestBoolOfAValue(t *testing.T) {
	type reading struct{ Value, OK bool }
	for yaml, want := range map[string]reading{
		"v: true":       {true, true},
		"v: True":       {true, true},
		"v: YES":        {true, true},
		"v: on":         {true, true},
		"v: 'true'":     {true, true},
		"v: ' true '":   {true, true},
		"v: false":      {false, true},
		"v: No":         {false, true},
		"v: \"off\"":    {false, true},
		"v: 1":          {},
		"v: y":          {},
		"v: 2020-01-01": {},
		"v:":            {},
		"v: [true]":     {},
		"v: {true: 1}":  {},
	} {
		v, _ := pairs(t, yaml).Get("v")
		var got reading
		if got.Value, got.OK = v.Bool(); got != want {
			t.Errorf("%q gave %v, want %v", yaml, got, want)
		}
	}
}

func TestEmptyValues(t *testing.T) {
	for yaml, want := range map[string]bool{
		"v:": true, "v: ~": true, "v: null": true, "v: ''": true, "v: '  '": true, "v: []": true, "v: {}": true,
		"v: 'null'": false, "v: 0": false, "v: false": false, "v: [null]": false, "v: {a: }": false,
	} {
		if v, _ := pairs(t, yaml).Get("v"); v.Empty() != want {
			t.Errorf("%q is empty: %v", yaml, v.Empty())
		}
	}
}

func TestGetIsExact(t *testing.T) {
	m := pairs(t, "Title: x")
	if _, ok := m.Get("title"); ok {
		t.Error("the key is not written so")
	}
	if v, ok := m.Get("Title"); !ok || v.Text != "x" || v.Line != 2 {
		t.Errorf("got %+v", v)
	}
}
