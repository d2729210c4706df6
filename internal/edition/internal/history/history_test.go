package history_test

import (
	"sync"
	"testing"
	"time"

	"broadsheet/internal/edition/internal/dates"
	"broadsheet/internal/edition/internal/history"
)

func TestNumbersAreGivenOnce(t *testing.T) {
	var h history.History
	given := make(chan uint64, 100)
	var group sync.WaitGroup
	for range cap(given) {
		group.Go(func() { given <- h.Next() })
	}
	group.Wait()
	close(given)
	seen := map[uint64]bool{}
	for number := range given {
		if seen[number] || number == 0 || number > 100 {
			t.Errorf("%d was given", number)
		}
		seen[number] = true
	}
}

// An edition that is published late does not supersede the one after it.
func TestOnlyLaterEditionsSupersede(t *testing.T) {
	var h history.History
	if h.IsSuperseded(1) {
		t.Error("nothing was published")
	}
	h.Publish(3)
	h.Publish(2)
	for number, want := range map[uint64]bool{1: true, 2: true, 3: false, 4: false} {
		if h.IsSuperseded(number) != want {
			t.Errorf("%d: not %v", number, want)
		}
	}
}

func TestTheLatestPublishedEditionCounts(t *testing.T) {
	var h history.History
	var group sync.WaitGroup
	for number := range uint64(100) {
		group.Go(func() { h.Publish(number + 1) })
	}
	group.Wait()
	if h.IsSuperseded(100) || !h.IsSuperseded(99) {
		t.Error("the last one is not 100")
	}
}

func TestRecordsAreThoseRememberedLast(t *testing.T) {
	var h history.History
	if r, known := h.Record("/rss.xml"); known || r.Hash != "" {
		t.Errorf("%v is known", r)
	}
	at := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	h.Remember("/rss.xml", dates.Record{Hash: "1", Modified: at})
	h.Remember("/rss.xml", dates.Record{Hash: "2", Modified: at.Add(time.Second)})
	if r, known := h.Record("/rss.xml"); !known || r.Hash != "2" || !r.Modified.Equal(at.Add(time.Second)) {
		t.Errorf("%v, %v", r, known)
	}
	if _, known := h.Record("/atom.xml"); known {
		t.Error("another path is known")
	}
}
