package edition

import (
	"broadsheet/internal/edition/internal/coding"
	"broadsheet/internal/edition/internal/content"
	"broadsheet/internal/edition/internal/dates"
	"broadsheet/internal/edition/internal/feeds"
)

// Content is what a document says: immutable, to be shared freely.
type Content = content.Content

// Topic is a feed that one may subscribe to, in one format.
type Topic = feeds.Topic

// Record is what is remembered of a document between editions and runs: the hash of its
// bytes, and when they were first handed out.
type Record = dates.Record

// Dates holds the records of documents by path.
type Dates map[string]Record

// Of returns the record of a path, the zero Record if there is none.
func (d Dates) Of(path string) Record { return d[path] }

// Coding is a content coding (RFC 9110 section 8.4.1) of a document. The zero value is
// Identity: no compression.
type Coding = coding.Coding

// The codings after Identity, that of the smallest result first.
const (
	Identity = coding.Identity
	Brotli   = coding.Brotli
	Zstd     = coding.Zstd
	Gzip     = coding.Gzip
	Codings  = coding.Count // how many there are
)
