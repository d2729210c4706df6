// Package coding compresses documents for HTTP.
//
// In goes the body of a document; out come its compressed forms, one for each
// content coding (RFC 9110 section 8.4.1). The bytes of a form are always the same.
package coding

import (
	"bytes"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Coding is a content coding (RFC 9110 section 8.4.1). The zero value is Identity:
// no compression.
type Coding int

// The codings after Identity, that of the smallest result first.
const (
	Identity Coding = iota
	Brotli
	Zstd
	Gzip
	Count // of codings, Identity included
)

// String returns the name of the coding in HTTP. That of Identity is empty, since
// it is never named.
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
// Gzip must be quick: it is made for the main feeds while a save waits to be
// published. The others are made when the first client asks for them, and that
// client must not wait long either.
var codings = [Count]struct {
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

// packZstd uses a window that every client can hold (RFC 9659). Its tables are
// small, so that they are quickly made.
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

// finish writes body through w, which writes to b, and returns what b holds.
func finish(b *bytes.Buffer, w io.WriteCloser, body []byte) []byte {
	_, _ = w.Write(body)
	_ = w.Close()
	return bytes.Clone(b.Bytes())
}

// minPacked is the length in bytes from which on a body is compressed. A shorter one
// fits into a single packet as it is. Text of this length always gets smaller, so
// that the length alone tells which codings a body has.
const minPacked = 1 << 10

// Packed holds the compressed forms of a body and makes each at most once. Any number
// of goroutines may use it. The zero value has no forms.
type Packed [Count]func() []byte

// Pack returns the compressed forms of body. They are made when they are first asked
// for.
func Pack(body []byte) (p Packed) {
	if len(body) < minPacked {
		return p
	}
	for k := Identity + 1; k < Count; k++ {
		p[k] = sync.OnceValue(func() []byte { return codings[k].pack(body) })
	}
	return p
}

// Has reports whether the body has a form in this coding. It compresses nothing.
func (p *Packed) Has(k Coding) bool { return p[k] != nil }

// In returns the body in a coding that it has, else nil. The first call makes the
// form; other callers wait for it.
func (p *Packed) In(k Coding) []byte {
	if p[k] == nil {
		return nil
	}
	return p[k]()
}
