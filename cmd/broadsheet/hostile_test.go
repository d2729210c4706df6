package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// hostile are texts that would run a script, lead to one, or take over a page, where a
// document handed them on. Each calls boo.
var hostile = []string{
	`<script>boo()</script>`, `<scr<script>ipt>boo()</scr</script>ipt>`, `<img src=x onerror=boo()>`, "<img src=\"x` `<script>boo()</script>\"` `>", `<svg onload=boo()></svg>`,
	`<svg><a xlink:href="javascript:boo()"><text>c</text></a></svg>`, `<svg><style><img title="</style><img src onerror=boo()>"></svg>`, `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=boo()&gt;">`,
	`<noscript><p title="</noscript><img src=x onerror=boo()>">`, `<textarea><p title="</textarea><img src=x onerror=boo()>">`, `<xmp><p title="</xmp><img src=x onerror=boo()>">`,
	`<iframe srcdoc="<script>boo()</script>"></iframe>`, `<iframe src="javascript:boo()"></iframe>`, `<object data="javascript:boo()"></object>`, `<embed src="javascript:boo()">`,
	`<a href="javascript:boo()">c</a>`, `<a href="java&#10;script:boo()">c</a>`, `<a href="java&Tab;script:boo()">c</a>`, `<a href="&#1;javascript:boo()">c</a>`, `<a href="javascript&colon;boo()">c</a>`,
	`<a href=" javascript:boo()">c</a>`, `<a href="JaVaScRiPt:boo()">c</a>`, `<a href="vbscript:boo()">c</a>`, `<a href="data:text/html,<script>boo()</script>">c</a>`, `<a href="feed:javascript:boo()">c</a>`,
	`<a href="view-source:javascript:boo()">c</a>`, `<a href="intent:x#Intent;S.browser_fallback_url=javascript:boo();end">c</a>`, `<a href="https://example.org/&quot;onmouseover=&quot;boo()">c</a>`,
	`<a title='&quot;><img src=x onerror=boo()>' href=x>c</a>`, `<img srcset="javascript:boo() 1x, x 2x">`, `<img src="data:image/svg+xml,<svg onload='boo()'/>">`, `<q cite="javascript:boo()">c</q>`,
	`<video poster="javascript:boo()" src="vbscript:boo()"><track src="javascript:boo()"></video>`, `<form action="javascript:boo()"><button formaction="javascript:boo()">b</button></form>`,
	`<base href="javascript:boo()//">`, `<meta http-equiv="refresh" content="0;url=javascript:boo()">`, `<link rel=stylesheet href="https://evil.example/boo.css">`, `<style>@import 'https://evil.example/boo.css'</style>`,
	`<div style="background:url(javascript:boo())">c</div>`, `<body onload=boo()>`, `<details open ontoggle=boo()>a</details>`, `<x onclick=boo() autofocus tabindex=1 onfocus=boo()>c</x>`,
	`<!--><img src=x onerror=boo()>-->`, `<!-- --!><img src=x onerror=boo()>`, `<![CDATA[><img src=x onerror=boo()>]]>`, `]]><script>boo()</script>`, `"><script>boo()</script>`, `</title></script><script>boo()</script>`,
	`[a](javascript:boo())`, `[a](<javascript:boo()>)`, `[a](java&#115;cript:boo())`, `[a](&#x6A;avascript:boo())`, `![a](javascript:boo())`, `[a](data:text/html;base64,Ym9v)`, `<javascript:boo()>`,
	`![a"onerror="boo()](x)`, `[a](x "\" onmouseover=boo() a=\"")`, "```\"><img src=x onerror=boo()>", `<a ping="https://evil.example/boo" href=x>c</a>`, "[a](java\tscript:boo())", `<area href="javascript:boo()">`,
}

// TestHostilePostsDoNoHarm: whatever stands in a post, its front matter, or the name of
// its file, no document has a script, a handler of events or an address that runs one,
// but those of its own pages; and all are well-formed.
func TestHostilePostsDoNoHarm(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for i, text := range hostile {
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		q := string(quoted)
		name := "post-" + letters(i)
		front := "---\ntitle: " + q + "\ndate: 2026-01-02\n"
		files[name+".md"] = front + "---\ntext " + text + " more\n\n" + text + "\n"
		files["h/"+name+".html"] = front + "---\n" + text + "\n"
		files["f/"+name+".md"] = front + "tags: [" + q + "]\ncategories: [" + q + "]\nauthor: {name: " + q + ", url: " + q + "}\ndescription: " + q + "\nlang: " + q + "\nimage: {path: " + q + ", alt: " + q +
			"}\nlink: " + q + "\nenclosure: {url: " + q + ", type: " + q + ", title: " + q + "}\n---\nx\n"
		files["u/"+name+".md"] = front + "link: javascript:boo()\nimage: vbscript:boo()\nauthor: {name: a, url: \"data:text/html,boo()\"}\nenclosure: \"java\\tscript:boo()\"\npermalink: " + q + "\nslug: " + q + "\n---\nx\n"
	}
	b := &published{t: t, dir: t.TempDir(), clock: time.Now(), settings: map[string]string{
		"BROADSHEET_URL": "https://example.org", "BROADSHEET_SOURCE_MARKDOWN": "true", "BROADSHEET_TITLE": hostile[2], "BROADSHEET_ITEMS": "1000",
	}}
	b.write(files)
	b.publish(t.Context())
	for _, d := range b.edition.Documents() {
		body := b.ask(http.MethodGet, d.Path, nil).Body.String()
		switch {
		case strings.Contains(d.ContentType, "json"):
			harmlessJSON(t, d.Path, body)
		case strings.Contains(d.ContentType, "xml") || strings.Contains(d.ContentType, "opml"):
			harmlessXML(t, d.Path, body)
		case strings.HasPrefix(d.ContentType, "text/html"):
			harmlessHTML(t, d.Path, body, true)
		}
	}
}

