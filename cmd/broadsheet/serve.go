package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os/signal"
	"syscall"
	"time"

	"broadsheet/cmd/broadsheet/memlimit"
	"broadsheet/cmd/broadsheet/port"
	"broadsheet/cmd/broadsheet/reread"
	"broadsheet/cmd/broadsheet/wire"
	"broadsheet/internal/config"
	"broadsheet/internal/disk"
	"broadsheet/internal/edition"
	"broadsheet/internal/live"
	"broadsheet/internal/server"
	"broadsheet/internal/source"
	"broadsheet/internal/store"
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
waited for. Settings files are followed as posts are; SIGHUP reads the settings anew; SIGTERM and SIGINT end the service
once the requests under way are answered, and at once when sent again.

With --drafts or --future it is a preview, for whoever writes: its pages mark what
is not public yet, and reload themselves in the browser at every change. Nobody
else should reach it: it listens on 127.0.0.1, unless --listen says otherwise.`,
		Example: `  broadsheet serve posts --url https://example.org`,
		Args:    cobra.MaximumNArgs(1),
	}
	addSettings(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		signal.Ignore(syscall.SIGPIPE) // the reader of the log may go away
		return serve(cmd.Context(), settingsSource{cmd: cmd, dir: dirOf(args)}, cmd.ErrOrStderr())
	}
	return cmd
}

// serve runs the service until ctx is done.
func serve(ctx context.Context, source settingsSource, stderr io.Writer) error {
	settings, err := source.load()
	if err != nil {
		return err
	}
	log, flush := newLog(settings, stderr)
	defer flush()
	tellMemory(log)
	admin, err := port.Listen(ctx, settings.AdminListen)
	if err != nil {
		return wrongUse(err)
	}
	log.Info("health and status", slog.String("address", admin.Addr().String()))
	source.chosen = &port.Chosen{}
	if err := source.chosen.Hold(ctx, settings.Listen); err != nil {
		return errors.Join(wrongUse(err), admin.Close())
	}
	defer source.chosen.Release()
	settings = source.chosen.In(settings)
	if err := notifyStarted(ctx); err != nil {
		log.Warn(err.Error())
	}
	s := &running{source: source, log: log, stderr: stderr}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		names := append(hosts(settings, settings.AdminListen), settings.AdminHosts...)
		return server.Serve(ctx, admin, s.admin(names), server.ServeOptions{Log: log})
	})
	group.Go(func() error { return s.run(ctx, settings) })
	return s.end(ctx, group)
}

// run waits for the folder, and then wires the parts that publish it.
func (s *running) run(ctx context.Context, settings config.Settings) error {
	settings, arrived := s.await(ctx, settings)
	if ctx.Err() != nil {
		return nil
	}
	if arrived { // with settings in it, perhaps
		if err := s.source.chosen.Hold(ctx, settings.Listen); err != nil {
			return wrongUse(err)
		}
		settings = s.source.chosen.In(settings)
	}
	warnOfPreview(s.log, settings)
	reader := &reread.Reader{Load: s.source.load, Running: settings, Log: s.log}
	blogs := live.New(live.Options{
		Root: settings.Generator.Root, Watch: watch.Mode(settings.Watch), State: settings.State, Log: s.log,
		Settings: wire.Live(settings, nil), Config: live.Config{Files: s.source.files, Read: reader.Read},
		Arrived: arrived,
		Texts:   memlimit.Within(source.DefaultTexts, 64), Cache: memlimit.Within(edition.DefaultCache, 32),
	})
	s.blogs.Store(blogs)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return follow(ctx, blogs) })
	group.Go(func() error { return s.public(ctx, settings, blogs) })
	group.Go(func() error { return followHangups(ctx, blogs) })
	go showProgress(ctx, blogs, s.stderr) // a terminal that was stopped is not waited for
	return group.Wait()
}

// follow keeps the edition current. A state folder that another service uses is wrong use, like an
// address that is taken. So is one that a later version wrote.
func follow(ctx context.Context, blogs *live.Live) error {
	err := blogs.Run(ctx)
	if errors.Is(err, disk.ErrTaken) || errors.Is(err, store.ErrNewer) {
		return wrongUse(err)
	}
	return err
}

// public serves the documents once there are any.
func (s *running) public(ctx context.Context, settings config.Settings, blogs *live.Live) error {
	select {
	case <-ctx.Done():
		return nil
	case <-blogs.First():
	}
	l, err := s.source.chosen.Listen(ctx, settings.Listen)
	if err != nil {
		return wrongUse(err)
	}
	s.open.Store(true)
	s.log.Info("listening", slog.String("address", l.Addr().String()))
	documents := server.New(server.Options{
		Edition: blogs.Edition, MaxAge: time.Duration(settings.MaxAge) * time.Second, NoDeltas: !settings.Deltas,
		Open: blogs.Open, Hosts: hosts(settings, settings.Listen), Changed: blogs.Changed, Log: s.log,
	})
	return server.Serve(ctx, l, documents, server.ServeOptions{Log: s.log})
}

// hosts returns the names of this machine: that of the public URL, and that in the address of a
// listener.
func hosts(s config.Settings, listen string) []string {
	var names []string
	if u, err := url.Parse(s.URL); err == nil {
		names = append(names, u.Hostname())
	}
	host, _, _ := net.SplitHostPort(listen) // package config has checked it
	return append(names, host)
}
