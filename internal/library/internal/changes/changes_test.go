package changes_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"broadsheet/internal/address"
	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library/internal/changes"
	"broadsheet/internal/library/internal/layered"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/source"
)

// file returns a file whose bytes are version, and whose key is the file itself's.
func file(path string, key uint64, version byte) source.File {
	return source.File{Path: path, Key: key, Hash: [32]byte{version}}
}

// three files, in order of their paths.
func three() []source.File {
	return []source.File{file("a.md", 1, 1), file("b.md", 2, 1), file("c.md", 3, 1)}
}

func before(files []source.File) changes.Before {
	b := changes.Before{Read: files, Parsed: map[string]*parse.File{}, Waiting: map[string]time.Time{}}
	keys := map[uint64]string{}
	for _, f := range files {
		b.Parsed[f.Path] = &parse.File{Hash: f.Hash}
		if f.Key != 0 {
			keys[f.Key] = f.Path
		}
	}
	b.Keys = layered.Of(keys)
	return b
}

func paths(files []source.File) (all []string) {
	for _, f := range files {
		all = append(all, f.Path)
	}
	return all
}

func TestOnlyWhatChangedIsNamed(t *testing.T) {
	missing := file("b.md", 2, 1)
	missing.Missing = true
	for name, c := range map[string]struct {
		now     []source.File
		changed []string
		gone    []string
		fresh   int
		mayMove bool
	}{
		"nothing":                  {now: three()},
		"a new text":               {now: []source.File{file("a.md", 1, 2), file("b.md", 2, 1), file("c.md", 3, 1)}, changed: []string{"a.md"}},
		"a new file":               {now: append(three(), file("d.md", 4, 1)), changed: []string{"d.md"}, fresh: 1},
		"one before all others":    {now: append([]source.File{file("A.md", 4, 1)}, three()...), changed: []string{"A.md"}, fresh: 1},
		"another file of its name": {now: []source.File{file("a.md", 9, 1), file("b.md", 2, 1), file("c.md", 3, 1)}, changed: []string{"a.md"}, fresh: 1},
		"a text of no known file":  {now: []source.File{file("a.md", 0, 2), file("b.md", 2, 1), file("c.md", 3, 1)}, changed: []string{"a.md"}, fresh: 1},
		"one gone":                 {now: three()[1:], gone: []string{"a.md"}},
		"two gone":                 {now: three()[1:2], gone: []string{"a.md", "c.md"}},
		"all gone":                 {now: nil, gone: []string{"a.md", "b.md", "c.md"}},
		"one gone, one new": {now: append(three()[:2], file("d.md", 4, 1)), changed: []string{"d.md"}, gone: []string{"c.md"},
			fresh: 1, mayMove: true},
		"one gone, one new text": {now: []source.File{file("a.md", 1, 1), file("b.md", 2, 2)}, changed: []string{"b.md"}, gone: []string{"c.md"}},
		"one missing":            {now: []source.File{file("a.md", 1, 1), missing, file("c.md", 3, 1)}},
		"one missing, one new text": {now: []source.File{file("a.md", 1, 2), missing, file("c.md", 3, 1)}, changed: []string{"a.md"},
			mayMove: true},
	} {
		got, ok := before(three()).To(c.now)
		if !ok || !slices.Equal(paths(got.Files), c.changed) || !slices.Equal(got.Gone, c.gone) || got.Fresh != c.fresh {
			t.Errorf("%s: %v %+v", name, ok, got)
		}
		if got.MayMove() != c.mayMove || got.IsNone() != (len(c.changed)+len(c.gone) == 0) {
			t.Errorf("%s: may move %v, none %v", name, got.MayMove(), got.IsNone())
		}
	}
}

