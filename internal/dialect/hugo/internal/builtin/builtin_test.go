package builtin_test

import (
	"errors"
	"html"
	"strings"
	"testing"

	"broadsheet/internal/dialect/hugo/internal/builtin"
	"broadsheet/internal/dialect/hugo/shortcode"
)

// page is one whose Markdown is converted by writing it between brackets.
type page struct{ fails bool }

func (page) Param(key string) any {
	if key == "color" {
		return "red"
	}
	return nil
}

func (p page) Markdown(text string) (string, error) {
	if p.fails {
		return "", errors.New("too long")
	}
	return "<p>[" + text + "]</p>", nil
}

func (page) Inline(text string) string {
	if text == "" {
		return ""
	}
	return "[" + text + "]"
}

// show shows the shortcodes of a text, of which it holds but one.
func show(t *testing.T, p page, text string) string {
	t.Helper()
	nodes := shortcode.Parse(text)
	tag := nodes[0].Tag
	if tag == nil {
		t.Fatalf("%s holds no shortcode", text)
	}
	inner := ""
	for _, n := range tag.Inner {
		inner += n.Text
	}
	shown, known := builtin.Show(p, tag, func() string { return inner })
	if !known {
		t.Fatalf("%s is not known", text)
	}
	return shown
}

func link(url, text string) string {
	return `<a href="` + html.EscapeString(url) + `">` + html.EscapeString(text) + `</a>`
}

