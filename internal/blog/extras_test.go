package blog_test

import (
	"reflect"
	"testing"
	"time"
	"unsafe"

	"broadsheet/internal/blog"
)

// Libraries of 100,000 posts hold as many of these: a field that few posts set belongs into
// the extras.
func TestPostsAreSmall(t *testing.T) {
	if size := unsafe.Sizeof(blog.Post{}); size > 288 {
		t.Errorf("a post takes %d bytes, want 288 at most: what the next size of the allocator holds is 320", size)
	}
}

// Each extra has a method of its name, which says what it does, and the zero value of a
// post without extras.
func TestExtrasAreReadByMethods(t *testing.T) {
	extras := blog.Extras{
		ExternalURL: "https://example.com/", Aliases: []string{"/old/"}, Mark: blog.Draft, Expires: time.Unix(5, 0), Language: "de",
		Image: blog.Image{URL: "a.png"}, Summary: "s", Description: "d", Excerpt: []byte("x"), SummaryWords: 3, Carry: blog.Full, Translation: true, Aside: true, Parts: []string{"a/b"},
		Enclosures: []blog.Enclosure{{URL: "e"}}, Episode: &blog.Episode{Number: 2},
	}
	some, none := reflect.ValueOf(&blog.Post{Extras: &extras}), reflect.ValueOf(&blog.Post{})
	for i := range reflect.TypeFor[blog.Extras]().NumField() {
		name, want := reflect.TypeFor[blog.Extras]().Field(i).Name, reflect.ValueOf(extras).Field(i)
		if want.IsZero() {
			t.Errorf("%s: the test does not set it", name)
		}
		if got := some.MethodByName(name).Call(nil)[0]; !reflect.DeepEqual(got.Interface(), want.Interface()) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
		if got := none.MethodByName(name).Call(nil)[0]; !got.IsZero() {
			t.Errorf("%s of a post without extras is %v", name, got)
		}
	}
}

// A copy that is changed leaves the post as it was, which others share.
func TestCopiesOfPostsHaveExtrasOfTheirOwn(t *testing.T) {
	p := &blog.Post{Extras: &blog.Extras{Language: "de"}}
	p.Copy().Extra().Language = "en"
	bare := &blog.Post{}
	bare.Copy().Extra().Language = "en"
	if p.Language() != "de" || bare.Language() != "" {
		t.Errorf("the posts are in %q and %q now", p.Language(), bare.Language())
	}
}

// Extras that say nothing take no room; a post is the same with them or without.
func TestExtrasThatSayNothingAreTrimmed(t *testing.T) {
	p := &blog.Post{Extras: &blog.Extras{}}
	key := blog.KeyOf(p)
	if p.Trim(); p.Extras != nil || blog.KeyOf(p) != key {
		t.Error("extras that say nothing stay, or are a part of the key")
	}
	p.Extra().Carry = blog.Full
	if p.Trim(); p.Carry() != blog.Full {
		t.Error("extras that say something are gone")
	}
}

func TestStampsTellTheTimesOfFiles(t *testing.T) {
	for _, at := range []time.Time{
		{}, time.Unix(0, 1), time.Unix(0, -1), time.Date(2026, 1, 2, 3, 4, 5, 678, time.UTC), time.Date(1901, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600)),
	} {
		if got := blog.StampOf(at).Time(); !got.Equal(at) || got.IsZero() != at.IsZero() {
			t.Errorf("%v is told as %v", at, got)
		}
	}
	if got := blog.StampOf(time.Unix(0, 0)).Time(); got.IsZero() || !got.Truncate(time.Second).Equal(time.Unix(0, 0)) {
		t.Errorf("the beginning of 1970 is told as %v", got)
	}
	if got := blog.StampOf(time.Date(2446, 1, 1, 0, 0, 0, 0, time.UTC)).Time(); got.Year() != 2262 {
		t.Errorf("a year that no stamp can tell is told as %v", got)
	}
	if got := blog.StampOf(time.Date(1066, 1, 1, 0, 0, 0, 0, time.UTC)).Time(); got.Year() != 1677 {
		t.Errorf("a year that no stamp can tell is told as %v", got)
	}
}
