package content_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/edition/internal/coding"
	"broadsheet/internal/edition/internal/content"
	"broadsheet/internal/edition/internal/delta"
	"broadsheet/internal/edition/internal/lru"
)

// version returns a content that says a number.
func version(n int) *content.Content {
	body := fmt.Appendf(nil, "version %d", n)
	hash := content.HashOf(body)
	return content.New(content.Options{Body: body, Hash: hash, Version: &delta.Version{Hash: hash}})
}

func TestHashOf(t *testing.T) {
	// The first half of the SHA-256 of "abc" (FIPS 180-4, example B.1).
	if got := content.HashOf([]byte("abc")); got != "ba7816bf8f01cfea414140de5dae2223" {
		t.Errorf("the hash of abc is %s", got)
	}
}

func TestRedatedContentSharesItsForms(t *testing.T) {
	body := bytes.Repeat([]byte("words "), 1000)
	c := content.New(content.Options{Body: body, Hash: "h", Link: "<x>", Modified: time.Unix(1, 0)})
	v := &delta.Version{Hash: "h"}
	again := c.Redated(time.Unix(2, 0), v)
	if !again.Modified.Equal(time.Unix(2, 0)) || !c.Modified.Equal(time.Unix(1, 0)) || again.Link() != "<x>" || again.Version() != v || c.Version() != nil {
		t.Errorf("%v of %v", again, c)
	}
	if packed := c.In(coding.Gzip); &packed[0] != &again.In(coding.Gzip)[0] {
		t.Error("the body was compressed twice")
	}
	if !bytes.Equal(c.In(coding.Identity), body) || !c.Has(coding.Identity) {
		t.Error("the body itself cannot be had")
	}
}

func TestDeltasAreKept(t *testing.T) {
	c, d := version(1), version(2)
	if _, made := c.Delta("x"); made {
		t.Error("a delta that was never made")
	}
	c.KeepDelta("x", d)
	c.KeepDelta("y", nil)
	if got, made := c.Delta("x"); got != d || !made {
		t.Errorf("the delta is %v, made %v", got, made)
	}
	if got, made := c.Delta("y"); got != nil || !made {
		t.Errorf("the delta that there is not is %v, made %v", got, made)
	}
}

func TestStoreKnowsWhatWasHandedOutLast(t *testing.T) {
	s := content.NewStore(lru.New(1 << 20))
	versions, key := blog.Key{1, 0}, blog.Key{2, 0}
	owner := content.Owner{Path: "/a", Identity: "first", Versions: versions, Forget: func(*content.Content) {}}
	for n := range 4 {
		c := version(n / 2) // each twice
		s.Keep(owner, key, c)
		s.Keep(owner, key, c)
		if known := s.Last("/a"); known.Content != c || known.Key != key {
			t.Errorf("known is %v", known)
		}
	}
	past := s.Past("/a", versions)
	if len(past) != 1 || past[0].Hash != version(0).Hash {
		t.Errorf("%d past versions", len(past))
	}
	if s.Past("/a", blog.Key{3, 0}) != nil || s.Past("/b", versions) != nil || s.Last("/b") != nil {
		t.Error("another feed has versions")
	}
	owner.Versions = blog.Key{3, 0}
	s.Keep(owner, key, version(5))
	if s.Past("/a", versions) != nil || s.Past("/a", owner.Versions) != nil {
		t.Error("a feed took over the versions of another")
	}
}

// Compressed forms are made ahead of the first document at a path, and then as long as somebody
// asks for them.
func TestFormsThatNobodyAsksForAreNotMadeAhead(t *testing.T) {
	s := content.NewStore(lru.New(1 << 20))
	keep := func(c *content.Content) {
		s.Keep(content.Owner{Path: "/", Forget: func(*content.Content) {}}, blog.Key{}, c)
	}
	if !s.Compresses("/") {
		t.Error("not at first")
	}
	first, second, third := version(1), version(2), version(3)
	first.Prepare(coding.Gzip)
	first.In(coding.Identity)
	keep(first)
	if s.Compresses("/") {
		t.Error("though nobody asked")
	}
	keep(second)
	second.In(coding.Brotli)
	if !s.Compresses("/") {
		t.Error("not though somebody asked")
	}
	keep(third)
	if !s.Compresses("/") || !s.Compresses("/elsewhere") {
		t.Error("not though somebody asked for the version of before")
	}
	keep(third.Redated(time.Unix(2, 0), third.Version()))
	if !s.Compresses("/") {
		t.Error("not at another date")
	}
}

func TestStoreIsBounded(t *testing.T) {
	s := content.NewStore(lru.New(5 * 550))
	var forgotten []string
	for n := range 10 {
		path := fmt.Sprintf("/%d", n)
		s.Keep(content.Owner{
			Path: path, Identity: n, Pinned: n == 0, Forget: func(*content.Content) { forgotten = append(forgotten, path) },
		}, blog.Key{}, version(n))
		if n == 1 {
			s.Last(path).Content.Use()
		}
	}
	if got := s.Paths(); !slices.Equal(got, []string{"/0", "/1", "/6", "/7", "/8", "/9"}) {
		t.Errorf("kept are %q", got)
	}
	if len(forgotten) != 10-len(s.Paths()) || slices.Contains(forgotten, "/0") {
		t.Errorf("forgotten are %q", forgotten)
	}
}
