package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"broadsheet/cmd/broadsheet/once"
	"broadsheet/cmd/broadsheet/report"
	"broadsheet/internal/blog"
	"broadsheet/internal/config"

	"github.com/spf13/cobra"
)

func newBuild() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "build [DIR] --out OUT",
		Short: "Write the documents of a folder of posts as static files",
		Long: `Build writes the documents that serve would make of these files into the folder
OUT, for any web server to hand out. Ids and dates follow from the files alone,
not from the state that a running service keeps. Each file is written under
another name first and then renamed, so that none is ever seen half. Files that
did not change are left alone, and so is whatever else lies in OUT: feeds of
terms that no post has any more, for one. Pictures and other media files of DIR
are copied too, where something public refers to them or --media names their
folder.`,
		Example: `  broadsheet build posts --url https://example.org --out public`,
		Args:    cobra.MaximumNArgs(1),
	}
	var out string
	cmd.Flags().StringVar(&out, "out", "", "folder to write to (required)")
	addSettings(cmd, config.Site)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if out == "" {
			return wrongUse(errors.New("--out is needed: the folder to write to"))
		}
		return build(cmd, dirOf(args), out)
	}
	return cmd
}

func build(cmd *cobra.Command, dir, out string) error {
	settings, _, err := load(cmd, dir)
	if err != nil {
		return err
	}
	skip, err := outside(dir, out)
	if err != nil {
		return err
	}
	read, err := readOnce(cmd.Context(), settings, skip)
	if err != nil {
		return err
	}
	made := read.Edition
	written, err := made.Write(out)
	public, copied, copyErr := once.CopyMedia(read, out)
	if err := errors.Join(err, copyErr); err != nil {
		return broken(err)
	}
	problems := slices.Concat(read.Problems, made.Problems(), made.Clashes())
	blog.SortProblems(problems)
	report.Text(cmd.ErrOrStderr(), problems)
	fmt.Fprintf(cmd.OutOrStdout(), "%d posts, %d documents and %d media files in %s (%d changed)\n",
		len(made.Posts), len(made.Documents()), public, out, written+copied)
	return nil
}

// outside returns the real path of the folder OUT, which must not be read: former builds are no
// posts. OUT cannot be the posts folder itself.
func outside(dir, out string) (string, error) {
	from, err := real(dir)
	if err != nil {
		return "", nil //nolint:nilerr // reading the folder will say so
	}
	to, err := real(out)
	if err != nil {
		return "", nil //nolint:nilerr // there is nothing in it yet
	}
	if from == to {
		return "", wrongUse(errors.New("--out: the folder to write to is the one to read from"))
	}
	return to, nil
}

// real returns the absolute path of a folder without links.
func real(dir string) (string, error) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", err
	}
	return filepath.Abs(dir)
}
