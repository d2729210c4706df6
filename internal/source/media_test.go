package source_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/source"

	"github.com/google/go-cmp/cmp"
)

// listed compares the media files of a snapshot with "path size" lines.
func (f *folder) listed(s *source.Snapshot, want ...string) {
	f.t.Helper()
	got := []string{}
	for _, file := range s.Media {
		got = append(got, fmt.Sprint(file.Path, " ", file.Size))
	}
	if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
		f.t.Errorf("want -, got +:\n%s", diff)
	}
}

func isSound(name string) bool { return strings.HasSuffix(name, ".mp3") }

func TestMediaFilesAreListedAndNotRead(t *testing.T) {
	f := newFolder(t)
	f.o.Media = isSound
	f.mkdir("talks")
	f.write("talks/b.mp3", "sound")
	f.write("a.mp3", "")
	f.write("a.md", "a")
	f.write(".hidden.mp3", "sound")
	f.write("a.txt", "text")
	f.mkdir("folder.mp3")
	f.check(os.Chmod(f.path("a.mp3"), 0)) // nobody opens it
	s := f.scan(0)
	f.holds(s, "a.md: a")
	f.listed(s, "a.mp3 0", "talks/b.mp3 5")
	f.names(s)
}

// What a file in HTML is, its text tells; a post may refer to one that is none.
func TestFileThatMayBeBothIsListedAsBoth(t *testing.T) {
	f := newFolder(t)
	f.o.Media = func(name string) bool { return strings.HasSuffix(name, "transcript.html") }
	f.write("a.html", "a")
	f.write("b-transcript.html", "words")
	s := f.scan(0)
	f.holds(s, "a.html: a", "b-transcript.html: words")
	f.listed(s, "b-transcript.html 5")
}

func TestMediaFileIsListedOnceItIsLeftAlone(t *testing.T) {
	f := newFolder(t)
	f.o.Media = isSound
	f.listed(f.scan(0))
	f.write("a.mp3", "half")
	s := f.scan(0)
	f.listed(s)
	if s.Again <= 0 || s.Again > 500*time.Millisecond {
		t.Errorf("looks again after %v", s.Again)
	}
	f.listed(f.scan(time.Second), "a.mp3 4")
	later := f.now.Add(time.Millisecond)
	f.write("a.mp3", "all of it")
	f.check(os.Chtimes(f.path("a.mp3"), later, later))
	f.listed(f.scan(10*time.Millisecond), "a.mp3 4")
	f.listed(f.scan(time.Second), "a.mp3 9")
}

func TestMissingMediaFileStaysAsLongAsAPost(t *testing.T) {
	f := newFolder(t)
	f.o.Media = isSound
	f.mkdir("talk")
	f.write("talk/a.mp3", "sound")
	f.write("talk/a.md", "post")
	f.write("b.md", "other")
	f.listed(f.scan(0), "talk/a.mp3 5")
	f.remove("talk")
	s := f.scan(time.Second)
	f.holds(s, "b.md: other", "talk/a.md: post")
	f.listed(s, "talk/a.mp3 5")
	f.listed(f.scan(time.Second), "talk/a.mp3 5")
	s = f.scan(time.Second)
	f.holds(s, "b.md: other")
	f.listed(s)
}

func TestSkippedFolderIsNotLookedInto(t *testing.T) {
	f := newFolder(t)
	f.o.Media = isSound
	f.mkdir("out")
	f.write("out/a.md", "a")
	f.write("out/a.mp3", "a")
	f.write("b.md", "b")
	f.o.Skip = f.path("out")
	s := f.scan(0)
	f.holds(s, "b.md: b")
	f.listed(s)
}

func TestMediaFilesOutsideAreNotListed(t *testing.T) {
	f := newFolder(t)
	f.o.Media = isSound
	f.write("../outside.mp3", "sound")
	f.write("inside.mp3", "sound")
	f.check(os.Symlink("../outside.mp3", f.path("a.mp3")))
	f.check(os.Symlink("inside.mp3", f.path("b.mp3")))
	f.check(os.Symlink("nowhere.mp3", f.path("c.mp3")))
	f.listed(f.scan(0), "b.mp3 5", "inside.mp3 5")
}
