package dates_test

import (
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/dates"
)

// at returns a moment of a fixed day, such as "12:00:00.5".
func at(t *testing.T, clock string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, "2026-03-01T"+clock+"Z")
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestFollowing(t *testing.T) {
	for name, c := range map[string]struct{ last, moment, want string }{
		"long ago":                  {"10:00:00", "12:00:00.5", "12:00:01"},
		"at a whole second":         {"10:00:00", "12:00:00", "12:00:01"},
		"in the same second":        {"12:00:01", "12:00:00.9", "12:00:02"},
		"thrice in a second":        {"12:00:02", "12:00:00.99", "12:00:02"},
		"in the second after":       {"12:00:02", "12:00:01.5", "12:00:03"},
		"after the clock went back": {"13:00:00", "12:00:00", "13:00:01"},
	} {
		if got := dates.Following(at(t, c.last), at(t, c.moment)); !got.Equal(at(t, c.want)) {
			t.Errorf("%s: %v follows %s at %s, want %s", name, got.Format(time.RFC3339Nano), c.last, c.moment, c.want)
		}
	}
}

func TestFirst(t *testing.T) {
	for name, c := range map[string]struct{ passed, updated, file, want string }{
		"newest entry":           {"08:00:00", "10:00:00", "09:00:00", "10:00:00"},
		"newest file":            {"08:00:00", "10:00:00", "11:00:00.25", "11:00:01"},
		"passed already":         {"11:30:00", "10:00:00", "11:00:00", "11:30:00"},
		"in the future":          {"08:00:00", "13:00:00", "09:00:00", "09:00:00"},
		"both are in the future": {"08:00:00", "13:00:00", "14:00:00", "08:00:00"},
	} {
		posts := []*blog.Post{{Updated: at(t, "07:00:00")}, {Updated: at(t, c.updated), File: blog.StampOf(at(t, c.file))}}
		if got := dates.First(at(t, c.passed), posts, at(t, "12:00:00")); !got.Equal(at(t, c.want)) {
			t.Errorf("%s: %v, want %s", name, got.Format(time.RFC3339Nano), c.want)
		}
	}
}

func TestNewest(t *testing.T) {
	posts := []*blog.Post{{Published: at(t, "10:00:00")}, {Published: at(t, "09:00:00"), Updated: at(t, "11:00:00")}}
	if got := dates.Newest(posts); !got.Equal(at(t, "11:00:00")) {
		t.Errorf("the newest date is %v", got)
	}
	if got := dates.Newest(nil); got != dates.None {
		t.Errorf("a feed without entries has the date %v", got)
	}
}

func TestNext(t *testing.T) {
	posts := []*blog.Post{{Updated: at(t, "10:00:00")}}
	known := dates.Record{Hash: "a", Modified: at(t, "09:00:00")}
	for name, c := range map[string]struct {
		change      dates.Change
		now, before dates.Record
		want        string
	}{
		"never handed out":         {dates.Change{Hash: "a"}, dates.Record{}, dates.Record{}, "10:00:00"},
		"its date has passed":      {dates.Change{Hash: "a"}, dates.Record{}, dates.Record{Modified: at(t, "11:00:00")}, "11:00:00"},
		"as before":                {dates.Change{Hash: "a"}, dates.Record{}, known, "09:00:00"},
		"as it is handed out":      {dates.Change{Hash: "a"}, known, dates.Record{Hash: "b", Modified: at(t, "08:00:00")}, "09:00:00"},
		"changed":                  {dates.Change{Hash: "c"}, dates.Record{}, known, "12:00:01"},
		"changed, but too late":    {dates.Change{Hash: "c", Superseded: true}, dates.Record{}, known, "09:00:00"},
		"too late, the same":       {dates.Change{Hash: "a", Superseded: true}, dates.Record{}, known, "09:00:00"},
		"too late, and unheard of": {dates.Change{Hash: "c", Superseded: true}, dates.Record{}, dates.Record{}, ""},
	} {
		c.change.At, c.change.Posts = at(t, "12:00:00"), posts
		want := dates.Record{Hash: c.change.Hash, Modified: dates.None}
		if c.want != "" {
			want.Modified = at(t, c.want)
		}
		if got := dates.Next(c.change, c.now, c.before); got.Hash != want.Hash || !got.Modified.Equal(want.Modified) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
