package scan

import (
	"strings"
)

func set(names string) map[string]bool {
	all := map[string]bool{}
	for _, name := range strings.Fields(names) {
		all[name] = true
	}
	return all
}

var (
	spans = set(`a abbr acronym b bdo big br button cite code del dfn em i img input ins kbd label mark option q rb rbc
		rp rt rtc ruby samp select small span strong sub sup tt u var`)
	blocks = set(`address applet article aside blockquote body caption col colgroup dd div dl dt fieldset figcaption footer
		form h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li main map menu nav ol optgroup p pre section
		summary table tbody td tfoot th thead tr ul`)
	void = set(`area base br col command embed hr img input keygen link meta param source track wbr`)

	holdBlocks = set(`address applet article aside blockquote body dd details div dl fieldset figure figcaption footer form
		header hgroup iframe li main map menu nav noscript object section summary td`)
	holdSpans = set(`a abbr acronym b bdo big button caption cite del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend optgroup
		p q rb rbc rp rt rtc ruby select small span strong sub sup th tt`)
	others = set(`kbd code samp mark option u var math script style textarea`)
)

// IsSpan reports whether an element stands in lines of text.
func IsSpan(name string) bool { return spans[name] }

// IsBlock reports whether an element cannot stand in a line of text.
func IsBlock(name string) bool { return blocks[name] }

// IsVoid reports whether an element has no content.
func IsVoid(name string) bool { return void[name] }

// HoldsBlocks reports whether the content of an element is blocks by default.
func HoldsBlocks(name string) bool { return holdBlocks[name] }

// HoldsSpans reports whether the content of an element is text by default.
func HoldsSpans(name string) bool { return holdSpans[name] }

// IsKnown reports whether an element, whose name is in lower case, is one that kramdown
// knows: upper and lower case are the same in its name.
func IsKnown(name string) bool {
	return spans[name] || blocks[name] || void[name] || holdBlocks[name] || holdSpans[name] || others[name]
}

// Lower returns the name of an element as it is compared with others.
func Lower(name string) string {
	if lower := strings.ToLower(name); IsKnown(lower) {
		return lower
	}
	return name
}
