package view_test

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/dialect/hugo/layout/internal/view"
)

func site(root string) *view.Site {
	return view.NewSite(view.Site{
		Title: "A Site", Params: map[string]any{"color": "red", "author": map[string]any{"name": "Ada"}},
		Language: view.Language{Lang: "fr", Folder: "/fr"},
	}, root)
}

func page() *view.Page {
	return &view.Page{
		Title: "A Page", Params: map[string]any{"size": 3, "linktitle": "Short"}, Site: site("https://example.org/blog/"),
		Address:   func() string { return "https://example.org/blog/a/" },
		Render:    func(text string) (template.HTML, error) { return template.HTML("<p>" + text + "</p>"), nil },
		Reference: func(path, language string) string { return language + ":" + path },
	}
}

func TestArgumentsByNameOrPosition(t *testing.T) {
	named := &view.Call{Args: view.Args{Named: map[string]any{"src": "a.png", "width": 3}}}
	listed := &view.Call{Args: view.Args{List: []any{"a.png", 3}}}
	for _, c := range []struct {
		call *view.Call
		key  any
		want any
	}{
		{named, "src", "a.png"}, {named, "SRC", "a.png"}, {named, "width", 3}, {named, "alt", ""}, {named, 0, ""},
		{listed, 0, "a.png"}, {listed, 1, 3}, {listed, "1", ""}, {listed, 2, ""}, {listed, -1, ""}, {listed, "src", ""}, {listed, 1.0, 3},
	} {
		if got, err := c.call.Get(c.key); got != c.want || err != nil {
			t.Errorf("%v: %v, %v; want %v", c.key, got, err, c.want)
		}
	}
	if got, err := listed.Get([]any{}); err == nil {
		t.Errorf("a list is a position: %v", got)
	}
	if !named.IsNamedParams() || listed.IsNamedParams() || !reflect.DeepEqual(named.Params(), any(named.Args.Named)) || !reflect.DeepEqual(listed.Params(), any(listed.Args.List)) {
		t.Error("arguments are not those given")
	}
}

