package embed_test

import (
	"testing"

	"golang.org/x/net/html/atom"

	"broadsheet/internal/markdown/internal/dom"
	"broadsheet/internal/markdown/internal/embed"
)

func replaced(t *testing.T, fragment string) string {
	t.Helper()
	root, err := dom.Parse(fragment)
	if err != nil {
		t.Fatal(err)
	}
	embed.Replace(root)
	for n := range root.Descendants() { // marks are for the summary only
		if embed.IsStandIn(n) {
			n.Attr = n.Attr[:len(n.Attr)-1]
		}
	}
	out, err := dom.Render(root)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestReplacements(t *testing.T) {
	for in, want := range map[string]string{
		"<p>nothing to do</p>":                            "<p>nothing to do</p>",
		"a<script>b</script><style>c</style>d":            "ad",
		"<template><p>a</p></template><title>b</title>":   "",
		"<textarea>a</textarea><button>b</button>c":       "c",
		"<select><option>a</select><datalist></datalist>": "",
		`<input type="text" value="a">`:                   "",
		`<input type=CHECKBOX checked> a`:                 "☑ a",
		`<input type=checkbox disabled> a`:                "☐ a",
		"<iframe></iframe><embed><object></object>":       "",
		`<iframe src="about:blank"></iframe>`:             "",
		`<iframe src="/a" title=" A  b "></iframe>`:       `<p><a href="/a">A b</a></p>`,
		`<li><iframe src="/a"></iframe></li>`:             `<li><p><a href="/a">/a</a></p></li>`,
		`<span><iframe src="/a"></iframe></span>`:         `<span><a href="/a">/a</a></span>`,
		`<a href="b"><i><iframe src="/a"></iframe></i>`:   `<a href="b"><i>/a</i></a>`,
		`<embed src="/a">`:                                `<p><a href="/a">/a</a></p>`,
		`<object data="/a"><param name=x></object>`:       `<p><a href="/a">/a</a></p>`,
		`<object data="/a"><embed src="/b"></object>`:     `<p><a href="/b">/b</a></p>`,
		`<object data="/a"><img src="/b"></object>`:       `<img src="/b"/>`,
		"<svg><path/></svg>":                              "",
		"<svg><title>A\n b</title></svg>":                 "A b",
		`<svg aria-label="A"><title>b</title></svg>`:      "A",
		`<math alttext="a^2"><mi>b</mi></math>`:           "a^2",
		"<math><mi>a</mi><mo>+</mo><mi>b</mi></math>":     "a+b",
		"<xmp><b></xmp><listing>a</listing>":              "<pre>&lt;b&gt;</pre><pre>a</pre>",
		"<plaintext><b>":                                  "<pre>&lt;b&gt;</pre>",
		`<video src="/a"></video>`:                        `<video src="/a" controls=""><a href="/a">/a</a></video>`,
		`<video controls><source src="/a"></video>`:       `<video controls=""><source src="/a"/><a href="/a">/a</a></video>`,
		`<audio src="/a" title="A"></audio>`:              `<audio src="/a" title="A" controls=""><a href="/a">A</a></audio>`,
		`<audio src="/a"><a href="/b">b</a></audio>`:      `<audio src="/a" controls=""><a href="/b">b</a></audio>`,
		`<a href="/b"><video src="/a"></video></a>`:       `<a href="/b"><video src="/a" controls=""></video></a>`,
		"<video></video>":                                 `<video controls=""></video>`,
	} {
		if got := replaced(t, in); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", in, got, want)
		}
		if again := replaced(t, want); again != want {
			t.Errorf("%s, replaced again, becomes %s", want, again)
		}
	}
}

func TestLazyImages(t *testing.T) {
	for in, want := range map[string]string{
		`<img src="/a">`:                                             `<img src="/a"/>`,
		`<img src="/a" data-src="/b">`:                               `<img src="/b" data-src="/b"/>`,
		`<img data-original="/b">`:                                   `<img data-original="/b" src="/b"/>`,
		`<img data-lazy-src=" " src="/a">`:                           `<img data-lazy-src=" " src="/a"/>`,
		`<img data-srcset="/b 2x">`:                                  `<img data-srcset="/b 2x" srcset="/b 2x"/>`,
		`<img data-src="/b"> <noscript><img src="/b"></noscript>`:    `<img data-src="/b" src="/b"/> `,
		`<img src="data:x"><noscript><img src="/b"></noscript>`:      `<img src="/b"/>`,
		`<img><noscript><p><img src="/b"></p></noscript>`:            `<p><img src="/b"/></p>`,
		`<img src="/a"><noscript><p>text</p></noscript>`:             `<img src="/a"/><p>text</p>`,
		`<b>a</b><noscript><img src="/b"></noscript>`:                `<b>a</b><img src="/b"/>`,
		`<noscript><iframe src="/a"></iframe></noscript>`:            `<p><a href="/a">/a</a></p>`,
		`<picture><source data-srcset="/b"><img src="/a"></picture>`: `<picture><source data-srcset="/b" srcset="/b"/><img src="/a"/></picture>`,
	} {
		if got := replaced(t, in); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", in, got, want)
		}
	}
}

func TestPlayersLeadToTheirPages(t *testing.T) {
	for player, want := range map[string]string{
		"https://www.youtube.com/embed/abc":                   "https://www.youtube.com/watch?v=abc",
		"//www.youtube-nocookie.com/embed/abc?rel=0&start=30": "https://www.youtube.com/watch?v=abc&amp;t=30",
		"https://YouTube.com/embed/videoseries?list=L&x=y":    "https://www.youtube.com/playlist?list=L",
		"https://www.youtube.com/embed/a%26b":                 "https://www.youtube.com/watch?v=a%26b",
		"https://www.youtube.com/watch?v=abc":                 "https://www.youtube.com/watch?v=abc",
		"https://player.vimeo.com/video/42?h=key&x=y":         "https://vimeo.com/42/key",
		"//player.vimeo.com/video/42":                         "https://vimeo.com/42",
		"//example.org/player":                                "https://example.org/player",
		"/player":                                             "/player",
		"https://exa mple/":                                   "https://exa mple/",
	} {
		if got := replaced(t, `<iframe src="`+player+`"></iframe>`); got != `<p><a href="`+want+`">`+want+`</a></p>` {
			t.Errorf("%s leads to %s, want %s", player, got, want)
		}
	}
}

func TestStandInsAreMarked(t *testing.T) {
	root, err := dom.Parse(`<p>text</p><iframe src="/a"></iframe>`)
	if err != nil {
		t.Fatal(err)
	}
	embed.Replace(root)
	var marks []bool
	for n := range root.Descendants() {
		if n.DataAtom == atom.P {
			marks = append(marks, embed.IsStandIn(n))
		}
	}
	if len(marks) != 2 || marks[0] || !marks[1] {
		t.Errorf("marked paragraphs: %v, want the second of two", marks)
	}
}
