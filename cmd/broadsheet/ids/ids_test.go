package ids_test

import (
	"testing"

	"broadsheet/cmd/broadsheet/ids"
	"broadsheet/internal/config"
	"broadsheet/internal/source"
)

func TestAnIDThatChangesMoreIsFound(t *testing.T) {
	const before = "---\ntitle: A\ndate: 2026-01-02\n---\nText"
	settings := config.Settings{URL: "https://example.org", Authority: "example.org", Permalink: "/:slug/"}
	for after, ok := range map[string]bool{
		"---\ntitle: A\ndate: 2026-01-02\nid: x\n---\nText":              true,
		"---\ntitle: A\ndate: 2026-01-02\nid: y\n---\nText":              false,
		"---\ntitle: A\ndate: 2026-01-02\nid: x\n---\nText ":             false,
		"---\ntitle: A\ndate: 2026-01-02\nid: x\ndraft: true\n---\nText": false,
		"---\ntitle: A\ndate: 2026-01-03\nid: x\n---\nText":              false,
		"---\ntitle: A\ndate: 2026-01-02\nid: x\nhidden: true\n---\n":    false,
		"---\ntitle: A\nid: x\n---\nText":                                false,
	} {
		err := ids.SameBut(source.File{Path: "a.md", Data: []byte(before)}, []byte(after), "x", settings)
		if (err == nil) != ok {
			t.Errorf("%q: %v", after, err)
		}
	}
}
