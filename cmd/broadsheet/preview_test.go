package main

import (
	"bufio"
	"net/http"
	"testing"
	"time"
)

// events follows a stream of server-sent events; the channel is closed when it
// ends.
func events(t *testing.T, url string) <-chan string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	must(t, err)
	response, err := http.DefaultClient.Do(request)
	must(t, err)
	if response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", url, response.Status)
	}
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		defer response.Body.Close()
		for scanner := bufio.NewScanner(response.Body); scanner.Scan(); {
			lines <- scanner.Text()
		}
	}()
	return lines
}

func TestPreviewTellsOfASaveUntilItStops(t *testing.T) {
	root := newFolder(t)
	s := startService(t, root, "--drafts")
	stream := events(t, s.public+"/_reload")
	for _, title := range []string{"First", "Second"} {
		s.save("a.md", article(title))
		saved := time.Now()
		for line := range stream {
			if line == "data: changed" {
				break
			}
		}
		if took := time.Since(saved); took > time.Second {
			t.Errorf("heard of %s %v after the save", title, took)
		}
		if !s.shows(title) {
			t.Errorf("told of %s before it was published", title)
		}
	}
	began := time.Now()
	s.stop()
	for range stream { // ends with the service
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the stop took %v: it waited for the stream", took)
	}
}

func TestNothingReloadsWithoutPreview(t *testing.T) {
	s := startService(t, newFolder(t))
	if got := s.ask(s.public + "/_reload").status; got != http.StatusNotFound {
		t.Errorf("/_reload: %d, want 404", got)
	}
}
