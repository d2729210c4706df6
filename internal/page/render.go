package page

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed" // the scripts
	"encoding/base64"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/page/internal/content"
	"broadsheet/internal/page/internal/words"
)

//go:embed script/copy.js
var copyScript string

//go:embed script/reload.js
var reloadScript string

// ReloadPath is the path, below the base URL, of the server-sent events that
// make a page of a preview load itself again.
const ReloadPath = "/_reload"

// Scripts returns the sources that the script-src of a Content-Security-Policy
// needs for the built-in theme's pages. A preview needs connect-src 'self' too.
func Scripts(preview bool) []string {
	scripts := []string{copyScript}
	if preview {
		scripts = append(scripts, reloadScript)
	}
	for i, s := range scripts {
		hash := sha256.Sum256([]byte(s))
		scripts[i] = "'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
	}
	return scripts
}

// Render returns the page. If an override of the theme fails with these values,
// the page is that of the built-in theme, and the error a blog.Problem. Any other
// error comes without a page.
func (t *Theme) Render(kind Kind, p Page) ([]byte, error) {
	document, err := t.execute(t.templates[kind], kind, p)
	if err == nil || t.templates[kind] == t.builtIn[kind] {
		return document, err
	}
	document, fatal := t.execute(t.builtIn[kind], kind, p)
	if fatal != nil {
		return nil, fatal
	}
	problem, _ := t.problem(err)
	return document, problem
}

func (t *Theme) execute(set *template.Template, kind Kind, p Page) ([]byte, error) {
	if set == nil {
		return nil, fmt.Errorf("no template for pages of kind %q", kind)
	}
	var b bytes.Buffer
	err := set.Execute(&b, t.view(kind, p))
	if err != nil {
		return nil, fmt.Errorf("make the page: %w", err)
	}
	document := literalPlus(b.Bytes())
	if p.Preview {
		document = namedByHash(document)
	}
	return document, nil
}

// reloading begins the element of the script that makes a page of a preview load itself again.
const reloading = "<script data-from="

// namedByHash tells the script of a preview's page which page it is in: it asks for the page once
// more when it has come to listen, since a change before that is not told.
func namedByHash(document []byte) []byte {
	at := bytes.LastIndex(document, []byte(reloading))
	if at < 0 {
		return document
	}
	at += len("<script ")
	name := fmt.Appendf(nil, "data-shows=\"%x\" ", sha256.Sum256(document))
	return slices.Insert(document, at, name...)
}

// view is what a template sees: the page, and what follows from it.
type view struct {
	Page
	Kind Kind
	Lang string // of the page

	theme *Theme
	words *words.Words
	root  string // path of the site, without a trailing slash
	host  string // scheme and host of the site
}

func (t *Theme) view(kind Kind, p Page) *view {
	w, _ := t.choose(p.Site.Language)
	v := &view{Page: p, Kind: kind, theme: t, words: w, Lang: cmp.Or(p.Site.Language, w.Tag.String())}
	if u, err := url.Parse(p.Site.URL); err == nil && u.Host != "" {
		v.host, v.root = u.Scheme+"://"+u.Host, strings.TrimSuffix(u.EscapedPath(), "/")
	}
	return v
}

// T returns the words for a key.
func (v *view) T(key string, values ...any) (string, error) { return v.words.Say(key, values...) }

// N returns a number for people.
func (v *view) N(n int) string { return v.words.Number(n) }

// Date returns a date for people, Time one for machines.
func (v *view) Date(t time.Time) string { return v.words.On(t) }

// Time returns a date as RFC 3339 has it.
func (v *view) Time(t time.Time) string { return t.Format(time.RFC3339) }

// Dir returns the direction of a language.
func (v *view) Dir(lang string) string { return words.Direction(lang) }

// In returns the attributes of an element with content in a language of its own.
func (v *view) In(lang string) template.HTMLAttr { return langAttributes(v.Lang, lang) }

// UI returns the attributes of an element that holds words of the theme, within
// one of language outer; empty: of the page.
func (v *view) UI(outer string) template.HTMLAttr {
	if own, ok := v.theme.choose(cmp.Or(outer, v.Lang)); ok && own == v.words {
		return ""
	}
	if lang, ok := v.theme.choose(v.Lang); ok && lang == v.words {
		return langAttributes(outer, v.Lang)
	}
	return langAttributes(outer, v.words.Tag.String())
}

