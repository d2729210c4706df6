package page

import (
	"bytes"
	"fmt"
	"html/template"
	"net/url"
	"strings"
	texttemplate "text/template"

	"rsc.io/qr"
)

// readers are services and programs that subscribe to the feed whose escaped
// address is put in place of the star. They are links: nothing of them is loaded.
var readers = []struct{ name, pattern string }{
	{"Feedbin", "https://feedbin.com/?subscribe=*"},
	{"Feedly", "https://feedly.com/i/subscription/feed/*"},
	{"Inoreader", "https://www.inoreader.com/?add_feed=*"},
	{"NewsBlur", "https://www.newsblur.com/?url=*"},
	{"The Old Reader", "https://theoldreader.com/feeds/subscribe?url=*"},
}

// Reader is a way to open a feed.
type Reader struct {
	Name    string // empty: whatever program there is
	Address template.URL
}

// Readers are ways to open the first of the site's feeds; the last has
// no name.
func (v *view) Readers() []Reader {
	if len(v.Site.Feeds) == 0 {
		return nil
	}
	feed := v.Site.Feeds[0].URL
	list := make([]Reader, len(readers), len(readers)+1)
	for i, r := range readers {
		list[i] = Reader{r.name, template.URL(strings.Replace(r.pattern, "*", url.QueryEscape(feed), 1))} // our own scheme
	}
	_, rest, found := strings.Cut(feed, "://")
	if !found {
		return list
	}
	return append(list, Reader{"", template.URL("feed://" + rest)}) // a scheme that runs nothing
}

// quiet is the margin that a QR code needs around it, in modules.
const quiet = 4

// QR returns a picture of the address of the first of the site's feeds, or
// nothing for one too long to be scanned.
func (v *view) QR() template.HTML {
	if len(v.Site.Feeds) == 0 {
		return ""
	}
	code, err := qr.Encode(v.Site.Feeds[0].URL, qr.M)
	if err != nil {
		return ""
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	side := code.Size + 2*quiet
	return template.HTML(fmt.Sprintf( // numbers only
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="160" height="160" role="img" aria-label="QR"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>`,
		side, side, side, side, path.String()))
}

// copyButton is a button that the script shows.
type copyButton struct{ URL, What, Copy, Copied string }

// Copy returns what the button for an address says.
func (v *view) Copy(address, what string) (copyButton, error) {
	say, err := v.T("copy")
	if err != nil {
		return copyButton{}, err
	}
	done, err := v.T("copied")
	return copyButton{address, what, say, done}, err
}

// Short is the name of a format without its version.
func (v *view) Short(format string) string { return strings.TrimRight(format, " .0123456789") }

// FeedStyle returns the style sheet for feeds that are opened in a browser
// (feed.css of the theme), in the words of the site. Like Render, it may return
// both a result and a blog.Problem.
func (t *Theme) FeedStyle(site Site) ([]byte, error) {
	style, err := t.fill(t.feedStyle, site)
	if err == nil || t.feedStyle == t.builtInStyle {
		return style, err
	}
	style, fatal := t.fill(t.builtInStyle, site)
	if fatal != nil {
		return nil, fatal
	}
	problem, _ := t.problem(err)
	return style, problem
}

func (t *Theme) fill(style *texttemplate.Template, site Site) ([]byte, error) {
	var b bytes.Buffer
	if err := style.Execute(&b, t.view(Subscribe, Page{Site: site})); err != nil {
		return nil, fmt.Errorf("make the style sheet for feeds: %w", err)
	}
	return b.Bytes(), nil
}

// Quote writes a text as a string of CSS.
func (v *view) Quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		if r < ' ' || strings.ContainsRune(`"\<&`, r) {
			fmt.Fprintf(&b, `\%06x`, r)
			continue
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}
