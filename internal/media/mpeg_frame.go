package media

import (
	"bytes"
	"encoding/binary"
)

// frame is the header of an MPEG audio frame (ISO/IEC 11172-3 section 2.4.1.3,
// 13818-3 for the half and, by custom, the quarter of the sampling rates).
type frame struct {
	version int // 1, 2; 3 stands for 2.5
	layer   int // 1 to 3
	bitrate int // bits in a second; 0: no frame, or one of free format, whose length nobody tells
	rate    int // samples in a second
	padding int // bytes
	mono    bool
}

// bitrates are those of the layers of version 1, of layer I of the others, and
// of their layers II and III, in kbit/s.
var bitrates = [5][15]int{
	{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
	{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
	{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
	{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
	{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
}

// frameOf returns the frame that b begins with; the zero one where that is none.
func frameOf(b []byte) frame {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe0 != 0xe0 {
		return frame{}
	}
	version := [4]int{3, 0, 2, 1}[b[1]>>3&3]
	layer := 4 - int(b[1]>>1&3)
	bits, rate := int(b[2]>>4), int(b[2]>>2&3)
	if version == 0 || layer == 4 || bits == 15 || rate == 3 {
		return frame{}
	}
	row := layer - 1
	if version > 1 {
		row = 3 + min(row, 1)
	}
	f := frame{version: version, layer: layer, bitrate: bitrates[row][bits] * 1000, mono: b[3]>>6 == 3}
	f.rate = [3]int{44100, 48000, 32000}[rate] >> (version - 1)
	if b[2]&2 != 0 {
		f.padding = 1
		if layer == 1 {
			f.padding = 4
		}
	}
	return f
}

// like reports whether both are of one stream: only bit rate and channels change
// within it.
func (f frame) like(o frame) bool {
	return f.bitrate != 0 && f.version == o.version && f.layer == o.layer && f.rate == o.rate
}

// samples is how many the frame holds of each channel.
func (f frame) samples() int {
	switch {
	case f.layer == 1:
		return 384
	case f.layer == 3 && f.version > 1:
		return 576
	}
	return 1152
}

func (f frame) seconds() float64 { return float64(f.samples()) / float64(f.rate) }

// length is how many bytes the frame takes, its header included.
func (f frame) length() int {
	if f.layer == 1 {
		return 12*f.bitrate/f.rate*4 + f.padding
	}
	return f.samples()/8*f.bitrate/f.rate + f.padding
}

// countOf reads the header that encoders leave in a first frame without sound: that
// of Xing, where the side information of layer III ends, with or without a checksum
// before it, or that of Fraunhofer, at a place of its own.
func countOf(b []byte, f frame) count {
	if f.layer != 3 {
		return count{}
	}
	b = b[:min(len(b), f.length())]
	side := 32
	switch {
	case f.version > 1 && f.mono:
		side = 9
	case f.version > 1 || f.mono:
		side = 17
	}
	for _, at := range []int{4 + side, 4 + side + 2} {
		if c := xing(b[min(at, len(b)):]); c.frames > 0 {
			return c
		}
	}
	const fraunhofer = 4 + 32
	return vbri(b[min(fraunhofer, len(b)):])
}

func xing(b []byte) (c count) {
	if !bytes.HasPrefix(b, []byte("Xing")) && !bytes.HasPrefix(b, []byte("Info")) || len(b) < 16 {
		return count{}
	}
	flags, b := b[7], b[8:]
	if flags&1 != 0 {
		c.frames, b = binary.BigEndian.Uint32(b), b[4:]
	}
	if flags&2 != 0 {
		c.bytes = int64(binary.BigEndian.Uint32(b))
	}
	return c
}

func vbri(b []byte) count {
	if !bytes.HasPrefix(b, []byte("VBRI")) || len(b) < 18 {
		return count{}
	}
	return count{binary.BigEndian.Uint32(b[14:]), int64(binary.BigEndian.Uint32(b[10:]))}
}
