package media

import (
	"bytes"
	"encoding/binary"
)

// An Ogg page (RFC 3533 section 6) begins with this mark and a header of this
// size.
const (
	oggMark   = "OggS"
	oggHeader = 27
	oggTail   = 64 << 10 // no page is larger, so that the last one begins in here
)

// ogg subtracts what comes before the sound from the position at which the
// stream ends. Both are counted in samples: of the rate that the stream says
// for Vorbis, of 48 kHz for Opus (RFC 7845 section 4).
func (r reader) ogg() float64 {
	head := make([]byte, min(r.size, 256))
	if !r.at(0, head) || len(head) < oggHeader+1 || string(head[:4]) != oggMark {
		return 0
	}
	packet := head[min(len(head), oggHeader+int(head[26])):]
	serial := binary.LittleEndian.Uint32(head[14:])
	var rate, skip float64
	switch {
	case bytes.HasPrefix(packet, []byte("OpusHead")) && len(packet) >= 12:
		rate, skip = 48000, float64(binary.LittleEndian.Uint16(packet[10:]))
	case bytes.HasPrefix(packet, []byte("\x01vorbis")) && len(packet) >= 16:
		rate = float64(binary.LittleEndian.Uint32(packet[12:]))
	}
	if rate <= 0 {
		return 0
	}
	return (float64(r.lastGranule(serial)) - skip) / rate
}

// lastGranule returns the position that the last page of a stream ends at.
func (r reader) lastGranule(serial uint32) int64 {
	tail := make([]byte, min(r.size, oggTail+oggHeader))
	if !r.at(r.size-int64(len(tail)), tail) {
		return 0
	}
	for i := len(tail) - oggHeader; i >= 0; i-- {
		page := tail[i:]
		granule := int64(binary.LittleEndian.Uint64(page[6:])) //nolint:gosec // signed: -1 says that no packet ends here
		if string(page[:4]) == oggMark && binary.LittleEndian.Uint32(page[14:]) == serial && granule >= 0 {
			return granule
		}
	}
	return 0
}
