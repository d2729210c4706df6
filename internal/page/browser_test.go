package page_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"broadsheet/internal/browsertest"
	"broadsheet/internal/page"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browsertest.Close()
	os.Exit(code)
}

// ask runs an expression of JavaScript in the page.
func ask[T any](tab context.Context, t *testing.T, expression string) T {
	t.Helper()
	value, err := browsertest.Run(tab, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func visit(tab context.Context, t *testing.T, address string) {
	t.Helper()
	if err := browsertest.Do(tab, chromedp.Navigate(address)); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
}

// serve hands out the samples as a server would, and a feed in each format of
// XML, with the security policy that the pages need.
func serve(t *testing.T, theme *page.Theme, list []sample) string {
	t.Helper()
	files := http.NewServeMux()
	hand := func(path, kind string, body []byte) {
		files.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Content-Security-Policy", "default-src 'none'; img-src 'self'; style-src 'self'; script-src "+strings.Join(page.Scripts(false), " "))
			w.Write(body)
		})
	}
	for _, s := range list {
		hand("/"+s.name, "text/html; charset=utf-8", render(t, theme, s))
	}
	types := map[string]string{".css": "text/css", ".svg": "image/svg+xml"}
	for _, a := range theme.Assets() {
		hand("/"+a.Name, types[filepath.Ext(a.Name)], a.Data)
	}
	style, err := theme.FeedStyle(site("en", "The Quiet Margin"))
	if err != nil {
		t.Fatal(err)
	}
	hand("/feed.css", "text/css", style)
	for _, name := range []string{"rss.xml", "atom.xml"} {
		feed, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		hand("/"+name, "application/xml", feed)
	}
	hand("/favicon.ico", "image/x-icon", nil) // asked for where a feed is shown
	files.Handle("GET /assets/", http.StripPrefix("/assets/", http.FileServer(http.Dir("../../posts/assets/images"))))
	server := httptest.NewServer(files)
	t.Cleanup(server.Close)
	return server.URL
}

// complaints collects what a browser says against the pages it shows.
type complaints struct {
	mu       sync.Mutex
	list     []string
	requests int
}

func (c *complaints) watch(ctx context.Context, t *testing.T, home string) {
	t.Helper()
	_, err := chromedp.Call(ctx, network.Enable, network.EnableParams{})
	if err == nil {
		_, err = chromedp.Call(ctx, log.Enable, struct{}{})
	}
	if err == nil {
		err = chromedp.Listen(ctx, func(event any) { c.add(event, home) })
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (c *complaints) add(event any, home string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		c.list = append(c.list, e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		c.list = append(c.list, fmt.Sprintf("console.%s", e.Type))
	case *log.EventEntryAdded:
		c.list = append(c.list, e.Entry.Text)
	case *network.EventRequestWillBeSent:
		c.requests++
		if u := e.Request.URL; !strings.HasPrefix(u, home) && !strings.HasPrefix(u, "data:") {
			c.list = append(c.list, "request to "+u)
		}
	}
}

func (c *complaints) take() (list []string, requests int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	list, requests = c.list, c.requests
	c.list, c.requests = nil, 0
	return list, requests
}

// look is how a page is looked at.
type look struct {
	width  int64
	scheme string
}

var looks = []look{{390, "light"}, {390, "dark"}, {1280, "light"}, {1280, "dark"}}

// allLooks makes every page be looked at in each of these ways, with a picture
// kept in build/screenshots for people to look at. Without it each page is looked
// at once, one after the other in another way, since pictures take long.
var allLooks = flag.Bool("looks", false, "look at every page in each width and colour scheme, and keep the pictures")

// looksAt returns how the nth page is looked at.
func looksAt(n int) []look {
	if *allLooks {
		return looks
	}
	return looks[n%len(looks):][:1]
}

func dress(ctx context.Context, t *testing.T, l look) {
	t.Helper()
	err := browsertest.Do(ctx, chromedp.EmulateViewport(l.width, 900))
	if err == nil {
		scheme := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}}
		_, err = chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: scheme})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestPagesShowInABrowser(t *testing.T) {
	ctx, list := browsertest.Tab(t), samples(t)
	home := serve(t, load(t), list)
	names := []string{"rss.xml", "atom.xml"}
	for _, s := range list {
		names = append(names, s.name)
	}
	var seen complaints
	seen.watch(ctx, t, home)
	for n, name := range names {
		for _, look := range looksAt(n) {
			dress(ctx, t, look)
			what := fmt.Sprintf("%s-%d-%s", name, look.width, look.scheme)
			visit(ctx, t, home+"/"+name)
			if wider := ask[float64](ctx, t, `document.documentElement.scrollWidth - innerWidth`); wider > 0 {
				t.Errorf("%s: the page is %v pixels wider than the window", what, wider)
			}
			if *allLooks {
				keep(ctx, t, what+".png")
			}
			list, requests := seen.take()
			for _, complaint := range list {
				t.Errorf("%s: %s", what, complaint)
			}
			if requests < 1 {
				t.Errorf("%s: no request was seen", what)
			}
		}
	}
}

