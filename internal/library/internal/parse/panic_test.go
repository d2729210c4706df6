package parse_test

import (
	"bytes"
	"testing"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/source"
)

// version is a file, and reading it with a fault that a word in it shows.
func version(body string) source.File {
	return source.File{Path: "a.md", Data: []byte("---\ntitle: A\ndate: 2026-01-01\n---\n" + body)}
}

func reading(f source.File) (dialect.Result, error) {
	if bytes.Contains(f.Data, []byte("panic")) {
		var nothing *blog.Post
		nothing.Title = "a fault"
	}
	return dialect.Site{}.Reader(blog.Site{URL: "https://example.org"}, nil).Read(f)
}

// readWith reads a file, and then another version of it. It returns the post after each,
// and what is told after the second.
func readWith(first, second source.File, reader parse.Reader) (a, b *blog.Post, problems []blog.Problem) {
	before := parse.Read(&first, nil, reader)
	after := parse.Read(&second, before, reader)
	return before.Post, after.Post, after.Problems()
}

func TestFileThatPanicsKeepsItsLastGoodVersion(t *testing.T) {
	const fault = "the file cannot be read: a fault of this program, please report it: runtime error: invalid memory address or nil pointer dereference"
	good, still, told := readWith(version("good"), version("panic"), reading)
	if good == nil || still == nil || string(still.Body) != "good" {
		t.Errorf("the post is %v, was %v", still, good)
	}
	if want := (blog.Problem{File: "a.md", Severity: blog.Error, Message: fault + "; the last good version of the post stays"}); len(told) != 1 || told[0] != want {
		t.Errorf("told %v", told)
	}
	none, mended, told := readWith(version("panic"), version("mended"), reading)
	if none != nil || mended == nil || len(told) > 0 {
		t.Errorf("at a cold start %v, once mended %v, told %v", none, mended, told)
	}
	if _, none, told = readWith(version("panic"), version("panic again"), reading); none != nil || len(told) != 1 || told[0].Message != fault {
		t.Errorf("never good: %v, told %v", none, told)
	}
}
