package main

import (
	"context"
	"fmt"
	"net"

	"broadsheet/internal/config"
)

func listen(ctx context.Context, address string) (net.Listener, error) {
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, wrongUse(fmt.Errorf("listen on %s: %w", address, err))
	}
	return l, nil
}

// chosenPort is the listener at an address whose port, 0, leaves the choice to the
// system. It is kept from the start, for documents name the port where no URL is
// set, and they are made before anything is served.
type chosenPort struct {
	asked    string       // the address as it was stated
	listener net.Listener // nil where the port was stated
}

// hold listens at an address, and keeps the listener if the system chose its port.
// Otherwise it only tells at once of an address that is taken: the posts, and with
// them the public listener, may be long in coming.
func (c *chosenPort) hold(ctx context.Context, address string) error {
	if c.listener != nil && (address == c.asked || address == c.real()) {
		return nil
	}
	c.release()
	c.asked, c.listener = "", nil
	l, err := listen(ctx, address)
	if err != nil {
		return err
	}
	if !config.AnyPort(address) {
		return l.Close()
	}
	c.asked, c.listener = address, l
	return nil
}

// in returns s with the port that was chosen.
func (c *chosenPort) in(s config.Settings) config.Settings {
	if c == nil || c.listener == nil || s.Listen != c.asked {
		return s
	}
	return s.ListeningOn(c.real())
}

// real is the address that was stated, with the port that was chosen.
func (c *chosenPort) real() string {
	host, _, _ := net.SplitHostPort(c.asked) // package config has checked it
	_, port, _ := net.SplitHostPort(c.listener.Addr().String())
	return net.JoinHostPort(host, port)
}

// listen returns the listener that is held for an address, or a new one.
func (c *chosenPort) listen(ctx context.Context, address string) (net.Listener, error) {
	if c.listener != nil && address == c.real() {
		return c.listener, nil
	}
	return listen(ctx, address)
}

// release closes the listener, which may have been closed by who used it.
func (c *chosenPort) release() {
	if c.listener != nil {
		_ = c.listener.Close()
	}
}
