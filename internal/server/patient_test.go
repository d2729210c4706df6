package server_test

import (
	"context"
	"crypto/sha256"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"broadsheet/internal/server"
	"broadsheet/internal/server/internal/pipetest"
)

// film serves a media file of so many bytes in virtual time, to a client of each
// version of HTTP.
func film(t *testing.T, size int, play func(t *testing.T, version int, resp *http.Response, hash [32]byte)) {
	t.Helper()
	root, data := t.TempDir(), make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(data) // never fails
	if err := os.WriteFile(filepath.Join(root, "film.mp4"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	e := newEdition(t, 1)
	for _, version := range []int{1, 2} {
		virtual(t, server.New(server.Options{Edition: always(e), Open: opens(root)}), func(t *testing.T, p *pipetest.Listener) {
			client := over(version, p)
			defer client.CloseIdleConnections()
			resp, err := client.Get("http://localhost/film.mp4")
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			play(t, version, resp, sha256.Sum256(data))
		})
	}
}

// over returns a client of HTTP/1.1 or of HTTP/2 without TLS that reads little more
// than is read from it: pipes hold nothing.
func over(version int, pipes *pipetest.Listener) *http.Client {
	var p http.Protocols
	p.SetHTTP1(version == 1)
	p.SetUnencryptedHTTP2(version == 2)
	return &http.Client{Transport: &http.Transport{Protocols: &p, DialContext: func(context.Context, string, string) (net.Conn, error) {
		return pipes.Dial(), nil
	}}}
}

// A client takes many times as long for the file as for a part of it is allowed,
// and gets it whole.
func TestSlowClientGetsTheWholeFile(t *testing.T) {
	film(t, 24<<20, func(t *testing.T, version int, resp *http.Response, want [32]byte) {
		hash, began := sha256.New(), time.Now()
		var err error
		for n := 0; n < 24 && err == nil; n++ {
			_, err = io.CopyN(hash, resp.Body, 1<<20)
			time.Sleep(50 * time.Second)
		}
		if err != nil || [32]byte(hash.Sum(nil)) != want {
			t.Errorf("HTTP/%d: after %v: %v", version, time.Since(began), err)
		}
	})
}

// A client that takes nothing for a minute is cut off.
func TestClientThatTakesNothingIsCutOff(t *testing.T) {
	film(t, 24<<20, func(t *testing.T, version int, resp *http.Response, _ [32]byte) {
		time.Sleep(61 * time.Second)
		if n, err := io.Copy(io.Discard, resp.Body); err == nil {
			t.Errorf("HTTP/%d: got all %d bytes", version, n)
		}
	})
}
