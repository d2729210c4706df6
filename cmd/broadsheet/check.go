package main

import (
	"fmt"
	"slices"

	"broadsheet/cmd/broadsheet/report"
	"broadsheet/internal/blog"
	"broadsheet/internal/config"

	"github.com/spf13/cobra"
)

func newCheck() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Say what is wrong with the posts of a folder",
		Long: `Check reads every post in DIR (./posts by default), renders it, and checks every
feed as serve does before it publishes one. It also looks for links between posts
that lead nowhere, for pictures and other files that are not there, for permalinks
that two posts claim, for ids that others may have too, and for posts that hold next
to nothing. It prints each problem with its file and line, those of one cause once,
and ends with 0 when there is none, 1 when there is any, 2 on wrong use.`,
		Example: `  broadsheet check posts
  broadsheet check posts --format github`,
		Args: cobra.MaximumNArgs(1),
	}
	var format string
	cmd.Flags().StringVar(&format, "format", "text", "form of the report: text, json or github")
	_ = cmd.RegisterFlagCompletionFunc("format",
		cobra.FixedCompletions([]string{"text", "json", "github"}, cobra.ShellCompDirectiveNoFileComp))
	addSettings(cmd, config.Site)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		write := report.Formats[format]
		if write == nil {
			return wrongUse(fmt.Errorf("--format: %q is none of text, json, github", format))
		}
		return check(cmd, dirOf(args), write)
	}
	return cmd
}

func check(cmd *cobra.Command, dir string, write report.Format) error {
	settings, _, err := load(cmd, dir)
	if err != nil {
		return err
	}
	read, err := readOnce(cmd.Context(), settings, "")
	if err != nil {
		return err
	}
	problems := slices.Concat(read.Problems, read.Library.Lost(), read.Library.LocalIDs(), read.Edition.Lint())
	blog.SortProblems(problems)
	problems = blog.Gather(slices.Compact(problems))
	if err := write(cmd.OutOrStdout(), dir, problems); err != nil {
		return broken(err)
	}
	if len(problems) > 0 {
		return broken(nil)
	}
	return nil
}
