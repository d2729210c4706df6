package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/edition"
	"broadsheet/internal/library"
	"broadsheet/internal/media"
	"broadsheet/internal/source"
)

// reading is a folder, read a single time.
type reading struct {
	files    *source.Snapshot
	posts    *library.Library
	edition  *edition.Edition
	problems []blog.Problem // of files and posts; those of the documents are the edition's
}

// wholeBlog is how many bytes of rendered texts are kept where every document is
// rendered once: those of any blog but a huge one.
const wholeBlog = 512 << 20

// once reads the folder, but not what lies below the folder skip, and makes an
// edition of it.
func once(ctx context.Context, s config.Settings, skip string) (*reading, error) {
	files, err := source.Scan(ctx, s.Generator.Root, nil, source.Options{
		Extensions: slices.Concat(source.DefaultExtensions, s.Generator.Extensions()), Ignore: s.Generator.Ignores, Media: media.Is, Skip: skip,
	})
	switch {
	case errors.Is(err, source.ErrNoRoot):
		return nil, wrongUse(err)
	case err != nil:
		return nil, broken(err)
	}
	now, site, catalogue := time.Now(), s.Site(), media.New(nil, files.Root, files.Media)
	theme, faults := themeOf(s)
	posts := library.Build(nil, files.Files, library.Options{
		Site: site, Now: now, Drafts: s.Drafts, Future: s.Future, Exclude: s.Exclude, Media: catalogue,
		Generator: s.Generator, Folders: s.Media, Named: append(site.Files(), theme.Names()...),
		Reserved: documentSettings(s).Reserved(theme),
	})
	return &reading{
		files: files, posts: posts, problems: slices.Concat(s.Warnings, faults, files.Problems, posts.Problems),
		edition: edition.New(nil, edition.Input{
			Site: site, Posts: posts.Posts, Unlisted: posts.Unlisted, Settings: documentSettings(s), Now: now, Find: posts.Find, Titles: posts.Titles(), Texts: wholeBlog,
			Theme: theme, Measure: func(at string) (int, int) { return catalogue.Size(posts.Located(at)) },
		}),
	}, nil
}
