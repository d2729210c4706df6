package source

import "broadsheet/internal/source/internal/texts"

// ErrChanged says that a file does not hold any more what a scan read of it; errors.Is
// finds it in what Text returns. The next scan tells what it holds now.
var ErrChanged = texts.ErrChanged

// Texts keeps the bytes of files that were read lately, up to a bound; those of all others
// are read again when somebody asks. It is that of one folder: the snapshots that follow
// each other share it. Its methods may be called from any goroutine.
type Texts = texts.Store

// DefaultTexts is how many bytes Texts hold unless they are told otherwise.
const DefaultTexts = texts.Default

// NewTexts returns Texts of so many bytes; 0 means DefaultTexts: those of all posts, of most
// blogs.
func NewTexts(limit int) *Texts { return texts.New(limit) }

// Text returns the bytes of the file, which are never to be written to.
func (f *File) Text() ([]byte, error) {
	if f.texts == nil {
		return f.Data, nil
	}
	return f.texts.Of(f.Path, f.Hash, f.Size)
}

// Texts returns where the bytes of the file are; nil: it keeps them.
func (f *File) Texts() *Texts { return f.texts }

// Stale returns the paths of files that cannot be read, in order: what is known of them is
// from an earlier scan.
func (s *Snapshot) Stale() []string {
	var stale []string
	for i := range s.Files {
		if s.Files[i].Stale {
			stale = append(stale, s.Files[i].Path)
		}
	}
	return stale
}