// Local returns an address of the site without its scheme and host, and any
// other as it is.
func (v *view) Local(address string) string { return content.Local(v.host, address) }

// Content makes the HTML of a post, sanitised and with absolute addresses, fit
// for its own page at address:
//
//   - its headings follow the page's own without a gap, the highest as h2;
//   - wide tables and code can be scrolled, with the keyboard too;
//   - pictures know their size, which size returns for an absolute address or 0,
//     so that nothing moves while they load;
//   - the site's own addresses lose scheme and host, as everywhere on a page;
//   - elements and attributes that HTML has given up become those of today.
//
// HTML that no parser takes is returned as text.
func Content(fragment, address string, size func(src string) (width, height int)) template.HTML {
	return template.HTML(content.Fit(fragment, address, size)) // sanitised by contract
}

// Asset returns the address of a file of the theme. It changes with the file.
func (v *view) Asset(name string) string {
	address := v.root + "/" + name
	for _, a := range v.theme.assets {
		if a.Name == name {
			hash := sha256.Sum256(a.Data)
			return fmt.Sprintf("%s?v=%x", address, hash[:4])
		}
	}
	return address
}

// Heading is what the page is about, the site itself if nothing else.
func (v *view) Heading() string {
	title := v.Title
	if v.Post != nil {
		title = cmp.Or(title, v.Post.Title, v.Date(v.Post.Published))
	}
	switch {
	case title == "" && v.Term.Name != "":
		title = v.Term.Name
	case title == "" && v.Kind == Listing && len(v.Lists) > 0:
		title, _ = v.T(v.Lists[0].Kind)
	case title == "" && v.Kind == NotFound:
		title, _ = v.T("lost")
	case title == "" && v.Kind != Index:
		title, _ = v.T(string(v.Kind))
	}
	if v.Number > 1 {
		number, _ := v.T("page", v.Number, v.Of)
		title = strings.TrimPrefix(title+" – "+number, " – ")
	}
	return cmp.Or(title, v.Site.Title)
}

// FullTitle is the title for a browser's tab or a search engine.
func (v *view) FullTitle() string {
	if heading := v.Heading(); heading != v.Site.Title {
		return heading + " – " + v.Site.Title
	}
	return v.Site.Title
}

// Summary is what the page says of itself to machines.
func (v *view) Summary() string {
	if v.Post != nil {
		return v.Post.Summary
	}
	return cmp.Or(v.Description, v.Site.Description)
}

// PageFeeds are the feeds that the page offers.
func (v *view) PageFeeds() []Feed {
	if v.Feeds != nil {
		return v.Feeds
	}
	return v.Site.Feeds
}

// Picture stands for the page elsewhere.
func (v *view) Picture() Image {
	if v.Post != nil && v.Post.Image.URL != "" {
		return v.Post.Image
	}
	return Image{URL: v.Site.Image}
}

// Hero is the picture of a post, unless its content shows it.
func (v *view) Hero() Image {
	shown := template.HTMLEscapeString(v.Local(v.Post.Image.URL))
	if strings.Contains(string(v.Post.Content), `src="`+shown+`"`) {
		return Image{}
	}
	return v.Post.Image
}

// Edited reports whether the post says more by its second date than by its first.
func (v *view) Edited() bool {
	return v.Post.Updated.After(v.Post.Published) && v.Date(v.Post.Updated) != v.Date(v.Post.Published)
}

// Host returns the host of an address, for people.
func (v *view) Host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return strings.TrimPrefix(u.Host, "www.")
}

// Plays reports whether an enclosure is of a type such as "audio".
func (v *view) Plays(e blog.Enclosure, kind string) bool { return strings.HasPrefix(e.Type, kind+"/") }

// Megabytes returns a size, or nothing for one that is unknown.
func (v *view) Megabytes(size int64) string {
	if size <= 0 {
		return ""
	}
	return strconv.FormatFloat(float64(size)/1e6, 'f', 1, 64)
}

// Script is the script that the page has, if any.
func (v *view) Script() template.HTML {
	var b strings.Builder
	if v.Kind == Subscribe {
		fmt.Fprintf(&b, "<script>%s</script>\n", copyScript)
	}
	if v.Preview {
		fmt.Fprintf(&b, reloading+"\"%s\">%s</script>\n", template.HTMLEscapeString(v.root+ReloadPath), reloadScript)
	}
	return template.HTML(b.String()) // our own scripts, and a path escaped above
}
