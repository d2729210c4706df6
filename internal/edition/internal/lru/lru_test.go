package lru_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"broadsheet/internal/edition/internal/lru"
)

// owner keeps items by name.
type owner struct {
	*lru.Cache
	items map[string]*lru.Item
}

func newOwner(limit int) *owner { return &owner{lru.New(limit), map[string]*lru.Item{}} }

func (o *owner) add(name string, size int) *lru.Item {
	it := &lru.Item{Size: size, Used: new(atomic.Bool), Forget: func() { delete(o.items, name) }}
	o.items[name] = it
	o.Lock()
	defer o.Unlock()
	o.Add(it)
	return it
}

func (o *owner) names() string { return strings.Join(slices.Sorted(maps.Keys(o.items)), " ") }

func TestOldestIsForgottenFirst(t *testing.T) {
	o := newOwner(30)
	for _, name := range []string{"a", "b", "c"} {
		o.add(name, 10)
	}
	if o.names() != "a b c" {
		t.Errorf("kept %s", o.names())
	}
	o.add("d", 10)
	if o.names() != "b c d" {
		t.Errorf("kept %s", o.names())
	}
	o.add("e", 25)
	if o.names() != "e" {
		t.Errorf("kept %s", o.names())
	}
}

func TestUsedItemsHaveASecondChance(t *testing.T) {
	o := newOwner(30)
	first := o.add("a", 10)
	o.add("b", 10)
	o.add("c", 10)
	first.Used.Store(true)
	o.add("d", 10)
	if o.names() != "a c d" {
		t.Errorf("kept %s", o.names())
	}
	o.add("e", 10)
	o.add("f", 10) // a was not used again
	if o.names() != "a e f" && o.names() != "d e f" {
		t.Errorf("kept %s", o.names())
	}
	if first.Used.Load() {
		t.Error("a second chance was not used up")
	}
}

// If all were used, the oldest are forgotten all the same, and it ends.
func TestAllUsed(t *testing.T) {
	o := newOwner(50)
	for n := range 100 {
		o.add(fmt.Sprintf("%02d", n), 10).Used.Store(true)
	}
	if len(o.items) != 5 {
		t.Errorf("kept %s", o.names())
	}
}

func TestItemsThatAreTooLarge(t *testing.T) {
	o := newOwner(10)
	o.add("a", 100)
	if o.names() != "a" {
		t.Errorf("the newest item is forgotten: %s", o.names())
	}
	o.add("b", 1)
	if o.names() != "b" {
		t.Errorf("kept %s", o.names())
	}
}

func TestPinnedItemsStay(t *testing.T) {
	o := newOwner(20)
	pinned := o.add("a", 15)
	o.Lock()
	o.Pin(pinned, true)
	o.Pin(pinned, true)
	o.Unlock()
	o.add("b", 10)
	o.add("c", 10)
	if o.names() != "a b c" {
		t.Errorf("kept %s", o.names())
	}
	o.Lock()
	o.Pin(pinned, false)
	o.Unlock()
	if o.names() != "a" {
		t.Errorf("kept %s", o.names())
	}
	o.Lock()
	o.Remove(pinned)
	o.Remove(pinned)
	o.Unlock()
	o.add("d", 10)
	o.add("e", 10)
	if o.names() != "a d e" {
		t.Errorf("kept %s: what was removed counts", o.names())
	}
}
