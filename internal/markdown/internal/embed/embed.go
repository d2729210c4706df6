// Package embed replaces what only works in a browser, on its own page, by what
// reads in every feed reader: a link, a picture or text.
//
// In goes a parsed fragment as its author wrote it, scripts and all; it is
// changed in place. Afterwards no frame, object, form control, SVG or MathML is
// left in it, and no element whose text HTML does not escape. Addresses are
// moved to where they belong, and judged elsewhere.
package embed

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"broadsheet/internal/markdown/internal/dom"
)

// mark is on what stands in for an embed, so that the summary can pass over
// it. The sanitiser takes it away.
const mark = "data-embedded"

// replacements turn what only works in a browser, on its own page, into what
// reads everywhere.
var replacements = map[atom.Atom]func(*html.Node){
	atom.Script: dom.Remove, atom.Style: dom.Remove, atom.Template: dom.Remove, atom.Title: dom.Remove, atom.Noembed: dom.Remove,
	atom.Noframes: dom.Remove, atom.Select: dom.Remove, atom.Datalist: dom.Remove, atom.Textarea: dom.Remove, atom.Button: dom.Remove,
	atom.A:         nameToID,
	atom.Input:     checkboxToText,
	atom.Iframe:    frameToLink,
	atom.Embed:     frameToLink,
	atom.Object:    objectToLink,
	atom.Noscript:  useFallback,
	atom.Img:       wakeLazy,
	atom.Source:    wakeLazy,
	atom.Video:     linkMedia,
	atom.Audio:     linkMedia,
	atom.Svg:       svgToText,
	atom.Math:      mathToText,
	atom.Xmp:       toPre,
	atom.Plaintext: toPre,
	atom.Listing:   toPre,
}

// Replace applies the replacements below root.
func Replace(root *html.Node) {
	for _, n := range slices.Collect(root.Descendants()) {
		if replace := replacements[n.DataAtom]; replace != nil && n.Type == html.ElementNode {
			replace(n)
		}
	}
}

// nameToID gives an anchor the id that its name was before HTML had ids.
func nameToID(n *html.Node) {
	name, named := dom.Attr(n, "name")
	if _, has := dom.Attr(n, "id"); named && name != "" && !has {
		n.Attr = append(n.Attr, html.Attribute{Key: "id", Val: name})
	}
}

// IsStandIn reports whether n stands in for an embed.
func IsStandIn(n *html.Node) bool {
	_, marked := dom.Attr(n, mark)
	return marked
}

// checkboxToText writes a task's box as a character: many readers take form
// controls away, and the task's state with them.
func checkboxToText(n *html.Node) {
	_, checked := dom.Attr(n, "checked")
	kind, _ := dom.Attr(n, "type")
	switch {
	case !strings.EqualFold(kind, "checkbox"):
		dom.Remove(n)
	case checked:
		dom.Replace(n, dom.Text("☑"))
	default:
		dom.Replace(n, dom.Text("☐"))
	}
}

func frameToLink(n *html.Node) {
	label, _ := dom.Attr(n, "title")
	dom.Replace(n, linkFor(n, address(n), label))
}

// objectToLink prefers the fallback that the author wrote inside the object.
func objectToLink(n *html.Node) {
	if dom.Has(n, atom.Img, atom.A, atom.Iframe, atom.Embed, atom.Video, atom.Audio) {
		dom.Unwrap(n)
		return
	}
	label, _ := dom.Attr(n, "title")
	data, _ := dom.Attr(n, "data")
	dom.Replace(n, linkFor(n, data, label))
}

// useFallback shows what noscript holds, as a feed reader runs no script. When
// it repeats a lazily loaded picture just before it, only one of them stays.
func useFallback(n *html.Node) {
	before := n.PrevSibling
	for before != nil && before.Type != html.ElementNode {
		before = before.PrevSibling
	}
	if dom.Has(n, atom.Img) && before != nil && before.DataAtom == atom.Img {
		if src, _ := dom.Attr(before, "src"); src != "" && !strings.HasPrefix(src, "data:") {
			dom.Remove(n)
			return
		}
		dom.Remove(before)
	}
	dom.Unwrap(n)
}

// wakeLazy gives an image the addresses that a script would have given it.
func wakeLazy(n *html.Node) {
	if src := address(n); src != "" {
		dom.SetAttr(n, "src", src)
	}
	for _, key := range []string{"data-srcset", "data-lazy-srcset"} {
		if set, ok := dom.Attr(n, key); ok && strings.TrimSpace(set) != "" {
			dom.SetAttr(n, "srcset", set)
			break
		}
	}
}

