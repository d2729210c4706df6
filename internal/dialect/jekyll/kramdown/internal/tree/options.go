package tree

import (
	"html"
	"strconv"
	"strings"
)

// Options are kramdown's own, as far as they change its HTML.
type Options struct {
	GFM                bool // read GitHub's dialect
	ParagraphEnd       bool // lists, headings, quotes and code end a paragraph
	HardWrap           bool // the end of a line is a line break
	AutoIDs            bool // headings have ids
	Typography         bool // dashes, ellipses and guillemets of plain characters
	ParseBlockHTML     bool // read the content of block elements
	ParseSpanHTML      bool // read the content of span elements
	MathEngine         bool // formulas in MathJax's brackets
	BacklinkInline     bool // the link back from a footnote joins its last paragraph
	FootnoteNumber     int  // of the first footnote
	HeaderOffset       int  // added to the levels of headings
	AutoIDPrefix       string
	FootnotePrefix     string
	FootnoteBacklink   string    // empty: there are none
	FootnoteLinkText   string    // with %s for the number
	Quotes             [4]string // ‘ ’ “ ”
	TypographicSymbols map[string]string
	TocLevels          [7]bool // by level
	Links              map[string]Target
}

// Default are the options that Jekyll gives to kramdown.
func Default() Options {
	return Options{
		GFM: true, ParagraphEnd: true, AutoIDs: true, Typography: true, ParseSpanHTML: true, MathEngine: true,
		FootnoteNumber: 1, FootnoteBacklink: "&#8617;", FootnoteLinkText: "%s",
		Quotes: [4]string{"\u2018", "\u2019", "\u201C", "\u201D"}, TocLevels: [7]bool{false, true, true, true, true, true, true},
	}
}

// Set sets an option as a text says it. What is no option, or no value of it, counts for
// nothing.
func (o *Options) Set(name, value string) {
	yes := value == "true"
	if flag := o.flag(name); flag != nil {
		if yes || value == "false" {
			*flag = yes
		}
		return
	}
	switch name {
	case "auto_id_prefix":
		o.AutoIDPrefix = value
	case "footnote_prefix":
		o.FootnotePrefix = value
	case "footnote_backlink":
		o.FootnoteBacklink = value
	case "footnote_link_text":
		if strings.Count(value, "%s") == 1 {
			o.FootnoteLinkText = value
		}
	case "footnote_nr":
		o.FootnoteNumber = number(value, o.FootnoteNumber)
	case "header_offset":
		o.HeaderOffset = number(value, o.HeaderOffset)
	case "smart_quotes":
		o.setQuotes(strings.Split(value, ","))
	case "toc_levels":
		o.setLevels(value)
	case "math_engine":
		o.MathEngine = value != "" && value != "nil" && value != "null"
	case "input":
		o.GFM = value == "GFM"
		o.ParagraphEnd = o.GFM
	case "gfm_quirks":
		o.ParagraphEnd = o.GFM && strings.Contains(value, "paragraph_end")
		o.Typography = !o.GFM || !strings.Contains(value, "no_auto_typographic")
	}
}

// flag returns the option of a name that is on or off; nil: there is none.
func (o *Options) flag(name string) *bool {
	switch name {
	case "auto_ids":
		return &o.AutoIDs
	case "hard_wrap":
		return &o.HardWrap
	case "parse_block_html":
		return &o.ParseBlockHTML
	case "parse_span_html":
		return &o.ParseSpanHTML
	case "footnote_backlink_inline":
		return &o.BacklinkInline
	}
	return nil
}

func number(text string, otherwise int) int {
	if n, err := strconv.Atoi(text); err == nil && n > -1_000_000 && n < 1_000_000 {
		return n
	}
	return otherwise
}

// setQuotes sets the four quotes, which are names of characters.
func (o *Options) setQuotes(names []string) {
	if len(names) != len(o.Quotes) {
		return
	}
	for i, name := range names {
		name = strings.TrimSpace(name)
		text := html.UnescapeString("&" + name + ";")
		if strings.HasPrefix(text, "&") && name != "amp" {
			if n, err := strconv.Atoi(name); err == nil {
				text = html.UnescapeString("&#" + strconv.Itoa(n) + ";")
			}
		}
		o.Quotes[i] = text
	}
}

// setLevels sets the levels of headings in a table of contents: "2..4" or "1,3".
func (o *Options) setLevels(value string) {
	from, to, isRange := strings.Cut(strings.Trim(value, "[] "), "..")
	levels := [7]bool{}
	if isRange {
		for n := max(number(from, 1), 1); n <= min(number(strings.Trim(to, "."), 6), 6); n++ {
			levels[n] = true
		}
		o.TocLevels = levels
		return
	}
	for one := range strings.SplitSeq(from, ",") {
		if n := number(strings.TrimSpace(one), 0); n > 0 && n < len(levels) {
			levels[n] = true
		}
	}
	o.TocLevels = levels
}
