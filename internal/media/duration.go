package media

import (
	"encoding/binary"
	"io"
	"math"
	"time"
)

// Duration returns how long the sound or film in r, of this MIME type, plays;
// 0 when that cannot be told. It understands MPEG audio, MP4 and its
// kin, Ogg with Vorbis or Opus, and WAVE.
//
// It reads a bounded part of r, whatever its headers claim.
func Duration(r io.ReadSeeker, mime string) time.Duration {
	size, err := r.Seek(0, io.SeekEnd)
	if err != nil {
		return 0
	}
	f := reader{r, size}
	var seconds float64
	switch mime {
	case "audio/mpeg":
		seconds = f.mpeg()
	case "audio/mp4", "video/mp4", "video/quicktime":
		seconds = f.mp4()
	case "audio/ogg", "video/ogg":
		seconds = f.ogg()
	case "audio/wav":
		seconds = f.wave()
	}
	if !(seconds > 0) || seconds > math.MaxInt32 {
		return 0
	}
	return time.Duration(seconds * float64(time.Second)).Round(time.Millisecond)
}

// reader is a file of known size.
type reader struct {
	io.ReadSeeker
	size int64
}

// at fills b with the bytes at an offset, and reports whether they are there.
func (r reader) at(offset int64, b []byte) bool {
	if offset < 0 || offset > r.size-int64(len(b)) {
		return false
	}
	if _, err := r.Seek(offset, io.SeekStart); err != nil {
		return false
	}
	_, err := io.ReadFull(r, b)
	return err == nil
}

// wave reads the chunks of a RIFF file (Multimedia Programming Interface 1.0,
// chapter 2): the rate stands in one, the bytes of sound are another.
func (r reader) wave() float64 {
	var head [12]byte
	if !r.at(0, head[:]) || string(head[:4]) != "RIFF" || string(head[8:]) != "WAVE" {
		return 0
	}
	var rate uint32
	for offset, chunks := int64(12), 0; chunks < maxBoxes && r.at(offset, head[:8]); chunks++ {
		length := int64(binary.LittleEndian.Uint32(head[4:]))
		var format [12]byte
		switch name := string(head[:4]); {
		case name == "fmt " && r.at(offset+8, format[:]):
			rate = binary.LittleEndian.Uint32(format[8:])
		case name == "data" && rate > 0:
			// A recorder that was cut off, or a stream, leaves a length that is too large.
			return float64(min(length, r.size-offset-8)) / float64(rate)
		}
		offset += 8 + length + length%2
	}
	return 0
}
