package lookup_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"broadsheet/internal/edition/internal/lookup"
)

// tableOf returns a table of three documents, and counts how often it is made.
func tableOf(n int, made *int) func() *lookup.Table[document] {
	return func() *lookup.Table[document] {
		*made++
		var all []document
		for i := range 3 {
			all = append(all, document{path: fmt.Sprintf("/%d/%d", n, i)})
		}
		return lookup.New(all, pathsOf)
	}
}

func TestShelfLetsOldestTablesGo(t *testing.T) {
	shelf := lookup.Shelf[document]{Limit: 7, Stays: func(document) bool { return false }}
	lazy, made := make([]lookup.Lazy[document], 5), make([]int, 5)
	ask := func(n int) {
		t.Helper()
		if got := shelf.Table(&lazy[n], tableOf(n, &made[n])); got.At(fmt.Sprintf("/%d/2", n)).path == "" {
			t.Errorf("table %d is %v", n, got.Order)
		}
	}
	for n := range lazy {
		ask(n)
		ask(n)
	}
	if got := len(shelf.All()); got != 15 || shelf.Len() != 5 {
		t.Errorf("%d documents are kept before there is a bound", got)
	}
	shelf.Bound()
	ask(4)
	if shelf.Len() != 5 {
		t.Error("a table was let go though none was made")
	}
	more, count := lookup.Lazy[document]{}, 0
	shelf.Table(&more, tableOf(9, &count))
	want := []document{{path: "/4/0"}, {path: "/4/1"}, {path: "/4/2"}, {path: "/9/0"}, {path: "/9/1"}, {path: "/9/2"}}
	if got := shelf.All(); !slices.Equal(got, want) {
		t.Errorf("kept are %v", got)
	}
	ask(0)
	if !slices.Equal(made, []int{2, 1, 1, 1, 1}) {
		t.Errorf("the tables were made %v times", made)
	}
}

func TestShelfKeepsOneTableOfAnySize(t *testing.T) {
	shelf := lookup.Shelf[document]{Limit: 1, Stays: func(document) bool { return false }}
	shelf.Bound()
	var lazy lookup.Lazy[document]
	made := 0
	for range 3 {
		shelf.Table(&lazy, tableOf(1, &made))
	}
	if made != 1 {
		t.Errorf("it was made %d times", made)
	}
}

// Many ask at once for more tables than are kept, and each gets its own.
func TestShelfIsSafeForConcurrentUse(t *testing.T) {
	shelf := lookup.Shelf[document]{Limit: 6, Stays: func(document) bool { return false }}
	shelf.Bound()
	lazy := make([]lookup.Lazy[document], 16)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for n := range 200 {
				n, made := (n*(i+1))%len(lazy), 0
				if shelf.Table(&lazy[n], tableOf(n, &made)).At(fmt.Sprintf("/%d/0", n)).path == "" {
					t.Errorf("another table than %d", n)
				}
				shelf.All()
			}
		})
	}
	all.Wait()
	if n := shelf.Len(); n > 2 {
		t.Errorf("%d tables are kept", n)
	}
}

// One table that has to stay does not keep those that were made after it.
func TestTablesAfterOneThatStaysAreLetGo(t *testing.T) {
	shelf := lookup.Shelf[document]{Limit: 7, Stays: func(d document) bool { return d.path == "/0/1" }}
	shelf.Bound()
	lazy, made := make([]lookup.Lazy[document], 5), make([]int, 5)
	for n := range lazy {
		shelf.Table(&lazy[n], tableOf(n, &made[n]))
	}
	var kept []string
	for _, d := range shelf.All() {
		kept = append(kept, d.path)
	}
	if want := []string{"/0/0", "/0/1", "/0/2", "/4/0", "/4/1", "/4/2"}; !slices.Equal(kept, want) {
		t.Errorf("kept are %q, want %q", kept, want)
	}
}
