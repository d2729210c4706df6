package fault_test

import (
	"errors"
	"strings"
	"testing"

	"broadsheet/internal/edition/internal/fault"
)

func run(f func() error) (err error) {
	defer fault.Recover(&err)
	return f()
}

func index(list []int, i int) int { return list[i] }

func TestRecover(t *testing.T) {
	const in = " in broadsheet/internal/edition/internal/fault_test."
	for name, c := range map[string]struct {
		f    func() error
		want string
	}{
		"nothing":  {func() error { return nil }, ""},
		"an error": {func() error { return errors.New("no") }, "no"},
		"a panic":  {func() error { panic("oh") }, "a fault of this program, please report it: oh" + in + "TestRecover"},
		"a fault": {
			func() error { index(nil, 3); return nil },
			"a fault of this program, please report it: runtime error: index out of range [3] with length 0" + in + "index",
		},
	} {
		got := ""
		if err := run(c.f); err != nil {
			got = err.Error()
		}
		if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
