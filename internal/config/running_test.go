package config_test

import (
	"slices"
	"testing"

	"broadsheet/internal/config"
)

func TestPreviewListensOnThisMachine(t *testing.T) {
	for _, tt := range []struct {
		flags []string
		want  string
	}{
		{nil, ":8080"},
		{[]string{"--drafts"}, "127.0.0.1:8080"},
		{[]string{"--future"}, "127.0.0.1:8080"},
		{[]string{"--drafts", "--listen=:8080"}, ":8080"},
		{[]string{"--drafts=false"}, ":8080"},
	} {
		got, _, err := world{flags: tt.flags}.load(t)
		if err != nil || got.Listen != tt.want {
			t.Errorf("%q: listens on %s (%v), want %s", tt.flags, got.Listen, err, tt.want)
		}
	}
}

func TestSettingsThatTakeARestartAreNamedAndStay(t *testing.T) {
	running, _, err := world{}.load(t)
	if err != nil {
		t.Fatal(err)
	}
	next, _, err := world{flags: []string{"--title=New", "--listen=:9000", "--drafts", "--log-level=debug"}}.load(t)
	if err != nil {
		t.Fatal(err)
	}
	kept, restart := config.Keep(running, next)
	if want := []string{"drafts", "listen", "log-level"}; !slices.Equal(restart, want) {
		t.Errorf("restart for %q, want %q", restart, want)
	}
	if kept.Title != "New" || kept.Listen != ":8080" || kept.Drafts || kept.LogLevel != "info" {
		t.Errorf("kept %+v", kept)
	}
}

func TestPublicURLFollowsTheListenerThatRuns(t *testing.T) {
	running, _, err := world{}.load(t)
	if err != nil {
		t.Fatal(err)
	}
	running = running.ListeningOn("[::1]:4321")
	next, _, err := world{flags: []string{"--listen=:9000"}}.load(t)
	if err != nil {
		t.Fatal(err)
	}
	if kept, _ := config.Keep(running, next); kept.URL != "http://[::1]:4321" {
		t.Errorf("links to %s, which nobody listens at", kept.URL)
	}
	stated, _, err := world{flags: []string{"--url=https://example.org"}}.load(t)
	if err != nil {
		t.Fatal(err)
	}
	if got := stated.ListeningOn(":1").URL; got != "https://example.org" {
		t.Errorf("the URL that was stated became %s", got)
	}
}

func TestPortZeroIsAnyPort(t *testing.T) {
	for address, want := range map[string]bool{":0": true, "[::1]:0": true, "localhost:00": true, ":8080": false, ":00080": false, "": false} {
		if got := config.AnyPort(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}
