package media

import "math"

const (
	maxTags   = 16       // passed over before the sound begins
	maxParts  = 16       // files of their own that were joined to one
	maxSearch = 64 << 10 // bytes that are looked at for a first frame
	probe     = 4 << 10  // bytes; more than two frames of any kind
	probes    = 16       // taken where no header tells how many frames there are
)

// mpeg returns how long an MPEG audio file plays. Files that were joined end to
// end play one after the other.
func (r reader) mpeg() float64 {
	var seconds float64
	for offset, parts := int64(0), 0; parts < maxParts && offset < r.size; parts++ {
		part, next := r.mpegPart(offset)
		if part <= 0 {
			break
		}
		seconds += part
		offset = next
	}
	return seconds
}

// mpegPart returns how long the part of a file plays that begins at an offset,
// and where it ends. Its first frame may hold a header that counts the frames; it
// is believed as far as the bytes are there. Else the frames of a few places tell
// how much of the time a byte takes.
func (r reader) mpegPart(offset int64) (seconds float64, end int64) {
	window, begin := r.search(r.afterID3(offset))
	if window == nil {
		return 0, 0
	}
	first := frameOf(window)
	head := countOf(window, first)
	if head.frames == 0 || !head.credible(r.size-begin) {
		return r.extrapolate(begin, first)
	}
	seconds = float64(head.frames) * first.seconds()
	switch left := r.size - begin; {
	case head.bytes > left: // cut off, or still growing
		return seconds * float64(left) / float64(head.bytes), r.size
	case head.bytes > 0:
		return seconds, begin + head.bytes
	}
	return seconds, r.size
}

// search returns what begins with the first frame at or after an offset, and
// where that is; nil where there is none within maxSearch bytes.
func (r reader) search(offset int64) ([]byte, int64) {
	window := make([]byte, max(0, min(r.size-offset, maxSearch)))
	if !r.at(offset, window) {
		return nil, 0
	}
	toEnd := offset+int64(len(window)) == r.size
	for i := range window {
		if frames, end := walk(window[i:], frame{}); frames > 2 || frames > 0 && toEnd && end >= len(window)-i {
			return window[i:], offset + int64(i)
		}
	}
	return nil, 0
}

// extrapolate returns how long the frames from begin on play, and where they end,
// by what a few of them take.
func (r reader) extrapolate(begin int64, first frame) (seconds float64, end int64) {
	end = r.lastFrame(begin, first)
	var taken, exact, unpadded float64
	padded := false
	for n := range int64(probes) {
		for _, f := range r.frames(begin+(end-begin)*n/probes, first) {
			taken += f.seconds()
			exact += f.seconds() * float64(f.bitrate) / 8
			unpadded += float64(f.length())
			padded = padded || f.padding > 0
		}
	}
	size := unpadded // some encoders never pad, so that the bit rate is a little less than they say
	if padded {
		size = exact
	}
	if size == 0 {
		return 0, end
	}
	return float64(end-begin) * taken / size, end
}

// lastFrame returns where the frames end that begin at an offset: what follows may
// be tags, or zeros where a file is not yet written.
func (r reader) lastFrame(begin int64, first frame) int64 {
	low, high := begin, r.size
	if at := high - probe; at > low && r.frames(at, first) != nil {
		low = at
	}
	for high-low > probe {
		middle := low + (high-low)/2
		if r.frames(middle, first) != nil {
			low = middle
		} else {
			high = middle
		}
	}
	window := r.window(low, 2*probe)
	from := synchronise(window, first)
	_, length := walk(window[from:], first)
	return min(low+int64(from+length), r.size)
}

// frames returns the frames in the probe at an offset.
func (r reader) frames(offset int64, first frame) []frame {
	window := r.window(offset, probe)
	var all []frame
	for window = window[synchronise(window, first):]; len(window) > 0; {
		f := frameOf(window)
		if !f.like(first) {
			break
		}
		all = append(all, f)
		window = window[min(f.length(), len(window)):]
	}
	return all
}

func (r reader) window(offset, length int64) []byte {
	window := make([]byte, max(0, min(length, r.size-offset)))
	if !r.at(offset, window) {
		return nil
	}
	return window
}

// synchronise returns where the first of two frames in a row begins, each like the
// given one; the length of b where there are none.
func synchronise(b []byte, like frame) int {
	for i := range b {
		if frames, end := walk(b[i:], like); frames > 1 || frames == 1 && i == 0 && end >= len(b) {
			return i
		}
	}
	return len(b)
}

// walk counts the frames at the beginning of b, four at the most where any kind
// will do, and returns where the last of them ends, which may be after b.
func walk(b []byte, like frame) (frames, end int) {
	anyKind := like == frame{}
	for end < len(b) {
		f := frameOf(b[end:])
		if anyKind && frames == 0 {
			like = f
		}
		if f.bitrate == 0 || !f.like(like) || anyKind && frames == 4 {
			break
		}
		frames++
		end += f.length()
	}
	return frames, end
}

// afterID3 returns where the sound begins: after the tags at an offset, which may
// hold pictures of any size (ID3v2.4 section 3.1).
func (r reader) afterID3(offset int64) int64 {
	var head [10]byte
	for tags := 0; tags < maxTags && r.at(offset, head[:]) && string(head[:3]) == "ID3"; tags++ {
		length := int64(head[6]&0x7f)<<21 | int64(head[7]&0x7f)<<14 | int64(head[8]&0x7f)<<7 | int64(head[9]&0x7f)
		offset += 10 + length
		if footer := head[5]&0x10 != 0; footer {
			offset += 10
		}
	}
	return min(offset, r.size)
}

// count is what a header in the first frame says of the sound.
type count struct {
	frames uint32 // 0: unknown
	bytes  int64  // 0: unknown
}

// credible reports whether so many frames fit into so many bytes.
func (c count) credible(left int64) bool {
	const smallest = 24 // bytes of a frame of MPEG-2 layer III at 8 kbit/s and 24 kHz
	if c.bytes > 0 {
		left = c.bytes
	}
	return int64(c.frames) <= left/smallest+1 && c.frames < math.MaxInt32
}
