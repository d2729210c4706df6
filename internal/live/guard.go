package live

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"time"

	"broadsheet/internal/blog"
)

// guarded takes a step. A fault of this program in a single post is reported where the post is
// read or rendered. Any other fault would end the process, and end it again at each start. Instead
// the edition stays as it is until the folder changes.
func (l *Live) guarded(ctx context.Context) (again time.Duration) {
	defer func() {
		if v := recover(); v != nil {
			again = l.stay(fmt.Sprint(v), debug.Stack())
		}
	}()
	return l.step(ctx)
}

// stay says what went wrong, and goes on with what there is.
func (l *Live) stay(fault string, stack []byte) time.Duration {
	p := blog.Problem{Severity: blog.Error, Message: "the folder cannot be published: a fault of this program, please report it: " + fault}
	if !l.logged[p] {
		l.log.Error("a fault of this program", slog.String("stack", string(stack)))
	}
	f := *l.facts.Load()
	f.rootProblem, f.degraded = &p, f.number > 0
	l.facts.Store(&f)
	problems, _ := l.memory.Problems()
	problems = slices.Concat(problems, f.problems, []blog.Problem{p})
	if f.edition != nil {
		problems = append(problems, f.edition.Problems()...)
	}
	l.report(problems)
	return longestPause
}
