package memory

import (
	"bytes"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	"broadsheet/internal/edition"
	"broadsheet/internal/library"
	"broadsheet/internal/store"
)

// BenchmarkEdit measures what an edit costs among 100,000 posts: the row of its post, and
// those of the dozen documents that show it. It prints the bytes that were written (Linux)
// and the time of processors.
func BenchmarkEdit(b *testing.B) {
	const posts = 100_000
	m, at := New(b.TempDir()), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := m.Open(at); err != nil {
		b.Fatal(err)
	}
	defer m.Close()
	record := func(n int) edition.Record {
		return edition.Record{Hash: fmt.Sprintf("%032x", n), Modified: at.Add(time.Duration(n) * time.Second)}
	}
	id := func(n, version int) *library.Identity {
		return &library.Identity{ID: fmt.Sprintf("tag:example.org,2026-01-01:a-post-with-number-%d", n), Hash: fmt.Sprintf("%064x", version), Path: fmt.Sprintf("/2026/01/01/a-post-with-number-%d/", n), Title: "0123456789abcdef", Text: fmt.Sprintf("%086d", version)}
	}
	for n := range posts {
		m.note(fmt.Sprintf("posts/%d.md", n), id(n, 0))
		m.noteDate(fmt.Sprintf("/2026/01/01/a-post-with-number-%d/", n), record(0))
	}
	documents := []string{"/", "/rss.xml", "/atom.xml", "/feed.json", "/feeds.opml", "/sitemap.xml", "/llms.txt", "/archive/", "/2026/", "/tags/go/rss.xml", "/tags/go/atom.xml", "/tags/go/feed.json"}
	for _, path := range documents {
		m.noteDate(path, record(0))
	}
	m.write(store.Durable, at)
	written, spent, edits := writtenSoFar(b), processorTime(b), 0
	for b.Loop() {
		edits++
		n := edits * 7919 % posts
		m.note(fmt.Sprintf("posts/%d.md", n), id(n, edits))
		m.noteDate(fmt.Sprintf("/2026/01/01/a-post-with-number-%d/", n), record(edits))
		for _, path := range documents {
			m.noteDate(path, record(edits))
		}
		m.write(store.Durable, at)
	}
	if m.failed != nil {
		b.Fatal(m.failed)
	}
	b.ReportMetric(float64(writtenSoFar(b)-written)/float64(edits), "B-written/op")
	b.ReportMetric(float64((processorTime(b)-spent).Microseconds())/float64(edits), "cpu-µs/op")
}

func writtenSoFar(b *testing.B) (n int64) {
	data, err := os.ReadFile("/proc/self/io")
	if err != nil {
		return 0 // another system
	}
	_, after, _ := bytes.Cut(data, []byte("wchar: "))
	if _, err := fmt.Sscan(string(after), &n); err != nil {
		b.Fatal(err)
	}
	return n
}

func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
