package unseen_test

import (
	"testing"

	"broadsheet/internal/markdown/internal/unseen"
)

func TestHiddenElementsLeaveFields(t *testing.T) {
	for text, want := range map[string]string{
		"a <i hidden>x</i> b":                                 "a  b",
		"a <i style='display: none'>x <i>y</i> z</i> b":       "a  b",
		"a <i title='>' hidden>x</i> b":                       "a  b",
		"a <img hidden alt=x> b":                              "a  b",
		"a <p data-x HIDDEN>x":                                "a ",
		"Vec<Template> <b>b</b>":                              "Vec<Template> <b>b</b>",
		"a < b, <span class=hidden>c</span>, <Widget hidden>": "a < b, <span class=hidden>c</span>, <Widget hidden>",
	} {
		if got := unseen.WithoutHidden(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
