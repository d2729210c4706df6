package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// queue is one open event queue with the folders added to it.
type queue struct {
	events  *fsnotify.Watcher
	folders map[string]folder // touched by the scanner's goroutine only
}

// folder is what was found at a path when its watch was added.
type folder struct {
	info os.FileInfo
	deaf string // name of its file system, when that announces no changes
}

// drain receives from the queue until ctx is done or the queue ends. It calls
// neither Add nor Remove: fsnotify holds its lock while it delivers an error,
// and whoever waits for that lock must not be the one to receive it. For the
// same reason it goes on receiving until Close has returned.
func (w *Watcher) drain(ctx context.Context, events *fsnotify.Watcher) error {
	w.queue.Store(&queue{events: events, folders: map[string]folder{}})
	w.because(func(r *reasons) { r.queue = "" })
	w.wake()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.receive(events)
	}()
	select {
	case <-ctx.Done():
	case <-ended:
	}
	w.queue.Store(nil)
	err := events.Close()
	<-ended
	if err != nil {
		return fmt.Errorf("close the event queue: %w", err)
	}
	return errors.New("the event queue ended")
}

// receive turns whatever the queue delivers into a signal. Of what an event says
// only the name is kept; an error, such as an overflow, stands for any change.
func (w *Watcher) receive(events *fsnotify.Watcher) {
	for {
		select {
		case event, ok := <-events.Events:
			if !ok {
				return
			}
			w.lastEvent.Store(time.Now().UnixNano())
			w.names.add(event.Name)
			signal(w.raw)
		case err, ok := <-events.Errors:
			if !ok {
				return
			}
			text := err.Error()
			w.lastError.Store(&text)
			w.errors.Add(1)
			w.wake()
		}
	}
}

// Round is one pass of the scanner over all folders. It is used by one
// goroutine, and ended before the next is begun. Where there is no event queue
// its methods do nothing.
type Round struct {
	w       *Watcher
	q       *queue
	began   time.Time
	added   map[string]bool
	refused error
	deaf    string
}

// Round begins a pass. It first removes the watch of each path that is no
// longer the folder it was: fsnotify would otherwise take a folder that was
// renamed inside the tree for already watched, and then drop its watch.
func (w *Watcher) Round() *Round {
	r := &Round{w: w, q: w.queue.Load(), began: time.Now(), added: map[string]bool{}}
	if r.q == nil {
		return r
	}
	for dir, known := range r.q.folders {
		info, err := os.Stat(dir)
		if err != nil || !info.IsDir() || !os.SameFile(info, known.info) {
			r.remove(dir)
		}
	}
	return r
}

// Add watches dir, not what lies below it. It must be called before dir is
// listed: what is created after the listing then raises an event. A folder that
// cannot be watched is no error; when the kernel's limit is the cause, Status
// says so after the round.
func (r *Round) Add(dir string) {
	if r.q == nil || r.added[dir] {
		return
	}
	r.added[dir] = true
	info, err := os.Stat(dir)
	if err != nil {
		return // gone, or out of reach: its parent's events tell when that changes
	}
	known, ok := r.q.folders[dir]
	if !ok || !os.SameFile(known.info, info) {
		known = folder{info: info}
		if r.w.o.Mode == Auto {
			known.deaf = deaf(dir)
		}
	}
	if r.deaf == "" {
		r.deaf = known.deaf
	}
	if err := r.q.events.Add(dir); err != nil {
		r.refuse(err)
		return
	}
	r.q.folders[dir] = known
}

// refuse notes a watch that could not be added. A folder that is gone or out of
// reach cannot be scanned either, so its events would be of no use.
func (r *Round) refuse(err error) {
	harmless := errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) ||
		errors.Is(err, syscall.ENOTDIR) || errors.Is(err, fsnotify.ErrClosed)
	if !harmless && r.refused == nil {
		r.refused = err
	}
}

// End finishes the pass: folders that it did not add are no longer watched.
func (r *Round) End() {
	r.w.took.Store(int64(time.Since(r.began)))
	if r.q == nil {
		r.w.note(r, 0)
		return
	}
	stale := false
	for _, dir := range r.q.events.WatchList() {
		if !r.added[dir] {
			r.remove(dir)
			stale = true
		}
	}
	maps.DeleteFunc(r.q.folders, func(dir string, _ folder) bool { return !r.added[dir] })
	if stale {
		r.repair()
	}
	r.w.note(r, len(r.q.events.WatchList()))
}

// repair adds all folders once more after one was removed. Two paths of one
// folder share a watch in the kernel, so that removing the one deafens the
// other; and since something may have happened meanwhile, the scan is repeated.
func (r *Round) repair() {
	for dir := range r.q.folders {
		if err := r.q.events.Add(dir); err != nil {
			r.refuse(err)
		}
	}
	r.w.wake()
}

// remove forgets dir. Its error would only say that the kernel was faster.
func (r *Round) remove(dir string) {
	_ = r.q.events.Remove(dir)
	delete(r.q.folders, dir)
}

// note publishes what a round found.
func (w *Watcher) note(r *Round, watches int) {
	w.mu.Lock()
	w.watches = watches
	w.mu.Unlock()
	w.because(func(why *reasons) {
		why.watch, why.deaf = "", ""
		if r.refused != nil {
			why.watch = refusal(r.refused)
		}
		if r.deaf != "" {
			why.deaf = "a " + r.deaf + " file system does not announce all changes"
		}
	})
}

// refusal says why there are no events, and what to do about it.
func refusal(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "the limit of watched folders is reached: raise fs.inotify.max_user_watches"
	case errors.Is(err, syscall.EMFILE):
		return "the limit of event queues is reached: raise fs.inotify.max_user_instances, or the limit of open files"
	default:
		return err.Error()
	}
}
