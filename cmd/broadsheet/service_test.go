package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// service is a real "serve" that is asked over real sockets.
type service struct {
	t             *testing.T
	root          string
	public, admin string // base URLs
	log           *output
	client        *http.Client
	process       *os.Process // nil: it runs in this process
	stop          func()
	ended         atomic.Bool
}

// output is what a service prints; it can be read meanwhile.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// newFolder makes a folder for posts that has no links on its way.
func newFolder(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	root := filepath.Join(dir, "posts")
	must(t, os.Mkdir(root, 0o755))
	return root
}

// startService serves root in this process and waits for the first feed.
func startService(t *testing.T, root string, args ...string) *service {
	t.Helper()
	s, args := newService(t, root, args)
	s.start(args)
	s.awaitFirst()
	return s
}

// start runs the service in this process.
func (s *service) start(args []string) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		code := run(ctx, args, s.log, s.log)
		s.ended.Store(true)
		ended <- code
	}()
	s.stop = sync.OnceFunc(func() {
		cancel()
		if code := <-ended; code != 0 {
			s.t.Errorf("serve ended with %d:\n%s", code, s.log)
		}
		s.client.CloseIdleConnections()
	})
}

// startProcess serves root in a process of its own, which signals can be sent to.
func startProcess(t *testing.T, root string, args ...string) *service {
	t.Helper()
	s, args := newService(t, root, args)
	cmd := exec.Command("broadsheet", args...)
	cmd.Stderr = s.log
	must(t, cmd.Start())
	s.process = cmd.Process
	s.stop = sync.OnceFunc(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve: %v\n%s", err, s.log)
		}
		s.client.CloseIdleConnections()
	})
	s.awaitFirst()
	return s
}

func newService(t *testing.T, root string, more []string) (*service, []string) {
	t.Helper()
	s := &service{t: t, root: root, log: &output{}, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}}
	public, admin := freeAddress(), freeAddress()
	s.public, s.admin = "http://"+public, "http://"+admin
	return s, append([]string{
		"serve", root, "--listen", public, "--admin-listen", admin, "--url", "https://example.org", "--items", "1000",
	}, more...)
}

func (s *service) awaitFirst() {
	s.t.Helper()
	s.t.Cleanup(func() { s.stop() })
	s.until("the first feed", func() bool {
		if s.ended.Load() {
			s.t.Fatalf("the service ended:\n%s", s.log)
		}
		return s.ask(s.public+"/feed.json").status == http.StatusOK
	})
}

// freeAddress returns a loopback address that nobody listens on.
func freeAddress() string {
	for {
		// Below those that the system gives to clients, which could take one before the
		// service does; and never the same twice.
		address := fmt.Sprintf("127.0.0.1:%d", 12000+rand.IntN(20000))
		if _, taken := addresses.LoadOrStore(address, true); taken {
			continue
		}
		var c net.ListenConfig
		if l, err := c.Listen(context.Background(), "tcp", address); err == nil {
			_ = l.Close()
			return address
		}
	}
}

// addresses are those that tests of this process have been given.
var addresses sync.Map

// answer is what the service said to one request; its status is 0 where it did
// not answer.
type answer struct {
	status     int
	etag, body string
}

func (s *service) ask(url string) answer {
	ctx, cancel := context.WithTimeout(context.Background(), hang)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return answer{}
	}
	response, err := s.client.Do(request)
	if err != nil {
		return answer{}
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return answer{}
	}
	return answer{response.StatusCode, response.Header.Get("ETag"), string(body)}
}

func (s *service) feed() string { return s.ask(s.public + "/feed.json").body }

func (s *service) shows(text string) bool { return strings.Contains(s.feed(), text) }

// facts are what the tests want to know of /status.
type facts struct {
	State   string
	Edition struct{ Number int }
	Posts   struct{ Posts int }
	Scan    struct{ Folders int }
	Watch   struct {
		Mode, Reason string
		Watches      int
		Errors       int
	}
	Problems []problem
}

// problem is one of those that /status tells of.
type problem struct {
	File, Message string
	Line          int
}

func (s *service) facts() facts {
	var f facts
	body := s.ask(s.admin + "/status").body
	if err := json.Unmarshal([]byte(body), &f); err != nil {
		s.t.Errorf("status: %v: %q", err, body)
	}
	return f
}

// hang is how long is waited for what must come, however busy the machine is.
const hang = 5 * time.Minute

// until fails the test unless the condition comes true; it returns how long that
// took, which is for the log: how fast the service is, benchmarks tell.
func (s *service) until(what string, ok func() bool) time.Duration {
	s.t.Helper()
	began, pause := time.Now(), 5*time.Millisecond
	for !ok() {
		if time.Since(began) > hang {
			s.t.Fatalf("waited %v in vain for %s; status:\n%s\nlog:\n%s", hang, what, s.ask(s.admin+"/status").body, s.log)
		}
		<-time.After(pause)
		pause = min(pause*5/4, 100*time.Millisecond) // asking costs the service time
	}
	return time.Since(began)
}

// steady waits until the service has published nothing new for a while, and no
// file is held back.
func (s *service) steady() facts {
	s.t.Helper()
	var last facts
	since := time.Now()
	s.until("the service to come to rest", func() bool {
		now := s.facts()
		if now.Edition.Number != last.Edition.Number {
			last, since = now, time.Now()
		}
		return time.Since(since) > 2500*time.Millisecond
	})
	return last
}

// watchers ask again and again, several at once, until stopped; each answer goes
// through look.
func (s *service) watchers(n int, url string, look func(answer)) (stop func()) {
	return s.watchersOf(n, func() string { return url }, look)
}

func (s *service) watchersOf(n int, url func() string, look func(answer)) (stop func()) {
	done := make(chan struct{})
	var group sync.WaitGroup
	for range n {
		group.Go(func() {
			tick := time.NewTicker(10 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-done:
					return
				case <-tick.C:
					look(s.ask(url()))
				}
			}
		})
	}
	return sync.OnceFunc(func() { close(done); group.Wait() })
}

func (s *service) path(name string) string { return filepath.Join(s.root, filepath.FromSlash(name)) }

// write writes in place.
func (s *service) write(name, text string) {
	s.t.Helper()
	must(s.t, os.MkdirAll(filepath.Dir(s.path(name)), 0o755))
	must(s.t, os.WriteFile(s.path(name), []byte(text), 0o644))
}

// save writes under another name and renames.
func (s *service) save(name, text string) {
	s.t.Helper()
	s.write(name+".tmp", text)
	must(s.t, os.Rename(s.path(name+".tmp"), s.path(name)))
}

// article is a post whose text ends with a mark, so that a half is told from a
// whole.
func article(title string) string {
	return fmt.Sprintf("---\ntitle: %s\ndate: 2026-01-02\n---\n%s\nEnd of %s.\n", title, strings.Repeat("Some words. ", 20), title)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// program runs a program in a folder.
func program(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
}

// needs skips the test where a program is not installed.
func needs(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); errors.Is(err, exec.ErrNotFound) {
		t.Skipf("%s is not installed; scripts/install-test-tools.sh does that", name)
	}
}
