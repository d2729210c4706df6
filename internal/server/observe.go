package server

import (
	"time"

	"broadsheet/internal/server/internal/document"
	"broadsheet/internal/server/internal/mediafile"
	"broadsheet/internal/server/internal/reload"
)

// Kind says what was asked for. There are few kinds, so that they can name counters.
type Kind string

// The kinds of subjects.
const (
	KindDocument Kind = "document" // of the edition
	KindMedia    Kind = "media"    // a file of the posts folder
	KindReload   Kind = "reload"   // the event stream of a preview's page
	KindOther    Kind = "other"    // all else: moved, gone, unknown, robots.txt, OPTIONS, refused
)

// Event is an answer that was sent, in full or until the client left.
type Event struct {
	Method string
	// Path is the path as the client wrote it, without the query. It can hold anything, and
	// there is no limit to the number of different ones.
	Path string
	Kind Kind
	// Document is the canonical path of the document; empty for other kinds. There are
	// as many different ones as the edition has documents.
	Document string
	Status   int
	Coding   string        // Content-Encoding; empty if there is none, as in a 304
	Bytes    int64         // of the body, as far as it was sent
	Duration time.Duration // from the request's header to the end of the body
}

// subject is what a request asks for.
type subject struct {
	kind     Kind
	document string // canonical path
}

// subjectOf returns the subject of a request by what find returned.
func subjectOf(found any) subject {
	switch found := found.(type) {
	case *document.Response:
		return subject{KindDocument, found.Path()}
	case alias:
		return subject{KindDocument, found.Path()}
	case *mediafile.File:
		return subject{kind: KindMedia}
	case *reload.Stream:
		return subject{kind: KindReload}
	}
	return subject{kind: KindOther}
}
