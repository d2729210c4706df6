package inputs_test

import (
	"testing"
	"testing/fstest"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/inputs"
	"broadsheet/internal/edition/internal/settings"
	"broadsheet/internal/page"
)

// Whatever the bytes of documents depend on is in the key.
func TestKeyOfInputs(t *testing.T) {
	theme, problems := page.Load(fstest.MapFS{"page.css": &fstest.MapFile{Data: []byte("p {}")}}, "theme")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	keys := map[blog.Key]string{}
	for name, change := range map[string]func(*inputs.Options){
		"nothing":      func(*inputs.Options) {},
		"a title":      func(o *inputs.Options) { o.Site.Title = "Other" },
		"a zone":       func(o *inputs.Options) { o.Site.Zone = time.FixedZone("", 3600) },
		"an extent":    func(o *inputs.Options) { o.Settings.Content = blog.Full },
		"items":        func(o *inputs.Options) { o.Settings.Items = 21 },
		"pages":        func(o *inputs.Options) { o.Settings.Pages = true },
		"a theme":      func(o *inputs.Options) { o.Theme = theme },
		"a term":       func(o *inputs.Options) { o.Titles = map[string]string{"tags/a": "A"} },
		"another term": func(o *inputs.Options) { o.Titles = map[string]string{"tags/b": "A"} },
	} {
		o := inputs.Options{Site: blog.Site{URL: "https://example.org", Title: "Site"}}
		change(&o)
		in := inputs.New(o)
		if other := keys[in.Key]; other != "" {
			t.Errorf("%s has the key of %s", name, other)
		}
		keys[in.Key] = name
		if inputs.New(o).Key != in.Key {
			t.Errorf("%s has two keys", name)
		}
	}
}

func TestDefaultsAreFilledIn(t *testing.T) {
	in := inputs.New(inputs.Options{Site: blog.Site{URL: "https://example.org"}})
	want := settings.Settings{Items: 20, Bytes: 1 << 20, ArchiveItems: 100, Content: blog.Both}
	got := in.Site.Settings
	if got.Items != want.Items || got.Bytes != want.Bytes || got.ArchiveItems != want.ArchiveItems || got.Content != want.Content {
		t.Errorf("the settings are %+v, want %+v", got, want)
	}
	if in.Theme == nil || in.Theme != inputs.BuiltIn() || in.Common.Subscribe != "https://example.org/subscribe/" {
		t.Errorf("the theme is %v, the page to subscribe %q", in.Theme, in.Common.Subscribe)
	}
}
