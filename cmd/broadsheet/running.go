package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"broadsheet/cmd/broadsheet/reread"
	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/edition"
	"broadsheet/internal/live"
	"broadsheet/internal/server"
	"broadsheet/internal/status"

	"golang.org/x/sync/errgroup"
)

// running is a running service.
type running struct {
	source settingsSource
	log    *slog.Logger
	stderr io.Writer

	open    atomic.Bool                  // the public listener accepts connections
	blogs   atomic.Pointer[live.Live]    // nil: the folder is waited for
	missing atomic.Pointer[blog.Problem] // why it is
}

// admin returns the handler of the private listener.
func (s *running) admin(names []string) http.Handler {
	return server.NewAdmin(server.AdminOptions{Hosts: names, Edition: s.edition, Status: s.status, Ready: s.ready})
}

func (s *running) edition() *edition.Edition {
	if blogs := s.blogs.Load(); blogs != nil {
		return blogs.Edition()
	}
	return nil
}

func (s *running) status() status.Facts {
	if blogs := s.blogs.Load(); blogs != nil {
		return blogs.Status()
	}
	facts := status.Facts{
		Time: time.Now().UTC(), State: status.Waiting, Folder: s.source.dir, Problems: []status.Problem{},
	}
	if p := s.missing.Load(); p != nil {
		facts.Problems = append(facts.Problems, status.Problem{Problem: *p})
	}
	return facts
}

func (s *running) ready() error {
	blogs := s.blogs.Load()
	if blogs == nil {
		return errors.New("the posts folder is waited for")
	}
	if err := blogs.Ready(); err != nil || s.open.Load() {
		return err
	}
	return errors.New("the public address is not listened on yet")
}

// await waits until the folder is there, and then reads the settings in it, which decide all else.
// Arrived is false if it was there from the start.
func (s *running) await(ctx context.Context, settings config.Settings) (_ config.Settings, arrived bool) {
	for ctx.Err() == nil {
		p := s.source.missing()
		if p == nil && !arrived {
			return settings, false
		}
		if p == nil {
			next, err := s.source.load()
			if err == nil {
				// These are in force since the start.
				next.AdminListen, next.AdminHosts = settings.AdminListen, settings.AdminHosts
				next.LogFormat, next.LogLevel = settings.LogFormat, settings.LogLevel
				return next, true
			}
			p = &reread.Problems(err)[0]
		}
		arrived = true
		if before := s.missing.Swap(p); before == nil || *before != *p {
			s.log.Error(p.Message, slog.String("file", p.File), slog.Int("line", p.Line))
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return settings, arrived
}

// missing returns the reason why the folder cannot be read, nil if it can.
func (s settingsSource) missing() *blog.Problem {
	_, err := os.ReadDir(s.dir)
	if err == nil {
		return nil
	}
	return &blog.Problem{
		Severity: blog.Error, Message: "the posts folder cannot be read: " + err.Error() + "; waiting for it",
	}
}

// end waits for the end of the service. After a request to end, work that does not end in time is
// abandoned: all that must outlast the process was written when it became known. Before the first
// edition there is no work to finish.
func (s *running) end(ctx context.Context, group *errgroup.Group) error {
	ended := make(chan error, 1)
	go func() { ended <- group.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	within := 9 * time.Second // supervisors kill after ten
	if s.edition() == nil {
		within = time.Second
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(within):
		s.log.Warn("the work under way is abandoned")
	}
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}
