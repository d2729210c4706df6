package server_test

import (
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"broadsheet/internal/edition"
	"broadsheet/internal/server"
)

// While editions are swapped, every answer is whole: its body is the one that
// its tag names.
func TestThousandPollsDuringSwaps(t *testing.T) {
	var editions []*edition.Edition
	bodies := map[string]string{} // by ETag
	for n := 1; n <= 5; n++ {
		e := newEdition(t, n)
		_, c := content(t, e, "/rss.xml")
		bodies[`"`+c.Hash+`"`] = string(c.Body)
		for k := edition.Identity + 1; k < edition.Codings; k++ {
			bodies[`"`+c.Hash+"-"+k.String()+`"`] = string(c.In(k))
		}
		editions = append(editions, e)
	}
	var current atomic.Pointer[edition.Edition]
	current.Store(editions[0])
	address := serve(t, server.New(server.Options{Edition: current.Load}))

	swaps, stop := sync.WaitGroup{}, make(chan struct{})
	swaps.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				current.Store(editions[i%len(editions)])
			}
		}
	})
	transport := &http.Transport{MaxConnsPerHost: 50, MaxIdleConnsPerHost: 50, DisableCompression: true}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	var polls sync.WaitGroup
	for i := range 1000 {
		polls.Go(func() {
			poll(t, client, "http://"+address+"/rss.xml", []string{"", "gzip", "br", "zstd"}[i%4], bodies)
		})
	}
	polls.Wait()
	close(stop)
	swaps.Wait()
}

// poll asks twice, the second time with the tag of the first answer.
func poll(t *testing.T, client *http.Client, url, coding string, bodies map[string]string) {
	tag := ""
	for range 2 {
		r, err := http.NewRequest(http.MethodGet, url, nil)
		if err != nil {
			t.Error(err)
			return
		}
		r.Header.Set("Accept-Encoding", coding)
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		resp, err := client.Do(r)
		if err != nil {
			t.Error(err)
			return
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		got := resp.Header.Get("ETag")
		want, known := bodies[got]
		switch {
		case err != nil || !known:
			t.Errorf("tag %s, %v; want one of the editions'", got, err)
		case resp.StatusCode == http.StatusNotModified && got != tag, resp.StatusCode == http.StatusOK && string(body) != want:
			t.Errorf("%d with tag %s after %s: the body is another's", resp.StatusCode, got, tag)
		}
		tag = got
	}
}
