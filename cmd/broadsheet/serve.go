package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"broadsheet/internal/config"
	"broadsheet/internal/disk"
	"broadsheet/internal/live"
	"broadsheet/internal/page"
	"broadsheet/internal/server"
	"broadsheet/internal/watch"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

const serveName = "serve"

func newServe() *cobra.Command {
	cmd := &cobra.Command{
		Use:   serveName + " [DIR]",
		Short: "Serve a folder of posts as feeds, and follow its changes",
		Long: `Serve reads the posts in DIR (./posts by default), serves them over HTTP and
shows every change of the folder moments later.

It begins to serve when the posts have been read. A folder that is missing is
waited for. SIGHUP reads the settings anew; SIGTERM and SIGINT end the service
once the requests under way are answered, and at once when sent again.

With --drafts or --future it is a preview, for whoever writes: its pages mark what
is not public yet, and reload themselves in the browser at every change. Nobody
else should reach it.`,
		Example: `  broadsheet serve posts --url https://example.org`,
		Args:    cobra.MaximumNArgs(1),
	}
	addSettings(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		signal.Ignore(syscall.SIGPIPE) // whoever took the log may go away
		reload := func() (config.Settings, error) {
			s, _, err := load(cmd, dirOf(args))
			return s, err
		}
		return serve(cmd.Context(), reload, cmd.ErrOrStderr())
	}
	return cmd
}

// serve wires the service and runs it until ctx is done.
func serve(ctx context.Context, reload func() (config.Settings, error), stderr io.Writer) error {
	settings, err := reload()
	if err != nil {
		return err
	}
	log, flush := newLog(settings, stderr)
	defer flush()
	warnOfURL(log, settings)
	tellGenerator(log, settings)
	theme := tellTheme(log, settings)
	blogs := live.New(live.Options{
		Root: settings.Generator.Root, Watch: watch.Mode(settings.Watch), State: settings.State, Log: log,
		Settings: liveSettings(settings, theme),
	})
	admin, err := listen(ctx, settings.AdminListen)
	if err != nil {
		return err
	}
	if err := tryListening(ctx, settings.Listen); err != nil {
		return errors.Join(err, admin.Close())
	}
	var open atomic.Bool
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return follow(ctx, blogs) })
	group.Go(func() error {
		return server.Serve(ctx, admin, adminHandler(blogs, &open), server.ServeOptions{Log: log})
	})
	group.Go(func() error { return public(ctx, settings, blogs, log, &open) })
	group.Go(func() error { return followHangups(ctx, settings, reload, blogs, log) })
	go showProgress(ctx, blogs, stderr) // a terminal that was stopped is not waited for
	return end(ctx, group, blogs, log)
}

// end waits for the end of the service. Once it is asked for, what does not come
// to it in time is abandoned: all that must outlast the process is written when it
// becomes known. Before the first edition there is nothing to bring to an end.
func end(ctx context.Context, group *errgroup.Group, blogs *live.Live, log *slog.Logger) error {
	ended := make(chan error, 1)
	go func() { ended <- group.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	within := 9 * time.Second // supervisors kill after ten
	if blogs.Edition() == nil {
		within = time.Second
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(within):
		log.Warn("the work under way is abandoned")
	}
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// follow keeps the edition current. A state folder that another service has is
// like an address that is taken.
func follow(ctx context.Context, blogs *live.Live) error {
	err := blogs.Run(ctx)
	if errors.Is(err, disk.ErrTaken) {
		return wrongUse(err)
	}
	return err
}

// public serves the documents once there are any. It tells when connections are
// accepted.
func public(ctx context.Context, s config.Settings, blogs *live.Live, log *slog.Logger, open *atomic.Bool) error {
	select {
	case <-ctx.Done():
		return nil
	case <-blogs.First():
	}
	l, err := listen(ctx, s.Listen)
	if err != nil {
		return err
	}
	open.Store(true)
	log.Info("listening", slog.String("address", l.Addr().String()))
	documents := server.New(server.Options{
		Edition: blogs.Edition, MaxAge: time.Duration(s.MaxAge) * time.Second, NoDeltas: !s.Deltas,
		Open: blogs.Open, Changed: blogs.Changed, Log: log,
	})
	return server.Serve(ctx, l, documents, server.ServeOptions{Log: log})
}

func adminHandler(blogs *live.Live, open *atomic.Bool) http.Handler {
	ready := func() error {
		if err := blogs.Ready(); err != nil || open.Load() {
			return err
		}
		return errors.New("the public address is not listened on yet")
	}
	return server.NewAdmin(server.AdminOptions{Edition: blogs.Edition, Status: blogs.Status, Ready: ready})
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, wrongUse(fmt.Errorf("listen on %s: %w", address, err))
	}
	return l, nil
}

// tryListening tells at once of an address that is taken: the posts, and with
// them the public listener, may be long in coming.
func tryListening(ctx context.Context, address string) error {
	l, err := listen(ctx, address)
	if err != nil {
		return err
	}
	return l.Close()
}

// tellGenerator says what the folder was found to be made for.
func tellGenerator(log *slog.Logger, s config.Settings) {
	log.Info("dialect", slog.String("dialect", s.Dialect), slog.String("folder", s.Generator.Root), slog.String("settings", s.Generator.File))
	for _, p := range s.Warnings {
		log.Warn(p.Message, slog.String("file", p.File), slog.Int("line", p.Line))
	}
}

// tellTheme loads the theme and says what is wrong with it.
func tellTheme(log *slog.Logger, s config.Settings) *page.Theme {
	theme, problems := themeOf(s)
	for _, p := range problems {
		log.Warn(p.Message, slog.String("file", p.File), slog.Int("line", p.Line))
	}
	return theme
}

func warnOfURL(log *slog.Logger, s config.Settings) {
	if !s.URLConfigured {
		log.Warn("no public URL is set: links and ids name this machine; give one with --url before anybody subscribes",
			slog.String("url", s.URL))
	}
}
