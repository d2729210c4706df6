// Package memlimit tells the runtime how much memory the process may use.
//
// A container is killed if it uses more memory than its control group allows. The garbage collector
// does not know that limit: it lets the heap double. With a soft limit it works harder instead,
// before the hard limit is reached.
package memlimit

import (
	"io/fs"
	"math"
	"os"
	"path"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
)

// share is the part of the limit that the runtime gets, in percent: it does not count all that the
// kernel counts.
const share = 90

// growth is by how much the heap may grow before garbage is collected, in percent of what is
// in use. The runtime's own 100 lets a service that sleeps most of the time hold twice what
// it needs.
const growth = 50

// Set gives the runtime its share of the limit of the process's control groups, and bounds the
// growth of the heap unless GOGC is set. It returns the limit in bytes, 0 if it set none: there is
// none, or GOMEMLIMIT is set.
func Set() int64 {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(growth)
	}
	if os.Getenv("GOMEMLIMIT") != "" {
		return 0
	}
	limit := Of(os.DirFS("/"))
	if limit == 0 {
		return 0
	}
	limit = limit / 100 * share
	debug.SetMemoryLimit(limit)
	return limit
}

// least is what Within grants at the least, in bytes.
const least = 2 << 20

// Within returns how many bytes something may take that would take most if there were enough: not
// more than one part in so many of what the runtime may use.
func Within(most int, parts int64) int {
	part := max(debug.SetMemoryLimit(-1)/parts, least) // a negative limit changes none
	return int(min(int64(most), part))
}

// Of returns the smallest limit in bytes of the control groups that the process is
// in, which are nested, by the files of its system; 0 where there is none. It knows
// both versions of control groups (cgroups(7)).
func Of(system fs.FS) int64 {
	smallest := int64(math.MaxInt64)
	for _, g := range groups(system) {
		for dir := g.dir; ; dir = path.Dir(dir) {
			for _, name := range g.files {
				smallest = min(smallest, limitIn(system, path.Join(g.mount, dir, name)))
			}
			if dir == "/" || dir == "." {
				break
			}
		}
	}
	if smallest >= unlimited {
		return 0
	}
	return smallest
}

// unlimited is less than version 1 shows if there is no limit, and more than any machine has.
const unlimited = 1 << 56

// limitIn reads one limit. A missing file, or "max" in it, means none.
func limitIn(system fs.FS, name string) int64 {
	data, err := fs.ReadFile(system, name)
	if err != nil {
		return math.MaxInt64
	}
	limit, err := strconv.ParseInt(strings.TrimSpace(string(data)), 10, 64)
	if err != nil || limit <= 0 {
		return math.MaxInt64
	}
	return limit
}

// group is a control group that limits memory.
type group struct {
	mount, dir string   // where the hierarchy is mounted, without the first slash, and the group in it
	files      []string // that hold limits
}

// groups returns the control groups of the process.
func groups(system fs.FS) []group {
	data, err := fs.ReadFile(system, "proc/self/cgroup")
	if err != nil {
		return nil
	}
	var all []group
	for line := range strings.Lines(string(data)) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		switch {
		case len(parts) != 3:
		case parts[0] == "0" && parts[1] == "":
			all = append(all, found(system, "cgroup2", parts[2], "memory.max", "memory.high")...)
		case slices.Contains(strings.Split(parts[1], ","), "memory"):
			all = append(all, found(system, "cgroup", parts[2], "memory.limit_in_bytes")...)
		}
	}
	return all
}

// found returns where the group of a path lies below each mount of its hierarchy
// (proc_pid_mountinfo(5)). A container may see a part of the hierarchy only.
func found(system fs.FS, kind, dir string, files ...string) []group {
	data, err := fs.ReadFile(system, "proc/self/mountinfo")
	if err != nil {
		return nil
	}
	var all []group
	for line := range strings.Lines(string(data)) {
		where, what, ok := strings.Cut(line, " - ")
		fields, about := strings.Fields(where), strings.Fields(what)
		if !ok || len(fields) < 5 || len(about) < 3 || about[0] != kind {
			continue
		}
		if kind == "cgroup" && !slices.Contains(strings.Split(about[2], ","), "memory") {
			continue
		}
		below := dir
		if inside, ok := strings.CutPrefix(dir, strings.TrimSuffix(fields[3], "/")); ok {
			below = inside
		}
		all = append(all, group{strings.TrimPrefix(fields[4], "/"), path.Clean("/" + below), files})
	}
	return all
}
