// Package once reads a posts folder a single time, for commands that are no service.
package once

import (
	"context"
	"slices"
	"time"

	"broadsheet/cmd/broadsheet/wire"
	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/edition"
	"broadsheet/internal/publish"
	"broadsheet/internal/source"
)

// Reading is a folder, read a single time.
type Reading struct {
	*publish.Publication
	Problems []blog.Problem // of settings, files and posts; those of the documents are the edition's
}

// wholeBlog is how many bytes of what was rendered are kept where every document is
// rendered once: those of any blog but a huge one.
const wholeBlog = 512 << 20

// Read reads the folder, without what lies below the folder skip, and makes its publication. The
// error is source.ErrNoRoot if the folder is not there.
func Read(ctx context.Context, s config.Settings, skip string) (*Reading, error) {
	theme, faults := wire.Theme(s)
	settings := wire.Publish(s, theme)
	o := settings.Scan()
	o.Skip = skip
	ahead := settings.Ahead(nil)
	o.Texts, o.Read = source.NewTexts(0), ahead.Read
	files, err := source.Scan(ctx, s.Generator.Root, nil, o)
	if err != nil {
		return nil, err
	}
	made := publish.Publish(nil, publish.Input{
		Files: files, Settings: settings, Now: time.Now(), Ahead: ahead, Cache: edition.NewCache(wholeBlog),
	})
	return &Reading{made, slices.Concat(s.Warnings, faults, made.Problems)}, nil
}
