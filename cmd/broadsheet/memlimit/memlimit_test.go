package memlimit_test

import (
	"runtime/debug"
	"testing"
	"testing/fstest"

	"broadsheet/cmd/broadsheet/memlimit"
)

const (
	mount2 = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
	mount1 = "36 32 0:31 / /sys/fs/cgroup/memory rw shared:15 - cgroup cgroup rw,memory\n" +
		"37 32 0:32 / /sys/fs/cgroup/cpu,cpuacct rw shared:16 - cgroup cgroup rw,cpu,cpuacct\n"
	docker1 = "36 32 0:31 /docker/abc /sys/fs/cgroup/memory ro master:15 - cgroup cgroup rw,memory\n"

	none1 = "9223372036854771712\n"
)

func TestLimitOfTheControlGroups(t *testing.T) {
	tests := map[string]struct {
		group, mounts string
		files         map[string]string
		want          int64
	}{
		"a container of version 2": {"0::/\n", mount2, map[string]string{"memory.max": "134217728\n"}, 128 << 20},
		"no limit":                 {"0::/\n", mount2, map[string]string{"memory.max": "max\n", "memory.high": "max\n"}, 0},
		"a service in its slice":   {"0::/system.slice/b.service\n", mount2, map[string]string{"system.slice/b.service/memory.max": "1000000\n", "system.slice/memory.max": "max\n"}, 1000000},
		"the slice allows less":    {"0::/system.slice/b.service\n", mount2, map[string]string{"system.slice/b.service/memory.max": "max\n", "system.slice/memory.max": "2000000\n"}, 2000000},
		"both limit":               {"0::/a/b/c\n", mount2, map[string]string{"a/memory.max": "3000\n", "a/b/memory.max": "1000\n", "a/b/c/memory.max": "2000\n"}, 1000},
		"throttled before":         {"0::/\n", mount2, map[string]string{"memory.max": "2000\n", "memory.high": "1500\n"}, 1500},
		"a group out of sight":     {"0::/../../host/path\n", mount2, map[string]string{"memory.max": "4000\n"}, 4000},
		"version 1":                {"5:cpu,cpuacct:/x\n4:memory:/a/b\n0::/\n", mount1, map[string]string{"memory/a/b/memory.limit_in_bytes": "5000\n", "memory/a/memory.limit_in_bytes": none1}, 5000},
		"version 1, nested":        {"4:memory:/a/b\n", mount1, map[string]string{"memory/a/b/memory.limit_in_bytes": none1, "memory/a/memory.limit_in_bytes": "6000\n"}, 6000},
		"version 1, a container":   {"4:memory:/docker/abc\n", docker1, map[string]string{"memory/memory.limit_in_bytes": "7000\n"}, 7000},
		"version 1, no limit":      {"4:memory:/\n", mount1, map[string]string{"memory/memory.limit_in_bytes": none1}, 0},
		"nonsense":                 {"0::/\n", mount2, map[string]string{"memory.max": "-1\n", "memory.high": "lots\n"}, 0},
		"no control groups":        {"", "", nil, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			system := fstest.MapFS{
				"proc/self/cgroup":    {Data: []byte(tt.group)},
				"proc/self/mountinfo": {Data: []byte("22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n" + tt.mounts)},
			}
			for name, text := range tt.files {
				system["sys/fs/cgroup/"+name] = &fstest.MapFile{Data: []byte(text)}
			}
			if got := memlimit.Of(system); got != tt.want {
				t.Errorf("limit %d, want %d", got, tt.want)
			}
		})
	}
	if got := memlimit.Of(fstest.MapFS{}); got != 0 {
		t.Errorf("without /proc: %d", got)
	}
}

// What is kept for speed takes its part of a small container, and no more than it wants of a
// large machine.
func TestCachesTakeAPartOfWhatThereIs(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	for limit, want := range map[int64]int{1 << 50: 64 << 20, 1 << 30: 64 << 20, 512 << 20: 32 << 20, 160 << 20: 10 << 20, 1 << 20: 2 << 20} {
		debug.SetMemoryLimit(limit)
		if got := memlimit.Within(64<<20, 16); got != want {
			t.Errorf("of %d bytes %d are taken, want %d", limit, got, want)
		}
	}
}
