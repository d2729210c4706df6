package files

import (
	"bytes"
	"encoding/binary"
	"io/fs"

	"golang.org/x/sys/unix"
)

// list calls each with all entries of a folder, in no order: by the names that the kernel
// writes into buffer (getdents64(2)), without a value of its own for each of them.
func list(name string, buffer []byte, each func(name []byte, kind fs.FileMode)) error {
	var folder int
	err := again(func() (err error) {
		folder, err = unix.Open(name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return &fs.PathError{Op: "open", Path: name, Err: err}
	}
	defer unix.Close(folder) //nolint:errcheck // nothing was written
	for {
		n := 0
		err := again(func() (err error) { n, err = unix.ReadDirent(folder, buffer); return err })
		if err != nil {
			return &fs.PathError{Op: "readdirent", Path: name, Err: err}
		}
		if n <= 0 {
			return nil
		}
		entries(buffer[:n], each)
	}
}

// entries calls each with those that the kernel wrote: a number of 8 bytes, an offset of
// 8, the length of the whole in 2, the kind in one, and the name up to a zero.
func entries(written []byte, each func(name []byte, kind fs.FileMode)) {
	const header = 19
	for len(written) > header {
		length := int(binary.NativeEndian.Uint16(written[16:]))
		if length <= header || length > len(written) {
			return
		}
		name, _, _ := bytes.Cut(written[header:length], []byte{0})
		deleted := binary.NativeEndian.Uint64(written) == 0
		if own := string(name); !deleted && own != "." && own != ".." {
			each(name, kindOf(written[18]))
		}
		written = written[length:]
	}
}

func kindOf(kind byte) fs.FileMode {
	switch kind {
	case unix.DT_REG:
		return 0
	case unix.DT_DIR:
		return fs.ModeDir
	case unix.DT_LNK:
		return fs.ModeSymlink
	case unix.DT_UNKNOWN:
		return unknown
	}
	return fs.ModeIrregular
}
