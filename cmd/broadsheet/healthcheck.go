package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"broadsheet/internal/config"

	"github.com/spf13/cobra"
)

func newHealthcheck() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "healthcheck",
		Short: "Ask a running service whether it is ready",
		Long: `Healthcheck asks the admin listener of a service on this machine, and ends with 0
if it serves an edition, else with 1. It is meant for containers without a shell.`,
		Example: `  broadsheet healthcheck`,
		Args:    cobra.NoArgs,
	}
	addSettings(cmd, config.Server)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		settings, _, err := load(cmd, defaultDir)
		if err != nil {
			return err
		}
		return askReadiness(cmd.Context(), settings.AdminListen)
	}
	return cmd
}

// askReadiness returns what keeps the service at the admin address from being
// ready.
func askReadiness(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+reachable(address)+"/readyz", nil)
	if err != nil {
		return wrongUse(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return broken(err)
	}
	defer response.Body.Close() //nolint:errcheck // nothing was written
	if response.StatusCode != http.StatusOK {
		reason, _ := io.ReadAll(io.LimitReader(response.Body, 1024)) // the status says enough
		return broken(fmt.Errorf("not ready: %s", strings.TrimSpace(string(reason))))
	}
	return nil
}

// reachable names a host where an address to listen on leaves it open.
func reachable(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
