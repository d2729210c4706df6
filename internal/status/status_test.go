package status_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source"
	"broadsheet/internal/status"

	"golang.org/x/net/html"
)

func TestLine(t *testing.T) {
	const file = "first\nsecond\r\n\n\tfourth \x1b[31m\x00\x7f\nfifth \u202eevil\u202c\u0085\u2028\nsixth \xff\xfe\nzwj 👩\u200d💻"
	for number, want := range map[int]string{
		-1: "", 0: "", 1: "first", 2: "second", 3: "", 4: "␉fourth ␛[31m␀␡", 5: "fifth ⟨U+202E⟩evil⟨U+202C⟩⟨U+0085⟩⟨U+2028⟩",
		6: "sixth \ufffd\ufffd", 7: "zwj 👩\u200d💻", 8: "", 1 << 40: "",
	} {
		if got := status.Line([]byte(file), number); got != want {
			t.Errorf("line %d: %q, want %q", number, got, want)
		}
	}
}

func TestLongLineIsCutBetweenCharacters(t *testing.T) {
	for _, n := range []int{199, 200, 201, 100_000} {
		want := strings.Repeat("ü", min(n, 200))
		if n > 200 {
			want += "…"
		}
		if got := status.Line([]byte("x\n"+strings.Repeat("ü", n)+"\ny"), 2); got != want {
			t.Errorf("%d characters: %q", n, got)
		}
	}
}

var now = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

func ago(d time.Duration) *time.Time {
	t := now.Add(-d)
	return &t
}

// hostile is text that would do harm if it were taken for anything but text.
const hostile = "</code></td><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{.}}\u202e\x1b"

func facts() status.Facts {
	return status.Facts{
		Time: now, State: status.Degraded, Folder: "/srv/" + hostile,
		Edition: status.Edition{Number: 7, Published: ago(90 * time.Second), Documents: 12},
		Next:    ago(-3 * time.Hour),
		Feeds: []status.Feed{
			{Path: "/rss.xml", URL: "https://example.org/rss.xml", Bytes: 129_412, Gzip: 30_900, Modified: *ago(50 * time.Hour)},
			{Path: "/feed.json", URL: "javascript:alert(1)", Bytes: 512, Modified: *ago(0)},
		},
		Changes: []status.Change{{Edition: 7, At: *ago(90 * time.Second), Added: 1, Changed: 2, Gone: 3}},
		Scan:    status.Scan{At: ago(time.Second), Held: 40, HeldFiles: []source.Held{{Path: hostile, Why: hostile}}},
		Watch:   status.Watch{Mode: "poll", Reason: hostile, LastError: hostile},
		Problems: []status.Problem{
			{Problem: blog.Problem{File: hostile, Line: 3, Severity: blog.Error, Message: hostile}, Text: hostile},
			{Problem: blog.Problem{Severity: blog.Warning, Message: "the folder is empty"}},
		},
	}
}

// allowed are the elements of the page; nothing that a file says adds one.
var allowed = strings.Fields(`html head meta title style body header h1 span p time a main section h2 div table caption thead tr th
	tbody td bdi pre code dl dt dd footer`)

// outline reads a page as strictly as HTML can be read: each element is closed
// where it was opened, and has a name that is expected.
func outline(t *testing.T, page []byte) (count map[string]int) {
	t.Helper()
	count = map[string]int{}
	var open []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) || len(open) > 0 {
				t.Errorf("ends with %v and %v open", z.Err(), open)
			}
			return count
		case html.StartTagToken:
			tag := z.Token()
			count[tag.Data]++
			if !strings.Contains(" "+strings.Join(allowed, " ")+" ", " "+tag.Data+" ") {
				t.Errorf("<%s> does not belong here", tag.Data)
			}
			for _, a := range tag.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(a.Val, "javascript:") {
					t.Errorf("%v", tag)
				}
			}
			if tag.Data != "meta" {
				open = append(open, tag.Data)
			}
		case html.EndTagToken:
			name := z.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func TestPageIsWellFormedWhateverFilesAreCalled(t *testing.T) {
	for name, f := range map[string]status.Facts{"none": {}, "many": facts()} {
		for _, still := range []bool{false, true} {
			page, err := status.Page(f, still)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			count := outline(t, page)
			if count["h1"] != 1 || count["main"] != 1 || count["header"] != 1 || count["footer"] != 1 || count["h2"] != 5 || count["section"] != 5 {
				t.Errorf("%s: landmarks and headings: %v", name, count)
			}
			if count["table"] != count["caption"] {
				t.Errorf("%s: %d tables, %d captions", name, count["table"], count["caption"])
			}
			if bytes.Contains(page, []byte(`http-equiv="refresh"`)) == still {
				t.Errorf("%s: still %v, but %s", name, still, page)
			}
			if bytes.ContainsAny(page, "\u202e\x1b\x00") || bytes.Contains(page, []byte("ZgotmplZ")) && name == "none" {
				t.Errorf("%s: unseen characters, or a value that the template refused: %s", name, page)
			}
		}
	}
}

func TestPageSaysWhatTheFactsSay(t *testing.T) {
	page, err := status.Page(facts(), false)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<title>Broadsheet: degraded, 2 problems</title>", `content="5"`,
		"129.4 kB", "30.9 kB", "512 B", "2 days ago", "now", "in 3 h", "1 min ago",
		`<time datetime="2026-05-04T11:58:30Z">2026-05-04 11:58:30</time>`,
		`<td class="n">1</td><td class="n">2</td><td class="n">3</td>`,
		"polling: <bdi>&lt;/code&gt;", `<pre><code dir="auto">&lt;/code&gt;`, "</bdi>:3</th>", "the folder</th>", "the first 1<", `href="/status?still"`,
	} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
}

func TestPageShowsTheFirstOfManyProblems(t *testing.T) {
	var f status.Facts
	for n := range 1000 {
		f.Problems = append(f.Problems, status.Problem{Problem: blog.Problem{File: fmt.Sprint(n, ".md"), Severity: blog.Error, Message: "m"}})
	}
	page, err := status.Page(f, false)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(page, []byte(".md</bdi>")); n != 200 || !bytes.Contains(page, []byte("the first 200 of 1000")) {
		t.Errorf("%d problems in %s", n, page)
	}
}

func TestPolicyAllowsTheStyleOfThePageAlone(t *testing.T) {
	page, err := status.Page(facts(), false)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(page, []byte("<style>"))
	style, _, _ := bytes.Cut(rest, []byte("</style>"))
	sum := sha256.Sum256(style)
	want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	if got := status.Policy(); got != want || len(style) == 0 {
		t.Errorf("%s, want %s", got, want)
	}
}
