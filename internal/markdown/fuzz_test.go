package markdown_test

import (
	"testing"

	"broadsheet/internal/markdown"
)

// FuzzRender holds what no input may break: rendering never fails, and what
// comes out is fit for every feed and final.
func FuzzRender(f *testing.F) {
	for _, seed := range []string{
		"", "# A\n\n- [x] b\n\n[c](d)", "<a href=1>x<table><tr><td><a href=2>y</a></td></tr></table>z</a>",
		"<p><b><div>x</b>y</p>", "<svg><title><script>alert(1)</script></title></svg>", "<math><mtext><style><img src=x>",
		"<pre>\n\nx</pre>", "<noscript><img src=a></noscript><img data-src=b><noscript><img src=b></noscript>",
		"<video src=v><source src=w></video><audio><a href=x>y</a></audio>", "[a](<java\tscript:x>)", "<plaintext><p>x",
		"<object data=x><embed src=y></object><iframe src='//h/x' title=t></iframe>", "|a|\n|-|\n|b|\n\n[^1]\n\n[^1]: x",
		"<img srcset='a 1x, b,c 2x, data:image/png;base64,AA== 3x'>", "&#1;&#xFFFE;\x02\xff", "<ruby>a<rt>b</ruby>",
		"<a href='HTTP://Ex%41mple.ORG:80/%zz?q=[#a#b'>", "<form><p><input type=checkbox checked>x<select><option>y</form>",
		"<h1 id=a onclick=b style=c>d</h1><!--more-->", "<a href=http:x>", "<a href=//>", "<a href='//ü.de/[x]'>", "<template><p>x",
	} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	r := markdown.New(markdown.Options{})
	f.Fuzz(func(t *testing.T, text string, isHTML bool) {
		const base = "https://example.org/blog/post/"
		c := mustRender(t, r, markdown.Source{Text: []byte(text), HTML: isHTML, Base: base})
		for _, fault := range faults(r, c, base) {
			t.Errorf("%s\n--- HTML\n%s", fault, c.HTML)
		}
	})
}
