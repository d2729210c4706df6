package logqueue_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/cmd/broadsheet/logqueue"
)

func lost(lines int) []byte { return fmt.Appendf(nil, "lost %d\n", lines) }

// reader is whoever takes the log: it takes a line only when it may, and fails
// when it is told to.
type reader struct {
	mu   sync.Mutex
	got  bytes.Buffer
	fail error
	may  chan struct{} // nil: always
}

func (r *reader) Write(p []byte) (int, error) {
	if r.may != nil {
		<-r.may
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		return 0, r.fail
	}
	return r.got.Write(p)
}

func (r *reader) fails(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = err
}

func (r *reader) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.got.String()
}

func TestLinesArriveInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &reader{}
		q := logqueue.New(r, lost)
		var want strings.Builder
		for i := range 1000 {
			fmt.Fprintf(q, "line %d\n", i)
			fmt.Fprintf(&want, "line %d\n", i)
		}
		q.Close(time.Minute)
		if r.text() != want.String() {
			t.Errorf("got %d bytes, want %d", len(r.text()), want.Len())
		}
	})
}

func TestStalledReaderIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &reader{may: make(chan struct{})}
		q := logqueue.New(r, lost)
		line := []byte(strings.Repeat("x", 1023) + "\n")
		for range 5000 {
			if n, err := q.Write(line); n != len(line) || err != nil {
				t.Fatal(n, err)
			}
			synctest.Wait() // the first is taken before the second comes
		}
		close(r.may) // it reads on
		synctest.Wait()
		// One was under way, and 1 MiB waited.
		if got, want := r.text(), strings.Repeat(string(line), 1025)+"lost 3975\n"; got != want {
			t.Errorf("got %d bytes, want %d; the end is %q", len(got), len(want), got[max(0, len(got)-30):])
		}
		fmt.Fprintln(q, "goes on")
		q.Close(time.Minute)
		if !strings.HasSuffix(r.text(), "lost 3975\ngoes on\n") {
			t.Error("the next line is missing")
		}
	})
}

func TestLinesThatCannotBeWrittenAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &reader{}
		q := logqueue.New(r, lost)
		r.fails(errors.New("no space left on device"))
		for range 3 {
			fmt.Fprintln(q, "x")
			synctest.Wait()
		}
		r.fails(nil)
		fmt.Fprintln(q, "space again")
		q.Close(time.Minute)
		if got := r.text(); got != "space again\nlost 3\n" {
			t.Errorf("got %q", got)
		}
	})
}

func TestCloseDoesNotWaitForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &reader{may: make(chan struct{})}
		q := logqueue.New(r, lost)
		fmt.Fprintln(q, "x")
		began := time.Now()
		q.Close(time.Second)
		if took := time.Since(began); took != time.Second {
			t.Errorf("took %v", took)
		}
		fmt.Fprintln(q, "too late")
		close(r.may)
	})
}

func TestFullDiskIsNoFailure(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	q := logqueue.New(full, lost)
	if _, err := q.Write([]byte("x\n")); err != nil {
		t.Error(err)
	}
	q.Close(time.Minute)
}
