// Package browsertest gives tests tabs of a real Chromium, one process for all
// tests of a package.
//
// Tab starts the browser when the first test asks for it, and again if it does
// not come up; Close ends it, and is called by TestMain. Do and Run take one step
// in a tab. Nothing limits how long a test takes, and a step fails only after a
// time that a browser needs which hangs.
package browsertest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

const (
	hang     = 3 * time.Minute // no step takes that long, however busy the machine is
	attempts = 3
)

// browser is the process that all tabs are of.
type browser struct {
	mu  sync.Mutex
	ctx context.Context
	end context.CancelFunc
}

var shared browser

// Tab returns a new tab without a page, which is closed when the test ends. It
// skips the test where there is no Chromium, and under -short.
func Tab(t testing.TB) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser is no part of the short tests")
	}
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("this needs chromium, which is not installed; scripts/install-test-tools.sh does that")
	}
	err = errors.New("never tried")
	for range attempts {
		var tab context.Context
		var closeTab context.CancelFunc
		if tab, closeTab, err = shared.tab(program); err == nil {
			t.Cleanup(closeTab)
			return tab
		}
		t.Logf("Chromium gives no tab: %v", err)
		Close()
	}
	t.Fatalf("Chromium gave no tab in %d attempts: %v", attempts, err)
	return nil
}

// Do takes steps in a tab.
func Do(tab context.Context, steps ...chromedp.Action[chromedp.Void]) error {
	_, err := Run(tab, chromedp.Steps(steps...))
	return err
}

// Run takes one step in a tab and returns its result.
func Run[T any](tab context.Context, step chromedp.Action[T]) (T, error) {
	ctx, cancel := context.WithTimeout(tab, hang)
	defer cancel()
	return chromedp.Run(ctx, step)
}

// Close ends the browser, if there is one.
func Close() {
	shared.mu.Lock()
	defer shared.mu.Unlock()
	if shared.ctx != nil {
		shared.end()
		shared.ctx = nil
	}
}

func (b *browser) tab(program string) (context.Context, context.CancelFunc, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ctx == nil {
		ctx, end := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(options(program)...))
		if err := begin(ctx); err != nil {
			end()
			return nil, nil, err
		}
		b.ctx, b.end = ctx, end
	}
	tab, closeTab := chromedp.NewContext(b.ctx)
	if err := begin(tab); err != nil {
		closeTab()
		return nil, nil, err
	}
	return tab, closeTab, nil
}

// begin makes what a context stands for. The context given to the first Do lives
// as long as the browser, so that the time is limited from outside.
func begin(ctx context.Context) error {
	done := make(chan error, 1)
	go func() { done <- chromedp.Do(ctx) }()
	select {
	case err := <-done:
		return err
	case <-time.After(hang):
		return errors.New("nothing happens")
	}
}

// options let the browser ask this machine only.
func options(program string) []chromedp.ExecAllocatorOption {
	list := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(program), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.WSURLReadTimeout(hang),
	}
	if os.Getuid() == 0 {
		list = append(list, chromedp.NoSandbox)
	}
	return list
}