func TestWhatChangesMoreThanTheFileIsRefused(t *testing.T) {
	hugo := func(b *changes.Before) { b.Generator = dialect.Site{Kind: "hugo"} }
	for name, c := range map[string]struct {
		change func(*changes.Before)
		now    []source.File
	}{
		"a file under a new name":                     {now: []source.File{file("a.md", 1, 1), file("b.md", 2, 1), file("d.md", 3, 1)}},
		"two files that changed names":                {now: []source.File{file("a.md", 2, 1), file("b.md", 1, 1), file("c.md", 3, 1)}},
		"a copy that waits":                           {change: func(b *changes.Before) { b.Waiting["c.md"] = time.Unix(1, 0) }, now: three()},
		"a new section of a Hugo site":                {change: hugo, now: append([]source.File{file("_index.md", 4, 1)}, three()...)},
		"a new bundle of a Hugo site":                 {change: hugo, now: append(three(), file("d/index.md", 4, 1))},
		"a text that is a media file too":             {change: func(b *changes.Before) { b.Media = address.NewFiles([]blog.Media{{Path: "a.md"}}) }, now: []source.File{file("a.md", 1, 2), file("b.md", 2, 1), file("c.md", 3, 1)}},
		"a media file that is gone":                   {change: func(b *changes.Before) { b.Media = address.NewFiles([]blog.Media{{Path: "a.md"}}) }, now: three()[1:]},
		"a name that is spelled otherwise in Unicode": {now: append(three(), file("cafe\u0301.md", 4, 1))},
	} {
		b := before(three())
		if c.change != nil {
			c.change(&b)
		}
		if got, ok := b.To(c.now); ok {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestFewFilesMayChange(t *testing.T) {
	var files []source.File
	for n := range changes.Most + 1 {
		files = append(files, file(fmt.Sprintf("%03d.md", n), uint64(n+1), 1))
	}
	b := before(files)
	edited := slices.Clone(files)
	for n := range changes.Most {
		edited[n].Hash = [32]byte{2}
	}
	if c, ok := b.To(edited); !ok || len(c.Files) != changes.Most {
		t.Errorf("%d edited: %d, %v", changes.Most, len(c.Files), ok)
	}
	edited[changes.Most].Hash = [32]byte{2}
	if _, ok := b.To(edited); ok {
		t.Errorf("%d edited: taken for few", changes.Most+1)
	}
	if c, ok := b.To(files[changes.Most:]); !ok || len(c.Gone) != changes.Most {
		t.Errorf("%d gone: %d, %v", changes.Most, len(c.Gone), ok)
	}
	if _, ok := b.To(nil); ok {
		t.Errorf("%d gone: taken for few", changes.Most+1)
	}
}

// Whatever changed, the keys afterwards are those that all files together have.
func TestKeysAfterAreThoseOfTheFiles(t *testing.T) {
	for name, now := range map[string][]source.File{
		"nothing":         three(),
		"a text":          {file("a.md", 1, 2), file("b.md", 2, 1), file("c.md", 3, 1)},
		"another file":    {file("a.md", 9, 2), file("b.md", 2, 1), file("c.md", 3, 1)},
		"an unknown file": {file("a.md", 0, 2), file("b.md", 2, 1), file("c.md", 3, 1)},
		"a new file":      append(three(), file("d.md", 4, 1)),
		"a file gone":     three()[1:],
		"several":         {file("a.md", 9, 2), file("b.md", 2, 2)},
	} {
		b := before(three())
		c, ok := b.To(now)
		if !ok {
			t.Errorf("%s: not known", name)
			continue
		}
		if got, want := b.KeysAfter(c).Plain(), before(now).Keys.Plain(); !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		if got, want := b.Keys.Plain(), before(three()).Keys.Plain(); !maps.Equal(got, want) {
			t.Errorf("%s: those of before are %v now", name, got)
		}
	}
}

// A file whose bytes could not be had counts as changed at the next scan, the same or not.
func TestUnreadFilesAreReadAgain(t *testing.T) {
	files, parsed := three(), before(three()).Parsed
	parsed["b.md"].Again = true
	read := changes.Understood(files, parsed)
	b := changes.Before{Read: read, Parsed: parsed, Keys: before(files).Keys}
	if c, ok := b.To(three()); !ok || !slices.Equal(paths(c.Files), []string{"b.md"}) {
		t.Errorf("%v, %+v", ok, c)
	}
	if files[1].Hash != [32]byte{1} {
		t.Error("the scan's own files were written to")
	}
}
