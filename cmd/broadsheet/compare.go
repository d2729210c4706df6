package main

import (
	"errors"
	"fmt"
	"io"

	"broadsheet/cmd/broadsheet/report"
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
		write := map[string]func(seen.Report, io.Writer) error{
			"text": seen.Report.WriteText, "json": seen.Report.WriteJSON,
		}[format]
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

func compare(cmd *cobra.Command, dir, against string, write func(seen.Report, io.Writer) error) error {
	settings, _, err := load(cmd, dir)
	if err != nil {
		return err
	}
	feed, err := readFeed(cmd, against)
	if err != nil {
		return err
	}
	read, err := readOnce(cmd.Context(), settings, "")
	if err != nil {
		return err
	}
	report.Text(cmd.ErrOrStderr(), report.Errors(read.Problems))
	found := seen.Compare(feed, read.Library.Posts, func(p *blog.Post) string {
		if feed.Format == "rss" && settings.LinkPosts == "target" && p.ExternalURL() != "" {
			return p.ExternalURL()
		}
		return p.URL
	})
	if err := write(found, cmd.OutOrStdout()); err != nil {
		return broken(err)
	}
	if !found.Clean() {
		return broken(nil)
	}
	return nil
}

// readFeed reads a feed. A feed that cannot be read is wrong use, since the command depends on it.
func readFeed(cmd *cobra.Command, ref string) (seen.Feed, error) {
	feed, err := seen.Read(cmd.Context(), ref, seen.Options{UserAgent: "Broadsheet/" + version})
	if err != nil {
		return seen.Feed{}, wrongUse(err)
	}
	return feed, nil
}
