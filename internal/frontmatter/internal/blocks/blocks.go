// Package blocks reads one block of front matter, of YAML, TOML or JSON, into pairs.
//
// A Reader is made for one file. It holds what is decided once for all formats: the limits, keys
// written twice, and how mistakes are worded. YAML that is not valid is read key by key, with a
// warning; broken TOML or JSON is an error. Lines of values, keys and problems are those of the
// file.
package blocks

import (
	"fmt"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter/meta"
)

// No author writes more than this. The limits keep a hostile file from costing more time or memory
// than its size. An alias counts with all that it stands for.
const (
	MaxSize   = 256 << 10 // bytes of a block
	maxDepth  = 64
	maxValues = 10_000
)

// Reader reads the blocks of one file. The zero value with File and Last works.
type Reader struct {
	File string // named in problems
	// Last is the last line that a problem or value may name: that of the closing fence.
	Last int

	Problems []blog.Problem // warnings, in the order found
	Replaced meta.Pairs     // former values of keys that are written twice, at any depth
	values   int            // read so far
}

// Fail returns the error that keeps the file from being published: a blog.Problem.
func (r *Reader) Fail(line int, format string, args ...any) error {
	return r.problem(line, blog.Error, format, args...)
}

// FailTooLong is the error about a block of more than MaxSize, which begins on the line.
func (r *Reader) FailTooLong(line int) error {
	return r.Fail(line, "the front matter is longer than %d KiB", MaxSize>>10)
}

func (r *Reader) warn(line int, format string, args ...any) {
	r.Problems = append(r.Problems, r.problem(line, blog.Warning, format, args...))
}

func (r *Reader) problem(line int, severity blog.Severity, format string, args ...any) blog.Problem {
	return blog.Problem{File: r.File, Line: line, Severity: severity, Message: fmt.Sprintf(format, args...)}
}
