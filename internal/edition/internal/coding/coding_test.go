package coding_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"broadsheet/internal/edition/internal/coding"
)

// decoders read each coding.
var decoders = map[string]func(io.Reader) (io.Reader, error){
	"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
	"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	"zstd": func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r, zstd.WithDecoderMaxWindow(1<<20)) },
}

func TestCodingsDecodeToTheBody(t *testing.T) {
	for _, body := range []string{strings.Repeat("a", 1024), strings.Repeat("some words ", 1000), strings.Repeat("é<&>\x00", 300_000)} {
		p := coding.Pack([]byte(body))
		for k := coding.Identity + 1; k < coding.Count; k++ {
			r, err := decoders[k.String()](bytes.NewReader(p.In(k)))
			if err != nil {
				t.Fatalf("%v of %d bytes: %v", k, len(body), err)
			}
			got, err := io.ReadAll(r)
			if err != nil || string(got) != body || !p.Has(k) {
				t.Errorf("%v of %d bytes: decoded to %d bytes, %v", k, len(body), len(got), err)
			}
		}
		if p.Has(coding.Identity) || p.In(coding.Identity) != nil {
			t.Error("a compressed form that is not compressed")
		}
	}
}

func TestShortBodiesHaveNoForms(t *testing.T) {
	for _, body := range []string{"", "a", strings.Repeat("a", 1023)} {
		p := coding.Pack([]byte(body))
		for k := range coding.Count {
			if p.Has(k) || p.In(k) != nil {
				t.Errorf("%d bytes have the form %v", len(body), k)
			}
		}
	}
}

func TestFormIsMadeOnce(t *testing.T) {
	p := coding.Pack(bytes.Repeat([]byte("words "), 1000))
	var forms [8][]byte
	var asking sync.WaitGroup
	for i := range forms {
		asking.Go(func() { forms[i] = p.In(coding.Gzip) })
	}
	asking.Wait()
	for _, form := range forms {
		if &form[0] != &forms[0][0] {
			t.Fatal("the body was compressed twice")
		}
	}
}

func TestNamesOfCodings(t *testing.T) {
	for k, want := range map[coding.Coding]string{coding.Identity: "", coding.Brotli: "br", coding.Zstd: "zstd", coding.Gzip: "gzip"} {
		if k.String() != want {
			t.Errorf("coding %d is named %q, want %q", k, k, want)
		}
	}
}
