package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/edition"
	"broadsheet/internal/publish"
	"broadsheet/internal/source"
)

// reading is a folder, read a single time.
type reading struct {
	*publish.Publication
	problems []blog.Problem // of settings, files and posts; those of the documents are the edition's
}

// wholeBlog is how many bytes of what was rendered are kept where every document is
// rendered once: those of any blog but a huge one.
const wholeBlog = 512 << 20

// once reads the folder, but not what lies below the folder skip, and makes the
// publication of it.
func once(ctx context.Context, s config.Settings, skip string) (*reading, error) {
	theme, faults := themeOf(s)
	settings := publishSettings(s, theme)
	o := settings.Scan()
	o.Skip = skip
	ahead := settings.Ahead(nil)
	o.Texts, o.Read = source.NewTexts(0), ahead.Read
	files, err := source.Scan(ctx, s.Generator.Root, nil, o)
	switch {
	case errors.Is(err, source.ErrNoRoot):
		return nil, wrongUse(err)
	case err != nil:
		return nil, broken(err)
	}
	made := publish.Publish(nil, publish.Input{Files: files, Settings: settings, Now: time.Now(), Ahead: ahead, Cache: edition.NewCache(wholeBlog)})
	return &reading{made, slices.Concat(s.Warnings, faults, made.Problems)}, nil
}
