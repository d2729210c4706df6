package media

import "encoding/binary"

// maxBoxes bounds how many parts of a file are looked at in all, and how deep.
const (
	maxBoxes = 1000
	maxDepth = 4
)

// mp4 finds the duration of the movie between two offsets of an ISO base media
// file (ISO/IEC 14496-12): that of the movie header, or, where a movie of
// fragments leaves it at 0, that of the movie extends header.
func (r reader) mp4() float64 {
	var scale, movie, fragments float64
	b := boxes{reader: r, left: maxBoxes}
	b.visit(0, r.size, 0, func(kind string, body int64) {
		switch kind {
		case "mvhd":
			scale, movie = r.header(body)
		case "mehd":
			fragments = r.extent(body)
		}
	})
	if scale <= 0 {
		return 0
	}
	if movie <= 0 {
		movie = fragments
	}
	return movie / scale
}

// boxes are the parts of a file. So many more of them are looked at.
type boxes struct {
	reader
	left int
}

// visit calls f with each box between two offsets, and with those inside of the
// ones on the way to the headers.
func (r *boxes) visit(offset, end int64, depth int, f func(kind string, body int64)) {
	var head [16]byte
	for ; r.left > 0 && depth < maxDepth && offset < end && r.at(offset, head[:8]); r.left-- {
		length, body := int64(binary.BigEndian.Uint32(head[:])), offset+8
		kind := string(head[4:8])
		switch {
		case length == 1 && r.at(offset, head[:]):
			length, body = int64(binary.BigEndian.Uint64(head[8:])), offset+16
		case length == 0:
			length = end - offset
		}
		if length < body-offset || length > end-offset {
			return
		}
		if kind == "moov" || kind == "mvex" {
			r.visit(body, offset+length, depth+1, f)
		}
		f(kind, body)
		offset += length
	}
}

// header reads a movie header box (section 8.2.2): units per second, and the
// duration in them.
func (r reader) header(body int64) (scale, duration float64) {
	var b [32]byte
	if !r.at(body, b[:20]) {
		return 0, 0
	}
	if b[0] == 1 && r.at(body, b[:]) {
		return float64(binary.BigEndian.Uint32(b[20:])), known(binary.BigEndian.Uint64(b[24:]), 1<<64-1)
	}
	return float64(binary.BigEndian.Uint32(b[12:])), known(uint64(binary.BigEndian.Uint32(b[16:])), 1<<32-1)
}

// extent reads a movie extends header box (section 8.8.2).
func (r reader) extent(body int64) float64 {
	var b [12]byte
	if !r.at(body, b[:8]) {
		return 0
	}
	if b[0] == 1 && r.at(body, b[:]) {
		return known(binary.BigEndian.Uint64(b[4:]), 1<<64-1)
	}
	return known(uint64(binary.BigEndian.Uint32(b[4:])), 1<<32-1)
}

// known is 0 where all bits are set, which means that nobody knows.
func known(duration, unknown uint64) float64 {
	if duration == unknown {
		return 0
	}
	return float64(duration)
}
