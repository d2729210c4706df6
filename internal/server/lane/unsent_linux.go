package lane

import (
	"net"
	"syscall"

	"golang.org/x/sys/unix"
)

// keepLittleUnsent limits the bytes that the system keeps unsent for a connection (tcp(7),
// TCP_NOTSENT_LOWAT). If that fails, the progress of a slow client is noticed late.
func keepLittleUnsent(c net.Conn) {
	s, ok := c.(syscall.Conn)
	if !ok {
		return
	}
	raw, err := s.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) {
		_ = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_NOTSENT_LOWAT, 2*Step)
	})
}