func TestInnerDeindent(t *testing.T) {
	for in, want := range map[string]string{
		"a": "a", "  a\n    b\n\n  c": "a\n  b\n\nc", "\n\ta\n\t\tb\n": "\na\n\tb\n", "  \n": "  \n", "a\n  b": "a\n  b", "   a\n \n  b": " a\n\nb",
	} {
		if got := (&view.Call{Inner: template.HTML(in)}).InnerDeindent(); string(got) != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestParametersOfPageAndSite(t *testing.T) {
	p := page()
	for key, want := range map[string]any{
		"size": 3, "SIZE": 3, "color": "red", "author.name": "Ada", "Author.Name": "Ada", "author.age": nil, "size.deep": nil, "none": nil, "": nil,
	} {
		if got := p.Param(key); got != want {
			t.Errorf("%q: %v, want %v", key, got, want)
		}
	}
	if got := p.Site.Param("size"); got != nil {
		t.Errorf("the site has the page's: %v", got)
	}
}

func TestPageAnswersLayouts(t *testing.T) {
	p := page()
	shown, err := p.RenderString(map[string]any{"display": "block"}, "*a*")
	nothing, none := p.RenderString()
	if shown != "<p>*a*</p>" || err != nil || nothing != "" || none != nil {
		t.Errorf("renders %q, %v; nothing %q, %v", shown, err, nothing, none)
	}
	if p.Permalink() != "https://example.org/blog/a/" || p.RelPermalink() != "/blog/a/" || p.LinkTitle() != "Short" || p.IsNode() || p.Page() != p || p.Language().Lang != "fr" {
		t.Errorf("%q, %q, %v", p.Permalink(), p.RelPermalink(), p.LinkTitle())
	}
	delete(p.Params, "linktitle")
	if p.LinkTitle() != "A Page" {
		t.Errorf("the title of links is %v", p.LinkTitle())
	}
	if got := p.Ref(map[string]any{"path": "b", "lang": "de"}); got != "de:b" {
		t.Errorf("refers to %q", got)
	}
	if got := p.RelRef("b"); got != ":b" {
		t.Errorf("refers to %q", got)
	}
}

func TestAddressesOfTheSite(t *testing.T) {
	s := site("https://example.org/blog/")
	for _, c := range []struct{ ref, absolute, relative, inLanguage string }{
		{"a", "https://example.org/blog/a", "/blog/a", "fr/a"}, {"/a", "https://example.org/a", "/a", "fr/a"}, {"", "https://example.org/blog/", "/blog/", "fr/"},
		{"https://example.org/blog/a", "https://example.org/blog/a", "/blog/a", "https://example.org/blog/a"},
		{"https://else.example/a", "https://else.example/a", "https://else.example/a", "https://else.example/a"},
		{"//cdn.example/a", "//cdn.example/a", "//cdn.example/a", "//cdn.example/a"}, {"mailto:a@b.c", "mailto:a@b.c", "mailto:a@b.c", "mailto:a@b.c"},
		{"#top", "https://example.org/blog/#top", "#top", "fr/#top"},
	} {
		if a, r, l := s.Absolute(c.ref), s.Relative(c.ref), view.InLanguage(s, c.ref); a != c.absolute || r != c.relative || l != c.inLanguage {
			t.Errorf("%q: %q, %q, %q", c.ref, a, r, l)
		}
	}
	top := view.NewSite(view.Site{}, "https://example.org")
	if a, r, l := top.Absolute("/a"), top.Relative("a"), view.InLanguage(top, "/a"); a != "https://example.org/a" || r != "/a" || l != "/a" {
		t.Errorf("at the top: %q, %q, %q", a, r, l)
	}
}

func TestScratchKeepsValues(t *testing.T) {
	call, p := &view.Call{}, page()
	call.Scratch().Set("a", 1)
	p.Store().Set("a", 2)
	if call.Store().Get("a") != 1 || p.Scratch().Get("a") != 2 || call.Scratch().Get("b") != nil {
		t.Error("a value was lost")
	}
	if call.Scratch().Delete("a") != "" || call.Scratch().Get("a") != nil {
		t.Error("it was not forgotten")
	}
}

// What layouts print is never an address in memory: that is another one each time.
func TestPrintedValuesHoldNoAddresses(t *testing.T) {
	number, call := 1, &view.Call{Name: "box", Page: page(), Site: site("https://example.org")}
	for name, v := range map[string]any{
		"call": call, "page": page(), "site": call.Site, "scratch": call.Scratch(), "pointer": &number, "function": page().Address, "channel": make(chan int),
		"list": []any{page(), []any{call}}, "map": map[string]any{"a": page(), "b": map[string]any{"c": &number}}, "values": []any{*call, *page(), *call.Site},
	} {
		if got := fmt.Sprint(view.Printable(v)); strings.Contains(got, "0x") {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got, want := fmt.Sprint(view.Printable([]any{call, page(), "a", 1})), "[box A Page a 1]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Every exported name of these types may be called by a layout: this list is the whole of it.
func TestWhatLayoutsMayCall(t *testing.T) {
	for _, c := range []struct {
		v    any
		want string
	}{
		{&view.Call{}, "Get InnerDeindent IsNamedParams Params Position Scratch Store String"},
		{&view.Page{}, "IsNode Language LinkTitle Page Param Permalink Ref RelPermalink RelRef RenderString Scratch Store String"},
		{&view.Site{}, "Absolute Param Relative String"},
		{&view.Scratch{}, "Delete Get Set String"},
		{view.Language{}, "String"},
	} {
		var names []string
		for method := range reflect.TypeOf(c.v).Methods() {
			names = append(names, method.Name)
		}
		if !slices.Equal(names, strings.Fields(c.want)) {
			t.Errorf("%T has %v, want %v", c.v, names, c.want)
		}
	}
}
