package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// startWith serves root in a process whose standard output and error go to a
// file, and does not wait for anything.
func startWith(t *testing.T, root string, log *os.File, env ...string) *service {
	t.Helper()
	s, args := newService(t, root, nil)
	cmd := exec.Command("broadsheet", args...)
	cmd.Stdout, cmd.Stderr, cmd.Env = log, log, append(os.Environ(), env...)
	must(t, cmd.Start())
	s.process = cmd.Process
	s.stop = sync.OnceFunc(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve: %v", err)
		}
		s.client.CloseIdleConnections()
	})
	t.Cleanup(s.stop)
	return s
}

func newPipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	must(t, err)
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return r, w
}

func TestServiceOutlivesTheReaderOfItsLog(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	must(t, err)
	t.Cleanup(func() { _ = full.Close() })
	stalled, gone := "the reader takes nothing any more", "the reader goes away"
	for _, way := range []string{gone, stalled, "the disk is full", "there is no log"} {
		t.Run(way, func(t *testing.T) {
			root := newFolder(t)
			must(t, os.WriteFile(root+"/a.md", []byte(article("First")), 0o644))
			r, w := newPipe(t)
			log := w
			switch way {
			case "the disk is full":
				log = full
			case "there is no log":
				log = nil
			}
			s := startWith(t, root, log)
			s.awaitFirst()
			switch way {
			case gone:
				must(t, r.Close())
			case stalled:
				for i := range 1000 { // each is a line of the log, together more than a pipe holds
					s.write(fmt.Sprintf("broken-%d.md", i), "---\ntitle: A post without a date, so that there is something to say\n---\n")
				}
				s.until("all to be looked at", func() bool { return len(s.facts().Problems) == 1000 })
			}
			must(t, w.Close()) // the process has its own
			for _, title := range []string{"Second", "Third"} {
				s.save("b.md", article(title))
				s.until("the next edit", func() bool { return s.shows(title) })
			}
			if got := s.ask(s.admin + "/readyz"); got.status != http.StatusOK {
				t.Errorf("not ready: %s", got.body)
			}
			s.stop() // in order, though nobody takes the last lines
		})
	}
}

// awaitCaught reads what the runtime tells of the packages that it sets up, until
// SIGHUP is caught.
func awaitCaught(t *testing.T, log *bufio.Reader) {
	t.Helper()
	for {
		line, err := log.ReadString('\n')
		must(t, err)
		if strings.HasPrefix(line, "init broadsheet/cmd/broadsheet/hangup ") {
			return
		}
		if strings.HasPrefix(line, "init github.com/alecthomas/chroma/") { // takes the longest
			t.Errorf("before SIGHUP is caught: %s", line)
		}
	}
}

func TestHangupNeverEndsTheService(t *testing.T) {
	t.Parallel()
	root := newFolder(t)
	must(t, os.WriteFile(root+"/a.md", []byte(article("First")), 0o644))
	r, w := newPipe(t)
	s := startWith(t, root, w, "GODEBUG=inittrace=1")
	log := bufio.NewReader(r)
	awaitCaught(t, log)
	go func() { _, _ = io.Copy(io.Discard, log) }()
	served := func() bool {
		must(t, s.process.Signal(syscall.SIGHUP))
		return s.ask(s.public+"/feed.json").status == http.StatusOK
	}
	s.until("the first feed", served)
	for range 100 { // also while others are followed
		served()
	}
	s.save("b.md", article("Second"))
	s.until("an edit after that", func() bool { return served() && s.shows("Second") })
}

// TestStartIsTold sends SIGHUP as soon as systemd would.
func TestStartIsTold(t *testing.T) {
	t.Parallel()
	root := newFolder(t)
	must(t, os.WriteFile(root+"/a.md", []byte(article("First")), 0o644))
	socket := filepath.Join(filepath.Dir(root), "notify")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	must(t, err)
	defer l.Close()
	_, w := newPipe(t)
	s := startWith(t, root, w, "NOTIFY_SOCKET="+socket)
	told := make([]byte, 100)
	n, err := l.Read(told)
	must(t, err)
	must(t, s.process.Signal(syscall.SIGHUP))
	if got := string(told[:n]); got != "READY=1" {
		t.Errorf("told %q", got)
	}
	s.awaitFirst()
}

// TestHangupIsCaughtThoughIgnored starts the service as a supervisor does that may
// send SIGHUP at once.
func TestHangupIsCaughtThoughIgnored(t *testing.T) {
	t.Parallel()
	root := newFolder(t)
	must(t, os.WriteFile(root+"/a.md", []byte(article("First")), 0o644))
	s, args := newService(t, root, nil)
	cmd := exec.Command("sh", append([]string{"-c", `trap "" HUP; kill -HUP $$; exec broadsheet "$@"`, "sh"}, args...)...)
	cmd.Stderr = s.log
	must(t, cmd.Start())
	s.process = cmd.Process
	s.stop = sync.OnceFunc(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve: %v\n%s", err, s.log)
		}
	})
	s.awaitFirst()
	must(t, s.process.Signal(syscall.SIGHUP))
	s.until("the settings to be read anew", func() bool { return strings.Contains(s.log.String(), "settings read") })
}

