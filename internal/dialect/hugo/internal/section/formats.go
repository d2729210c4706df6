package section

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

// Formats are those of pages that Hugo or a program that it calls renders. Broadsheet
// reads no posts of them, but what they say of a section.
var Formats = []string{".org", ".adoc", ".asciidoc", ".ad", ".rst", ".pdc", ".pandoc", ".mdown", ".mmark"}

// settingLine is a line of a page of such a format that sets something, as "#+draft: true" does.
var settingLine = regexp.MustCompile(`(?m)^(#\+|:)([\w-]+):[ \t]*(.*?)[ \t\r]*$`)

// orgDate is a date of Org mode, which has the day of the week in it.
var orgDate = regexp.MustCompile(`^[<\[](\d{4}-\d{2}-\d{2})(?: [^\d\s>\]]+)?( \d{1,2}:\d{2})?.*[>\]]$`)

// FrontMatter is the front matter of the page of a section, and what it sets otherwise.
func FrontMatter(name string, text []byte) (frontmatter.Block, error) {
	trimmed := strings.TrimLeft(string(text), "\ufeff \t\r\n")
	fenced := strings.HasPrefix(trimmed, "---") || strings.HasPrefix(trimmed, "+++") || strings.HasPrefix(trimmed, "{")
	var block frontmatter.Block
	if paths.IsPage(name) || fenced {
		var err error
		if block, err = frontmatter.Parse(name, text); err != nil || paths.IsPage(name) {
			return block, err
		}
	}
	isOrg := strings.EqualFold(path.Ext(name), ".org")
	for _, at := range settingLine.FindAllSubmatchIndex(text, -1) {
		mark, key, said := string(text[at[2]:at[3]]), string(text[at[4]:at[5]]), string(text[at[6]:at[7]])
		switch {
		case isOrg != (mark == "#+"):
			continue
		case isOrg:
			said = orgDate.ReplaceAllString(said, "$1$2")
		case !strings.EqualFold(key, "draft"): // the other attributes are for the program that renders the page
			continue
		case said == "": // which sets it
			said = "true"
		}
		line := 1 + bytes.Count(text[:at[0]], []byte("\n"))
		block.Meta = append(block.Meta, meta.Pair{Key: key, Value: meta.Value{Kind: meta.String, Text: said, Line: line}, Line: line})
	}
	return block, nil
}
