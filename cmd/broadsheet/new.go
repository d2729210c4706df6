package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"broadsheet/cmd/broadsheet/newpost"
	"broadsheet/internal/config"

	"github.com/spf13/cobra"
)

func newNew() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new TITLE",
		Short: "Begin a new post",
		Long: `New makes a file for a post, named after today's date and the title, with a date
and an id in its front matter, and prints its name. It never overwrites a file.

The id is made from the site's id authority, or the host of its URL, the date
and the title; where neither is set, it is a random one. A title that begins
with a hyphen goes after "--".`,
		Example: `  broadsheet new "A fine day" --dir posts`,
		Args:    cobra.ExactArgs(1),
	}
	var dir string
	cmd.Flags().StringVar(&dir, "dir", defaultDir, "the posts folder")
	addSettings(cmd, config.Site)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		settings, origins, err := load(cmd, dir)
		if err != nil {
			return err
		}
		if !hasAuthority(settings, origins) {
			settings.Authority = ""
		}
		name, err := begin(settings, args[0], time.Now())
		if err != nil {
			return err
		}
		fmt.Fprintln(cmd.OutOrStdout(), name)
		return nil
	}
	return cmd
}

// hasAuthority reports whether somebody chose the authority of ids. Else it follows from the
// address that the service listens on.
func hasAuthority(s config.Settings, origins []config.Origin) bool {
	return s.URLConfigured || slices.ContainsFunc(origins, func(o config.Origin) bool {
		return o.Key == "id-authority" && o.From != "default"
	})
}

// begin writes the file of a new post and returns its name. Without an
// authority the post's id is a random one.
func begin(s config.Settings, title string, now time.Time) (string, error) {
	draft, err := newpost.New(title, s.Authority, now.In(s.Zone))
	if err != nil {
		return "", wrongUse(err)
	}
	if _, err := os.Stat(s.Dir); err != nil {
		return "", wrongUse(fmt.Errorf("begin a post: %w", err))
	}
	name := filepath.Join(s.Dir, draft.Name)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", broken(fmt.Errorf("begin a post: %w", err))
	}
	_, err = f.WriteString(draft.Text)
	if err := errors.Join(err, f.Close()); err != nil {
		return "", broken(fmt.Errorf("begin a post: %w", err))
	}
	return name, nil
}
