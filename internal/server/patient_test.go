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
)

// serveFile serves a media file of so many bytes, with little time for each part
// of an answer, and returns its address and hash.
func serveFile(t *testing.T, size int, timeout time.Duration) (address string, hash [32]byte) {
	t.Helper()
	root, data := t.TempDir(), make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(data) // never fails
	if err := os.WriteFile(filepath.Join(root, "film.mp4"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	h := server.New(server.Options{Edition: always(newEdition(t, 1)), Open: opens(root)})
	go func() {
		done <- server.Serve(ctx, l, h, server.ServeOptions{Timeout: timeout, Grace: time.Millisecond})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String(), sha256.Sum256(data)
}

// over returns a client of HTTP/1.1 or of HTTP/2 without TLS that reads no faster
// than it is read from.
func over(version int) *http.Client {
	var p http.Protocols
	p.SetHTTP1(version == 1)
	p.SetUnencryptedHTTP2(version == 2)
	dialer := &net.Dialer{Timeout: time.Minute}
	return &http.Client{Transport: &http.Transport{Protocols: &p, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := dialer.DialContext(ctx, network, address)
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetReadBuffer(64 << 10) // else the system takes it all at once
		}
		return c, err
	}}}
}

// A client takes several times as long for the file as for a part of it is
// allowed, and gets it whole.
func TestSlowClientGetsTheWholeFile(t *testing.T) {
	const timeout = 5 * time.Second
	address, want := serveFile(t, 24<<20, timeout)
	for _, version := range []int{1, 2} {
		client := over(version)
		resp, err := client.Get("http://" + address + "/film.mp4")
		if err != nil {
			t.Fatal(err)
		}
		hash, began := sha256.New(), time.Now()
		for left := 24; left > 0 && err == nil; left-- {
			_, err = io.CopyN(hash, resp.Body, 1<<20)
			time.Sleep(max(0, time.Until(began.Add(time.Duration(25-left)*2*timeout/24)))) // the pace of the client, not a wait for anything
		}
		if err != nil || [32]byte(hash.Sum(nil)) != want {
			t.Errorf("HTTP/%d: after %v: %v", version, time.Since(began), err)
		}
		_ = resp.Body.Close()
		client.CloseIdleConnections()
	}
}

// A client that takes nothing is cut off.
func TestClientThatTakesNothingIsCutOff(t *testing.T) {
	address, _ := serveFile(t, 64<<20, 200*time.Millisecond)
	for _, version := range []int{1, 2} {
		client := over(version)
		resp, err := client.Get("http://" + address + "/film.mp4")
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(3 * time.Second) // takes nothing for long enough
		if n, err := io.Copy(io.Discard, resp.Body); err == nil {
			t.Errorf("HTTP/%d: got all %d bytes", version, n)
		}
		_ = resp.Body.Close()
		client.CloseIdleConnections()
	}
}
