package files

import (
	"context"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// atOnce is how many files a goroutine looks at before it takes others.
const atOnce = 16

// Each calls look with each number below n, which stands for a file, from several
// goroutines; each of them has eyes of its own. It fails when ctx ends.
func Each(ctx context.Context, n int, look func(i int, eyes *Looker)) error {
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for range min(workers(), (n+atOnce-1)/atOnce) {
		group.Go(func() error {
			var eyes Looker
			defer eyes.Close()
			for ctx.Err() == nil {
				from := int(next.Add(atOnce)) - atOnce
				if from >= n {
					return nil
				}
				for i := from; i < min(from+atOnce, n); i++ {
					look(i, &eyes)
				}
			}
			return ctx.Err()
		})
	}
	return group.Wait()
}

// workers is how many files are read at once. Reading waits for the disk more
// than for the processor.
func workers() int { return max(8, 2*runtime.GOMAXPROCS(0)) }
