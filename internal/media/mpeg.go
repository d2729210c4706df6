package media

import (
	"io"

	"github.com/hajimehoshi/go-mp3"
)

// maxTags bounds how many tags are passed over before the sound begins.
const maxTags = 16

// mpeg counts the frames of an MPEG audio file, which may be of different
// sizes.
func (r reader) mpeg() float64 {
	start := r.afterID3()
	d, err := mp3.NewDecoder(io.NewSectionReader(seekReaderAt{r}, start, r.size-start))
	if err != nil || d.SampleRate() <= 0 {
		return 0
	}
	const bytesPerSample = 4 // two channels of 16 bits, whatever the file has
	return float64(d.Length()) / bytesPerSample / float64(d.SampleRate())
}

// afterID3 returns where the sound begins: after the tags, which may hold
// pictures of any size (ID3v2.4 section 3.1).
func (r reader) afterID3() int64 {
	var head [10]byte
	var offset int64
	for tags := 0; tags < maxTags && r.at(offset, head[:]) && string(head[:3]) == "ID3"; tags++ {
		length := int64(head[6]&0x7f)<<21 | int64(head[7]&0x7f)<<14 | int64(head[8]&0x7f)<<7 | int64(head[9]&0x7f)
		offset += 10 + length
		if footer := head[5]&0x10 != 0; footer {
			offset += 10
		}
	}
	return min(offset, r.size)
}

// seekReaderAt reads at offsets for one goroutine.
type seekReaderAt struct{ r reader }

func (s seekReaderAt) ReadAt(b []byte, offset int64) (int, error) {
	if _, err := s.r.Seek(offset, io.SeekStart); err != nil {
		return 0, err
	}
	return io.ReadFull(s.r, b)
}
