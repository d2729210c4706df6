package main

import (
	"context"
	"fmt"
	"net"
	"os"
)

// notifyStarted tells systemd, if that waits for it (Type=notify), that the service has started:
// signals are caught, so that a reload may come. It does not wait for the posts, whose folder
// may appear much later; see sd_notify(3).
func notifyStarted(ctx context.Context) error {
	socket := os.Getenv("NOTIFY_SOCKET")
	if socket == "" {
		return nil
	}
	c, err := new(net.Dialer).DialContext(ctx, "unixgram", socket)
	if err != nil {
		return fmt.Errorf("tell systemd: %w", err)
	}
	defer c.Close() //nolint:errcheck // a datagram is sent or not
	if _, err := c.Write([]byte("READY=1")); err != nil {
		return fmt.Errorf("tell systemd: %w", err)
	}
	return nil
}
