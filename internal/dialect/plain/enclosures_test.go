package plain_test

import (
	"testing"
	"time"

	dt "broadsheet/internal/dialect/internal/dialecttest"
	"broadsheet/internal/dialect/plain"
)

// An episode is named by any of the keys that themes for podcasts have, in any case.
func TestKeysThatNameAnEpisode(t *testing.T) {
	for _, key := range []string{
		"audio", "audio_url", "audioUrl", "AudioURL", "audio_file", "audioFile", "audio_file_path", "podcast_file", "podcast_audio", "episode_file",
		"episode_audio", "mp3", "mp3_url", "mp3_file", "enclosure",
	} {
		front := key + ": https://cdn.example.org/one.mp3\naudio_file_size: 1234\naudio_file_duration: '1:01'"
		p := (dt.Folder{}).Post(t, plain.Dialect, dated, dt.Front(front))
		if len(p.Enclosures()) != 1 {
			t.Errorf("%s: %v", key, p.Enclosures())
			continue
		}
		if e := p.Enclosures()[0]; e.URL != "https://cdn.example.org/one.mp3" || e.Type != "audio/mpeg" || e.Size != 1234 || e.Duration != 61*time.Second {
			t.Errorf("%s: %+v", key, e)
		}
	}
}
