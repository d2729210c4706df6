package media_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/media"
)

// wave is silence of so many seconds, 8,000 samples of 8 bits in each.
func wave(seconds int) []byte {
	data := make([]byte, 8000*seconds)
	var b bytes.Buffer
	b.WriteString("RIFF")
	put(&b, binary.LittleEndian, uint32(36+8+4+len(data)))
	b.WriteString("WAVEfmt ")
	put(&b, binary.LittleEndian, uint32(16), uint16(1), uint16(1), uint32(8000), uint32(8000), uint16(1), uint16(8))
	b.WriteString("LIST")
	put(&b, binary.LittleEndian, uint32(4))
	b.WriteString("INFOdata")
	put(&b, binary.LittleEndian, uint32(len(data)))
	b.Write(data)
	return b.Bytes()
}

// mpeg is so many frames of silence at 44.1 kHz and 128 kbit/s, each of 1,152
// samples, behind a tag of 1,000 bytes.
func mpeg(frames int) []byte {
	frame := make([]byte, 417)
	copy(frame, "\xff\xfb\x90\xc4")
	tag := append([]byte("ID3\x04\x00\x00\x00\x00\x07\x68"), make([]byte, 1000)...)
	return append(tag, bytes.Repeat(frame, frames)...)
}

func box(kind string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))
	return append(append(b, kind...), body...)
}

// mp4 is the frame of a film that says how long it plays in a header of the
// given version; the sound comes before it, as recorders leave it.
func mp4(version byte, duration uint64) []byte {
	head := make([]byte, 12, 32)
	if version == 1 {
		head = head[:20]
	}
	head[0] = version
	head = binary.BigEndian.AppendUint32(head, 1000)
	if version == 1 {
		head = binary.BigEndian.AppendUint64(head, duration)
	} else {
		head = binary.BigEndian.AppendUint32(head, uint32(duration))
	}
	sound := append([]byte("\x00\x00\x00\x01mdat\x00\x00\x00\x00\x00\x00\x00\x20"), make([]byte, 16)...)
	return bytes.Join([][]byte{box("ftyp", []byte("isom")), sound, box("moov", box("mvhd", head))}, nil)
}

func fragments(duration uint32) []byte {
	head := binary.BigEndian.AppendUint32(make([]byte, 12), 1000)
	head = binary.BigEndian.AppendUint32(head, 0)
	extent := box("mvex", box("mehd", binary.BigEndian.AppendUint32(make([]byte, 4), duration)))
	return append(box("ftyp", []byte("isom")), box("moov", append(box("mvhd", head), extent...))...)
}

// page is an Ogg page of the stream 7.
func page(granule int64, packet string) []byte {
	var b bytes.Buffer
	b.WriteString("OggS\x00\x00")
	put(&b, binary.LittleEndian, granule, uint32(7), uint32(0), uint32(0), uint8(1), uint8(len(packet)))
	b.WriteString(packet)
	return b.Bytes()
}

func put(b *bytes.Buffer, order binary.ByteOrder, values ...any) {
	for _, v := range values {
		_ = binary.Write(b, order, v) // a buffer takes everything
	}
}

const (
	opusHead   = "OpusHead\x01\x02\x38\x01\x80\xbb\x00\x00\x00\x00\x00" // 312 samples to skip
	vorbisHead = "\x01vorbis\x00\x00\x00\x00\x01\x40\x1f\x00\x00"       // 8 kHz
)

func TestDurationIsReadFromTheFile(t *testing.T) {
	otherStream := append([]byte{}, page(999_999, "x")...)
	otherStream[14] = 8
	tests := map[string]struct {
		mime string
		data []byte
		want time.Duration
	}{
		"wave":                  {"audio/wav", wave(3), 3 * time.Second},
		"wave, cut off":         {"audio/wav", wave(3)[:56+8000], time.Second},
		"mp3":                   {"audio/mpeg", mpeg(100), 2612 * time.Millisecond},
		"m4a":                   {"audio/mp4", mp4(0, 61_500), 61500 * time.Millisecond},
		"mp4, 64 bits":          {"video/mp4", mp4(1, 1<<33), 8589934592 * time.Millisecond},
		"mp4, in fragments":     {"video/mp4", fragments(2500), 2500 * time.Millisecond},
		"mp4, nobody knows":     {"video/mp4", mp4(0, 1<<32-1), 0},
		"opus":                  {"audio/ogg", bytes.Join([][]byte{page(0, opusHead), page(-1, "y"), page(48_312, "x"), otherStream}, nil), time.Second},
		"vorbis":                {"audio/ogg", append(page(0, vorbisHead), page(20_000, "x")...), 2500 * time.Millisecond},
		"empty":                 {"audio/mpeg", nil, 0},
		"text under a name":     {"audio/mpeg", []byte("no sound at all"), 0},
		"text, an Ogg by name":  {"audio/ogg", []byte("no sound at all"), 0},
		"text, an MP4 by name":  {"video/mp4", []byte("no sound at all"), 0},
		"text, a WAVE by name":  {"audio/wav", []byte("no sound at all, whatever it says"), 0},
		"a tag without an end":  {"audio/mpeg", []byte("ID3\x04\x00\x00\x7f\x7f\x7f\x7f"), 0},
		"a picture":             {"image/png", wave(1), 0},
		"a kind not understood": {"audio/flac", wave(1), 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := media.Duration(bytes.NewReader(test.data), test.mime); got != test.want {
				t.Errorf("plays for %v, want %v", got, test.want)
			}
		})
	}
}

