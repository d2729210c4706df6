// Package source reads the posts folder as it truly is.
//
// In go the folder and the Snapshot of the scan before; out comes a Snapshot:
// every file that may hold a post, with the SHA-256 of its bytes, sorted by path.
// The bytes themselves are kept while there is room, else read again when somebody
// asks for them. A file that did not change is neither read nor copied again. What kept
// a file from being read is a Problem, with the file's path; it never hurts
// another file, and as long as such a file exists its last good bytes stay.
//
// Nothing half-written gets in. A file that was written in place is taken once
// two looks, a while apart, have found it the same; one that was renamed into
// place is complete, and taken at once. The stamps of a file are compared with
// one another only, never with the clock: a file server has its own. What is
// missing is let go after a moment of grace, since many programs delete a file
// and create it anew; when much is missing at once, it is held for longer. Where the
// name of a missing file is that of another by then, both are shown as they were. A
// folder that is replaced as a whole is shown as the one or as the other, never
// as both.
//
// Each file has a key, which stays with it from scan to scan: it is recognised
// as the same file on disk, whatever its name and its bytes are now, else by its
// bytes. A key is a fact of the snapshot, not an event: nothing is lost if nobody
// looks at one of the snapshots in between.
//
// A scan never leaves the folder: links that lead out of it are refused, and
// pipes, sockets and devices are never opened.
//
// The first scan has nothing to show instead of what it finds, so that it takes
// all of it at once, but what a program is known to be writing.
//
// Scan(prev) is a function of the folder, prev and the clock; it keeps nothing
// between calls.
package source

import (
	"cmp"
	"context"
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/source/internal/known"
	"broadsheet/internal/source/internal/swap"
	"broadsheet/internal/source/internal/tree"
)

// ErrNoRoot says that the folder itself cannot be read; errors.Is finds it in
// what Scan returns.
var ErrNoRoot = tree.ErrNoRoot

// Options are the choices of a scan. The zero value works.
type Options struct {
	Extensions []string               // of files that may hold posts, with their dots, in any case; nil means DefaultExtensions
	Media      func(name string) bool // whether a file of this name is a media file, to be listed but not read; nil: none is
	MaxSize    int64                  // bytes of a file; 0 means 4 MiB
	MaxFiles   int                    // 0 means 200,000
	MaxDepth   int                    // of folders below the root; 0 means 16
	Settle     time.Duration          // how far two looks must lie apart that find a file the same; 0 means 500 ms
	Grace      time.Duration          // how long a missing file stays; 0 means 1.5 s
	Hold       time.Duration          // the same when much is missing at once; 0 means 30 s
	Verify     time.Duration          // how long the system is believed that a file is unchanged; 0 means 1 h

	Trust bool // another tree in the root's place is taken at once: a scan before has waited for it
	// Texts keeps the bytes of files; nil: each File keeps its own.
	Texts *Texts
	// Keep reports whether a file keeps its own bytes all the same, for they are needed at
	// once whenever anything changes; nil: none does.
	Keep func(rel string) bool
	// Read is called with each file that was read, and its bytes, while others still are,
	// from several goroutines; nil: nobody needs to know.
	Read func(f File, data []byte)

	Skip     string                // a folder that is not looked into, absolute and without links; empty: none
	Ignore   func(rel string) bool // whether a folder, relative to the root, is not looked into; nil: none
	Visit    func(dir string)      // called with each folder before it is listed, and with those on the way to the root (see tree.Approach); may be nil
	Progress func(files int)       // called now and then, from several goroutines, with the number of files read since; may be nil
	Now      func() time.Time      // called from several goroutines; nil means time.Now
}

// DefaultExtensions are those of Markdown and HTML.
var DefaultExtensions = []string{".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".html", ".htm"}

// racy is how coarse the time stamps of file systems may be: a file read
// sooner than this after it first looked so may have changed again unnoticed.
const racy = 2 * time.Second

// File is one file of the folder.
type File struct {
	Path     string     // slash-separated, relative to the folder
	Data     []byte     // the file's bytes, where it keeps them; never to be written to. See Text
	Hash     [32]byte   // SHA-256 of its bytes
	Size     int64      // of its bytes
	Modified blog.Stamp // of its bytes, as the file system says
	Key      uint64     // the same from scan to scan for as long as this is known to be the same file, whatever its name is; 0: unknown
	Stale    bool       // what is known is from an earlier scan: the file cannot be read now
	Missing  bool       // the file is not there any more; it stays for a while in case it comes back

	texts *Texts // where its bytes are; nil: it keeps them
}

// Held is a file whose present state is not shown yet, and why.
type Held struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}

