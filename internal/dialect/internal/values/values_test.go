package values_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/frontmatter/meta"
)

// value is what front matter holds under the key x.
func value(t *testing.T, yaml string) meta.Value {
	t.Helper()
	block, err := frontmatter.Parse("a.md", []byte("---\nx: "+yaml+"\n---\n"))
	if err != nil {
		t.Fatal(err)
	}
	v, _ := block.Meta.Get("x")
	return v
}

func TestAuthors(t *testing.T) {
	ada := blog.Author{Name: "Ada"}
	full := blog.Author{Name: "Ada", Email: "ada@a.b", URL: "https://a.b/"}
	for yaml, want := range map[string][]blog.Author{
		"Ada":                          {ada},
		"[Ada, Bob]":                   {ada, {Name: "Bob"}},
		"Ada <ada@a.b> <https://a.b/>": {full},
		"'\"Ada\" <ada@a.b>'":          {{Name: "Ada", Email: "ada@a.b"}},
		"'[Ada](https://a.b/)'":        {{Name: "Ada", URL: "https://a.b/"}},
		"ada@a.b":                      {{Email: "ada@a.b"}},
		"mailto:ada@a.b":               {{Email: "ada@a.b"}},
		"https://a.b/":                 {{URL: "https://a.b/"}},
		"{name: Ada, mail: ada@a.b, homepage: 'https://a.b/'}": {full},
		"{ada: {email: ada@a.b}, bob: {name: Bob}}":            {{Name: "ada", Email: "ada@a.b"}, {Name: "Bob"}},
		"[{name: Ada}, Bob]":                                   {ada, {Name: "Bob"}},
		"{}":                                                   nil,
	} {
		if got := values.Authors(value(t, yaml)); !slices.Equal(got, want) {
			t.Errorf("%s: %+v, want %+v", yaml, got, want)
		}
	}
}

