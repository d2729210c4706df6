package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// The dialects that sites are drawn in.
const (
	plainDialect  = "plain"
	jekyllDialect = "jekyll"
	hugoDialect   = "hugo"
)

// site is a drawn folder, and what is known of it.
type site struct {
	draw     *rand.Rand
	dialect  string
	settings map[string]string // variables of the environment
	files    map[string]string
	secret   map[string]string // words that stand in no document, and why
	public   map[string]string // words that stand in one
	media    map[string]bool   // files, and whether they are public
	aliases  map[string]bool   // addresses that lead nowhere
	posts    []*drawn
	words    int
}

// drawn is a post of a site.
type drawn struct {
	number int
	hidden *way // nil: it is public
}

func drawSite(seed uint64) *site {
	s := &site{draw: rand.New(rand.NewPCG(seed, 0))} //nolint:gosec // not a secret
	s.dialect = s.one(plainDialect, jekyllDialect, hugoDialect)
	s.settings = map[string]string{
		"BROADSHEET_URL": s.one("https://example.org", "https://example.org/sub/blog"), "BROADSHEET_ITEMS": s.one("2", "20"), "BROADSHEET_CONTENT": s.one("both", "full", "summary"),
		"BROADSHEET_SOURCE_MARKDOWN": s.one("true", "true", "false"), "BROADSHEET_ARCHIVE_ITEMS": s.one("2", "100"), "BROADSHEET_MEDIA": "assets",
	}
	if s.settings["BROADSHEET_PAGES"] = s.one("auto", "yes"); s.settings["BROADSHEET_CONTENT"] != "both" {
		s.settings["BROADSHEET_PAGES"] = "yes" // so that each text stands somewhere
	}
	ways := waysOf(s.dialect)
	for number := range 4 + s.draw.IntN(5) {
		p := &drawn{number: number}
		if s.draw.IntN(2) == 0 {
			p.hidden = &ways[s.draw.IntN(len(ways))]
		}
		s.posts = append(s.posts, p)
	}
	s.write()
	return s
}

// turn withdraws some posts and releases others.
func (s *site) turn() {
	ways := waysOf(s.dialect)
	for _, p := range s.posts {
		if s.draw.IntN(2) == 0 {
			continue
		}
		if p.hidden != nil {
			p.hidden = nil
			continue
		}
		p.hidden = &ways[s.draw.IntN(len(ways))]
	}
	s.write()
}

func (s *site) one(of ...string) string { return of[s.draw.IntN(len(of))] }

// secretly returns a word that is to be in no document.
func (s *site) secretly(why string) string {
	s.words++
	word := "geheim" + letters(s.words)
	s.secret[word] = why
	return word
}

// publicly returns a word that is to be in a document.
func (s *site) publicly(why string) string {
	s.words++
	word := "offen" + letters(s.words)
	s.public[word] = why
	return word
}

// letters is a number in letters, none of which begins another.
func letters(n int) string {
	return strings.Map(func(r rune) rune { return r - '0' + 'b' }, fmt.Sprintf("%04d", n)) + "x"
}

// write makes the files anew.
func (s *site) write() {
	s.files, s.secret, s.public = map[string]string{}, map[string]string{}, map[string]string{}
	s.media, s.aliases = map[string]bool{}, map[string]bool{}
	for name, text := range settingsFiles[s.dialect] {
		s.files[name] = text
	}
	for _, p := range s.posts {
		s.post(p)
	}
	for _, name := range aside[s.dialect] {
		if s.draw.IntN(2) == 0 {
			s.files[name] = s.secretly("it stands in " + name)
		}
	}
	s.picture(secretPlaces[s.dialect]+"private.pdf", false)
	s.picture("assets/"+s.publicly("nobody")+".png", true)
	for word := range s.public { // of a file's name, which no document holds
		if s.public[word] == "nobody" {
			delete(s.public, word)
		}
	}
}

// picture adds a media file.
func (s *site) picture(name string, public bool) {
	s.media[name] = public
	s.files[name] = "not really a picture"
}

// post adds the file of a post.
func (s *site) post(p *drawn) {
	x := &text{site: s, secret: p.hidden != nil, name: fmt.Sprintf("post-%d", p.number), date: fmt.Sprintf("2026-01-%02d", p.number+1), folder: "posts/"}
	if p.hidden != nil {
		x.why = p.hidden.name
	}
	switch s.dialect {
	case jekyllDialect:
		x.folder = s.one("_posts/", "blog/_posts/")
	case hugoDialect:
		x.folder = s.one("content/posts/", "content/")
	default:
		x.folder = s.one("", "posts/", "2026/")
	}
	x.fill()
	if p.hidden != nil {
		p.hidden.hide(x)
	}
	if s.dialect == jekyllDialect && strings.Contains(x.folder, "_posts/") {
		x.name = x.date + "-" + x.name
	}
	s.files[x.folder+x.name+x.ext] = x.before + x.front() + x.body + x.after
}