func TestHangupEndsOtherCommands(t *testing.T) {
	root := newFolder(t)
	feed := root + ".xml"
	must(t, syscall.Mkfifo(feed, 0o600))
	// Whoever runs the tests may have ignored the signal, which programs inherit.
	cmd := exec.Command("env", "--default-signal=HUP", "broadsheet", "compare", root, "--url", "https://example.org", "--against", feed)
	must(t, cmd.Start())
	w, err := os.OpenFile(feed, os.O_WRONLY, 0) // returns when the command reads
	must(t, err)
	defer w.Close()
	must(t, cmd.Process.Signal(syscall.SIGHUP))
	_ = cmd.Wait()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGHUP {
		t.Errorf("ended with %v", cmd.ProcessState)
	}
}

func TestTerminationIsObeyedAtOnceAtTheStart(t *testing.T) {
	t.Parallel()
	root := newFolder(t)
	for i := range 2000 {
		must(t, os.WriteFile(fmt.Sprintf("%s/%d.md", root, i), []byte(article(fmt.Sprint("Post ", i))), 0o644))
	}
	_, w := newPipe(t)
	s := startWith(t, root, w)
	s.until("the admin listener", func() bool { return s.ask(s.admin+"/healthz").status == http.StatusOK })
	must(t, s.process.Signal(syscall.SIGTERM))
	must(t, s.process.Signal(syscall.SIGTERM)) // some supervisors send it twice
	s.stop()
}

// laborious are posts of a Jekyll site that take as much work as any may.
func laborious(n int) map[string]string {
	files := map[string]string{"_config.yml": "title: Laborious\n"}
	const head = "---\ntitle: A long one\n---\n"
	for i := range n {
		files[fmt.Sprintf("_posts/2026-01-02-list-%d.md", i)] = head + strings.Repeat("- a\n", 70_000+i)
		files[fmt.Sprintf("_posts/2026-01-02-loop-%d.md", i)] = head + fmt.Sprint(i) + "{% for a in (1..9999) %}{% for b in (1..9999) %}{% if a == b %}{% endif %}{% endfor %}{% endfor %}"
		files[fmt.Sprintf("_posts/2026-01-02-marks-%d.md", i)] = head + strings.Repeat("*a **b_ [", 50_000+i)
	}
	return files
}

// TestTerminationIsObeyedWhilePostsAreRendered ends the service at some moment of
// its work on posts that take long, at the start and later.
func TestTerminationIsObeyedWhilePostsAreRendered(t *testing.T) {
	t.Parallel()
	for turn := range 4 {
		root := newFolder(t)
		must(t, os.MkdirAll(root+"/_posts", 0o755))
		must(t, os.WriteFile(root+"/_posts/2026-01-01-a.md", []byte(article("First")), 0o644))
		_, w := newPipe(t)
		s := startWith(t, root, w)
		if turn%2 == 1 {
			s.awaitFirst()
		}
		for name, text := range laborious(3) {
			s.save(name, text)
		}
		s.until("the admin listener", func() bool { return s.ask(s.admin+"/healthz").status == http.StatusOK })
		for range 20 * turn { // into the work
			s.facts()
		}
		s.stop() // which wants the exit code of an orderly end
	}
}

// TestLaboriousPostsHoldUpNobody shows the others meanwhile, and when that is done.
func TestLaboriousPostsHoldUpNobody(t *testing.T) {
	t.Parallel()
	root := newFolder(t)
	must(t, os.MkdirAll(root+"/_posts", 0o755))
	for name, text := range laborious(2) {
		must(t, os.WriteFile(root+"/"+name, []byte(text), 0o644))
	}
	must(t, os.WriteFile(root+"/_posts/2026-01-01-a.md", []byte(article("First")), 0o644))
	_, w := newPipe(t)
	s := startWith(t, root, w)
	s.until("the first post", func() bool { return s.shows("End of First.") })
	s.save("_posts/2026-01-01-a.md", article("Second"))
	s.until("its next version", func() bool { return s.shows("End of Second.") })
	for i := range 2 {
		want := fmt.Sprintf("_posts/2026-01-02-loop-%d.md", i)
		s.until("somebody to tell of "+want, func() bool {
			return slices.ContainsFunc(s.facts().Problems, func(p problem) bool {
				return p.File == want && p.Message == "the rest of the template is left out: it does not come to an end"
			})
		})
	}
}

func TestReadyMeansThatConnectionsAreAccepted(t *testing.T) {
	t.Parallel()
	root := newFolder(t)
	must(t, os.WriteFile(root+"/a.md", []byte(article("First")), 0o644))
	for range 20 {
		_, w := newPipe(t)
		s := startWith(t, root, w)
		s.until("it to be ready", func() bool { return s.ask(s.admin+"/readyz").status == http.StatusOK })
		c, err := net.Dial("tcp", strings.TrimPrefix(s.public, "http://"))
		if err != nil {
			t.Fatalf("ready, but: %v", err)
		}
		_ = c.Close()
		s.stop()
	}
}
