package plain_test

import (
	"strings"
	"testing"

	"broadsheet/internal/markdown/internal/plain"
)

func TestWrittenFieldsKeepWhatIsNoHTML(t *testing.T) {
	for written, want := range map[string]string{
		"a<b and c>d, List<String>, &copy=2":                                                "a<b and c>d, List<String>, &copy=2",
		"Replace <your-name> in Vec<T>, ?a=1&copy=2":                                        "Replace <your-name> in Vec<T>, ?a=1&copy=2",
		"Map<Object> and Optional<Link>, <Title>":                                           "Map<Object> and Optional<Link>, <Title>",
		"Box<I>, Set<B>, Vec<u8>, x < y > z, i<3":                                           "Box<I>, Set<B>, Vec<u8>, x < y > z, i<3",
		"#include <stdio.h> & <vector>, a<-b, <=>":                                          "#include <stdio.h> & <vector>, a<-b, <=>",
		"AT&T, Q&A, &nbsp, &#x, &;":                                                         "AT&T, Q&A, &nbsp, &#x, &;",
		"Tom &amp; Ben &#8217;s &#x2019; &hellip;":                                          "Tom & Ben ’s ’ …",
		"&lt;b&gt; is &amp;lt;":                                                             "<b> is &lt;",
		"<p>One</p><p>two</p>":                                                              "One two",
		"<b>bo</b>ld <B>Bo</B>ld <Object>x</Object>":                                        "bold Bold x",
		"A <a href=\"https://example.org/?a>b\">link</a>, <img src=x.png alt='a'> <br/>end": "A link, end",
		"cut in <strong>the mid":                                                            "cut in the mid",
		"<P CLASS='x'>old</P>":                                                              "old",
		"a <!-- secret --> b <!-- not closed":                                               "a b",
		"a<script>alert(1)</script>b<style>p{}</style>c":                                    "a b c", "Use <script> with care": "Use <script> with care",
		"two\n\tlines  of\u00a0text": "two lines of\u00a0text",
		"":                           "",
	} {
		if got := plain.Written(written); got != want {
			t.Errorf("%q is read as %q, want %q", written, got, want)
		}
	}
}

// Text that gives the most work for its length takes a time that grows with the
// length: were it the square of it, this would go on for minutes.
func TestLongFieldsAreReadOnce(t *testing.T) {
	for _, piece := range []string{"<", "<a ", "<a b=c", "<!-- ", "<script>", "<script></script>", "<b>", "</b>", "&", "&#1", "<T>", "<p hidden"} {
		plain.Written(strings.Repeat(piece, 1<<16/len(piece)))
	}
}
