package unseen

import "regexp"

// Languages are those whose comments a text may hold besides HTML's.
type Languages struct {
	Kramdown, Liquid, Hugo, Obsidian, Templates, MDX bool

	HTML bool // the text is HTML, and no Markdown: it knows no code but in elements

	// Keep are comments of HTML that mean something, such as a mark between summary
	// and rest, without what stands around them.
	Keep []string
}

// marks are the comments of HTML that part a summary from the rest, in lower
// case.
var marks = map[string]bool{"more": true, "excerpt": true, "endexcerpt": true, "end_excerpt": true, "end-excerpt": true, "truncate": true, "readmore": true, "read more": true, "toc": true}

// comment is how a language begins and ends what is not to be read.
type comment struct {
	opening *regexp.Regexp // at the place
	closing *regexp.Regexp
	line    bool // it must stand alone on its line to be without an end
}

var (
	htmlComment     = comment{regexp.MustCompile(`^<!--`), regexp.MustCompile(`--!?>`), false}
	kramdownComment = comment{regexp.MustCompile(`^\{::comment(?:\s[^}/]*)?\}`), regexp.MustCompile(`\{:/(?:comment)?\}`), false}
	kramdownOne     = comment{regexp.MustCompile(`^\{::comment[^}]*/`), regexp.MustCompile(`\}`), false}
	liquidComment   = comment{regexp.MustCompile(`^\{%-?\s*comment\b[^%]*%\}`), regexp.MustCompile(`\{%-?\s*endcomment\s*-?%\}`), false}
	hugoComment     = comment{regexp.MustCompile(`(?i)^\{\{[<%]\s*comment(?:\s[^}]*[^}/])?\s*[>%]\}\}`), regexp.MustCompile(`(?i)\{\{[<%]\s*/\s*comment\s*[>%]\}\}`), false}
	goComment       = comment{regexp.MustCompile(`^\{\{-?\s?/\*`), regexp.MustCompile(`\*/\s?-?\}\}`), false}
	mdxComment      = comment{regexp.MustCompile(`^\{\s*/\*`), regexp.MustCompile(`\*/\s*\}`), false}
	templateComment = comment{regexp.MustCompile(`^\{#-?[ \t\n]`), regexp.MustCompile(`#\}`), false}
	obsidianComment = comment{regexp.MustCompile(`^%%`), regexp.MustCompile(`%%`), true}

	// aside is a link that nothing refers to, as people write comments in Markdown.
	aside = regexp.MustCompile(`^ {0,3}\[[^\]\n]*\]:[ \t]*(?:#|<>|<#>)[ \t]+(?:\(.*\)|".*"|'.*')[ \t\r]*$`)
)

func (l Languages) comments() map[byte][]comment {
	all := map[byte][]comment{'<': {htmlComment}}
	for _, c := range []struct {
		on    bool
		first byte
		one   comment
	}{
		{l.Kramdown, '{', kramdownOne}, {l.Kramdown, '{', kramdownComment}, {l.Liquid, '{', liquidComment}, {l.Hugo, '{', hugoComment},
		{l.Hugo, '{', goComment}, {l.MDX, '{', mdxComment}, {l.Templates, '{', templateComment}, {l.Obsidian, '%', obsidianComment},
	} {
		if c.on {
			all[c.first] = append(all[c.first], c.one)
		}
	}
	return all
}
