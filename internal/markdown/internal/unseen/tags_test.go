package unseen_test

import (
	"strings"
	"testing"

	"broadsheet/internal/markdown/internal/unseen"
)

// TestTagsAreReadAsBrowsersDo holds what may stand within the tags of a hidden
// element, and within the element, without an end to it.
func TestTagsAreReadAsBrowsersDo(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	for _, text := range []string{
		"a <i title=\"x>y\" hidden>secret</i> b", "a <i title='x>y' hidden>secret</i> b", "a <i title='\">' hidden>secret</i> b", "a <i title=\"'>\" hidden>secret</i> b",
		"a <i title=\"<x>\" hidden>secret</i> b", "a <i title = \"x>\" hidden>secret</i> b", "a <i\nhidden>secret</i> b", "a <i\n  title=\"x>\n\"\n  hidden\n>secret</i> b", "a <i\thidden>secret</i\n> b",
		"a <I HIDDEN>secret</i> b", "a <i hidden>secret</I > b", "a <i/hidden>secret</i> b", "a <i x=y/hidden hidden>secret</i> b", "a <i title=x\"y hidden>secret</i> b",
		"a <o:p hidden>secret</o:p> b", "a <my_el hidden>secret</my_el> b", "a <i title=\"" + long + "\" hidden>secret</i> b",
		"a <i hidden>secret<b title=\"</i>\">secret</b></i> b", "a <i hidden><!-- </i> -->secret</i> b", "a <i hidden><script>'</i>'</script>secret</i> b", "a <i hidden><textarea></i></textarea>secret</i> b",
		"a <i hidden>secret `</i>` secret</i> b", "<div hidden>\n\nsecret `</div>` secret\n\n</div>\n\na b", "<div hidden>\n\n```\n</div>\n```\n\nsecret\n\n</div>\n\na b",
		"<div hidden>\n\n~~~\n</div>\n\n</div>\n~~~\n\nsecret\n\n</div>\n\na b", "<div hidden>\nsecret ` </div>\n\na b", "<div hidden>\n    secret\n\n    </div>\n\nsecret</div>\n\na b",
		"a <i style='display : none'>secret</i> b", "a <i style=\"color:red;DISPLAY:\tnone ! important\">secret</i> b", "a <i style=\"display&colon;none\">secret</i> b", "a <i style=\"&#x64;isplay:none\">secret</i> b",
		"a <i style=display:none>secret</i> b", "a <i style='display:none'hidden>secret</i> b", "a <template title='>'>secret</template> b", "a <dialog title='>'>secret</dialog> b",
		"a <meta hidden content=secret> b", "a <link hidden href=secret> b", "a <svg hidden x=secret /> b", "a <img title='>' hidden alt=secret> b",
		"a <pre><!-- secret --></pre> b", "a <code><i hidden>secret</i></code> b", "<div>\n`<!-- secret -->`\n</div>\n\na b", "<div>\n```\n<!-- secret -->\n```\n</div>\n\na b",
		"<div>\n\\<!-- secret -->\n</div>\n\na b", "a <title> <!-- secret --> b", "a <b title=\"<!-- secret -->\">b</b>", "a <i title=\"\n\n<b hidden>secret</b>\n\n\">b</i>",
	} {
		got, endless := unseen.Without(text, all)
		if strings.Contains(got, "secret") || !strings.Contains(got, "a") || !strings.Contains(got, "b") || len(endless) > 0 {
			t.Errorf("%q became %q, endless: %v", text, got, endless)
		}
		if strings.Count(got, "\n") != strings.Count(text, "\n") {
			t.Errorf("%q became %q: other lines", text, got)
		}
	}
	for _, text := range []string{
		"<a title=\"<i hidden>\">a</a> b", "<i title='hidden>'>a</i> b", "a <https://example.org/hidden> b", "a <x@example.org> b", "a <b x='display:none'>b</b>", "<p data-style='display:none'>a</p>",
		"<div markdown=1>\n`<!-- a -->`\n</div>\n", "a <i title=\"hidden\n\n<b>b</b>", "<noscript>a</noscript>", "<b aria-hidden=\"true\">a</b>", "<script>'<!-- a -->'</script> b",
	} {
		if got, _ := unseen.Without(text, all); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// TestHTMLKnowsNoMarkdown: in a file of HTML no backtick, no backslash and no
// indentation makes code.
func TestHTMLKnowsNoMarkdown(t *testing.T) {
	l := all
	l.HTML = true
	for _, text := range []string{
		"a ` <!-- secret --> ` b", "a\n\n    <!-- secret -->\n\nb", "a \\<i hidden>secret</i> b", "```\na <i hidden>secret</i>\n```\nb", "a <i title='\n\n' hidden>secret</i> b",
	} {
		if got, _ := unseen.Without(text, l); strings.Contains(got, "secret") || !strings.HasSuffix(got, "b") {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// TestWhatNothingClosesIsTold holds where what takes the rest of a text begins.
func TestWhatNothingClosesIsTold(t *testing.T) {
	for _, c := range []struct {
		text, told string
		line       int
	}{
		{"a\n\nb <!-- c\n\nsecret", "<!--", 3}, {"<!-- a -->\nb\n<!-- secret", "<!--", 3}, {"a\n{% comment %}\nsecret", "{% comment %}", 2}, {"a\n\n%%\nsecret", "%%", 3},
		{"a\n<div  hidden>\nsecret", "<div  hidden>", 2}, {"a {::comment}secret", "{::comment}", 1}, {"a\n\n\n{{< comment >}} secret", "{{< comment >}}", 4},
		{"<i hidden>secret <b hidden>secret</b>", "<i hidden>secret <b hidden>secret</b>", 1}, {"a\n{{/* secret", "{{/*", 2}, {"<div hidden>secret<!-- </div>", "<div hidden>secret<!-- </div>", 1},
	} {
		got, endless := unseen.Without(c.text, all)
		if strings.Contains(got, "secret") || len(endless) != 1 || endless[0] != (unseen.Opening{Text: c.told, Line: c.line}) {
			t.Errorf("%q became %q, told: %v", c.text, got, endless)
		}
	}
	for _, text := range []string{"a <!-- b --> c", "a %% b", "`<!--`", "<p>a", "<i hidden>a</i>"} {
		if _, endless := unseen.Without(text, all); len(endless) > 0 {
			t.Errorf("%q: told %v", text, endless)
		}
	}
}
