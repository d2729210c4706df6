package main

import (
	"context"
	"errors"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/edition"
	"broadsheet/internal/library"
	"broadsheet/internal/source"
)

// once reads the folder a single time and makes an edition of it, with so many
// entries in the main feeds; 0 means all there are. It returns the problems of
// files and posts; those of the documents are the edition's.
func once(ctx context.Context, s config.Settings, items int) (*edition.Edition, []blog.Problem, error) {
	snapshot, err := source.Scan(ctx, s.Dir, nil, source.Options{})
	switch {
	case errors.Is(err, source.ErrNoRoot):
		return nil, nil, wrongUse(err)
	case err != nil:
		return nil, nil, broken(err)
	}
	now := time.Now()
	site := s.Site()
	posts := library.Build(nil, snapshot.Files, library.Options{Site: site, Now: now, Drafts: s.Drafts})
	document := documentSettings(s)
	if document.Items = items; items == 0 {
		document.Items = len(posts.Posts)
	}
	made := edition.New(nil, edition.Input{Site: site, Posts: posts.Posts, Settings: document, Now: now})
	problems := append(append([]blog.Problem{}, snapshot.Problems...), posts.Problems...)
	return made, problems, nil
}
