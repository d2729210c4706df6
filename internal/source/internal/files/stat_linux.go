package files

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"

	"broadsheet/internal/blog"

	"golang.org/x/sys/unix"
)

// statOf returns what only the system's own record says of a file.
func statOf(info fs.FileInfo) (ID, blog.Stamp) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ID{}, 0
	}
	return ID{s.Dev, s.Ino}, blog.StampOf(time.Unix(s.Ctim.Unix()))
}

func printOfStat(s *unix.Stat_t) Print {
	return Print{
		ID: ID{s.Dev, s.Ino}, Size: s.Size, Modified: blog.StampOf(time.Unix(s.Mtim.Unix())), Changed: blog.StampOf(time.Unix(s.Ctim.Unix())),
	}
}

// Closed reports whether no program has the file open for writing: the kernel
// then grants a read lease (fcntl(2), F_SETLEASE). It is refused, too, for
// files of other users and by some file systems; false says nothing.
func Closed(name string) bool { return lease(name) == nil }

// WrittenTo reports whether a program has the file open for writing, as far as
// the kernel says: it then refuses the lease with this very error. Network file
// systems, though, give the same for files that nobody has open.
func WrittenTo(name string) bool { return errors.Is(lease(name), unix.EAGAIN) }

// lease takes a read lease of the file and gives it back.
func lease(name string) error {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	if _, err := unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_RDLCK); err != nil {
		return err
	}
	_, err = unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_UNLCK)
	return err
}

// BornAt returns when the file of a name was made, zero where the file system
// does not remember (statx(2)).
func BornAt(name string) blog.Stamp { return birth(unix.AT_FDCWD, name, unix.AT_SYMLINK_NOFOLLOW) }

func birth(fd int, name string, flags int) blog.Stamp {
	var s unix.Statx_t
	err := unix.Statx(fd, name, flags, unix.STATX_BTIME, &s)
	if err != nil || s.Mask&unix.STATX_BTIME == 0 {
		return 0
	}
	return blog.StampOf(time.Unix(s.Btime.Sec, int64(s.Btime.Nsec)))
}
