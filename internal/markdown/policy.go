package markdown

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// allowed are the elements that a feed may hold, with or without attributes.
// Everything else loses its tag and keeps its text; what has no text for
// people in it, a script or a list of options, is gone before.
var allowed = []string{
	"a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "br", "caption",
	"cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
	"footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i", "img", "ins", "kbd", "li", "main",
	"mark", "nav", "ol", "p", "picture", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "source",
	"span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr",
	"track", "tt", "u", "ul", "var", "video", "wbr",
}

// bare are the allowed elements that mean something without an attribute,
// though the sanitiser's own list lacks them. A bare a, img, source or span
// says nothing and goes.
var bare = []string{"bdi", "bdo", "big", "main", "u", "var", "ruby", "wbr", "picture"}

var (
	anyValue  *regexp.Regexp // nil: no condition
	number    = regexp.MustCompile(`^[0-9]{1,7}$`)
	signed    = regexp.MustCompile(`^-?[0-9]{1,7}$`)
	dimension = regexp.MustCompile(`^[0-9]{1,6}(\.[0-9]{1,4})?%?$`)
	token     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 _.+/;="-]{0,99}$`)
	name      = regexp.MustCompile(`^[^\s"'<>&]{1,200}$`)
	language  = regexp.MustCompile(`^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$`)
	codeClass = regexp.MustCompile(`^[A-Za-z][\p{L}\w+#./ -]{0,99}$`)
	spanClass = regexp.MustCompile(`^(line|chroma|lntd|lntable|lnlinks|[a-z][a-z0-9]{0,2})( (line|[a-z][a-z0-9]{0,2}))*$`)
	noteClass = regexp.MustCompile(`^footnotes?(-[a-z]{1,12})?$`)
	noteRole  = regexp.MustCompile(`^doc-(noteref|backlink|endnotes?|footnote)$`)
	direction = regexp.MustCompile(`(?i)^(ltr|rtl|auto)$`)
	alignment = regexp.MustCompile(`(?i)^(left|right|center|justify)$`)
	vertical  = regexp.MustCompile(`(?i)^(top|middle|bottom|baseline)$`)
)

// attributes are allowed where the value matches. Addresses match anything:
// they are judged one by one when they are made absolute.
var attributes = []struct {
	names    []string
	value    *regexp.Regexp
	elements []string // none: all
}{
	{[]string{"dir"}, direction, nil},
	{[]string{"lang"}, language, nil},
	{[]string{"title"}, anyValue, nil},
	{[]string{"id"}, name, nil}, // links within a post lead to it
	{[]string{"class"}, codeClass, []string{"code", "pre"}},
	{[]string{"class"}, spanClass, []string{"span", "div", "table", "td"}},
	{[]string{"class"}, noteClass, []string{"a", "div", "section", "sup", "li", "ol"}},
	{[]string{"role"}, noteRole, []string{"a", "div", "section", "li"}},
	{[]string{"href"}, anyValue, []string{"a"}},
	{[]string{"rel", "type"}, token, []string{"a"}},
	{[]string{"hreflang"}, language, []string{"a"}},
	{[]string{"src", "srcset"}, anyValue, []string{"img", "source"}},
	{[]string{"src"}, anyValue, []string{"audio", "video", "track"}},
	{[]string{"poster"}, anyValue, []string{"video"}},
	{[]string{"cite"}, anyValue, []string{"blockquote", "q", "del", "ins"}},
	{[]string{"alt", "sizes"}, anyValue, []string{"img"}},
	{[]string{"sizes", "media"}, anyValue, []string{"source"}},
	{[]string{"type"}, token, []string{"source"}},
	{[]string{"width", "height"}, dimension, []string{"img", "video", "source", "table", "td", "th", "col"}},
	{[]string{"controls", "loop", "muted", "preload"}, anyValue, []string{"audio", "video"}},
	{[]string{"kind"}, token, []string{"track"}},
	{[]string{"srclang"}, language, []string{"track"}},
	{[]string{"label", "default"}, anyValue, []string{"track"}},
	{[]string{"align"}, alignment, []string{"td", "th", "tr", "thead", "tbody", "tfoot", "col", "colgroup", "p", "div", "img"}},
	{[]string{"valign"}, vertical, []string{"td", "th", "tr"}},
	{[]string{"colspan", "rowspan", "span"}, number, []string{"td", "th", "col", "colgroup"}},
	{[]string{"headers", "scope", "abbr"}, anyValue, []string{"td", "th"}},
	{[]string{"start", "value"}, signed, []string{"ol", "li"}},
	{[]string{"reversed"}, anyValue, []string{"ol"}},
	{[]string{"type"}, token, []string{"ol", "ul", "li"}},
	{[]string{"open"}, anyValue, []string{"details"}},
	{[]string{"datetime"}, anyValue, []string{"time", "del", "ins"}},
}

// newPolicy makes the sanitiser: an allow-list for feed readers, narrower
// than what a web site would admit from its users.
func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(allowed...)
	p.AllowNoAttrs().OnElements(bare...)
	for _, a := range attributes {
		rule := p.AllowAttrs(a.names...)
		if a.value != nil {
			rule = rule.Matching(a.value)
		}
		if a.elements == nil {
			rule.Globally()
		} else {
			rule.OnElements(a.elements...)
		}
	}
	return p
}
