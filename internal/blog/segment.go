package blog

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxSegment is how long a segment of a path may be, in bytes. File systems take
// 255; the rest is for what is put around names while a file is written.
const MaxSegment = 240

// Segment returns a segment of a path, shortened where it is longer than
// MaxSegment: its beginning, up to a whole character, and a hash of all of it, so
// that no two long ones become one. It follows from the segment alone.
func Segment(name string) string {
	if len(name) <= MaxSegment {
		return name
	}
	hash := fmt.Sprintf("-%x", sha256.Sum256([]byte(name)))[:17]
	cut := name[:MaxSegment-len(hash)]
	for !utf8.ValidString(cut) && len(cut) > MaxSegment-len(hash)-utf8.UTFMax {
		cut = cut[:len(cut)-1]
	}
	return strings.TrimRight(cut, "-.") + hash
}