// keep keeps a picture of the page for people to look at.
func keep(ctx context.Context, t *testing.T, name string) {
	t.Helper()
	_, err := browsertest.Run(ctx, chromedp.Evaluate[bool](`Promise.all([...document.images ?? []].map(image => {
		image.loading = "eager" // those below the fold too
		return image.decode()
	})).then(() => true)`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	picture, err := browsertest.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join("..", "..", "build", "screenshots")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), picture, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestCopyButtonsCopy(t *testing.T) {
	ctx := browsertest.Tab(t)
	visit(ctx, t, serve(t, load(t), samples(t))+"/en-subscribe")
	// Headless browsers have no clipboard to look into.
	ask[bool](ctx, t, `navigator.clipboard.writeText = async text => { window.copied = text }, true`)
	if err := browsertest.Do(ctx, chromedp.Click(chromedp.Search(`button[data-copy="https://example.org/atom.xml"]`)), chromedp.WaitVisible(chromedp.Search(`//button[text()="Copied"]`))); err != nil {
		t.Fatal(err)
	}
	if copied, said := ask[string](ctx, t, `copied`), ask[string](ctx, t, `_said.textContent`); copied != base+"/atom.xml" || said != "Copied" {
		t.Errorf("copied %q, said %q", copied, said)
	}
}

func TestLinesAreNeitherShortNorLong(t *testing.T) {
	ctx := browsertest.Tab(t)
	visit(ctx, t, serve(t, load(t), samples(t))+"/en-post-1-type")
	dress(ctx, t, looks[2])
	characters := ask[float64](ctx, t, `(() => {
		const p = document.querySelector(".content p"), box = document.createRange()
		const tops = new Map()
		for (const node of p.childNodes) for (let i = 0; i < node.textContent.length && node.nodeType == 3; i++) {
			box.setStart(node, i); box.setEnd(node, i + 1)
			const top = box.getBoundingClientRect().top
			tops.set(top, (tops.get(top) ?? 0) + 1)
		}
		return Math.max(...tops.values())
	})()`)
	if characters < 60 || characters > 75 {
		t.Errorf("the longest line has %v characters; expected 60 to 75", characters)
	}
}

func TestFeedsReadWellInABrowser(t *testing.T) {
	ctx := browsertest.Tab(t)
	home := serve(t, load(t), samples(t))
	for _, name := range []string{"rss.xml", "atom.xml"} {
		visit(ctx, t, home+"/"+name)
		text := ask[string](ctx, t, `[...document.querySelectorAll("*")].filter(e => e.checkVisibility() && !e.children.length).map(e => e.textContent).join("\n")`)
		for _, want := range []string{"The Quiet Margin", "The quiet work of a good margin", "A margin is where", "Nov"} {
			if want == "Nov" && name == "atom.xml" {
				want = "2026-11-16"
			}
			if !strings.Contains(text, want) {
				t.Errorf("%s does not show %q:\n%s", name, want, text)
			}
		}
		for _, hidden := range []string{"<p>", "tag:example.org", "Broadsheet", "A picture"} {
			if strings.Contains(text, hidden) {
				t.Errorf("%s shows %q:\n%s", name, hidden, text)
			}
		}
		notice := ask[string](ctx, t, `getComputedStyle(document.documentElement, "::before").content`)
		if !strings.Contains(notice, "This is a feed.") || !strings.Contains(notice, base+"/subscribe") {
			t.Errorf("%s says %s", name, notice)
		}
	}
}

func TestNoPageNeedsAScript(t *testing.T) {
	ctx, list := browsertest.Tab(t), samples(t)
	home := serve(t, load(t), list)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		visit(ctx, t, home+"/"+s.name)
		if text := ask[string](ctx, t, `document.querySelector("main").innerText`); strings.TrimSpace(text) == "" || strings.Contains(text, "Copy\n") {
			t.Errorf("%s shows %q", s.name, text)
		}
	}
}

// Axe's rules are those that a machine can check for people who cannot see or
// cannot use a mouse.
func TestAxeFindsNothing(t *testing.T) {
	axe, err := os.ReadFile("../../scripts/pages/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("this needs axe-core, which scripts/install-test-tools.sh installs")
	}
	ctx, list := browsertest.Tab(t), samples(t)
	home := serve(t, load(t), list)
	for n, s := range list {
		for _, look := range looksAt(n) {
			dress(ctx, t, look)
			visit(ctx, t, home+"/"+s.name)
			ask[bool](ctx, t, string(axe)+"; true")
			result, err := browsertest.Run(ctx, chromedp.Evaluate[string](`axe.run({resultTypes: ["violations"]}).then(result => JSON.stringify({
				passes: result.passes.length,
				violations: result.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.map(n => n.html).join(" ")),
			}))`, chromedp.EvalAwaitPromise))
			if err != nil {
				t.Fatal(err)
			}
			var found struct {
				Passes     int
				Violations []string
			}
			if err := json.Unmarshal([]byte(result), &found); err != nil || found.Passes < 10 {
				t.Fatalf("%s: axe did not run: %v: %s", s.name, err, result)
			}
			for _, violation := range found.Violations {
				t.Errorf("%s at %d, %s: %s", s.name, look.width, look.scheme, violation)
			}
		}
	}
}

// A change between the answer with the page and the moment at which its script listens is
// told by no event.
func TestPreviewOfAPageThatChangedBeforeItListened(t *testing.T) {
	preview := func(title string) []byte {
		return render(t, load(t), sample{kind: page.Post, page: page.Page{
			Site: site("en", "The Quiet Margin"), Title: title, Preview: true, Post: &page.Entry{Title: title},
		}})
	}
	var asked atomic.Int32
	files := http.NewServeMux()
	files.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; connect-src 'self'; script-src "+strings.Join(page.Scripts(true), " "))
		if asked.Add(1) == 1 {
			w.Write(preview("Before"))
			return
		}
		w.Write(preview("After"))
	})
	files.HandleFunc("GET "+page.ReloadPath, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, ":\n\n")
		http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	server := httptest.NewServer(files)
	t.Cleanup(server.Close)
	ctx := browsertest.Tab(t)
	visit(ctx, t, server.URL)
	if err := browsertest.Do(ctx, chromedp.WaitVisible(chromedp.Search(`//h1[text()="After"]`))); err != nil {
		t.Fatal(err)
	}
	// Each page is asked for twice: by the browser, and by its script.
	for asked.Load() < 4 {
		ask[bool](ctx, t, `true`)
	}
	for range 50 {
		ask[bool](ctx, t, `true`)
	}
	if n := asked.Load(); n != 4 {
		t.Errorf("two pages were asked for %d times: the page loads itself again and again", n)
	}
}
