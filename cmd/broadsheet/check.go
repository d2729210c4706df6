package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

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
		write := reports[format]
		if write == nil {
			return wrongUse(fmt.Errorf("--format: %q is none of text, json, github", format))
		}
		return check(cmd, dirOf(args), write)
	}
	return cmd
}

func check(cmd *cobra.Command, dir string, write report) error {
	settings, _, err := load(cmd, dir)
	if err != nil {
		return err
	}
	read, err := once(cmd.Context(), settings, "")
	if err != nil {
		return err
	}
	problems := slices.Concat(read.problems, read.Library.Lost(), read.Library.LocalIDs(), read.Edition.Lint())
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

// report writes problems in one form.
type report func(w io.Writer, dir string, problems []blog.Problem) error

var reports = map[string]report{
	"text": func(w io.Writer, _ string, problems []blog.Problem) error {
		writeText(w, problems)
		return nil
	},
	"json":   writeJSON,
	"github": writeGitHub,
}

func writeText(w io.Writer, problems []blog.Problem) {
	for _, p := range problems {
		name := p.File
		if p.Line > 0 {
			name = fmt.Sprintf("%s:%d", p.File, p.Line)
		}
		if name != "" {
			name += ": "
		}
		fmt.Fprintf(w, "%s%s: %s\n", name, p.Severity, p.Message)
	}
}

func writeJSON(w io.Writer, _ string, problems []blog.Problem) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(append([]blog.Problem{}, problems...))
}

// writeGitHub writes annotations (GitHub Actions workflow commands). Their
// files are named from the working directory, which is where a workflow runs.
func writeGitHub(w io.Writer, dir string, problems []blog.Problem) error {
	for _, p := range problems {
		file := path.Join(filepath.ToSlash(dir), p.File)
		_, err := fmt.Fprintf(w, "::%s file=%s,line=%d::%s\n", p.Severity, property.Replace(file), max(p.Line, 1), data.Replace(p.Message))
		if err != nil {
			return err
		}
	}
	return nil
}

// What the values of workflow commands must escape.
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
