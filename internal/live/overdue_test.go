package live_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/internal/live"
)

// stuck is a log that keeps whoever writes to it, once it is told to.
type stuck struct {
	slog.Handler
	hold    func() bool
	release chan struct{}
}

func (s stuck) Enabled(context.Context, slog.Level) bool { return true }

func (s stuck) Handle(context.Context, slog.Record) error {
	if s.hold() {
		<-s.release
	}
	return nil
}

func TestTurnThatDoesNotEndIsToldOf(t *testing.T) {
	root := filepath.Join(t.TempDir(), "posts")
	synctest.Test(t, func(t *testing.T) {
		f := &fixture{t: t, root: root}
		f.write(map[string]string{"one.md": post("One", "1999-01-01")})
		held, release := false, make(chan struct{})
		f.Live = live.New(live.Options{
			Root: root, Watch: "poll", Settings: live.Settings{Site: site},
			Log: slog.New(stuck{slog.DiscardHandler, func() bool { return held }, release}),
		})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- f.Run(ctx) }()
		<-f.First()
		f.after(10 * time.Minute) // polled all the time
		if err := f.Ready(); err != nil || f.Status().State != "ready" || f.Status().Scan.Overdue != "" {
			t.Errorf("not ready: %v", err)
		}
		held = true
		f.write(map[string]string{"two.md": post("Two", "1999-01-02")})
		f.after(time.Minute)
		if f.Ready() != nil || f.Status().Scan.Since == nil {
			t.Errorf("after a minute: %v, scan %+v", f.Ready(), f.Status().Scan)
		}
		f.after(2 * time.Minute)
		if err := f.Ready(); err == nil || !strings.HasPrefix(err.Error(), "a scan of the folder has been under way since 2000-01-01T00:10:") {
			t.Errorf("after three minutes: %v", err)
		}
		if s := f.Status(); s.State != "degraded" || s.Scan.Overdue == "" {
			t.Errorf("status %s, scan %+v", s.State, s.Scan)
		}
		close(release)
		f.after(10 * time.Second)
		if err := f.Ready(); err != nil || f.Status().State != "ready" || f.Status().Scan.Since != nil {
			t.Errorf("still not ready: %v, scan %+v", err, f.Status().Scan)
		}
		cancel()
		<-done
	})
}
