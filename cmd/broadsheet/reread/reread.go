// Package reread reads the settings of a running service again, and reports the result.
package reread

import (
	"errors"
	"log/slog"
	"reflect"

	"broadsheet/cmd/broadsheet/wire"
	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/live"
)

// Reader reads the settings for a running service. It is for one goroutine.
type Reader struct {
	// Load reads the settings.
	Load func() (config.Settings, error)
	// Running are the settings in force.
	Running config.Settings
	Log     *slog.Logger

	logged config.Settings // whose warnings were logged last
}

// Read returns the settings as the running service can accept them.
func (r *Reader) Read() live.Reading {
	next, err := r.Load()
	if err != nil {
		return live.Reading{Problems: Problems(err)}
	}
	next, restart := config.Keep(r.Running, next)
	if next.Generator.Root != r.Running.Generator.Root {
		return live.Reading{Problems: []blog.Problem{{File: next.Generator.File, Severity: blog.Error,
			Message: "by these settings the site is " + next.Generator.Root + "; a restart is needed for that"}}}
	}
	first := r.logged.Zone == nil
	if !first && hasErrors(next.Warnings) { // at the start there is nothing better
		return live.Reading{Problems: next.Warnings}
	}
	theme, problems := wire.Theme(next)
	for i := range problems {
		problems[i].Severity = blog.Warning // the built-in one serves
	}
	r.report(next)
	for _, p := range problems {
		r.Log.Warn(p.Message, slog.String("file", p.File), slog.Int("line", p.Line))
	}
	r.Running = next
	warnings := asWarnings(next.Warnings)
	return live.Reading{Settings: wire.Live(next, theme), Restart: restart, Problems: append(warnings, problems...)}
}

// report logs the dialect of the folder, and the mistakes in the settings of its generator, unless
// that was logged before.
func (r *Reader) report(s config.Settings) {
	log := r.Log
	if r.logged.URL != s.URL && !s.URLConfigured {
		log.Warn("no public URL is set: links and ids name this machine; give one with --url before anybody subscribes",
			slog.String("url", s.URL))
	}
	if r.logged.Dialect != s.Dialect || r.logged.Generator.File != s.Generator.File {
		log.Info("dialect", slog.String("dialect", s.Dialect),
			slog.String("folder", s.Generator.Root), slog.String("settings", s.Generator.File))
	}
	if !reflect.DeepEqual(r.logged.Warnings, s.Warnings) {
		for _, p := range s.Warnings {
			log.Warn(p.Message, slog.String("file", p.File), slog.Int("line", p.Line))
		}
	}
	r.logged = s
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

// Problems returns the mistakes in the settings that an error of Load names.
func Problems(err error) []blog.Problem {
	var wrong config.Errors
	if errors.As(err, &wrong) {
		return wrong
	}
	return []blog.Problem{{Severity: blog.Error, Message: err.Error()}}
}
