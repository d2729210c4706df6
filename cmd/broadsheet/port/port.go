// Package port listens at addresses whose port, 0, leaves the choice to the system.
package port

import (
	"context"
	"fmt"
	"net"

	"broadsheet/internal/config"
)

// Listen listens at an address.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", address, err)
	}
	return l, nil
}

// Chosen is the listener at an address whose port the system chose. It is kept from the start,
// since documents name the port if no URL is set, and are made before anything is served. The zero
// value holds none.
type Chosen struct {
	asked    string       // the address as it was stated
	listener net.Listener // nil where the port was stated
}

// Hold listens at an address, and keeps the listener if the system chose its port. Otherwise it
// only reports an address that is taken: the public listener is opened when the posts are there,
// which may take long.
func (c *Chosen) Hold(ctx context.Context, address string) error {
	if c.listener != nil && (address == c.asked || address == c.address()) {
		return nil
	}
	c.Release()
	c.asked, c.listener = "", nil
	l, err := Listen(ctx, address)
	if err != nil {
		return err
	}
	if !config.AnyPort(address) {
		return l.Close()
	}
	c.asked, c.listener = address, l
	return nil
}

// In returns s with the port that was chosen.
func (c *Chosen) In(s config.Settings) config.Settings {
	if c == nil || c.listener == nil || s.Listen != c.asked {
		return s
	}
	return s.ListeningOn(c.address())
}

// address is the address that was stated, with the port that was chosen.
func (c *Chosen) address() string {
	host, _, _ := net.SplitHostPort(c.asked) // package config has checked it
	_, port, _ := net.SplitHostPort(c.listener.Addr().String())
	return net.JoinHostPort(host, port)
}

// Listen returns the listener that is held for an address, or a new one.
func (c *Chosen) Listen(ctx context.Context, at string) (net.Listener, error) {
	if c.listener != nil && at == c.address() {
		return c.listener, nil
	}
	return Listen(ctx, at)
}

// Release closes the listener. Its user may have closed it already.
func (c *Chosen) Release() {
	if c.listener != nil {
		_ = c.listener.Close()
	}
}
