// Package values makes of front matter values what posts hold: authors, people,
// files to be played, transcripts, and lines of plain text.
//
// The forms are those in which authors and exporters write such values, whatever the
// dialect: a name, a map, a list of either. What cannot be read is left out.
package values

import (
	"html"
	"regexp"
	"strings"

	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
)

// Warn tells an author what is wrong with a value, by the line of the file.
type Warn func(line int, message string)

// TextIn returns the text of the first of the keys that has one, whatever
// their case.
func TextIn(m meta.Pairs, keys ...string) string {
	for _, key := range keys {
		for _, pair := range m {
			if strings.EqualFold(pair.Key, key) && !pair.Value.Empty() {
				return First(pair.Value.Strings())
			}
		}
	}
	return ""
}

// IsFalse reports whether a value is the switch false; quoted it is text.
func IsFalse(v meta.Value) bool {
	value, isBool := v.Bool()
	return isBool && !value && !v.Quoted
}

// First returns the first of the texts; empty if there is none.
func First(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return texts[0]
}

// Names returns the terms that a value lists. The singular key "category"
// holds one, commas or not.
func Names(v meta.Value, key string) []string {
	texts := named(v)
	if v.Kind != meta.List && !strings.EqualFold(key, "category") && len(texts) == 1 {
		texts = strings.Split(texts[0], ",")
	}
	var names []string
	for _, t := range texts {
		if t = folded(resolved(t)); t != "" {
			names = append(names, t)
		}
	}
	return names
}

// named returns the texts of a value: of lists within lists, as Hexo has them, and of mappings
// that say by which name a term is shown, as Docusaurus has them. Other mappings name a term and
// those below it.
func named(v meta.Value) []string {
	var all []string
	switch v.Kind {
	case meta.List:
		for _, one := range v.List {
			all = append(all, named(one)...)
		}
	case meta.Map:
		if shown := TextIn(v.Map, "label", "name", "title"); shown != "" {
			return []string{shown}
		}
		for _, pair := range v.Map {
			all = append(append(all, pair.Key), named(pair.Value)...)
		}
	default:
		return v.Strings()
	}
	return all
}

// inlineTag matches the tags that authors put into titles, with attributes in the
// forms that people write them in. Any other "<" is text: a title may well speak of
// Vec<T>, or say that a<b and c>d.
var inlineTag = regexp.MustCompile(`(?i)<(/?)(a|abbr|b|br|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|u|var)` +
	`((?:\s+[a-z_:@][\w:.-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>]+))|\s+hidden)*)\s*/?>`)

// comment matches a comment of HTML; one that is not closed ends nowhere.
var comment = regexp.MustCompile(`<!--(?s:.*?)(?:-->|\z)`)

// Title returns a title as text: without inline tags and comments, with character
// references resolved, and white space folded.
func Title(title string) string {
	if strings.Contains(title, "<") {
		title = withoutInlineTags(comment.ReplaceAllString(markdown.WithoutHidden(title), ""))
	}
	return folded(resolved(title))
}

// withoutInlineTags removes inline tags. One letter in upper case without attributes and
// counterpart is the name of a type, as in Set<B>. A line break parts words.
func withoutInlineTags(title string) string {
	marks := map[string]bool{} // the tags that there are, in lower case and without attributes
	found := inlineTag.FindAllStringSubmatchIndex(title, -1)
	for _, m := range found {
		marks[strings.ToLower(title[m[2]:m[5]])] = true
	}
	var b strings.Builder
	done := 0
	for _, m := range found {
		slash, name, bare := title[m[2]:m[3]], title[m[4]:m[5]], m[6] == m[7]
		lower := strings.ToLower(name)
		counterpart := "/" + lower
		if slash != "" {
			counterpart = lower
		}
		if bare && name != lower && len(name) == 1 && !marks[counterpart] {
			continue
		}
		b.WriteString(title[done:m[0]])
		if done = m[1]; lower == "br" {
			b.WriteByte(' ')
		}
	}
	return b.String() + title[done:]
}

// charReference matches a character reference as CommonMark section 6.2 has it: one
// without a semicolon is text, as in ?a=1&copy=2.
var charReference = regexp.MustCompile(`&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});`)

func resolved(text string) string {
	if !strings.Contains(text, "&") {
		return text
	}
	return charReference.ReplaceAllStringFunc(text, html.UnescapeString)
}

// folded returns a text with its white space folded; nearly none has to be.
func folded(text string) string {
	odd := func(r rune) bool { return r < ' ' || r > '~' }
	if !strings.ContainsFunc(text, odd) && !strings.Contains(text, "  ") {
		return strings.TrimSpace(text)
	}
	return strings.Join(strings.Fields(text), " ")
}
