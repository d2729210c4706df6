package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode"

	"broadsheet/cmd/broadsheet/seen"
	"broadsheet/internal/blog"
	"broadsheet/internal/config"

	"github.com/spf13/cobra"
)

func newCompare() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "compare [DIR] --against FEED",
		Short: "Say what subscribers of a feed would see if these posts replaced it",
		Long: `Compare reads FEED, the path or the URL of an RSS, Atom or JSON feed, and says what
its subscribers would see if the feeds made from DIR (./posts by default) took its
place. Of each entry of FEED that is

  shown again    its post has another id, so that readers take it for a new one
  lost           there is no post for it
  changed link, changed date, changed title
                 readers show it differently

Entries and posts are matched by id, by link, and by title and day. All public
posts count, not only the newest; those that FEED does not have are new. Ids follow
from the files alone, not from the state that a running service keeps; to write
those of FEED into the posts, see "broadsheet pin --from".

It ends with 0 when nothing would be shown again or be lost, 1 when something
would, 2 on wrong use, or when FEED cannot be read.`,
		Example: `  broadsheet compare posts --against https://example.org/feed.xml --url https://example.org
  broadsheet compare posts --against old/feed.xml --format json`,
		Args: cobra.MaximumNArgs(1),
	}
	var against, format string
	cmd.Flags().StringVar(&against, "against", "", "path or URL of the feed that is to be replaced (required)")
	cmd.Flags().StringVar(&format, "format", "text", "form of the report: text or json")
	_ = cmd.RegisterFlagCompletionFunc("format",
		cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	addSettings(cmd, config.Site)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		write := map[string]func(io.Writer, seen.Report) error{"text": writeReport, "json": writeReportJSON}[format]
		switch {
		case against == "":
			return wrongUse(errors.New("--against is needed: the path or the URL of a feed"))
		case write == nil:
			return wrongUse(fmt.Errorf("--format: %q is none of text, json", format))
		}
		return compare(cmd, dirOf(args), against, write)
	}
	return cmd
}

func compare(cmd *cobra.Command, dir, against string, write func(io.Writer, seen.Report) error) error {
	settings, _, err := load(cmd, dir)
	if err != nil {
		return err
	}
	feed, err := readFeed(cmd, against)
	if err != nil {
		return err
	}
	read, err := once(cmd.Context(), settings, "")
	if err != nil {
		return err
	}
	writeText(cmd.ErrOrStderr(), errorsOf(read.problems))
	report := seen.Compare(feed, read.Library.Posts, func(p *blog.Post) string {
		if feed.Format == "rss" && settings.LinkPosts == "target" && p.ExternalURL != "" {
			return p.ExternalURL
		}
		return p.URL
	})
	if err := write(cmd.OutOrStdout(), report); err != nil {
		return broken(err)
	}
	if !report.Clean() {
		return broken(nil)
	}
	return nil
}

// readFeed reads somebody's feed. One that cannot be read is wrong use: nothing
// can be said of the posts without it.
func readFeed(cmd *cobra.Command, ref string) (seen.Feed, error) {
	feed, err := seen.Read(cmd.Context(), ref, seen.Options{UserAgent: "Broadsheet/" + version})
	if err != nil {
		return seen.Feed{}, wrongUse(err)
	}
	return feed, nil
}

// errorsOf returns the problems that keep a post from being published.
func errorsOf(problems []blog.Problem) []blog.Problem {
	var grave []blog.Problem
	for _, p := range problems {
		if p.Severity == blog.Error {
			grave = append(grave, p)
		}
	}
	blog.SortProblems(grave)
	return grave
}

func writeReportJSON(w io.Writer, r seen.Report) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// writeReport writes a line for each finding, and one with their numbers.
func writeReport(w io.Writer, r seen.Report) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, list := range []struct {
		kind     string
		findings []seen.Finding
	}{
		{"shown again", r.ShownAgain}, {"lost", r.Lost},
		{"changed link", r.ChangedLink}, {"changed date", r.ChangedDate}, {"changed title", r.ChangedTitle},
	} {
		for _, f := range list.findings {
			name := seen.Entry{ID: f.ID, Link: f.Link, Title: f.Title}.Name()
			fmt.Fprintf(table, "%s\t%s\t%s\n", list.kind, printable(name), printable(detail(f)))
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%d shown again, %d lost, %d changed links, %d changed dates, %d changed titles, %d new, %d same\n",
		len(r.ShownAgain), len(r.Lost), len(r.ChangedLink), len(r.ChangedDate), len(r.ChangedTitle), r.New, r.Same)
	return err
}

func detail(f seen.Finding) string {
	if f.File == "" {
		return f.Title
	}
	return fmt.Sprintf("%s: %s -> %s", f.File, f.Was, f.Now)
}

// printable makes one line of a text that comes from elsewhere, without what a
// terminal would take for a command.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}
