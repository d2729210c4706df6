package library_test

import (
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"
)

// read is the library of one file that its name dates.
func read(text string) *library.Library {
	return library.Build(nil, folder(map[string]string{"2026-01-02-hello.md": text}), options())
}

// TestOpeningsOfFrontMatter holds what becomes of a file by the way its front
// matter begins. A draft is one whose front matter was read; broken is a file
// that is refused, with an error that names a line.
func TestOpeningsOfFrontMatter(t *testing.T) {
	const bom, zwsp, nbsp = "\ufeff", "\u200b", "\u00a0"
	for name, c := range map[string]struct{ text, want string }{
		"JSON that is named":             {"---json\n{ \"title\": \"Plan\", \"draft\": true }\n---\nBody.\n", "draft"},
		"Pelican":                        {"Title: Plan\nStatus: draft\nAuthor: Ada\n\nBody.\n", "draft"},
		"Hexo":                           {"title: Plan\npublished: false\ntags: [a]\n---\nBody.\n", "draft"},
		"Hexo's JSON":                    {"\"title\": \"Plan\",\n\"published\": false\n;;;\nBody.\n", "draft"},
		"YAML that is named":             {"---yaml\ntitle: Plan\ndraft: true\n---\nBody.\n", "draft"},
		"a byte order mark":              {bom + "\n\n---\ntitle: x\ndraft: true\n---\nBody.\n", "draft"},
		"behind a comment":               {"<!-- prettier-ignore -->\n---\ntitle: x\ndraft: true\n---\nBody.\n", "broken"},
		"CR LF":                          {"---\r\ntitle: x\r\ndraft: true\r\n---\r\nBody.\r\n", "draft"},
		"CR":                             {"---\rtitle: x\rdraft: true\r---\rBody.\r", "draft"},
		"a space behind":                 {"--- \ntitle: x\ndraft: true\n--- \nBody.\n", "draft"},
		"four dashes":                    {"----\ntitle: x\ndraft: true\n----\nBody.\n", "broken"},
		"never closed":                   {"---\ntitle: x\ndraft: true\n\nBody.\n", "broken"},
		"curly quotation marks":          {"---\ntitle: “x”\ndraft: “true”\n---\nBody.\n", "draft"},
		"a no-break space before true":   {"---\ntitle: x\ndraft:" + nbsp + "true\n---\nBody.\n", "draft"},
		"a TAB before the key":           {"---\ntitle: x\n\tdraft: true\n---\nBody.\n", "broken"},
		"a colon in the title":           {"---\ntitle: a: b\ndraft: true\n---\nBody.\n", "draft"},
		"a space before":                 {" ---\ntitle: x\ndraft: true\n ---\nBody.\n", "broken"},
		"en dashes":                      {"–––\ntitle: x\ndraft: true\n–––\nBody.\n", "broken"},
		"within a block of code":         {"```yaml\n---\ntitle: x\ndraft: true\n---\n```\nBody.\n", "broken"},
		"UTF-16":                         {"\xff\xfe-\x00-\x00-\x00\n\x00d\x00", "broken"},
		"a misspelt key":                 {"---\ntitle: x\ndraf: true\n---\nBody.\n", "draft"},
		"a misspelt value":               {"---\ntitle: x\ndraft: ture\n---\nBody.\n", "draft"},
		"on":                             {"---\ntitle: x\ndraft: on\n---\nBody.\n", "draft"},
		"y":                              {"---\ntitle: x\ndraft: y\n---\nBody.\n", "draft"},
		"a list":                         {"---\ntitle: x\ndraft: [true]\n---\nBody.\n", "draft"},
		"capitals":                       {"---\ntitle: x\ndraft: TRUE\n---\nBody.\n", "draft"},
		"a text of TOML":                 {"+++\ntitle = \"x\"\ndraft = \"true\"\n+++\nBody.\n", "draft"},
		"JSON":                           {"{\n \"title\": \"x\",\n \"draft\": true\n}\n\nBody.\n", "draft"},
		"TOML that is named":             {"---toml\ntitle = \"x\"\ndraft = true\n---\nBody.\n", "draft"},
		"named behind a space":           {"--- YAML\ntitle: x\ndraft: true\n---\nBody.\n", "draft"},
		"named TOML between pluses":      {"+++toml\ntitle = \"x\"\ndraft = true\n+++\nBody.\n", "draft"},
		"JavaScript":                     {"---js\n{ title: 'x', draft: true }\n---\nBody.\n", "broken"},
		"JavaScript on lines":            {"---js\nmodule.exports = {\n  title: 'x',\n  draft: true,\n}\n---\nBody.\n", "broken"},
		"semicolons":                     {";;;\n\"title\": \"x\",\n\"draft\": true\n;;;\nBody.\n", "draft"},
		"semicolons and braces":          {";;;\n{\"title\": \"x\", \"draft\": true}\n;;;\nBody.\n", "draft"},
		"JSON between dashes":            {"---\n{\"title\": \"x\",\n\t\"draft\": true}\n---\nBody.\n", "draft"},
		"YAML in braces":                 {"---\n{title: x, draft: true}\n---\nBody.\n", "draft"},
		"JSON with text behind":          {"{\"title\": \"x\", \"draft\": true} Body.\n", "broken"},
		"JSON5":                          {"{title: 'x', draft: true}\nBody.\n", "broken"},
		"no space behind the colon":      {"---\ntitle:x\ndraft:true\n---\nBody.\n", "draft"},
		"draft first, without a space":   {"---\ndraft:true\ntitle: x\n---\nBody.\n", "draft"},
		"wide colons":                    {"---\ntitle：x\ndraft：true\n---\nBody.\n", "draft"},
		"the signs of TOML in YAML":      {"---\ntitle = \"x\"\ndraft = true\n---\nBody.\n", "broken"},
		"one sign of TOML in YAML":       {"---\ntitle: x\ndraft = true\n---\nBody.\n", "broken"},
		"a switch too far in":            {"---\ntitle: x\ntags:\n  - a\n  draft: true\n---\nBody.\n", "broken"},
		"a switch in an item":            {"---\ntitle: x\n- draft: true\n---\nBody.\n", "broken"},
		"a comment within":               {"---\n<!-- x -->\ntitle: x\ndraft: true\n---\nBody.\n", "broken"},
		"an em dash":                     {"—\ntitle: x\ndraft: true\n—\nBody.\n", "public"},
		"em dashes":                      {"——\ntitle: x\ndraft: true\n——\nBody.\n", "broken"},
		"one em dash and a hyphen":       {"—-\ntitle: x\ndraft: true\n—-\nBody.\n", "broken"},
		"two dashes":                     {"--\ntitle: x\ndraft: true\n--\nBody.\n", "broken"},
		"minus signs":                    {"−−−\ntitle: x\ndraft: true\n−−−\nBody.\n", "broken"},
		"dashes apart":                   {"- - -\ntitle: x\ndraft: true\n- - -\nBody.\n", "broken"},
		"equals signs":                   {"===\ntitle: x\ndraft: true\n===\nBody.\n", "broken"},
		"stars":                          {"***\ntitle: x\ndraft: true\n***\nBody.\n", "broken"},
		"four pluses":                    {"++++\ntitle = \"x\"\ndraft = true\n++++\nBody.\n", "broken"},
		"a space before pluses":          {" +++\ntitle = \"x\"\ndraft = true\n+++\nBody.\n", "broken"},
		"a no-break space before":        {nbsp + "---\ntitle: x\ndraft: true\n---\nBody.\n", "broken"},
		"a zero-width space before":      {zwsp + "---\ntitle: x\ndraft: true\n---\nBody.\n", "broken"},
		"a second byte order mark":       {bom + bom + "---\ntitle: x\ndraft: true\n---\nBody.\n", "broken"},
		"a TAB before the fence":         {"\t---\ntitle: x\ndraft: true\n---\nBody.\n", "broken"},
		"escaped dashes":                 {"\\---\ntitle: x\ndraft: true\n---\nBody.\n", "broken"},
		"in an HTML comment":             {"<!--\ntitle: x\ndraft: true\n-->\nBody.\n", "broken"},
		"Nikola's":                       {"<!--\n.. title: x\n.. status: draft\n-->\nBody.\n", "broken"},
		"Nikola's, bare":                 {".. title: x\n.. status: draft\n\nBody.\n", "broken"},
		"Org mode's":                     {"#+title: x\n#+draft: true\n\nBody.\n", "broken"},
		"Logseq's":                       {"title:: x\npublic:: false\n\nBody.\n", "broken"},
		"AsciiDoc's":                     {":title: x\n:draft: true\n\nBody.\n", "broken"},
		"indented keys":                  {" title: x\n draft: true\n\nBody.\n", "broken"},
		"a fence of tildes":              {"~~~\ntitle: x\ndraft: true\n~~~\nBody.\n", "broken"},
		"a block of TOML":                {"```toml\ntitle = \"x\"\ndraft = true\n```\nBody.\n", "broken"},
		"TOML without a fence":           {"title = \"x\"\ndraft = true\n+++\nBody.\n", "broken"},
		"a version of YAML before":       {"%YAML 1.2\n---\ntitle: x\ndraft: true\n---\nBody.\n", "broken"},
		"a heading before":               {"# Plan\n\n---\ntitle: x\ndraft: true\n---\nBody.\n", "broken"},
		"a second block":                 {"---\ntitle: x\n---\n---\ndraft: true\n---\nBody.\n", "broken"},
		"the rest below the end":         {"---\ntitle: x\n---\n\ndraft: true\n---\nBody.\n", "broken"},
		"an empty block before":          {"---\n---\ntitle: x\ndraft: true\n---\nBody.\n", "broken"},
		"named, never closed":            {"---yaml\ntitle: x\ndraft: true\n\nBody.\n", "broken"},
		"keys, and the body at once":     {"title: x\ndraft: true\nBody.\n", "draft"},
		"MultiMarkdown":                  {"Title: Plan\nDate: 2026-01-02\nTags: a, b\n\nBody.\n", "public"},
		"Pelican in public":              {"Title: Plan\nDate: 2026-01-02 10:00\n\nBody.\n", "public"},
		"Pelican with an unknown word":   {"Title: Plan\nStatus: Entwurf\n\nBody.\n", "draft"},
		"Pelican that is hidden":         {"Title: Plan\nStatus: hidden\n\nBody.\n", "draft"},
		"Hexo in public":                 {"title: Plan\ndate: 2026-01-02\n---\nBody.\n", "public"},
		"Hexo with a list":               {"title: Plan\ntags:\n  - a\n- b\npublished: false\n---\nBody.\n", "draft"},
		"Hexo with a list below":         {"title: Plan\ntags:\n- a\n- b\npublished: false\n---\nBody.\n", "draft"},
		"a thematic break":               {"---\n\nWords: of the post.\n\n---\n", "public"},
		"a thematic break of stars":      {"***\n\nNote: it began here.\n", "public"},
		"words with a colon":             {"Note: this is prose.\n\nMore: of it.\n", "public"},
		"a heading of Setext":            {"Part one: a beginning\n---\n\nBody.\n", "public"},
		"a status in words":              {"Status: we are fine, and so is the cat.\n\nBody.\n", "public"},
		"a letter":                       {"From: Ada\nTo: Ben\nDate: the first of May\n\nBody.\n", "public"},
		"a dialogue":                     {"Ada: hello.\nBen: hello.\n", "public"},
		"code about front matter":        {"Front matter begins so:\n\n```yaml\n---\ntitle: x\ndraft: true\n---\n```\n", "public"},
		"code below front matter":        {"---\ntitle: x\n---\n```yaml\ndraft: true\n```\n", "public"},
		"code with a block, below":       {"---\ntitle: x\n---\n```\n---\ndraft: true\n---\n```\n", "public"},
		"a list of things":               {"- title: x\n- draft: true\n", "public"},
		"a quotation":                    {"> status: draft\n", "public"},
		"code in a language":             {"```go\nx := map[string]string{\"title\": \"x\"}\n```\n", "public"},
		"a link reference":               {"[draft]: https://example.org/\n\nBody.\n", "public"},
		"a shortcode":                    {"{{< figure title=\"x\" draft=\"y\" >}}\n", "public"},
		"an address":                     {"https://example.org/?draft=true\n\nBody.\n", "public"},
		"a table":                        {"| title: x | draft: true |\n|---|---|\n", "public"},
		"emphasis with a colon":          {"**Status:** done\n\nBody.\n", "public"},
		"a caption between two breaks":   {"Body.\n\n---\n\nTitle: a picture\n\n---\n\nMore.\n", "public"},
		"one line of code, and a colon":  {"`title: x`\n", "public"},
		"a template tag":                 {"{% include title.html draft=true %}\n", "public"},
		"kramdown's options":             {"{::options parse_block_html=\"true\" /}\n", "public"},
		"an attribute list":              {"{: .title }\nBody.\n", "public"},
		"a thematic break and an object": {"---\n\n{ not: front matter\n\n---\n", "broken"},
	} {
		l := read(c.text)
		got := stateOf(l)
		if got != c.want {
			t.Errorf("%s: got %s, want %s; %v", name, got, c.want, l.Problems)
		}
		named := false
		for _, p := range l.Problems {
			named = named || p.Severity == blog.Error && p.Line > 0
		}
		if got == "broken" && !named {
			t.Errorf("%s: no error names the line: %v", name, l.Problems)
		}
	}
}

