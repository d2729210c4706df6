package live_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"broadsheet/internal/live"
)

// inNamespace runs a test in a mount namespace of its own, in a child process:
// it then may mount what it likes. That takes root's rights.
func inNamespace(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	const variable = "BROADSHEET_TEST_NAMESPACE"
	if os.Getenv(variable) != "" {
		test(t)
		return
	}
	if os.Geteuid() != 0 {
		t.Skip("mounting takes root's rights")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), variable+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	out, err := cmd.CombinedOutput()
	switch {
	case err != nil && len(out) == 0:
		t.Skipf("no namespaces here: %v", err)
	case strings.Contains(string(out), "--- SKIP: "):
		t.Skipf("in the namespace:\n%s", out)
	case err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()):
		t.Errorf("in the namespace: %v\n%s", err, out)
	}
}

func mount(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("mount", args...).CombinedOutput(); err != nil {
		t.Skipf("mount %q: %v: %s", args, err, out)
	}
}

func (f *fixture) unmount() {
	f.t.Helper()
	if out, err := exec.Command("umount", "-l", f.root).CombinedOutput(); err != nil {
		f.t.Fatalf("umount: %v: %s", err, out)
	}
}

// look has the folder looked at without waiting for the next reconcile, which is
// what finds a change that raises no event.
func (f *fixture) look() { f.Reload(live.Settings{Site: site}) }

func TestEmptyVolumeMountedOver(t *testing.T) {
	inNamespace(t, func(t *testing.T) {
		f := newFixture(t, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{})
		f.until("the first edition", f.shows("One"))
		<-f.First() // the status counts it a moment later
		before := f.Status().Edition.Number
		mount(t, "-t", "tmpfs", "none", f.root)
		f.look()
		f.until("it is degraded", func() bool { return f.Status().State == "degraded" })
		if !f.shows("One")() {
			t.Errorf("the post is gone; log:\n%s", f.log)
		}
		f.logsOnce("was replaced by an empty one")
		f.unmount()
		f.look()
		f.until("it is ready", func() bool { return f.Status().State == "ready" })
		if n := f.Status().Edition.Number; n != before || !f.shows("One")() {
			t.Errorf("edition %d, before %d", n, before)
		}
	})
}

func TestVolumeUnmountedWhileWatched(t *testing.T) {
	inNamespace(t, func(t *testing.T) {
		root := filepath.Join(t.TempDir(), "posts")
		if err := os.Mkdir(root, 0o755); err != nil {
			t.Fatal(err)
		}
		mount(t, "-t", "tmpfs", "none", root)
		f := newFixtureIn(t, root, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{})
		f.until("the first edition", f.shows("One"))
		f.unmount()
		f.look()
		f.until("it is degraded", func() bool { return f.Status().State == "degraded" })
		if !f.shows("One")() {
			t.Error("the posts are gone with the volume")
		}
		f.write(map[string]string{"two.md": post("Two", "2026-01-01")})
		f.until("the folder below has posts", f.shows("Two"))
		f.until("those of the volume are gone", f.hides("One"))
	})
}

func TestChangeBehindAnOverlay(t *testing.T) {
	inNamespace(t, func(t *testing.T) {
		base := t.TempDir()
		mount(t, "-t", "tmpfs", "none", base)
		t.Cleanup(func() { _ = exec.Command("umount", "-l", base).Run() })
		root := filepath.Join(base, "posts")
		for _, dir := range []string{"posts", "lower", "upper", "work"} {
			if err := os.Mkdir(filepath.Join(base, dir), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		mount(t, "-t", "overlay", "overlay", "-o", "lowerdir="+base+"/lower,upperdir="+base+"/upper,workdir="+base+"/work", root)
		f := newFixtureIn(t, root, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{})
		f.until("the first edition", f.shows("One"))
		if err := os.WriteFile(filepath.Join(base, "upper", "two.md"), []byte(post("Two", "2026-01-02")), 0o644); err != nil {
			t.Fatal(err)
		}
		f.look()
		f.until("the new post", f.shows("Two"))
		f.unmount()
	})
}

func TestFUSEIsPolled(t *testing.T) {
	inNamespace(t, func(t *testing.T) {
		if _, err := exec.LookPath("bindfs"); err != nil {
			t.Skip("bindfs is not installed; scripts/install-test-tools.sh does that")
		}
		behind, root := t.TempDir(), filepath.Join(t.TempDir(), "posts")
		if err := os.Mkdir(root, 0o755); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("bindfs", behind, root).CombinedOutput(); err != nil {
			t.Skipf("bindfs: %v: %s", err, out)
		}
		f := newFixtureIn(t, root, map[string]string{"one.md": post("One", "2026-01-01")}, live.Options{})
		defer f.unmount()
		f.until("the first edition", f.shows("One"))
		f.until("it is polled", func() bool { return f.Status().Watch.Mode == "poll" })
		if err := os.WriteFile(filepath.Join(behind, "two.md"), []byte(post("Two", "2026-01-02")), 0o644); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		f.until("the change behind it", f.shows("Two"))
		t.Logf("found after %v", time.Since(began))
		f.logsOnce("FUSE")
		f.stop()
	})
}
