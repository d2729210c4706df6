package media_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"broadsheet/internal/media"
)

func TestNamesInTextsAreFound(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"![a cat](cat.png)", "cat.png"},
		{"![a](pictures/cat.png \"A cat\") and [b](<two words.pdf>)", "pictures/cat.png|two words.pdf"},
		{"![a](cat%20two.png)", "cat%20two.png"},
		{"![a](cat_(1).png)", "cat_(1).png"},
		{"![a](cat\\_1.png)", "cat_1.png"},
		{"[a]: /x/cat.png 'title'\n[b]: dog.JPEG", "/x/cat.png|dog.JPEG"},
		{"<img src=cat.png srcset='a.webp 1x, b.webp 2x'>", "a.webp|b.webp|cat.png"},
		{`<video poster="/p.jpg" src="film.mp4?x=1#t=3">`, "/p.jpg|film.mp4"},
		{`<p style="background:url(bg.svg)">`, "bg.svg"},
		{"image: my pic (1).png\n", "my pic (1).png"},
		{"images:\n  - one pic.png\n  - 'two, pic.png'\n  - Artist - Song.mp3", "one pic.png|two, pic.png|Artist - Song.mp3"},
		{"image = \"Bob's pic.png\"", "Bob's pic.png"},
		{`{"image":"a\/b.png"}`, "a/b.png"},
		{"{{ \"/img/x.png\" | relative_url }}", "/img/x.png"},
		{"{% include figure.html src=page.dir file='a b.gif' %}", "a b.gif"},
		{"{{< figure src=\"x.png\" >}}", "x.png"},
		{"![[wiki pic.png|300]]", "wiki pic.png"},
		{"enclosure: |\n  https://example.org/a.mp3\n  123\n", "https://example.org/a.mp3"},
		{"a&amp;b.png caf&eacute;.png", "a&b.png|café.png"},
		{"see report.pdf. And x.png, y.png!", "report.pdf|x.png|y.png"},
		{"图见 a.png。", "a.png"},
		{"show.chapters.json and a-transcript.html, not page.html", "a-transcript.html|show.chapters.json"},
		{"a.png.webp", "a.png.webp"},
		{"not a.pngx, a.png/b, a.png-old", ""}, {"the .png of \".png\" ", ""},
		{"<!-- secret.png -->x.png<!-- more.png -->", "x.png"},
		{"{% comment %}secret.png{% endcomment %}", ""},
		{"<!-- no end: x.png", "x.png"},
		{"", ""},
	} {
		got := media.Names([]byte(c.text))
		for want := range strings.SplitSeq(c.want, "|") {
			if want != "" && !slices.Contains(got, want) {
				t.Errorf("%q holds %q, without %q", c.text, got, want)
			}
		}
		if c.want == "" && len(got) > 0 {
			t.Errorf("%q holds %q, want nothing", c.text, got)
		}
		if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Errorf("%q: %q is not sorted, each once", c.text, got)
		}
	}
}

// Whatever stands in a text, what is kept of it is no more than a few times as
// long.
func TestNamesTakeNoMoreRoomThanTheText(t *testing.T) {
	for _, unit := range []string{"a.png ", ".png", "a.png.", "(a.png", "a.png\n", "<!--", "&amp;.png ", "x: y.mp3", `\a.png`} {
		text, size := strings.Repeat(unit, 1<<20/len(unit)), 0
		for _, name := range media.Names([]byte(text)) {
			size += len(name)
		}
		if size > 4*len(text) {
			t.Errorf("%q again and again: %d bytes of names from %d", unit, size, len(text))
		}
	}
}

// Texts without names are told at a glance. What the glance passes over holds none: a line
// with an ampersand alone, which has the text looked at in full, makes no difference.
func TestNamesAreNotPassedOver(t *testing.T) {
	seed := rand.Uint64()
	dice := rand.New(rand.NewPCG(seed, 0))
	pieces := []string{
		".", "..", " ", "\n", "a", "photo", "png", "jpeg", "mp3", "_", "-", "/", `\`, "<!--", "-->", "{% comment %}", "{% endcomment %}", "{", "\"", "(", ")", "é", "html",
		".png", ".webmanifest", ".transcript",
	}
	named := 0
	for range 20_000 {
		text := ""
		for range 1 + dice.IntN(9) {
			text += pieces[dice.IntN(len(pieces))]
		}
		got, want := media.Names([]byte(text)), media.Names([]byte(text+"\n&\n"))
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: %q names %q, want %q", seed, text, got, want)
		}
		named += len(got)
	}
	if named < 1000 {
		t.Errorf("only %d names were drawn", named)
	}
}
