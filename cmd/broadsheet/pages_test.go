package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"broadsheet/internal/browsertest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// visitor is a person with Chromium who reads what a service serves.
type visitor struct {
	*service
	ctx  context.Context
	lost string // what paths begin with that may answer 404

	mu       sync.Mutex
	unwanted []string // what the console says, and requests to other hosts
}

// newVisitor skips the test where there is no Chromium.
func newVisitor(s *service) *visitor {
	t := s.t
	t.Helper()
	ctx := browsertest.Tab(t)
	v := &visitor{service: s, ctx: ctx}
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	must(t, err)
	_, err = chromedp.Call(ctx, log.Enable, struct{}{})
	must(t, err)
	must(t, chromedp.Listen(ctx, v.hear))
	return v
}

func (v *visitor) hear(event any) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		v.unwanted = append(v.unwanted, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		v.unwanted = append(v.unwanted, fmt.Sprintf("console.%s", e.Type))
	case *log.EventEntryAdded:
		v.unwanted = append(v.unwanted, e.Entry.Text+" "+e.Entry.URL)
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, v.public+"/") && !strings.HasPrefix(u, "data:") {
			v.unwanted = append(v.unwanted, "request to "+u)
		}
	}
}

// visit opens a page, and fails the test unless it answers so, without a
// complaint and without asking another host.
func (v *visitor) visit(path string, status int64) {
	v.t.Helper()
	response, err := browsertest.Run(v.ctx, chromedp.NavigateResponse(v.public+path))
	must(v.t, err)
	if response == nil || response.Status != status {
		v.t.Errorf("%s answers %+v, expected %d", path, response, status)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, what := range v.unwanted {
		// Chromium complains of whatever answers 404.
		if !strings.Contains(what, "status of 404") || v.lost == "" || !strings.Contains(what, v.public+v.lost) {
			v.t.Errorf("%s: %s", path, what)
		}
	}
	v.unwanted = nil
}

// says runs an expression in the page.
func (v *visitor) says(expression string) string {
	v.t.Helper()
	text, err := browsertest.Run(v.ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		v.t.Fatalf("%s: %v", expression, err)
	}
	return text
}

// expect fails the test unless a page shows these words to its reader.
func (v *visitor) expect(what string, words ...string) {
	v.t.Helper()
	text := v.says(`document.querySelector("body").innerText`)
	for _, word := range words {
		if !strings.Contains(text, word) {
			v.t.Errorf("%s does not show %q:\n%s", what, word, text)
		}
	}
}

// follow clicks on a link of the page, and waits for where it leads.
func (v *visitor) follow(link, path string) {
	v.t.Helper()
	must(v.t, browsertest.Do(v.ctx, chromedp.Click(chromedp.Search(link))))
	v.until(path, func() bool {
		arrived, err := browsertest.Run(v.ctx, chromedp.Evaluate[bool](fmt.Sprintf(`location.pathname == %q && document.readyState == "complete"`, path)))
		return err == nil && arrived // an error says that the page is being left
	})
}

// sampleSite serves the sample posts as a newcomer does.
func sampleSite(t *testing.T) *service {
	t.Helper()
	return startService(t, "../../posts", "--url", "", "--items", "5", "--title", "Broadsheet samples")
}

func TestPagesInABrowser(t *testing.T) {
	t.Parallel()
	s := sampleSite(t)
	v := newVisitor(s)
	v.visit("/", 200)
	v.expect("the index", "Broadsheet samples", "Welcome to Broadsheet", "Older posts", "Categories", "Subscribe")
	v.follow(`//h2/a[text()="Welcome to Broadsheet"]`, "/2026/11/16/welcome-to-broadsheet/")
	v.expect("a post", "Welcome to Broadsheet", "16 November 2026", "Previous")
	v.visit("/page/2/", 200)
	v.expect("page two", "Page 2 of", "Newer posts")
	v.visit("/categories/code/", 200)
	v.expect("a term", "Category", "Code that survives the trip")
	v.follow(`//nav//a[text()="Subscribe"]`, "/subscribe/")
	v.expect("the ways to subscribe", s.public+"/rss.xml", "Open in", "Only some posts", "Code")

	// Headless browsers have no clipboard to look into.
	v.says(`navigator.clipboard.writeText = async text => { window.copied = text }, ""`)
	must(t, browsertest.Do(v.ctx, chromedp.Click(chromedp.Search(fmt.Sprintf("button[data-copy=%q]", s.public+"/atom.xml"))), chromedp.WaitVisible(chromedp.Search(`//button[text()="Copied"]`))))
	if copied := v.says(`copied`); copied != s.public+"/atom.xml" {
		t.Errorf("the button copied %q", copied)
	}
	v.lost = "/nothing/here"
	v.visit("/nothing/here", 404)
	v.expect("what is not there", "Page not found", "Subscribe")
	if got := s.ask(s.public + "/favicon.ico").status; got != 200 && got != 204 {
		t.Errorf("/favicon.ico, which browsers ask for, answers %d", got)
	}
}

// What is seen is kept in build/screenshots, for people to look at.
func TestPagesFitInABrowser(t *testing.T) {
	t.Parallel()
	s := sampleSite(t)
	v := newVisitor(s)
	folder := filepath.Join("..", "..", "build", "screenshots")
	must(t, os.MkdirAll(folder, 0o755))
	pages := map[string]string{"index": "/", "post": "/2026/02/03/a-picture-for-the-front-page/", "subscribe": "/subscribe/", "term": "/authors/ada-example/"}
	for _, width := range []int64{390, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			must(t, browsertest.Do(v.ctx, chromedp.EmulateViewport(width, 900)))
			_, err := chromedp.Call(v.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
			must(t, err)
			for name, path := range pages {
				v.visit(path, 200)
				if wider := v.says(`String(document.documentElement.scrollWidth - innerWidth)`); wider != "0" {
					t.Errorf("%s is %s pixels wider than a window of %d", path, wider, width)
				}
				picture, err := browsertest.Run(v.ctx, chromedp.CaptureScreenshot())
				must(t, err)
				must(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("site-%s-%d-%s.png", name, width, scheme)), picture, 0o644))
			}
		}
	}
}

