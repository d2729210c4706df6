// Package newpost begins a new post.
package newpost

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"broadsheet/internal/blog"
	"broadsheet/internal/library"

	"golang.org/x/text/unicode/norm"
)

// ErrTitle says that no file can be named after a title.
var ErrTitle = errors.New("the title must hold a letter or a digit")

// Draft is the file of a new post.
type Draft struct {
	Name string // of the file, without a folder
	Text string
}

// New returns the file of a post with this title, dated now, to the second. Without an authority
// the id of the post is a random one.
func New(title, authority string, now time.Time) (Draft, error) {
	title = strings.Join(strings.Fields(strings.ToValidUTF8(title, "\ufffd")), " ")
	slug := shorten(slugOf(title))
	if slug == "" {
		return Draft{}, ErrTitle
	}
	now = now.Truncate(time.Second)
	id := newID(authority, &blog.Post{Published: now, Slug: slug})
	return Draft{
		Name: now.Format(time.DateOnly) + "-" + slug + ".md",
		Text: fmt.Sprintf("---\ntitle: %s\ndate: %s\nid: %s\n---\n\n",
			strconv.Quote(title), now.Format(time.RFC3339), strconv.Quote(id)),
	}, nil
}

// newID returns the id of a new post. It must stay for good, so that no stand-in is taken for an
// unknown authority.
func newID(authority string, p *blog.Post) string {
	if authority == "" {
		return "urn:uuid:" + randomUUID()
	}
	return library.TagURI(authority, p)
}

// randomUUID returns a UUID of version 4 (RFC 9562 section 5.4).
func randomUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// shorten cuts a long slug at a hyphen, so that it can be the name of a file.
func shorten(slug string) string {
	const longest = 120 // bytes
	if len(slug) <= longest {
		return slug
	}
	cut := strings.ToValidUTF8(slug[:longest], "")
	if at := strings.LastIndexByte(cut, '-'); at > 0 {
		cut = cut[:at]
	}
	return cut
}

// slugOf returns the letters and digits of a title, of any script, in lower
// case, with a hyphen for each run of anything else.
func slugOf(title string) string {
	words := strings.FieldsFunc(norm.NFC.String(strings.ToLower(title)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return strings.Join(words, "-")
}
