package watch_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"broadsheet/internal/watch"
)

func TestInstanceLimitIsNotFatal(t *testing.T) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	none := syscall.Rlimit{Cur: 1, Max: limit.Max}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &none); err != nil {
		t.Fatal(err)
	}
	// Restored before the cleanups run: they need to open folders.
	defer func() { _ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit) }()
	f := start(t, watch.Options{Poll: 20 * time.Millisecond})
	f.awaitsPolling("fs.inotify.max_user_instances")
}

// The kernel's limit of watches is lowered inside a user namespace, where the
// test runs once more as its own child.
func TestWatchLimitIsNotFatal(t *testing.T) {
	const variable = "BROADSHEET_TEST_WATCH_LIMIT"
	if os.Getenv(variable) != "" {
		watchLimit(t)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestWatchLimitIsNotFatal$", "-test.v")
	cmd.Env = append(os.Environ(), variable+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("in a user namespace: %v\n%s", err, out)
	}
	if !strings.Contains(string(out), "limit reached and survived") {
		t.Errorf("the child did not get to its end:\n%s", out)
	}
}

func watchLimit(t *testing.T) {
	if err := os.WriteFile("/proc/sys/user/max_inotify_watches", []byte("10"), 0o644); err != nil {
		t.Fatal(err)
	}
	f := start(t, watch.Options{Mode: watch.Events, Poll: 20 * time.Millisecond})
	for i := range 30 {
		f.make(f.path(fmt.Sprintf("d%d", i)))
	}
	f.awaits("the new folders")
	f.awaitsPolling("fs.inotify.max_user_watches")
	for i := range 30 {
		_ = os.Remove(f.path(fmt.Sprintf("d%d", i)))
	}
	f.round()
	if s := f.w.Status(); s.Mode != watch.Events || s.Reason != "" {
		t.Errorf("still polling after the folders are gone: %+v", s)
	}
	t.Log("limit reached and survived")
}