// Snapshot is the folder at one moment. It is immutable.
type Snapshot struct {
	Root     string       // the folder with links resolved
	Files    []File       // sorted by Path
	Media    []blog.Media // sorted by Path; Path, Size and Modified are set
	Problems []blog.Problem
	Held     []Held // beside those that are problems
	Dirs     int
	Again    time.Duration // scan again after this long, even if nothing happens; 0: no need

	generation        tree.Generation
	epoch             time.Time            // of all moments
	folders           map[string]bool      // those that were listed, relative
	hasLinks          bool                 // paths are not one to one with files: there are links, or folders or files were left out
	sights            []known.Seen         // what the walk saw, sorted by path
	notes             []blog.Problem       // those of names that are passed over
	entries           []*known.Entry       // sorted by path
	mediaMissingSince map[string]time.Time // since when media files are missing that are listed all the same, by path
	refused           map[string]time.Time // since when files cannot be taken, by path
	waiting           map[string]sighting  // files that look other than what is shown of them, by path
	due               []string             // paths that are to be looked at again, for Again; not sorted
	unlisted          map[string]sighting  // media files that look other than they are listed, by path
	keys              uint64               // the last one given to a file
	awaited           time.Time            // when a file that nothing was known of had to wait last
	swap              *swap.Swap           // what took the root's place and is not shown yet; nil: nothing
}

// Differs reports whether the folder looked different at the scan before,
// whatever is made of that: a file that has to wait is as much of a change as
// one that is shown. A second name of a file, as backups make them, is none: only
// the time of the file's last change shows it.
func (s *Snapshot) Differs(before *Snapshot) bool {
	now, then := s.looked(), before.looked()
	shared := len(now) > 0 && len(now) == len(then) && &now[0] == &then[0]
	return !shared && !slices.EqualFunc(now, then, known.Seen.LooksAs)
}

func (s *Snapshot) looked() []known.Seen {
	if s.swap != nil {
		return s.swap.Sights
	}
	return s.sights
}

// Scan reads the folder. prev is the result of the scan before, nil for the
// first. It fails when the folder as a whole cannot be read (ErrNoRoot), and
// when ctx ends.
func Scan(ctx context.Context, root string, prev *Snapshot, o Options) (*Snapshot, error) {
	o = o.withDefaults()
	const attempts = 5
	for attempt := 1; ; attempt++ {
		for _, dir := range tree.Approach(root) {
			o.Visit(dir)
		}
		before, err := tree.Of(root)
		if err != nil {
			return nil, err
		}
		s := newScan(before, prev, o)
		snapshot, err := s.run(ctx)
		if err != nil {
			return nil, err
		}
		// A folder that was swapped meanwhile was read half and half.
		after, err := tree.Of(root)
		if err == nil && after == before || attempt == attempts {
			return snapshot, nil
		}
	}
}

func (o Options) withDefaults() Options {
	if o.Extensions == nil {
		o.Extensions = DefaultExtensions
	}
	o.MaxSize = cmp.Or(max(o.MaxSize, 0), 4<<20)
	o.MaxFiles = cmp.Or(max(o.MaxFiles, 0), 200_000)
	o.MaxDepth = cmp.Or(max(o.MaxDepth, 0), 16)
	o.Settle = cmp.Or(max(o.Settle, 0), 500*time.Millisecond)
	o.Grace = cmp.Or(max(o.Grace, 0), 1500*time.Millisecond)
	o.Hold = cmp.Or(max(o.Hold, 0), 30*time.Second)
	o.Verify = cmp.Or(max(o.Verify, 0), time.Hour)
	if o.Media == nil {
		o.Media = func(string) bool { return false }
	}
	if o.Keep == nil {
		o.Keep = func(string) bool { return false }
	}
	if o.Read == nil {
		o.Read = func(File, []byte) {}
	}
	if o.Ignore == nil {
		o.Ignore = func(string) bool { return false }
	}
	if o.Visit == nil {
		o.Visit = func(string) {}
	}
	if o.Progress == nil {
		o.Progress = func(int) {}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
