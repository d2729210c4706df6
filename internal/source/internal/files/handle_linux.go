package files

import (
	"io"

	"broadsheet/internal/blog"

	"golang.org/x/sys/unix"
)

// Handle is an open file, read by bare system calls: for each of many small files an
// os.File would also ask whether it can be waited for, and register a cleanup.
type Handle int

// Open opens a file for reading. It waits for nothing (the name may be that of a
// pipe by now), and fails for a link: the walk has resolved all of them.
func Open(name string) (h Handle, err error) {
	const flags = unix.O_RDONLY | unix.O_NONBLOCK | unix.O_NOFOLLOW | unix.O_CLOEXEC | unix.O_LARGEFILE
	err = again(func() (err error) {
		fd, err := unix.Open(name, flags, 0)
		h = Handle(fd)
		return err
	})
	return h, err
}

// Close lets go of the file.
func (h Handle) Close() { _ = unix.Close(int(h)) } // nothing was written

// Print returns the file's print and whether it is a regular file.
func (h Handle) Print() (Print, bool, error) {
	var s unix.Stat_t
	err := again(func() error { return unix.Fstat(int(h), &s) })
	return printOfStat(&s), s.Mode&unix.S_IFMT == unix.S_IFREG, err
}

// Birth returns when the file was made, zero where the file system does not
// remember (statx(2)).
func (h Handle) Birth() blog.Stamp { return birth(int(h), "", unix.AT_EMPTY_PATH) }

// Fill reads as many bytes as data has room for.
func (h Handle) Fill(data []byte) error {
	for len(data) > 0 {
		n := 0
		err := again(func() (err error) { n, err = unix.Read(int(h), data); return err })
		if err != nil {
			return err
		}
		if n == 0 {
			return io.ErrUnexpectedEOF
		}
		data = data[n:]
	}
	return nil
}

// again repeats a system call that a signal interrupted.
func again(call func() error) error {
	for {
		if err := call(); err != unix.EINTR { //nolint:errorlint // system calls wrap nothing
			return err
		}
	}
}
