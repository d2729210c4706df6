package edition

import (
	"bytes"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Coding is a content coding (RFC 9110 section 8.4.1) in which a document can be
// had. The zero value is none at all.
type Coding int

// The codings after Identity, that of the smallest result first.
const (
	Identity Coding = iota
	Brotli
	Zstd
	Gzip
	Codings // how many there are
)

// String returns the name that HTTP knows the coding by; that of Identity is
// empty, for it is never named.
func (k Coding) String() string { return codings[k].name }

// codings holds one fixed level for each, so that the bytes are the same
// whenever they are made. BenchmarkCompress measured the choice, on a feed of 20
// posts in 129 kB:
//
//	gzip, the library's   9: 30.2 %, 3.9 ms
//	gzip, here            1: 35.3 %, 0.7 ms    [6]: 30.9 %, 1.4 ms       9: 29.9 %, 3.9 ms
//	zstd                  default: 31.2 %, 1.4 ms   [better]: 30.5 %, 3 ms   best: 29.0 %, 12 ms
//	br                    [5]: 28.5 %, 7 ms    9: 27.9 %, 13 ms          11: 24.6 %, 210 ms
//
// Gzip is made for the main feeds while a save waits to be published, so it has
// to be quick; the others wait for the first client who takes them, who must
// not wait long either.
var codings = [Codings]struct {
	name string
	pack func(body []byte) []byte
}{
	Brotli: {"br", packBrotli},
	Zstd:   {"zstd", packZstd},
	Gzip:   {"gzip", packGzip},
}

func packBrotli(body []byte) []byte {
	var b bytes.Buffer
	return finish(&b, brotli.NewWriterLevel(&b, 5), body)
}

// packZstd keeps to a window that any client can hold (RFC 9659), and whose
// tables are quickly made.
func packZstd(body []byte) []byte {
	w, _ := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithWindowSize(1<<20),
		zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true)) // fails for bad options only
	return bytes.Clone(w.EncodeAll(body, nil))
}

func packGzip(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, 6) // fails for levels that do not exist
	return finish(&b, w, body)
}

// finish writes all of body through w into b, which holds anything.
func finish(b *bytes.Buffer, w io.WriteCloser, body []byte) []byte {
	_, _ = w.Write(body)
	_ = w.Close()
	return bytes.Clone(b.Bytes())
}

// minPacked is the length from which on a body is compressed: a shorter one
// travels in a single packet anyhow. Text of this length always gets smaller, so
// that the length alone tells which codings there are.
const minPacked = 1 << 10

// packed makes the compressed forms of a body, each at most once.
type packed [Codings]func() []byte

func newPacked(body []byte) (p packed) {
	if len(body) < minPacked {
		return p
	}
	for k := Identity + 1; k < Codings; k++ {
		p[k] = sync.OnceValue(func() []byte { return codings[k].pack(body) })
	}
	return p
}

// Has reports whether the content can be had in a coding. It makes nothing.
func (c *Content) Has(k Coding) bool { return k == Identity || c.packed[k] != nil }

// In returns the body in a coding that c has, else nil. The first call makes it,
// and others wait for it meanwhile.
func (c *Content) In(k Coding) []byte {
	switch {
	case k == Identity:
		return c.Body
	case c.packed[k] == nil:
		return nil
	}
	return c.packed[k]()
}
