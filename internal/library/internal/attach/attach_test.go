package attach_test

import (
	"slices"
	"testing"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/library/internal/attach"
	"broadsheet/internal/media"
)

func folder() attach.Folder {
	site := blog.Site{URL: "https://example.org"}
	files := address.NewFiles([]blog.Media{{Path: "a.mp3", Size: 1234}, {Path: "a.png", Size: 99, Type: "image/png"}})
	return attach.Folder{
		Site: site, Book: address.New(address.Options{Site: site, Files: files}),
		Facts: map[string]media.Facts{"a.mp3": {Duration: time.Minute}},
	}
}

func post() *blog.Post {
	return &blog.Post{
		Path: "p.md", Extras: &blog.Extras{Image: blog.Image{URL: "a.png"}, Enclosures: []blog.Enclosure{{URL: "a.mp3"}, {URL: "a.mp3", Duration: time.Second}, {URL: "gone.mp3", Size: 5}}},
	}
}

func TestFilesOfTheFolderGetAddressSizeAndDuration(t *testing.T) {
	found := folder().To(post())
	if got := found.Image; got.URL != "https://example.org/a.png" || got.Size != 99 || got.Type != "image/png" {
		t.Errorf("the image is %+v", got)
	}
	want := []blog.Enclosure{
		{URL: "https://example.org/a.mp3", Size: 1234, Duration: time.Minute},
		{URL: "https://example.org/a.mp3", Size: 1234, Duration: time.Second},
		{URL: "https://example.org/gone.mp3", Size: 5},
	}
	if !slices.Equal(found.Enclosures, want) {
		t.Errorf("the enclosures are %+v, want %+v", found.Enclosures, want)
	}
}

func TestFileThatIsNotInTheFolderLiesWhereMediaDo(t *testing.T) {
	f := folder()
	f.Site.MediaURL = "https://cdn.example.org"
	if got := f.To(post()).Enclosures[2].URL; got != "https://cdn.example.org/gone.mp3" {
		t.Errorf("the enclosure is at %s", got)
	}
	if lost := f.Lost(post()); len(lost) > 0 {
		t.Errorf("what lies elsewhere is lost: %v", lost)
	}
}

func TestSameTellsWhetherAPostHasItsFiles(t *testing.T) {
	p := post()
	found := folder().To(p)
	if found.Same(p) {
		t.Error("a post as parsed has addresses already")
	}
	p.Extra().Image, p.Extra().Enclosures = found.Image, found.Enclosures
	if !found.Same(p) {
		t.Error("a post as given out has not what it got")
	}
	p.Extra().Enclosures = slices.Clone(p.Enclosures())
	p.Enclosures()[0].Size++
	if found.Same(p) {
		t.Error("another size is the same")
	}
}

func TestLostFilesAreNamed(t *testing.T) {
	lost := folder().Lost(post())
	const want = `"gone.mp3" is not in the folder, nor will it be found at https://example.org/gone.mp3`
	if len(lost) != 1 || lost[0].File != "p.md" || lost[0].Severity != blog.Warning || lost[0].Message != want {
		t.Errorf("lost: %v, want %s", lost, want)
	}
}
