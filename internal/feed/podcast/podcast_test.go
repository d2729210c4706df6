package podcast_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/feed/podcast"
)

// The pairs are those of Podcasting 2.0's own description of the tag.
func TestGUIDIsMadeFromTheFeedsAddress(t *testing.T) {
	for feed, want := range map[string]string{
		"https://mp3s.nashownotes.com/pc20rss.xml":  "917393e3-1b1e-5cef-ace4-edaa54e1f810",
		"http://mp3s.nashownotes.com/pc20rss.xml//": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
	} {
		if got := podcast.GUID(feed); got != want {
			t.Errorf("%s has %s, want %s", feed, got, want)
		}
	}
}

func TestSiteThatIsNoPodcastSaysNothing(t *testing.T) {
	out, err := xml.Marshal(podcast.Show(blog.Podcast{Image: "https://example.org/a.png"}, []blog.Author{{Name: "Ada"}}, "https://example.org/rss.xml"))
	if err != nil || strings.Contains(string(out), "itunes") {
		t.Errorf("%s (%v)", out, err)
	}
}

func TestGUIDOfTheSettingsIsKept(t *testing.T) {
	show := podcast.Show(blog.Podcast{Kind: "episodic", GUID: "9b024349-ccf0-5f69-a609-6b82873eab3c"}, nil, "https://example.org/rss.xml")
	if show.GUID != "9b024349-ccf0-5f69-a609-6b82873eab3c" || show.Locked.Text != "no" || show.Owner != nil {
		t.Errorf("%+v", show)
	}
}
