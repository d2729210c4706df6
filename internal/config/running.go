package config

import (
	"net"
	"path/filepath"
	"strconv"

	"broadsheet/internal/dialect"
)

// Keep returns next as a service can take it that runs with other settings: what
// is read at the start only stays as it is in running. The keys of these settings
// come back, in the table's order, where next wants another value.
func Keep(running, next Settings) (Settings, []string) {
	var restart []string
	for _, w := range table {
		if value := w.get(running); w.start && w.get(next) != value {
			restart = append(restart, w.key)
			_ = w.set(&next, value) // it was valid, and still is
		}
	}
	return next.ListeningOn(next.Listen), restart
}

// ListeningOn returns s with another address, host:port, to listen on. Where no
// source named a URL, that of the address is the public one.
func (s Settings) ListeningOn(address string) Settings {
	s.Listen = address
	if !s.URLConfigured {
		s.URL = localURL(address)
	}
	return s
}

// AnyPort reports whether an address to listen on leaves the port to the system.
func AnyPort(address string) bool {
	_, port, err := net.SplitHostPort(address)
	number, notNumber := strconv.Atoi(port)
	return err == nil && notNumber == nil && number == 0
}

// Files returns the names of all files and folders that Load may look at for
// settings, there or not, so that whoever follows them misses no change.
func Files(o Options) []string {
	if name := o.named(); name != "" {
		return append(dialect.Files(o.Dir), name)
	}
	return append(dialect.Files(o.Dir), filepath.Join(o.Dir, fileName), filepath.Join(o.Dir, "..", fileName))
}

// preview keeps what is not public to this machine, unless an address was stated.
func (l *loader) preview() {
	if _, stated := l.from["listen"]; !stated && l.settings.Preview() {
		l.settings.Listen = previewListen
	}
}

// previewListen is the default of listen for a preview.
const previewListen = "127.0.0.1:8080"

// Preview reports whether posts are served that are not public.
func (s Settings) Preview() bool { return s.Drafts || s.Future }
