package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// edited is the date of the last change of the manual. A page must not have the date of its
// printing.
var edited = time.Date(2026, time.November, 24, 0, 0, 0, 0, time.UTC)

func newMan() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "man",
		Short: "Print the manual page, or write a page for each command",
		Example: `  broadsheet man | man -l -
  broadsheet man --dir /usr/local/share/man/man1`,
		Args: cobra.NoArgs,
	}
	var dir string
	cmd.Flags().StringVar(&dir, "dir", "",
		"folder to write one page for each command to; by default the main page is printed")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		header := &doc.GenManHeader{
			Title: "BROADSHEET", Section: "1", Date: &edited, Source: "Broadsheet", Manual: "Broadsheet",
		}
		root := cmd.Root()
		root.DisableAutoGenTag = true
		if dir == "" {
			return doc.GenMan(root, header, cmd.OutOrStdout())
		}
		if err := doc.GenManTree(root, header, dir); err != nil {
			return broken(fmt.Errorf("write the manual: %w", err))
		}
		return nil
	}
	return cmd
}
