package main

import (
	"log/slog"
	"net"
	"os"
	"strings"

	"broadsheet/cmd/broadsheet/port"
	"broadsheet/internal/config"

	"github.com/spf13/cobra"
)

// settingsSource reads the settings of a service.
type settingsSource struct {
	cmd    *cobra.Command
	dir    string
	chosen *port.Chosen
}

func (s settingsSource) load() (config.Settings, error) {
	settings, _, err := load(s.cmd, s.dir)
	return s.chosen.In(settings), err
}

// files returns the files that may hold settings.
func (s settingsSource) files() []string {
	file, _ := s.cmd.Flags().GetString("config")
	return config.Files(config.Options{Dir: s.dir, File: file, LookupEnv: os.LookupEnv})
}

// warnOfPreview warns if other machines can see posts that are not public.
func warnOfPreview(log *slog.Logger, s config.Settings) {
	if s.Preview() && !loopback(s.Listen) {
		log.Warn("this preview shows posts that are not public, and other machines can reach it; "+
			"leave out --listen to keep it to this one",
			slog.String("listen", s.Listen))
	}
}

// loopback reports whether only this machine can reach an address to listen on.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	ip := net.ParseIP(host)
	return err == nil && (strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback())
}
