package media_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/media"
)

// sound is a kind of MPEG audio: the header of its frames, with how many bytes one
// takes and how long it plays.
type sound struct {
	head   string
	length int
	plays  time.Duration
}

var sounds = map[string]sound{
	"MPEG 1 III, 128 kbit/s, 44.1 kHz":      {"\xff\xfb\x90\xc4", 417, 26122449 * time.Nanosecond},
	"MPEG 1 III, 320 kbit/s, 32 kHz":        {"\xff\xfb\xe8\x00", 1440, 36 * time.Millisecond},
	"MPEG 1 III, 64 kbit/s, 48 kHz":         {"\xff\xfb\x54\xc4", 192, 24 * time.Millisecond},
	"MPEG 1 III with checksums":             {"\xff\xfa\x54\xc4", 192, 24 * time.Millisecond},
	"MPEG 1 II, 192 kbit/s, 48 kHz":         {"\xff\xfd\xa4\x00", 576, 24 * time.Millisecond},
	"MPEG 1 I, 384 kbit/s, 48 kHz":          {"\xff\xff\xc4\x00", 384, 8 * time.Millisecond},
	"MPEG 2 III, 64 kbit/s, 24 kHz":         {"\xff\xf3\x84\xc4", 192, 24 * time.Millisecond},
	"MPEG 2 III, 8 kbit/s, 16 kHz":          {"\xff\xf3\x18\xc4", 36, 36 * time.Millisecond},
	"MPEG 2 II, 64 kbit/s, 24 kHz":          {"\xff\xf5\x84\xc4", 384, 48 * time.Millisecond},
	"MPEG 2.5 III, 32 kbit/s, 8 kHz":        {"\xff\xe3\x48\xc4", 288, 72 * time.Millisecond},
	"MPEG 2.5 III, 160 kbit/s, 8 kHz":       {"\xff\xe3\xe8\xc4", 1440, 72 * time.Millisecond},
	"MPEG 1 III, 128 kbit/s, 48 kHz, mono":  {"\xff\xfb\x94\xc4", 384, 24 * time.Millisecond},
	"MPEG 1 III, 128 kbit/s, 48 kHz, joint": {"\xff\xfb\x94\x44", 384, 24 * time.Millisecond},
}

func (s sound) frames(n int) []byte {
	frame := make([]byte, s.length)
	copy(frame, s.head)
	return bytes.Repeat(frame, n)
}

// counted is a first frame whose header says how many frames and bytes follow.
func (s sound) counted(mark string, at int, frames, size uint32) []byte {
	frame := s.frames(1)
	var b bytes.Buffer
	b.WriteString(mark)
	if mark == "VBRI" {
		put(&b, binary.BigEndian, uint16(1), uint16(0), uint16(75), size, frames)
	} else {
		put(&b, binary.BigEndian, uint32(3), frames, size)
	}
	copy(frame[at:], b.Bytes())
	return frame
}

func id3(size int) []byte {
	head := []byte{'I', 'D', '3', 4, 0, 0, byte(size >> 21 & 0x7f), byte(size >> 14 & 0x7f), byte(size >> 7 & 0x7f), byte(size & 0x7f)}
	return append(head, bytes.Repeat([]byte{0xff, 0xfb, 0x90, 0xc4, 0, 0}, size/6+1)[:size]...) // what looks like sound is a picture
}

func TestFramesOfOneSizeAreExact(t *testing.T) {
	for name, s := range sounds {
		for _, n := range []int{2, 3, 40, 5000} {
			want := (time.Duration(n) * s.plays).Round(time.Millisecond)
			for tail, data := range map[string][]byte{
				"":                   s.frames(n),
				", a tag behind":     append(s.frames(n), "TAG"+strings.Repeat("\x00", 125)...),
				", a large tag":      append(s.frames(n), "APETAGEX"+strings.Repeat("cover", 100_000)...),
				", zeros behind":     append(s.frames(n), make([]byte, 3<<20)...),
				", a picture before": append(id3(300_000), s.frames(n)...),
				", padding before":   append(make([]byte, 50_000), s.frames(n)...),
			} {
				if n < 3 && strings.Contains(tail, "behind") || n < 3 && tail == ", a large tag" {
					continue // so few frames may be anything
				}
				got := media.Duration(bytes.NewReader(data), "audio/mpeg")
				if d := got - want; d < -2*time.Millisecond || d > 2*time.Millisecond {
					t.Errorf("%s, %d frames%s: plays for %v, want %v", name, n, tail, got, want)
				}
			}
		}
	}
}

