package edition_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	faster "github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition"
)

func TestEveryCodingHoldsTheSameBytes(t *testing.T) {
	in := input(newPost(1, strings.Repeat("word ", 500)))
	c, again := content(t, edition.New(in), "/rss.xml"), content(t, edition.New(in), "/rss.xml")
	for name, decode := range map[string]func(io.Reader) (io.Reader, error){
		"":     func(r io.Reader) (io.Reader, error) { return r, nil },
		"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
		"zstd": func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r, zstd.WithDecoderMaxWindow(8<<20)) },
	} {
		k := codingNamed(t, name)
		packed := c.In(k)
		r, err := decode(bytes.NewReader(packed))
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		body, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(body, c.Body) || !c.Has(k) {
			t.Errorf("%q: %d bytes from %d, %v; want the %d of the body", name, len(body), len(packed), err, len(c.Body))
		}
		if k != edition.Identity && len(packed) > len(c.Body)/2 {
			t.Errorf("%q: %d bytes for %d", name, len(packed), len(c.Body))
		}
		if !bytes.Equal(packed, again.In(k)) || len(packed) == 0 {
			t.Errorf("%q: other bytes when made again", name)
		}
	}
}

func codingNamed(t *testing.T, name string) edition.Coding {
	t.Helper()
	for k := range edition.Codings {
		if k.String() == name {
			return k
		}
	}
	t.Fatalf("no coding %q", name)
	return 0
}

// A body that fits into a packet is sent as it is.
func TestShortBodyIsNotCompressed(t *testing.T) {
	c := content(t, edition.New(input()), "/feed.json")
	if len(c.Body) >= 1024 {
		t.Fatalf("the test needs a short document, not one of %d bytes", len(c.Body))
	}
	for k := edition.Identity + 1; k < edition.Codings; k++ {
		if c.Has(k) || c.In(k) != nil {
			t.Errorf("%v: made for %d bytes", k, len(c.Body))
		}
	}
	if !c.Has(edition.Identity) || !bytes.Equal(c.In(edition.Identity), c.Body) {
		t.Error("the body itself cannot be had")
	}
}

// Text gets smaller however little it repeats itself.
func TestWorstTextGetsSmaller(t *testing.T) {
	var noise strings.Builder
	for n, state := 0, uint32(1); n < 1000; n++ {
		state = state*1664525 + 1013904223
		noise.WriteByte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab"[state>>26])
	}
	c := content(t, edition.New(input(newPost(1, noise.String()))), "/feed.json")
	for k := edition.Identity + 1; k < edition.Codings; k++ {
		if got := len(c.In(k)); got == 0 || got >= len(c.Body) {
			t.Errorf("%v: %d bytes for %d", k, got, len(c.Body))
		}
	}
}

// BenchmarkCompress shows what each level costs and gives, for a feed of the
// texts of this repository. The choice is in internal/coding.
func BenchmarkCompress(b *testing.B) {
	d := edition.New(input(realPosts(b)...)).Find("/rss.xml")
	c, err := d.Content()
	if err != nil {
		b.Fatal(err)
	}
	z := func(l zstd.EncoderLevel) func([]byte) []byte {
		return func(body []byte) []byte {
			w, _ := zstd.NewWriter(nil, zstd.WithEncoderLevel(l), zstd.WithWindowSize(1<<20), zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
			return w.EncodeAll(body, nil)
		}
	}
	library := func(level int) func(io.Writer) io.WriteCloser {
		return func(w io.Writer) io.WriteCloser { g, _ := gzip.NewWriterLevel(w, level); return g }
	}
	fast := func(level int) func(io.Writer) io.WriteCloser {
		return func(w io.Writer) io.WriteCloser { g, _ := faster.NewWriterLevel(w, level); return g }
	}
	br := func(level int) func(io.Writer) io.WriteCloser {
		return func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, level) }
	}
	br2 := func(level int) func(io.Writer) io.WriteCloser {
		return func(w io.Writer) io.WriteCloser { return brotli.NewWriterV2(w, level) }
	}
	b.Logf("a feed of %d bytes", len(c.Body))
	for _, level := range []struct {
		name string
		pack func([]byte) []byte
	}{
		{"library's gzip 6", through(library(6))}, {"library's gzip 9", through(library(9))},
		{"gzip 1", through(fast(1))}, {"gzip 5", through(fast(5))}, {"gzip 6", through(fast(6))}, {"gzip 7", through(fast(7))}, {"gzip 9", through(fast(9))},
		{"zstd fastest", z(zstd.SpeedFastest)}, {"zstd default", z(zstd.SpeedDefault)}, {"zstd better", z(zstd.SpeedBetterCompression)}, {"zstd best", z(zstd.SpeedBestCompression)},
		{"br 1", through(br(1))}, {"br 5", through(br(5))}, {"br 6", through(br(6))}, {"br 9", through(br(9))}, {"br 11", through(br(11))},
		{"br V2 3", through(br2(3))}, {"br V2 4", through(br2(4))}, {"br V2 5", through(br2(5))}, {"br V2 7", through(br2(7))},
	} {
		b.Run(level.name, func(b *testing.B) {
			size := 0
			for b.Loop() {
				size = len(level.pack(c.Body))
			}
			b.ReportMetric(float64(size), "bytes")
			b.ReportMetric(100*float64(size)/float64(len(c.Body)), "%")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// through writes a body through a coder.
func through(coder func(io.Writer) io.WriteCloser) func([]byte) []byte {
	return func(body []byte) []byte {
		var out bytes.Buffer
		w := coder(&out)
		w.Write(body)
		w.Close()
		return out.Bytes()
	}
}

// realPosts makes 20 posts of a real blog beside the tree, about 127 kB as a
// feed; where there is none, of what people wrote for this repository.
func realPosts(b *testing.B) []*blog.Post {
	var text []byte
	for _, pattern := range []string{"../shared/corpus/letsencrypt/site/content/en/post/*.md", "README.md", "docs/*.md", "posts/*.md"} {
		names, err := filepath.Glob(filepath.Join("..", "..", pattern))
		if err != nil {
			b.Fatal(err)
		}
		for _, name := range names {
			more, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			text = append(text, more...)
		}
	}
	const posts = 20
	size := min(len(text), 111_000) / posts
	var all []*blog.Post
	for n := posts; n > 0; n-- {
		all = append(all, newPost(n, strings.ToValidUTF8(string(text[(n-1)*size:n*size]), "")))
	}
	return all
}