func TestDurations(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"90": 90 * time.Second, "1:30": 90 * time.Second, "1:02:03": 3723 * time.Second, "61 min": 61 * time.Minute,
		"1h2m": 62 * time.Minute, "PT1H2M": 62 * time.Minute, "1 hour 2 minutes": 62 * time.Minute, "1.5": 1500 * time.Millisecond,
		"": 0, "soon": 0, "-5": 0, "-5m": 0, "1:2:3:4": 0, "NaN": 0, "Inf": 0, "99999999": 0,
	} {
		if got := values.Duration(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestSizesAndTypes(t *testing.T) {
	for text, want := range map[string]int64{"123": 123, "1,234,567": 1234567, "1_000": 1000, "12 MB": 0, "-1": 0, "": 0, "99999999999999999999": 0} {
		if got := values.Size(text); got != want {
			t.Errorf("%q: %d bytes, want %d", text, got, want)
		}
	}
	for text, want := range map[string]string{" Audio/MPEG ": "audio/mpeg", "audio": "", "/mpeg": "", "audio/": "", "audio/mpeg; x": ""} {
		if got := values.MIMEType(text); got != want {
			t.Errorf("%q: type %q, want %q", text, got, want)
		}
	}
}

func TestEnclosures(t *testing.T) {
	mp3 := blog.Enclosure{URL: "/a.mp3", Type: "audio/mpeg"}
	sized := blog.Enclosure{URL: "https://a.b/a.mp3", Type: "audio/mpeg", Size: 123}
	for _, test := range []struct {
		key, yaml string
		want      []blog.Enclosure
		warns     bool
	}{
		{"audio", "/a.mp3", []blog.Enclosure{mp3}, false},
		{"audio", "https://a.b/stream", []blog.Enclosure{{URL: "https://a.b/stream", Type: "audio/mpeg"}}, false},
		{"audio", "a quiet one", nil, false},
		{"video", "https://www.youtube.com/watch?v=x", nil, false},
		{"enclosure", "https://a.b/download", []blog.Enclosure{{URL: "https://a.b/download", Type: "application/octet-stream"}}, false},
		{"enclosure", "words", nil, true},
		{"enclosure", "{url: /a.mp3, length: 123, duration: '1:30'}", []blog.Enclosure{{URL: "/a.mp3", Type: "audio/mpeg", Size: 123, Duration: 90 * time.Second}}, false},
		{"enclosure", "{mp3: /a.mp3, ogg: /a.ogg}", []blog.Enclosure{mp3, {URL: "/a.ogg", Type: "audio/ogg"}}, false},
		{"enclosure", "[/a.mp3, /a.mp3]", []blog.Enclosure{mp3, mp3}, false},
		{"enclosure", `"https://a.b/a.mp3\n123\naudio/mpeg\n"`, []blog.Enclosure{sized}, false},   // as WordPress keeps it
		{"enclosure", `'https://a.b/a.mp3\n123\naudio/mpeg'`, []blog.Enclosure{sized}, false},     // with escapes left as they were
		{"enclosure", "['https://a.b/a.mp3', '123', audio/mpeg]", []blog.Enclosure{sized}, false}, // one file in parts
		{"enclosure", `"https://a.b/a.mp3 123 audio/mpeg a:1:{s:8:\"duration\";s:4:\"1:30\";}"`, []blog.Enclosure{{URL: sized.URL, Type: sized.Type, Size: 123, Duration: 90 * time.Second}}, false},
		{"enclosure", "false", nil, false},
	} {
		var told []string
		got := values.Enclosures(value(t, test.yaml), test.key, func(line int, message string) {
			if told = append(told, message); line != 2 || !strings.HasPrefix(message, test.key+": ") {
				t.Errorf("%s: %s: told of line %d: %s", test.key, test.yaml, line, message)
			}
		})
		if !slices.Equal(got, test.want) || len(told) > 0 != test.warns {
			t.Errorf("%s: %s: %+v, want %+v; told %v", test.key, test.yaml, got, test.want, told)
		}
	}
}

func TestPeopleAndTranscripts(t *testing.T) {
	for yaml, want := range map[string][]blog.Person{
		"Ada":        {{Name: "Ada", Role: "guest"}},
		"[Ada, Bob]": {{Name: "Ada", Role: "guest"}, {Name: "Bob", Role: "guest"}},
		"{name: Ada, role: Editor, url: /ada, img: /a.png}": {{Name: "Ada", Role: "editor", URL: "/ada", Image: "/a.png"}},
		"[{role: host}]": nil,
	} {
		if got := values.People(value(t, yaml), "guest"); !slices.Equal(got, want) {
			t.Errorf("%s: %+v, want %+v", yaml, got, want)
		}
	}
	for yaml, want := range map[string][]blog.Transcript{
		"/a.vtt":                  {{URL: "/a.vtt", Type: "text/vtt"}},
		"/a.html":                 {{URL: "/a.html", Type: "text/html"}},
		"read it yourself":        nil,
		"{url: /t, language: de}": {{URL: "/t", Type: "text/html", Language: "de"}},
		"[/a.vtt, {url: /b.srt, type: application/x-subrip}]": {{URL: "/a.vtt", Type: "text/vtt"}, {URL: "/b.srt", Type: "application/x-subrip"}},
	} {
		if got := values.Transcripts(value(t, yaml)); !slices.Equal(got, want) {
			t.Errorf("%s: %+v, want %+v", yaml, got, want)
		}
	}
}

func TestTitles(t *testing.T) {
	for text, want := range map[string]string{
		"A  B\tC": "A B C", "Vec<T>": "Vec<T>", "<em>A</em> &amp; B": "A & B", "?a=1&copy=2": "?a=1&copy=2",
		"A <!-- hidden --> B": "A B", "A <!-- open": "A", "&#65;&#x42;": "AB",
		"a<b and c>d": "a<b and c>d", "if (a<b && c>d) {}": "if (a<b && c>d) {}", "1 <i 2> 3": "1 <i 2> 3", "x<br>y<br />z": "x y z",
		"Box<I>, Set<B> and Map<A, B>": "Box<I>, Set<B> and Map<A, B>", "<B>Bold</B> Set<I>": "Bold Set<I>", "a <I CLASS='x'>b": "a b", "cut <em>here": "cut here",
		`A <a href="https://example.org/?a>b" class=x>link</a>`: "A link", "The <p> and <div> elements": "The <p> and <div> elements", "<CODE>x</CODE>": "x",
	} {
		if got := values.Title(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
