package main

import (
	"errors"
	"log/slog"
	"net"
	"os"
	"reflect"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/live"

	"github.com/spf13/cobra"
)

// settingsSource is where the settings of a service come from.
type settingsSource struct {
	cmd    *cobra.Command
	dir    string
	chosen *chosenPort
}

func (s settingsSource) load() (config.Settings, error) {
	settings, _, err := load(s.cmd, s.dir)
	return s.chosen.in(settings), err
}

// files are those that settings may lie in.
func (s settingsSource) files() []string {
	file, _ := s.cmd.Flags().GetString("config")
	return config.Files(config.Options{Dir: s.dir, File: file, LookupEnv: os.LookupEnv})
}

// settingsReader reads the settings for a service that runs.
type settingsReader struct {
	source  settingsSource
	running config.Settings // in force
	told    config.Settings // whose warnings were logged last
	log     *slog.Logger
}

// read returns the settings as the service can take them.
func (r *settingsReader) read() live.Reading {
	next, err := r.source.load()
	if err != nil {
		return live.Reading{Problems: problemsOf(err)}
	}
	next, restart := config.Keep(r.running, next)
	if next.Generator.Root != r.running.Generator.Root {
		return live.Reading{Problems: []blog.Problem{{File: next.Generator.File, Severity: blog.Error,
			Message: "by these settings the site is " + next.Generator.Root + "; a restart is needed for that"}}}
	}
	if first := r.told.Zone == nil; !first && hasErrors(next.Warnings) { // at the start there is nothing better
		return live.Reading{Problems: next.Warnings}
	}
	theme, problems := themeOf(next)
	for i := range problems {
		problems[i].Severity = blog.Warning // the built-in one serves
	}
	r.tell(next)
	for _, p := range problems {
		r.log.Warn(p.Message, slog.String("file", p.File), slog.Int("line", p.Line))
	}
	r.running = next
	warnings := asWarnings(next.Warnings)
	return live.Reading{Settings: liveSettings(next, theme), Restart: restart, Problems: append(warnings, problems...)}
}

// tell says what the folder was found to be made for, and what is wrong with the
// settings of its generator, unless that was said before.
func (r *settingsReader) tell(s config.Settings) {
	log := r.log
	if r.told.URL != s.URL && !s.URLConfigured {
		log.Warn("no public URL is set: links and ids name this machine; give one with --url before anybody subscribes",
			slog.String("url", s.URL))
	}
	if r.told.Dialect != s.Dialect || r.told.Generator.File != s.Generator.File {
		log.Info("dialect", slog.String("dialect", s.Dialect), slog.String("folder", s.Generator.Root), slog.String("settings", s.Generator.File))
	}
	if !reflect.DeepEqual(r.told.Warnings, s.Warnings) {
		for _, p := range s.Warnings {
			log.Warn(p.Message, slog.String("file", p.File), slog.Int("line", p.Line))
		}
	}
	r.told = s
}

// warnOfPreview says that others can see what is not public.
func warnOfPreview(log *slog.Logger, s config.Settings) {
	if s.Preview() && !loopback(s.Listen) {
		log.Warn("this preview shows posts that are not public, and other machines can reach it; leave out --listen to keep it to this one",
			slog.String("listen", s.Listen))
	}
}

// loopback reports whether only this machine can reach an address to listen on.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback())
}

func hasErrors(problems []blog.Problem) bool {
	for _, p := range problems {
		if p.Severity == blog.Error {
			return true
		}
	}
	return false
}

func asWarnings(problems []blog.Problem) []blog.Problem {
	list := make([]blog.Problem, len(problems))
	for i, p := range problems {
		p.Severity = blog.Warning
		list[i] = p
	}
	return list
}

// problemsOf returns what is wrong with settings.
func problemsOf(err error) []blog.Problem {
	var wrong config.Errors
	if errors.As(err, &wrong) {
		return wrong
	}
	return []blog.Problem{{Severity: blog.Error, Message: err.Error()}}
}
