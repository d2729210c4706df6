// Package frontmatter splits a post into its metadata and its body.
//
// In goes one file as it lies on disk. Parse finds a block of YAML (between
// "---" and "---" or "..."), of TOML (between "+++" and "+++") or of JSON (from
// "{" to its "}") at the top of it, after an optional byte order mark and blank
// lines. Out comes a Block: the metadata in the order written, every scalar as
// the text its author wrote, and the body as a suffix of the file.
//
// A file without front matter is no mistake: its Block has the format None and
// all of the text as its body. That holds too for a file that begins with a
// thematic break or a template tag. The opening line counts only when metadata
// follows it: the first line that is neither blank nor a comment must hold a
// key of one word (for JSON: a quoted key), or be the closing fence.
//
// Other headers are read too: a fence that names its language ("---json"), JSON
// between ";;;" lines, and those that no line opens, of Hexo (closed by "---" or
// ";;;") and of Pelican and MultiMarkdown ("Title: x", up to the first line that
// is none of it). Whatever else looks like front matter at the beginning of a
// file, such as keys below "----" or within a comment, is an error: published as
// the body it would give away what its author marked as private.
//
// What the metadata means is for others to say: package meta knows the keys that fields stand
// under, package dates reads dates, and package edit adds an id to a file.
//
// Mistakes come in two weights. A warning (Block.Problems) means that the block
// could still be read: a key written twice (the last wins), or a block that is
// not valid YAML and was read key by key. An error means that the file must not
// be published as it is: text that is not UTF-8, a NUL byte, a header that nothing
// opens, a block that is never closed, broken TOML or JSON, or a block that no author
// wrote (more than 256 KiB, 64 levels or 10,000 values, an alias counted with all
// that it stands for). Other control characters pass; a value may even hold U+0000 where
// its author wrote an escape such as "\0".
//
// Nothing here panics, whatever the input, reads the clock or keeps state: any
// function may be called from many goroutines. Lines end with LF, CRLF or a
// lone CR, in any mixture, and are counted from 1.
package frontmatter

import (
	"bytes"
	"unicode/utf8"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter/internal/blocks"
	"broadsheet/internal/frontmatter/internal/guess"
	"broadsheet/internal/frontmatter/lines"
	"broadsheet/internal/frontmatter/meta"
)

// Format is the language of a block of front matter.
type Format uint8

// The formats. None means that the file is all body.
const (
	None Format = iota
	YAML
	TOML
	JSON
)

// String returns the name of the format: "none", "YAML", "TOML" or "JSON".
func (f Format) String() string {
	return [...]string{"none", "YAML", "TOML", "JSON"}[f&3]
}

// Block is a file, split.
type Block struct {
	Format   Format
	Meta     meta.Pairs     // in the order written; empty without front matter, or with nothing in it
	Body     []byte         // a suffix of the file, sharing its memory; never to be written to
	BodyLine int            // line of the file on which Body begins, counted from 1
	Problems []blog.Problem // warnings only, in the order found
	Replaced meta.Pairs     // former values of keys that are written twice, at any depth
}

// Parse splits data, the bytes of the named file. The name is used in problems only.
//
// An error is always a blog.Problem of severity Error that names the file and the line; the Block
// is then the zero one.
func Parse(file string, data []byte) (Block, error) {
	s := splitter{blocks.Reader{File: file}}
	if err := s.checkText(data); err != nil {
		return Block{}, err
	}
	text := lines.Cursor{Rest: bytes.TrimPrefix(data, []byte("\ufeff")), Line: 1}
	block := Block{Body: text.Rest, BodyLine: 1}
	if err := s.split(&block, text.SkipBlank()); err != nil {
		return Block{}, err
	}
	block.Problems, block.Replaced = s.Problems, s.Replaced
	return block, nil
}

// Guess returns the lines at the top of a file that look like a key with a value. They tell whether
// the author of a file that Parse refuses wants it to be kept back, and nothing else.
func Guess(data []byte) meta.Pairs { return guess.Keys(data) }

// splitter splits one file.
type splitter struct{ blocks.Reader }

// checkText refuses files that are not text, so that nothing else has to deal with them.
func (s *splitter) checkText(data []byte) error {
	if bytes.IndexByte(data, 0) < 0 && utf8.Valid(data) {
		return nil
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == 0 {
			return s.Fail(1+lines.Count(data[:i]), "found a NUL byte; expected text")
		}
		if r == utf8.RuneError && size == 1 {
			return s.Fail(1+lines.Count(data[:i]), "found the byte 0x%02x; expected UTF-8 text", data[i])
		}
		i += size
	}
	return nil
}
