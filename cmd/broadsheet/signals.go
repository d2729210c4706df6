package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"broadsheet/cmd/broadsheet/hangup"
	"broadsheet/internal/live"
)

// followHangups reads the settings again at each SIGHUP.
func followHangups(ctx context.Context, blogs *live.Live) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-hangup.Signals():
			blogs.Reread()
		}
	}
}

// showProgress shows the progress of the first scan at a terminal, if it takes longer than a
// second.
func showProgress(ctx context.Context, blogs *live.Live, w io.Writer) {
	if !isTerminal(w) {
		return
	}
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	shown := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-blogs.First():
			if shown {
				fmt.Fprint(w, "\r\x1b[K")
			}
			return
		case <-ticker.C:
			s := blogs.Status()
			if s.Scan.Reading > 0 {
				fmt.Fprintf(w, "\r\x1b[Kreading %s: %d files", s.Folder, s.Scan.Reading)
				shown = true
			}
		}
	}
}
