package rules_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/blog"
	dt "broadsheet/internal/dialect/internal/dialecttest"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/source"
)

// bare is a dialect that says nothing.
var bare = &rules.Dialect{Posts: func(rules.Source) rules.Posts { return rules.Posts{} }}

const dated = "2026-03-02-a.md"

func TestPostsGiveWayToOtherDocuments(t *testing.T) {
	for _, test := range []struct{ permalink, want, yielded string }{
		{"/a.png", "/2026/03/02/a/", "/a.png"},
		{"/free/", "/free/", ""},
	} {
		reader := rules.NewReader(dt.Site, rules.Posts{})
		reader.Avoid(func(path string) bool { return path == "/a.png" })
		r, err := reader.Read(source.File{Path: dated, Data: []byte(dt.Front("permalink: " + test.permalink))})
		if err != nil || r.Post.URL != dt.URL+test.want || r.Yielded != test.yielded || len(r.Problems) > 0 != (test.yielded != "") {
			t.Errorf("%s: %s, yielded %q, told %v: %v", test.permalink, r.Post.URL, r.Yielded, r.Problems, err)
		}
	}
}

func TestLongNamesAreShortened(t *testing.T) {
	long := strings.Repeat("ä", 200)
	r := (dt.Folder{}).Read(t, bare, dated, dt.Front("permalink: /"+long+"/", "tags: ["+long+"]"))
	if len(r.Post.URL) > 1024 || !strings.HasPrefix(r.Post.URL, dt.URL+"/%C3%A4") || len(r.Problems) != 2 {
		t.Errorf("%s (%d bytes), told %v", r.Post.URL, len(r.Post.URL), r.Problems)
	}
}

func TestFormerAddresses(t *testing.T) {
	p := (dt.Folder{}).Post(t, bare, dated, dt.Front("aliases: [/old/, two/../three, 'https://a.b/c']"))
	if want := []string{"/old", "/three"}; !slices.Equal(p.Aliases(), want) {
		t.Errorf("%q, want %q", p.Aliases(), want)
	}
}

func TestEpisodes(t *testing.T) {
	r := (dt.Folder{}).Read(t, bare, dated, dt.Front("audio: /a.mp3", "duration: '1:30'", "filesize: 123", "episode: 7", "season: {number: 2, name: Two}",
		"episode_type: Bonus", "explicit: no", "hosts: [Ada]", "guests: {name: Bob, role: Cook}", "chapters: /c.json", "transcript: /t.vtt"))
	e := r.Post.Told()
	if e.Number != 7 || e.Season != 2 || e.SeasonName != "Two" || e.Kind != "bonus" || e.Explicit != "false" || e.Chapters != "/c.json" {
		t.Errorf("the episode is %+v", e)
	}
	if want := []blog.Person{{Name: "Ada", Role: "host"}, {Name: "Bob", Role: "cook"}}; !slices.Equal(e.People, want) {
		t.Errorf("people %v, want %v", e.People, want)
	}
	if want := (blog.Enclosure{URL: "/a.mp3", Type: "audio/mpeg", Size: 123, Duration: 90 * time.Second}); len(r.Post.Enclosures()) != 1 || r.Post.Enclosures()[0] != want {
		t.Errorf("enclosures %v, want %v", r.Post.Enclosures(), want)
	}
	if want := (blog.Transcript{URL: "/t.vtt", Type: "text/vtt"}); len(e.Transcripts) != 1 || e.Transcripts[0] != want {
		t.Errorf("transcripts %v, want %v", e.Transcripts, want)
	}
}

func TestEmbargoes(t *testing.T) {
	for front, want := range map[string]string{
		"title: A":              "",
		"publishAt: 2026-04-01": "2026-04-01",
		"embargo: 2026-04-01":   "2026-04-01",
		"published: 2026-04-01": "",
		"publishAt: 2026-01-01": "",
		"embargoUntil: 2026-05-01\npublishAt: 2026-04-01": "2026-05-01",
	} {
		r := (dt.Folder{}).Read(t, bare, dated, dt.Front(front))
		got := ""
		if !r.NotBefore.IsZero() {
			got = r.NotBefore.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: not before %q, want %q", front, got, want)
		}
	}
}

func TestEndlessCommentIsTold(t *testing.T) {
	r := (dt.Folder{}).Read(t, bare, dated, "---\ntitle: A\n---\nSeen.\n\n<!-- hidden\n\nmore\n")
	if strings.Contains(string(r.Post.Body), "hidden") || !strings.Contains(string(r.Post.Body), "Seen.") || len(r.Problems) != 1 || r.Problems[0].Line != 6 {
		t.Errorf("%q, told %v", r.Post.Body, r.Problems)
	}
}