// TestHeadersThatNoLineOpensAreRead holds what is made of them.
func TestHeadersThatNoLineOpensAreRead(t *testing.T) {
	for name, text := range map[string]string{
		"Pelican":       "Title: My: \"plan\"\nDate: 2026-01-05 10:00\nSlug: plan\nSummary: Short\n  and folded.\n\nBody.\n",
		"Hexo":          "title: 'My: \"plan\"'\ndate: 2026-01-05 10:00\nslug: plan\nsummary: Short and folded.\n---\nBody.\n",
		"Hexo's JSON":   "\"title\": \"My: \\\"plan\\\"\",\n\"date\": \"2026-01-05 10:00\",\n\"slug\": \"plan\",\n\"summary\": \"Short and folded.\"\n;;;\nBody.\n",
		"named JSON":    "---json\n{\"title\": \"My: \\\"plan\\\"\", \"date\": \"2026-01-05 10:00\", \"slug\": \"plan\", \"summary\": \"Short and folded.\"}\n---\nBody.\n",
		"named TOML":    "---toml\ntitle = 'My: \"plan\"'\ndate = 2026-01-05 10:00:00\nslug = \"plan\"\nsummary = \"Short and folded.\"\n---\nBody.\n",
		"MultiMarkdown": "title:  My: \"plan\"\nDATE:\t2026-01-05 10:00\nslug:\tplan\nsummary: Short\n\tand folded.\n\nBody.\n",
	} {
		l := read(text)
		if len(l.Posts) != 1 {
			t.Errorf("%s: %v", name, l.Problems)
			continue
		}
		p := l.Posts[0]
		got := strings.Join([]string{p.Title, p.Published.Format("2006-01-02 15:04"), p.Slug, p.Summary(), string(p.Body)}, "|")
		if want := "My: \"plan\"|2026-01-05 10:00|plan|Short and folded.|Body.\n"; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}
