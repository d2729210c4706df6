package library_test

import (
	"testing"

	"broadsheet/internal/library"
)

// Exporters write the number of a post's row beside the id that its feed had.
func TestStatedIDs(t *testing.T) {
	const (
		uuid  = "7b0d5a6e-1111-4222-8333-944455566677"
		guid  = "https://old.example.org/?p=77"
		plain = "tag:example.org,2026-01-01:a"
	)
	for meta, want := range map[string]string{
		"":                                            plain,
		"id: 77\nguid: " + guid:                       guid,
		"guid: " + guid + "\nid: 77":                  guid,
		"guid: " + guid:                               guid,
		"ID: \"77\"\nGUID: " + guid:                   guid,
		"id: hello\nguid: " + guid:                    guid,
		"id: /2026/hello\nguid: " + guid:              guid,
		"id: post:77\nguid: " + guid:                  guid,
		"id: hello\nguid: 77":                         "77",
		"id: 77\nguid: \"\"":                          "77",
		"id: 77":                                      "77",
		"id: hello":                                   "hello",
		"id: 77\nwordpress_id: 77\npost_id: 77":       "77",
		"wordpress_id: 77\npost_id: 77":               plain,
		"id: tag:example.org,2020:x\nguid: 77":        "tag:example.org,2020:x",
		"id: urn:isbn:0451450523\nguid: " + guid:      "urn:isbn:0451450523",
		"id: " + uuid + "\nguid: " + guid:             uuid,
		"id: https://example.org/x\nguid: y":          "https://example.org/x",
		"uuid: " + uuid:                               "urn:uuid:" + uuid,
		"uuid: urn:uuid:" + uuid:                      "urn:uuid:" + uuid,
		"uuid: something":                             "something",
		"guid: " + uuid:                               uuid,                       // as a feed may have had it
		"id: 5f8d0d55b54764421b7156c5\nuuid: " + uuid: "5f8d0d55b54764421b7156c5", // Ghost's feeds have the id
		"id: 5\nuuid: " + uuid:                        "urn:uuid:" + uuid,         // early ones had the other
		"id: 5\nuuid: " + uuid + "\nguid: " + guid:    guid,
	} {
		files := folder(map[string]string{"a.md": "---\ndate: 2026-01-01\n" + meta + "\n---\nWords.\n"})
		if got := only(t, library.Build(nil, files, options())).ID; got != want {
			t.Errorf("%q: id %s, want %s", meta, got, want)
		}
	}
}

func TestGeneratorsNumbersAreNoIDs(t *testing.T) {
	for meta, want := range map[string]string{
		"id: 77": "https://example.org/2026/01/02/a", "id: 77\nguid: https://old.example.org/?p=77": "https://example.org/2026/01/02/a",
		"id: word\nguid: https://old.example.org/?p=77": "https://example.org/2026/01/02/a", "id: word": "word",
		"id: tag:example.org,2020:x": "tag:example.org,2020:x", "guid: x": "https://example.org/2026/01/02/a",
	} {
		texts := map[string]string{"_config.yml": "title: Example\n", "_posts/2026-01-02-a.md": "---\ntitle: A\n" + meta + "\n---\nWords.\n"}
		o := options()
		o.Generator = generatorOf(t, texts)
		if got := only(t, library.Build(nil, folder(texts), o)).ID; got != want {
			t.Errorf("%q: id %s, want %s", meta, got, want)
		}
	}
}

// What readers were given stays, as long as the front matter still states it, under
// whatever key.
func TestIDsOfFormerRulesStay(t *testing.T) {
	const uuid = "7b0d5a6e-1111-4222-8333-944455566677"
	for _, tt := range []struct{ meta, known, want string }{
		{"id: 77\nguid: https://old.example.org/?p=77", "77", "77"},
		{"uuid: " + uuid, uuid, uuid},
		{"id: 5\nuuid: " + uuid, "5", "5"},
		{"id: 78\nguid: https://old.example.org/?p=77", "77", "https://old.example.org/?p=77"}, // nobody states it any more
		{"id: tag:example.org,2020:x\nuuid: " + uuid, uuid, "tag:example.org,2020:x"},          // pinned
		{"", "77", "77"},
	} {
		o := options()
		o.Known = map[string]*library.Identity{"a.md": {ID: tt.known}}
		files := folder(map[string]string{"a.md": "---\ndate: 2026-01-01\n" + tt.meta + "\n---\nWords.\n"})
		first := library.Build(nil, files, o)
		if got := only(t, first).ID; got != tt.want {
			t.Errorf("%q, known as %s: id %s, want %s", tt.meta, tt.known, got, tt.want)
		}
		edited := folder(map[string]string{"a.md": "---\ndate: 2026-01-01\n" + tt.meta + "\n---\nOther words.\n"})
		if got := only(t, library.Build(first, edited, o)).ID; got != tt.want {
			t.Errorf("%q, known as %s, edited: id %s, want %s", tt.meta, tt.known, got, tt.want)
		}
	}
}

func TestIDsThatOthersMayHaveAreNamed(t *testing.T) {
	named := map[string]bool{
		"77": true, "hello": true, "/2026/a": true, "post:77": true, "tag:x": true, "a@b": true,
		"https://example.org/a": false, "tag:example.org,2026:a": false, "tag:example.org,2026-01-02:a": false, "urn:isbn:0451450523": false,
		"7b0d5a6e-1111-4222-8333-944455566677": false, "7B0D5A6E-1111-4222-8333-944455566677": false, "doi:10.1000/182": false,
		"at://did:plc:abc/site.standard.document/1": false, "77 at https://example.org": true,
	}
	for id, want := range named {
		l := library.Build(nil, folder(map[string]string{"a.md": "---\ndate: 2026-01-01\nid: \"" + id + "\"\n---\nWords.\n"}), options())
		if got := len(l.LocalIDs()) > 0; got != want {
			t.Errorf("%s: named %v, want %v", id, got, want)
		}
	}
	if l := library.Build(nil, folder(map[string]string{"a.md": post}), options()); len(l.LocalIDs()) > 0 {
		t.Errorf("a default id is named: %v", l.LocalIDs())
	}
}