// TestPaddedFramesAreExact reads an hour at 44.1 kHz, where most frames, but not
// all, hold a byte more so that the bit rate comes out.
func TestPaddedFramesAreExact(t *testing.T) {
	plain, padded := make([]byte, 417), make([]byte, 418)
	copy(plain, "\xff\xfb\x90\xc4")
	copy(padded, "\xff\xfb\x92\xc4")
	var b bytes.Buffer
	for n, due := 0, 0.0; n < 137_813; n++ {
		if due += 144 * 128000.0 / 44100; float64(b.Len()+418) <= due {
			b.Write(padded)
		} else {
			b.Write(plain)
		}
	}
	if got := media.Duration(bytes.NewReader(b.Bytes()), "audio/mpeg"); (got - time.Hour).Abs() > 20*time.Millisecond {
		t.Errorf("plays for %v, want an hour", got)
	}
}

func TestCountedFramesAreBelieved(t *testing.T) {
	stereo, mono := sounds["MPEG 1 III, 128 kbit/s, 44.1 kHz"], sounds["MPEG 1 III, 64 kbit/s, 48 kHz"]
	stereo.head = "\xff\xfb\x90\x00"
	low := sounds["MPEG 2 III, 64 kbit/s, 24 kHz"]
	lowStereo := low
	lowStereo.head = "\xff\xf3\x84\x00"
	for name, test := range map[string]struct {
		sound
		mark string
		at   int
	}{
		"Xing, stereo":           {stereo, "Xing", 36},
		"Info, mono":             {mono, "Info", 21},
		"Xing, MPEG 2, mono":     {low, "Xing", 13},
		"Xing, MPEG 2, stereo":   {lowStereo, "Xing", 21},
		"Xing after a checksum":  {stereo, "Xing", 38},
		"VBRI, stereo":           {stereo, "VBRI", 36},
		"VBRI, MPEG 2, in mono":  {low, "VBRI", 36},
		"Info, behind a picture": {mono, "Info", 21},
	} {
		// An hour of frames, most of them smaller than the first.
		hour := uint32(time.Hour/test.plays) + 1
		small := test.frames(3)
		data := append(test.counted(test.mark, test.at, hour, 20<<20), small...)
		data = append(data, make([]byte, 20<<20-len(data))...)
		if strings.Contains(name, "picture") {
			data = append(id3(4<<20), data...)
		}
		got := media.Duration(bytes.NewReader(data), "audio/mpeg")
		if d := got - time.Hour; d < -time.Second || d > time.Second {
			t.Errorf("%s: plays for %v, want an hour", name, got)
		}
		// Half of it is there so far.
		got = media.Duration(bytes.NewReader(data[:len(data)-10<<20]), "audio/mpeg")
		if d := got - 30*time.Minute; d < -time.Second || d > time.Second {
			t.Errorf("%s, cut off: plays for %v, want half an hour", name, got)
		}
	}
}

func TestJoinedFilesPlayOneAfterTheOther(t *testing.T) {
	s := sounds["MPEG 1 III, 64 kbit/s, 48 kHz"]
	part := append(s.counted("Info", 21, 1000, 1001*192), s.frames(1000)...)
	data := bytes.Join([][]byte{id3(1000), part, id3(2000), part, part, s.frames(1000)}, nil)
	if got, want := media.Duration(bytes.NewReader(data), "audio/mpeg"), 96*time.Second; (got - want).Abs() > time.Second/4 {
		t.Errorf("plays for %v, want %v", got, want)
	}
}

func TestFramesOfManySizesAreEstimated(t *testing.T) {
	quiet, loud := sounds["MPEG 1 III, 64 kbit/s, 48 kHz"], sounds["MPEG 1 III, 128 kbit/s, 48 kHz, mono"]
	var data []byte
	for range 100 {
		data = append(data, quiet.frames(100)...)
		data = append(data, loud.frames(100)...)
	}
	if got, want := media.Duration(bytes.NewReader(data), "audio/mpeg"), 480*time.Second; (got - want).Abs() > want/4 {
		t.Errorf("plays for %v, want about %v", got, want)
	}
}

