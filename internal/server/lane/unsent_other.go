//go:build !linux

package lane

import "net"

// keepLittleUnsent does nothing here: the progress of a slow client is noticed
// late, after as much as the system keeps for a connection.
func keepLittleUnsent(net.Conn) {}