// linkMedia makes a player usable, and adds the link that remains where a
// reader takes the player away.
func linkMedia(n *html.Node) {
	wakeLazy(n)
	dom.SetAttr(n, "controls", "")
	if dom.Has(n, atom.A) {
		return
	}
	src := address(n)
	for child := range n.ChildNodes() {
		if child.DataAtom == atom.Source {
			src = cmp.Or(src, address(child))
		}
	}
	label, _ := dom.Attr(n, "title")
	if link := linkFor(n, src, label); link != nil && link.DataAtom == atom.A {
		n.AppendChild(link)
	}
}

// svgToText keeps the name of a picture that no feed reader may draw.
func svgToText(n *html.Node) {
	label, _ := dom.Attr(n, "aria-label")
	for inner := range n.Descendants() {
		if inner.Data == "title" && label == "" {
			label = dom.TextOf(inner)
		}
	}
	dom.Replace(n, dom.Text(oneLine(label)))
}

// mathToText prefers the source of a formula to its glyphs run together.
func mathToText(n *html.Node) {
	label, _ := dom.Attr(n, "alttext")
	for inner := range n.Descendants() {
		if encoding, _ := dom.Attr(inner, "encoding"); label == "" && strings.Contains(encoding, "tex") {
			label = dom.TextOf(inner)
		}
	}
	dom.Replace(n, dom.Text(oneLine(cmp.Or(label, dom.TextOf(n)))))
}

// toPre keeps obsolete listings: inside their own tags text is not escaped.
func toPre(n *html.Node) { n.Data, n.DataAtom = "pre", atom.Pre }

// address is where an element's content really is: what a script would load,
// else what the element says.
func address(n *html.Node) string {
	for _, key := range []string{"data-src", "data-lazy-src", "data-original", "src"} {
		value, _ := dom.Attr(n, key)
		if value = strings.TrimSpace(value); value != "" && value != "about:blank" {
			return value
		}
	}
	return ""
}

// linkFor makes what stands in place of n: a link, in a paragraph of its own
// where n stands between paragraphs, or bare text where n is inside a link. It
// returns nil when there is nothing to point at.
func linkFor(n *html.Node, target, label string) *html.Node {
	if target == "" {
		return nil
	}
	target = watchPage(target)
	text := dom.Text(cmp.Or(oneLine(label), target))
	if dom.Within(n, atom.A) {
		return text
	}
	marked := html.Attribute{Key: mark}
	link := &html.Node{Type: html.ElementNode, DataAtom: atom.A, Data: "a",
		Attr: []html.Attribute{{Key: "href", Val: target}, marked}}
	link.AppendChild(text)
	if n.DataAtom == atom.Video || n.DataAtom == atom.Audio || n.Parent == nil || !betweenParagraphs[n.Parent.DataAtom] {
		return link
	}
	paragraph := &html.Node{Type: html.ElementNode, DataAtom: atom.P, Data: "p", Attr: []html.Attribute{marked}}
	paragraph.AppendChild(link)
	return paragraph
}

// betweenParagraphs are the elements whose children may be paragraphs. The
// root of a fragment has no atom.
var betweenParagraphs = map[atom.Atom]bool{
	0: true, atom.Body: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Main: true, atom.Aside: true,
	atom.Blockquote: true, atom.Figure: true, atom.Details: true, atom.Li: true, atom.Dd: true, atom.Td: true,
}

// watchPage turns the address of a video player into the video's own page.
func watchPage(player string) string {
	u, err := url.Parse(player)
	if err != nil || u.Host == "" {
		return player
	}
	u.Scheme = cmp.Or(u.Scheme, "https")
	rest, last := u.Path, u.Path[strings.LastIndex(u.Path, "/")+1:]
	switch host := strings.TrimPrefix(strings.ToLower(u.Host), "www."); {
	case (host == "youtube.com" || host == "youtube-nocookie.com") && strings.HasPrefix(rest, "/embed/"):
		return youTubePage(last, u.Query())
	case host == "player.vimeo.com" && strings.HasPrefix(rest, "/video/"):
		page := url.URL{Scheme: "https", Host: "vimeo.com", Path: "/" + last}
		if hash := u.Query().Get("h"); hash != "" { // an unlisted video's key
			page.Path += "/" + hash
		}
		return page.String()
	}
	return u.String()
}

func youTubePage(id string, player url.Values) string {
	const site = "https://www.youtube.com/"
	if id == "videoseries" {
		return site + "playlist?list=" + url.QueryEscape(player.Get("list"))
	}
	page := site + "watch?v=" + url.QueryEscape(id)
	if start := player.Get("start"); start != "" {
		page += "&t=" + url.QueryEscape(start)
	}
	return page
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