func FuzzDuration(f *testing.F) {
	for mime, data := range map[string][]byte{
		"audio/wav": wave(1)[:200], "audio/mpeg": mpeg(2), "audio/mp4": mp4(0, 1), "video/mp4": fragments(1), "audio/ogg": append(page(0, opusHead), page(9, "x")...),
	} {
		f.Add(data, mime)
	}
	f.Fuzz(func(t *testing.T, data []byte, mime string) {
		if d := media.Duration(bytes.NewReader(data), mime); d < 0 {
			t.Errorf("plays for %v", d)
		}
	})
}

func TestTypeFollowsFromTheName(t *testing.T) {
	for name, want := range map[string]string{
		"a.mp3": "audio/mpeg", "dir.x/A.MP3": "audio/mpeg", "a.opus": "audio/ogg", "talk.chapters.json": "application/json+chapters",
		"a.m4b": "audio/mp4", "a.MKV": "video/x-matroska", "a.epub": "application/epub+zip", "a.aiff": "audio/x-aiff", "a.3gp": "video/3gpp",
		"a.torrent": "application/x-bittorrent", "a.ics": "text/calendar", "a.cbz": "application/vnd.comicbook+zip",
		"a.srt": "application/x-subrip", "a.txt": "text/plain", "a.json": "application/json",
		"a-transcript.html": "text/html", "a.Transcript.HTM": "text/html", "a.html": "",
		"a.md": "", "a.yaml": "", "a.toml": "", "a.env": "", "a.pem": "", "a.js": "", "a.sql": "", "mp3": "", "": "",
	} {
		if got := media.TypeOf(name); got != want || media.Is(name) != (want != "") {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// measure measures a file of a folder as it is now.
func measure(t *testing.T, c *media.Catalogue, root, path string) media.Facts {
	t.Helper()
	file := blog.Media{Path: path, Type: media.TypeOf(path)}
	if info, err := os.Stat(filepath.Join(root, path)); err == nil {
		file.Size, file.Modified = info.Size(), info.ModTime()
	}
	return c.Measure(root, []blog.Media{file})[path]
}

func TestFilesAreMeasuredOncePerVersion(t *testing.T) {
	root := t.TempDir()
	name := filepath.Join(root, "a.wav")
	old := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	write := func(data []byte, at time.Time) {
		t.Helper()
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	write(wave(2), old)
	c := media.NewCatalogue()
	if plays := measure(t, c, root, "a.wav").Duration; plays != 2*time.Second {
		t.Errorf("plays for %v", plays)
	}
	// The same size and date: nobody looks inside again.
	write(bytes.Repeat([]byte("x"), len(wave(2))), old)
	if plays := measure(t, c, root, "a.wav").Duration; plays != 2*time.Second {
		t.Errorf("measured again: %v", plays)
	}
	write(wave(1), old.Add(time.Hour))
	if plays := measure(t, c, root, "a.wav").Duration; plays != time.Second {
		t.Errorf("the new version plays for %v", plays)
	}
	if measure(t, c, root, "b.wav") != (media.Facts{}) {
		t.Error("found a file that is not there")
	}
}

func TestFilesOutsideAreNotOpened(t *testing.T) {
	outside, root := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "a.wav"), wave(1), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "a.wav"), filepath.Join(root, "a.wav")); err != nil {
		t.Fatal(err)
	}
	if plays := measure(t, media.NewCatalogue(), root, "a.wav").Duration; plays != 0 {
		t.Errorf("measured %v", plays)
	}
	for _, name := range []string{"a.wav", "../" + filepath.Base(outside) + "/a.wav", filepath.Join(outside, "a.wav"), ".", ""} {
		if file, err := media.Open(root, name, nil); err == nil {
			t.Errorf("opened %q: %v", name, file.Close())
		}
	}
}

func TestLinksToTheInsideAreOpened(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "a.wav"), wave(1), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{"relative.wav": "a.wav", "absolute.wav": filepath.Join(root, "a.wav")} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
		if plays := measure(t, media.NewCatalogue(), root, name).Duration; plays != time.Second {
			t.Errorf("%s plays for %v", name, plays)
		}
	}
}