func TestWhatIsNoSoundPlaysForAnUnknownTime(t *testing.T) {
	s := sounds["MPEG 1 III, 128 kbit/s, 44.1 kHz"]
	for name, data := range map[string][]byte{
		"zeros":                     make([]byte, 30<<20),
		"ones":                      bytes.Repeat([]byte{0xff}, 1<<20),
		"free format":               bytes.Repeat(append([]byte("\xff\xfb\x00\xc4"), make([]byte, 413)...), 1000),
		"a reserved sampling rate":  bytes.Repeat(append([]byte("\xff\xfb\x9c\xc4"), make([]byte, 413)...), 1000),
		"marks without frames":      bytes.Repeat([]byte("\xff\xfb\x90\xc4"), 100_000),
		"sound after 64 KiB":        append(make([]byte, 80<<10), s.frames(1000)...),
		"one frame amid zeros":      append(s.frames(1), make([]byte, 1<<20)...),
		"a tag larger than it all":  append(id3(1000)[:500], s.frames(1)...),
		"tags and nothing else":     bytes.Repeat(id3(0), 100_000),
		"a count and nothing else":  append(s.counted("Xing", 21, 1<<31, 1<<31), make([]byte, 1<<20)...),
		"a mark at the very end":    append(make([]byte, 1000), "\xff\xfb\x90"...),
		"reserved layer or version": bytes.Repeat([]byte("\xff\xe9\xff\xe0"), 10_000),
	} {
		if got := media.Duration(bytes.NewReader(data), "audio/mpeg"); got != 0 {
			t.Errorf("%s: plays for %v", name, got)
		}
	}
}

func TestCountsThatCannotBeAreNotBelieved(t *testing.T) {
	s := sounds["MPEG 1 III, 64 kbit/s, 48 kHz"]
	want := 1001 * 24 * time.Millisecond
	for name, first := range map[string][]byte{
		"more frames than bytes":        s.counted("Xing", 21, 1<<32-1, 0),
		"more frames than bytes it has": s.counted("Info", 21, 1<<20, 1000),
		"no frames":                     s.counted("Xing", 21, 0, 0),
		"no frames, VBRI":               s.counted("VBRI", 36, 0, 1<<32-1),
	} {
		got := media.Duration(bytes.NewReader(append(first, s.frames(1000)...)), "audio/mpeg")
		if (got - want).Abs() > time.Millisecond {
			t.Errorf("%s: plays for %v, want %v", name, got, want)
		}
	}
}

// counter counts what is read.
type counter struct {
	io.ReadSeeker
	read, calls int
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.ReadSeeker.Read(b)
	c.read, c.calls = c.read+n, c.calls+1
	return n, err
}

// TestLittleIsRead holds the measuring of any file to a part of it that does not
// grow with its size.
func TestLittleIsRead(t *testing.T) {
	s := sounds["MPEG 1 III, 128 kbit/s, 44.1 kHz"]
	moov := bytes.Repeat(box("moov", bytes.Repeat(box("moov", box("free", nil)), 500)), 500)
	for name, test := range map[string]struct {
		mime string
		data []byte
		most int
	}{
		"zeros":                  {"audio/mpeg", make([]byte, 64<<20), 65 << 10},
		"frames, then zeros":     {"audio/mpeg", append(s.frames(2500), make([]byte, 64<<20)...), 300 << 10},
		"frames":                 {"audio/mpeg", s.frames(100_000), 300 << 10},
		"counted":                {"audio/mpeg", append(s.counted("Xing", 21, 100_000, 100_001*417), s.frames(100_000)...), 70 << 10},
		"a tag of 40 MB":         {"audio/mpeg", append(id3(40<<20), s.frames(1000)...), 300 << 10},
		"an empty Ogg":           {"audio/ogg", append(page(0, opusHead), make([]byte, 64<<20)...), 70 << 10},
		"boxes in boxes":         {"video/mp4", moov, 20 << 10},
		"sound before the movie": {"audio/mp4", append(append(box("ftyp", nil), box("mdat", make([]byte, 32<<20))...), mp4(0, 1000)...), 1 << 10},
		"a WAVE of chunks":       {"audio/wav", append([]byte("RIFF\x00\x00\x00\x00WAVE"), make([]byte, 1<<20)...), 20 << 10},
	} {
		c := &counter{ReadSeeker: bytes.NewReader(test.data)}
		media.Duration(c, test.mime)
		if c.read > test.most || c.calls > 2000 {
			t.Errorf("%s: %d bytes read in %d calls, want at most %d", name, c.read, c.calls, test.most)
		}
	}
}

func TestFileThatGrowsIsMeasuredAgain(t *testing.T) {
	s := sounds["MPEG 1 III, 64 kbit/s, 48 kHz"]
	whole := s.frames(1000)
	for _, n := range []int{100, 500, 1000} {
		got := media.Duration(bytes.NewReader(whole[:n*192]), "audio/mpeg")
		if want := time.Duration(n) * s.plays; (got - want).Abs() > time.Millisecond {
			t.Errorf("%d frames play for %v, want %v", n, got, want)
		}
	}
}

func BenchmarkHourOfSpeech(b *testing.B) {
	s := sounds["MPEG 1 III, 64 kbit/s, 48 kHz"]
	data := s.frames(150_000)
	for b.Loop() {
		media.Duration(bytes.NewReader(data), "audio/mpeg")
	}
}