// address matches those that a reader may follow.
var address = regexp.MustCompile(`^(?i:https?:|feed:(?://|https?:)|mailto:|tag:|urn:|/|#|\?|$|[^:]*$)`)

// harmlessHTML judges elements and attributes, as browsers read them. A page has
// scripts, styles and metadata of its own.
func harmlessHTML(t *testing.T, where, text string, page bool) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%s: %v", where, err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if slices.Contains([]string{"script", "style", "base", "meta", "link", "object", "embed", "form", "frame"}, n.Data) && (!page || n.FirstChild != nil && strings.HasPrefix(n.FirstChild.Data, "boo")) {
			t.Errorf("%s holds <%s>", where, n.Data)
		}
		for _, a := range n.Attr {
			key := strings.ToLower(a.Key)
			plain := strings.Map(func(r rune) rune {
				if r <= ' ' {
					return -1
				}
				return r
			}, a.Val)
			switch {
			case strings.HasPrefix(key, "on"), key == "srcdoc", key == "ping", key == "style" && strings.Contains(a.Val, "boo"):
				t.Errorf("%s: <%s %s=%q>", where, n.Data, key, a.Val)
			case slices.Contains([]string{"href", "src", "action", "formaction", "poster", "cite", "data", "background"}, key) && !address.MatchString(plain) && (n.Data != "link" || !strings.HasPrefix(plain, "data:image/svg+xml")):
				t.Errorf("%s: <%s %s=%q>", where, n.Data, key, a.Val)
			case key == "srcset" && strings.Contains(plain, "script:"):
				t.Errorf("%s: <%s %s=%q>", where, n.Data, key, a.Val)
			}
		}
	}
}

// harmlessXML judges the addresses of a feed, and what readers take for HTML in it.
func harmlessXML(t *testing.T, where, text string) {
	t.Helper()
	decoder, within, inner := xml.NewDecoder(strings.NewReader(text)), xml.StartElement{}, ""
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", where, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			within, inner = token, ""
			for _, a := range token.Attr {
				if slices.Contains([]string{"href", "url", "src", "htmlUrl", "xmlUrl"}, a.Name.Local) && !address.MatchString(a.Value) {
					t.Errorf("%s: <%s %s=%q>", where, token.Name.Local, a.Name.Local, a.Value)
				}
			}
		case xml.CharData:
			inner += string(token)
		case xml.EndElement:
			isHTML := slices.ContainsFunc(within.Attr, func(a xml.Attr) bool { return a.Name.Local == "type" && a.Value == "html" })
			switch within.Name.Local {
			case "link", "uri", "url", "comments", "icon", "logo":
				if !address.MatchString(strings.TrimSpace(inner)) {
					t.Errorf("%s: <%s>%s", where, within.Name.Local, inner)
				}
			case "description", "encoded", "content", "summary":
				if isHTML || within.Name.Local == "description" && within.Name.Space == "" || within.Name.Local == "encoded" {
					harmlessHTML(t, where+" "+within.Name.Local, inner, false)
				}
			}
			within, inner = xml.StartElement{}, ""
		}
	}
}

// harmlessJSON judges the HTML and the addresses of a JSON Feed.
func harmlessJSON(t *testing.T, where, text string) {
	t.Helper()
	type author struct{ URL, Avatar string }
	var f struct {
		HomePageURL string `json:"home_page_url"`
		Authors     []author
		Items       []struct {
			URL, Image  string
			ExternalURL string `json:"external_url"`
			HTML        string `json:"content_html"`
			Authors     []author
			Attachments []struct{ URL string }
		}
	}
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatalf("%s: %v", where, err)
	}
	addresses := []string{f.HomePageURL}
	for _, item := range f.Items {
		harmlessHTML(t, where+" content_html", item.HTML, false)
		addresses = append(addresses, item.URL, item.Image, item.ExternalURL)
		for _, a := range append(item.Authors, f.Authors...) {
			addresses = append(addresses, a.URL, a.Avatar)
		}
		for _, a := range item.Attachments {
			addresses = append(addresses, a.URL)
		}
	}
	for _, at := range addresses {
		if !address.MatchString(at) {
			t.Errorf("%s: the address %q", where, at)
		}
	}
}
