package tree

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Approach names the folders whose entries decide what root is: the one that
// holds it, and the one that holds each link on the way to it. Where the way
// breaks off, the last is the nearest folder that exists: what comes into
// being there may be the missing part.
func Approach(root string) []string {
	path, err := filepath.Abs(root)
	if err != nil {
		return nil
	}
	var dirs []string
	const links = 40 // as many as the kernel follows
	for range links {
		link, target := firstLink(path)
		if link == "" {
			return append(dirs, nearest(filepath.Dir(path)))
		}
		dirs = append(dirs, filepath.Dir(link))
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(link), target)
		}
		path = filepath.Join(target, strings.TrimPrefix(path, link))
	}
	return dirs
}

// firstLink returns the shortest beginning of path that is a symbolic link,
// and where it leads.
func firstLink(path string) (link, target string) {
	top := len(filepath.VolumeName(path)) + 1
	for i := top; i <= len(path); i++ {
		if i < len(path) && !os.IsPathSeparator(path[i]) {
			continue
		}
		info, err := os.Lstat(path[:i])
		if err != nil {
			return "", ""
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			continue
		}
		if target, err = os.Readlink(path[:i]); err == nil {
			return path[:i], target
		}
	}
	return "", ""
}

// nearest returns dir, or the nearest folder above it that exists.
func nearest(dir string) string {
	for {
		above := filepath.Dir(dir)
		if info, err := os.Stat(dir); err == nil && info.IsDir() || above == dir {
			return dir
		}
		dir = above
	}
}