func TestVideosAndPostsElsewhereAreLinks(t *testing.T) {
	for text, url := range map[string]string{
		`{{< youtube w7Ft2ymGmfc >}}`:                           "https://www.youtube.com/watch?v=w7Ft2ymGmfc",
		`{{< youtube id="w7Ft" start=30 >}}`:                    "https://www.youtube.com/watch?v=w7Ft&t=30",
		`{{< youtube id="w7Ft" start=0 >}}`:                     "https://www.youtube.com/watch?v=w7Ft",
		`{{< vimeo 146022717 >}}`:                               "https://vimeo.com/146022717",
		`{{< vimeo_simple id=1 >}}`:                             "https://vimeo.com/1",
		`{{< gist ada 12 >}}`:                                   "https://gist.github.com/ada/12",
		`{{< gist user="ada" id="12" >}}`:                       "https://gist.github.com/ada/12",
		`{{< x user="SanDiegoZoo" id="1453110110599868418" >}}`: "https://x.com/SanDiegoZoo/status/1453110110599868418",
		`{{< tweet 877500564405444608 >}}`:                      "https://x.com/i/status/877500564405444608",
		`{{< twitter user="a" id="1" >}}`:                       "https://x.com/a/status/1",
		`{{< twitter_simple 1 >}}`:                              "https://x.com/i/status/1",
		`{{< x_simple 1 >}}`:                                    "https://x.com/i/status/1",
		`{{< instagram CxOWiQNP2MO >}}`:                         "https://www.instagram.com/p/CxOWiQNP2MO/",
		`{{< instagram_simple B >}}`:                            "https://www.instagram.com/p/B/",
		`{{< YouTube a >}}`:                                     "https://www.youtube.com/watch?v=a",
		`{{< youtube "\"><script>" >}}`:                         `https://www.youtube.com/watch?v="><script>`,
		`{{< qr text="https://a.example/?b&c" />}}`:             "https://a.example/?b&c",
		`{{< qr >}} http://a.example {{< /qr >}}`:               "http://a.example",
	} {
		if got, want := show(t, page{}, text), link(url, url); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got, want := show(t, page{}, `{{< vimeo id=1 title="A <Film>" >}}`), link("https://vimeo.com/1", "A <Film>"); got != want {
		t.Errorf("with a title: %s, want %s", got, want)
	}
}

func TestWhatNamesNothingShowsNothing(t *testing.T) {
	for _, text := range []string{
		`{{< youtube >}}`, `{{< vimeo >}}`, `{{< gist >}}`, `{{< gist ada >}}`, `{{< x >}}`, `{{< x user="ada" >}}`, `{{< instagram >}}`, `{{< param >}}`, `{{< param size >}}`, `{{< qr >}}`,
		`{{< comment >}}secret{{< /comment >}}`,
	} {
		if got := show(t, page{}, text); got != "" {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func TestFiguresDetailsAndParameters(t *testing.T) {
	for text, want := range map[string]string{
		`{{< param color >}}`:                         `red`,
		`{{< param name="color" >}}`:                  `red`,
		`{{< qr text="a < b" >}}`:                     `a &lt; b`,
		`{{< figure a.png >}}`:                        `<figure><img src="a.png"></figure>`,
		`{{< figure src="a.png" alt="A" >}}`:          `<figure><img src="a.png" alt="A"></figure>`,
		`{{< figure src="a.png" width=3 height=2 >}}`: `<figure><img src="a.png" width="3" height="2"></figure>`,
		`{{< figure src="a\"b.png" >}}`:               `<figure><img src="a&#34;b.png"></figure>`,
		`{{< figure src="a.png" caption="*B*" >}}`:    `<figure><img src="a.png" alt="[*B*]"><figcaption><p>[*B*]</p></figcaption></figure>`,
		`{{< figure src="a.png" title="T" >}}`:        `<figure><img src="a.png"><figcaption><h4>T</h4></figcaption></figure>`,
		`{{< figure src="a.png" link="/b" >}}`:        `<figure><a href="/b"><img src="a.png"></a></figure>`,
		`{{< figure src="a.png" attr="Ada" attrlink="https://a.example" >}}`: `<figure><img src="a.png"><figcaption><p>` +
			`<a href="https://a.example">[Ada]</a></p></figcaption></figure>`,
		`{{< details >}}in{{< /details >}}`:                       `<details><summary>[Details]</summary><p>[in]</p></details>`,
		`{{< details summary="S" open=true >}}in{{< /details >}}`: `<details open><summary>[S]</summary><p>[in]</p></details>`,
		`{{< details "S" >}}in{{< /details >}}`:                   `<details><summary>[S]</summary><p>[in]</p></details>`,
		`{{< details summary="S" open="no" >}}in{{< /details >}}`: `<details><summary>[S]</summary><p>[in]</p></details>`,
	} {
		if got := show(t, page{}, text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := show(t, page{fails: true}, `{{< details >}}<b>{{< /details >}}`); got != `<details><summary>[Details]</summary>&lt;b&gt;</details>` {
		t.Errorf("what cannot be converted: %s", got)
	}
}

// What a shortcode encloses is shown only where it is one of these: showing it may cost much.
func TestUnknownShortcodesAreNotShown(t *testing.T) {
	tag := &shortcode.Tag{Name: "nobody"}
	shown, known := builtin.Show(page{}, tag, func() string { t.Error("what it encloses was asked for"); return "" })
	if known || shown != "" {
		t.Errorf("%q, %v", shown, known)
	}
}

func TestReferences(t *testing.T) {
	for text, want := range map[string]string{
		`{{< ref "a.md#b" >}}`: "a.md#b ", `{{< relref path="a.md" lang="de" >}}`: "a.md de", `{{< ref >}}`: " ",
	} {
		tag := shortcode.Parse(text)[0].Tag
		path, language := builtin.Reference(tag)
		if got := path + " " + language; got != want || !builtin.IsReference(tag.Name) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if builtin.IsReference("figure") {
		t.Error("a figure is a reference")
	}
}

func TestCodeIsAFenceWhereOneMayStand(t *testing.T) {
	for _, c := range []struct {
		text, want string
		at         shortcode.Spot
		isMarkdown bool
	}{
		{"{{< highlight go >}}\nx < y\n{{< /highlight >}}", "````````go\nx < y\n````````", shortcode.Alone, true},
		{"{{< highlight go >}}\nx < y\n{{< /highlight >}}", `<pre><code class="language-go">x &lt; y` + "\n</code></pre>", shortcode.InText, false},
		{"{{< highlight >}}x{{< /highlight >}}", "<pre><code>x\n</code></pre>", shortcode.InCode, false},
		{"{{< highlight md >}}\n````````\n{{< /highlight >}}", "`````````md\n````````\n`````````", shortcode.Alone, true},
	} {
		got, isMarkdown := builtin.Highlight(shortcode.Parse(c.text)[0].Tag, c.at)
		if got != c.want || isMarkdown != c.isMarkdown {
			t.Errorf("%q: %q, Markdown %v", c.text, got, isMarkdown)
		}
	}
}

// A fence takes as many lines as the shortcode did, so that the lines behind it keep their numbers.
func TestFencesKeepTheirLines(t *testing.T) {
	for _, text := range []string{
		"{{< highlight go >}}\nx\n{{< /highlight >}}", "{{< highlight go >}}\n\n\nx\ny\n\n{{< /highlight >}}", "{{< highlight go >}}\nx\n\n\n{{< /highlight >}}",
	} {
		got, _ := builtin.Highlight(shortcode.Parse(text)[0].Tag, shortcode.Alone)
		if strings.Count(got, "\n") != strings.Count(text, "\n") {
			t.Errorf("%q takes %d lines: %q", text, strings.Count(got, "\n")+1, got)
		}
	}
}