func TestFeedsInABrowser(t *testing.T) {
	t.Parallel()
	s := sampleSite(t)
	v := newVisitor(s)
	for path, names := range map[string]struct{ entry, content string }{"/rss.xml": {"item", "encoded"}, "/atom.xml": {"entry", "content"}} {
		v.visit(path, 200)
		look := func(selector, property, pseudo string) string {
			return v.says(fmt.Sprintf(`getComputedStyle(document.querySelector(%q), %q)[%q]`, selector, pseudo, property))
		}
		if got := look(names.entry+" > title", "display", ""); got != "block" {
			t.Errorf("%s: titles are %s", path, got)
		}
		if got := look(names.entry+" > "+names.content, "display", ""); got != "none" {
			t.Errorf("%s: content is %s", path, got)
		}
		if got := look(":root", "content", "::before"); !strings.Contains(got, "This is a feed.") || !strings.Contains(got, s.public+"/subscribe/") {
			t.Errorf("%s: the notice is %s", path, got)
		}
	}
}

// Whoever has switched scripts off gets from the index to every page, and reads it.
func TestEveryPageIsReachedWithoutScripts(t *testing.T) {
	t.Parallel()
	s := sampleSite(t)
	v := newVisitor(s)
	_, err := chromedp.Call(v.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	must(t, err)
	paths := []string{"/"}
	for i := 0; i < len(paths); i++ {
		v.visit(paths[i], 200)
		if text := v.says(`document.querySelector("main").innerText`); strings.TrimSpace(text) == "" || strings.Contains(text, "Copy\n") {
			t.Errorf("%s shows %q", paths[i], text)
		}
		links := v.says(`[...document.links].filter(a => a.origin == location.origin && a.pathname.endsWith("/")).map(a => a.pathname).join("\n")`)
		for path := range strings.Lines(links) {
			if path = strings.TrimSpace(path); !slices.Contains(paths, path) {
				paths = append(paths, path)
			}
		}
	}
	for _, want := range []string{"/subscribe/", "/archive/", "/page/2/", "/2026/02/03/a-picture-for-the-front-page/", "/tags/100%25/"} {
		if !slices.Contains(paths, want) {
			t.Errorf("no link leads to %s; they lead to\n%s", want, strings.Join(paths, "\n"))
		}
	}
}

// A generator makes the pages of its site; there, the index is about the feeds.
func TestIndexBesideAGeneratorInABrowser(t *testing.T) {
	t.Parallel()
	site := filepath.Join(corpus, "jekyllrb", "site")
	if _, err := os.Stat(site); err != nil {
		t.Skipf("no real Jekyll site beside the tree: %v", err)
	}
	s := startService(t, site)
	v := newVisitor(s)
	v.lost = "/img/" // pictures that are no part of the corpus
	v.visit("/", 200)
	var newest struct{ Items []struct{ Title string } }
	must(t, json.Unmarshal([]byte(s.feed()), &newest))
	v.expect("the index", newest.Items[0].Title, "RSS", "Atom", "JSON Feed", "Subscribe")
	if got := s.ask(s.public + "/archive/").status; got != 404 {
		t.Errorf("the archive, which the generator may have, answers %d", got)
	}
}
