package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"broadsheet/cmd/broadsheet/hangup"
	"broadsheet/internal/config"
	"broadsheet/internal/live"
)

// followHangups reads the settings anew at each SIGHUP. Wrong ones change
// nothing.
func followHangups(ctx context.Context, now config.Settings, reload func() (config.Settings, error), blogs *live.Live, log *slog.Logger) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-hangup.Signals():
		}
		next, err := reload()
		if err != nil {
			log.Error("the settings stay as they were", slog.Any("error", err))
			continue
		}
		if needsRestart(now, next) {
			log.Warn("a restart is needed for listen, admin-listen, max-age, deltas, state, watch, log-format and log-level")
		}
		log.Info("settings read")
		blogs.Reload(liveSettings(next, tellTheme(log, next)))
	}
}

func needsRestart(a, b config.Settings) bool {
	return a.Listen != b.Listen || a.AdminListen != b.AdminListen || a.State != b.State || a.MaxAge != b.MaxAge || a.Deltas != b.Deltas ||
		a.Watch != b.Watch || a.LogFormat != b.LogFormat || a.LogLevel != b.LogLevel
}

// showProgress tells a person at a terminal how far the first scan is, if it
// takes longer than a second.
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