// text is the file of a post while it is made.
type text struct {
	site                *site
	secret              bool
	why                 string // it is secret
	folder, name, ext   string
	date                string
	keys                []string // lines of the front matter
	open, close         string   // around them
	before, body, after string
	format              string
}

// word returns a word of the post.
func (x *text) word(where string) string {
	if x.secret {
		return x.site.secretly(x.why + ", in the " + where)
	}
	return x.site.publicly("in the " + where)
}

// fill makes what is written in the post.
func (x *text) fill() {
	s := x.site
	x.ext, x.format = ".md", "yaml"
	if s.draw.IntN(6) == 0 {
		x.ext = ".html"
	}
	if s.dialect != jekyllDialect && s.draw.IntN(4) == 0 {
		x.format = s.one("toml", "json")
	}
	x.key("title", x.hiding(x.word("title"), fieldParts))
	x.key("date", x.date)
	if s.draw.IntN(2) == 0 && (s.dialect != hugoDialect || x.secret) { // Hugo's is for search engines alone
		x.key("description", x.hiding("Of "+x.word("description"), fieldParts))
	}
	if s.draw.IntN(2) == 0 {
		x.key(s.one("tags", "categories"), x.word("term"))
	}
	if s.draw.IntN(3) == 0 {
		x.key("notes", s.secretly("a key that nobody knows"))
	}
	if s.draw.IntN(3) == 0 && x.secret {
		alias := "/" + s.secretly("an alias of a secret post") + "/"
		s.aliases[alias] = true
		x.key(map[string]string{jekyllDialect: "redirect_from", hugoDialect: "aliases", plainDialect: "aliases"}[s.dialect], alias)
	}
	x.fillBody()
}

// fillBody makes paragraphs, of which some hold what is hidden.
func (x *text) fillBody() {
	s := x.site
	parts := []string{"Beginning with " + x.word("first paragraph") + "."}
	if s.draw.IntN(2) == 0 {
		file := s.one(publicPlaces[s.dialect]...)
		if x.secret {
			file = secretPlaces[s.dialect]
		}
		file += "bild-" + letters(s.words) + ".png"
		s.picture(file, !x.secret)
		parts = append(parts, x.image(strings.TrimPrefix(file, "static/")))
	}
	for range s.draw.IntN(5) {
		parts = append(parts, x.hiding("Words "+x.word("body")+" and", partsOf(s.dialect, x.ext))+" more "+x.word("body")+".")
	}
	if x.ext == ".md" && s.draw.IntN(3) == 0 {
		parts = append(parts, s.one("`<!-- %s -->`", "```\n<!-- %s -->\n```", "    <!-- %s -->", "``<i hidden>%s</i>``"))
		parts[len(parts)-1] = fmt.Sprintf(parts[len(parts)-1], x.word("code"))
	}
	parts = append(parts, "Ending with "+x.word("last paragraph")+".")
	if s.draw.IntN(4) == 0 {
		parts = append(parts, strings.ReplaceAll(s.one(endlessOf(s.dialect, x.ext)...), "%s", s.secretly("what nothing closes")))
	}
	if x.ext == ".html" {
		for i := range parts {
			parts[i] = "<p>" + parts[i] + "</p>"
		}
	}
	x.body = strings.Join(parts, "\n\n") + "\n"
}

// image shows a picture of the top of the folder.
func (x *text) image(file string) string {
	if x.ext == ".html" {
		return `<img src="/` + file + `" alt="">`
	}
	return fmt.Sprintf(x.site.one("![](/%s)", `A <img src="/%s">`, "[it](/%s)"), file)
}

// hiding adds to a text, sometimes, a part that is hidden, and perhaps a picture in
// it.
func (x *text) hiding(text string, parts []string) string {
	s := x.site
	if s.draw.IntN(2) == 0 {
		return text
	}
	part := s.one(parts...)
	word := s.secretly("hidden by " + part)
	if s.draw.IntN(4) == 0 {
		file := secretPlaces[s.dialect] + "bild-" + word + ".png"
		s.picture(file, false)
		word += ` <img src="/` + file + `">`
	}
	return text + " " + strings.ReplaceAll(part, "%s", word)
}

// key adds a key with a text.
func (x *text) key(name, value string) {
	quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(value) + `"`
	switch {
	case name == "date" && x.format == "yaml":
		x.keys = append(x.keys, name+": "+value)
	case x.format == "toml":
		x.keys = append(x.keys, name+" = "+quoted)
	case x.format == "json":
		x.keys = append(x.keys, `"`+name+`": `+quoted)
	default:
		x.keys = append(x.keys, name+": "+quoted)
	}
}

// front is the front matter as it is written.
func (x *text) front() string {
	lines := strings.Join(x.keys, "\n")
	if x.format == "json" {
		lines = strings.Join(x.keys, ",\n")
	}
	opening, closing := map[string]string{"yaml": "---", "toml": "+++", "json": "{"}[x.format], map[string]string{"yaml": "---", "toml": "+++", "json": "}"}[x.format]
	if x.open != "" {
		opening, closing = x.open, x.close
	}
	return opening + "\n" + lines + "\n" + closing + "\n"
}
