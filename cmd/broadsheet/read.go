package main

import (
	"context"
	"errors"

	"broadsheet/cmd/broadsheet/once"
	"broadsheet/internal/config"
	"broadsheet/internal/source"
)

// readOnce reads the folder that the settings name, without what lies below the folder skip.
func readOnce(ctx context.Context, s config.Settings, skip string) (*once.Reading, error) {
	read, err := once.Read(ctx, s, skip)
	switch {
	case errors.Is(err, source.ErrNoRoot):
		return nil, wrongUse(err)
	case err != nil:
		return nil, broken(err)
	}
	return read, nil
}
