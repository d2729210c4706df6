package source_test

import (
	"errors"
	"os"
	"syscall"
	"testing"
	"time"

	"broadsheet/internal/source"
)

// textOf returns what the file of a name says, as the last scan knows it.
func (f *folder) textOf(name string) (string, error) {
	f.t.Helper()
	for _, file := range f.last.Files {
		if file.Path == name {
			text, err := file.Text()
			return string(text), err
		}
	}
	f.t.Fatalf("there is no %s", name)
	return "", nil
}

// Bytes that are not kept are read again, as long as they are the same.
func TestTextsAreReadAgain(t *testing.T) {
	f := newFolder(t)
	f.o.Texts = source.NewTexts(1)
	f.o.Keep = func(rel string) bool { return rel == "kept.md" }
	var read []string
	f.o.Read = func(file source.File, data []byte) { read = append(read, file.Path+": "+string(data)) }
	f.write("a.md", "first")
	f.scan(time.Minute)
	if text, err := f.textOf("a.md"); text != "first" || err != nil || len(read) != 1 || read[0] != "a.md: first" {
		t.Fatalf("%q, %v, told %q", text, err, read)
	}
	for what, change := range map[string]func(){
		"other bytes":              func() { f.write("a.md", "other") },
		"more bytes":               func() { f.write("a.md", "first and more") },
		"no file":                  func() {},
		"a pipe":                   func() { f.check(syscall.Mkfifo(f.path("a.md"), 0o600)) },
		"a folder":                 func() { f.mkdir("a.md") },
		"a link to something else": func() { f.write("b.txt", "xxxxx"); f.check(os.Symlink("b.txt", f.path("a.md"))) },
	} {
		f.check(os.RemoveAll(f.path("a.md")))
		change()
		if text, err := f.textOf("a.md"); text != "" || !errors.Is(err, source.ErrChanged) {
			t.Errorf("%s: %q, %v", what, text, err)
		}
	}
	f.check(os.RemoveAll(f.path("a.md")))
	f.write("a.md", "first")
	if text, err := f.textOf("a.md"); text != "first" || err != nil {
		t.Errorf("the same bytes again: %q, %v", text, err)
	}
}

func TestFilesKeepTheirBytesIfTheyAreTo(t *testing.T) {
	f := newFolder(t)
	f.o.Texts = source.NewTexts(1)
	f.o.Keep = func(rel string) bool { return rel == "kept.md" }
	f.write("kept.md", "kept")
	f.scan(time.Minute)
	f.check(os.Remove(f.path("kept.md")))
	if text, err := f.textOf("kept.md"); text != "kept" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}

// A folder in the place of another is read from, where its files are the same.
func TestTextsAreThoseOfTheFolderThatIsThere(t *testing.T) {
	f := newFolder(t)
	f.o.Texts = source.NewTexts(1)
	f.write("a.md", "words")
	f.scan(time.Minute)
	f.check(os.Rename(f.root, f.root+".old"))
	f.mkdir("")
	f.write("a.md", "words")
	for range 4 {
		f.scan(time.Second)
	}
	f.check(os.RemoveAll(f.root + ".old"))
	if text, err := f.textOf("a.md"); text != "words" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
}
