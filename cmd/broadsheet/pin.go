package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/cmd/broadsheet/ids"
	"broadsheet/cmd/broadsheet/once"
	"broadsheet/cmd/broadsheet/report"
	"broadsheet/cmd/broadsheet/seen"
	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/disk"
	"broadsheet/internal/frontmatter/edit"
	"broadsheet/internal/source"

	"github.com/spf13/cobra"
)

func newPin() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "pin [DIR]",
		Short: "Write the ids of posts into their front matter",
		Long: `Pin gives each post of DIR (./posts by default) that states no id a line with the
id that its entries have now, drafts included: no change of the file's name, its
date, or the site's address will ever make readers show it again. Nothing else of
a file changes, its owner, mode and links included, and a second run changes nothing.
A file that is read-only is left alone, and named. It prints "FILE: ID" for each.

With --from the ids are those of FEED, the path or the URL of an RSS, Atom or JSON
feed, whose entries are matched with the public posts by id, by link, and by title
and day; --url and --permalink say what the posts' links are. A post that FEED does
not have is left alone, and named, as is an entry that no post matches; run pin
again without --from for the rest.

Ids follow from the files alone, not from the state that a running service keeps;
where posts were renamed while one ran, take its ids with --from. Without --from
an id authority or a URL must be set.

It ends with 1 when a post was left without an id because of what its file is like,
and 2 on wrong use, or when FEED cannot be read.`,
		Example: `  broadsheet pin posts --url https://example.org --dry-run
  broadsheet pin posts --from https://example.org/feed.xml --url https://example.org`,
		Args: cobra.MaximumNArgs(1),
	}
	var from string
	var dry bool
	cmd.Flags().StringVar(&from, "from", "", "path or URL of a feed whose ids the posts are to keep")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "print what would be written, and write nothing")
	addSettings(cmd, config.Site)
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return pin(cmd, dirOf(args), from, dry) }
	return cmd
}

func pin(cmd *cobra.Command, dir, from string, dry bool) error {
	settings, origins, err := load(cmd, dir)
	if err != nil {
		return err
	}
	if from == "" && !hasAuthority(settings, origins) {
		return wrongUse(fmt.Errorf("ids are to stay for good: set --url or --id-authority first (%q is a stand-in)",
			settings.Authority))
	}
	var feed seen.Feed
	if from != "" {
		feed, err = readFeed(cmd, from)
		if err != nil {
			return err
		}
	}
	read, err := readOnce(cmd.Context(), settings, "")
	if err != nil {
		return err
	}
	p := &pinning{
		Reading: read, settings: settings, adopting: from != "",
		out: cmd.OutOrStdout(), err: cmd.ErrOrStderr(), dry: dry,
	}
	p.left(report.Errors(read.Problems)...)
	if from != "" {
		matched := seen.Match(feed, read.Library.Posts)
		known := seen.IDs(feed, matched)
		p.pinAll(known)
		p.tellRest(feed, matched)
	} else {
		p.pinAll(p.idsNow())
	}
	return p.end()
}

// pinning is one run of pin.
type pinning struct {
	*once.Reading
	settings config.Settings
	adopting bool // ids are those of a feed
	out, err io.Writer
	dry      bool

	pinned, had, failed int
	without             []string // paths of posts that got no id and have none
}

// left prints the files that were left without an id, and why.
func (p *pinning) left(problems ...blog.Problem) {
	p.failed += len(problems)
	report.Text(p.err, problems)
}

// idsNow returns the id of each post by path.
func (p *pinning) idsNow() map[string]string {
	ids := map[string]string{}
	for path, identity := range p.Library.IDs() {
		ids[path] = identity.ID
	}
	return ids
}

// pinAll gives each post its id, unless it has one.
func (p *pinning) pinAll(known map[string]string) {
	if !p.dry {
		p.sweep()
	}
	for _, f := range p.Files.Files {
		if _, isPost := p.Library.IDs()[f.Path]; !isPost {
			continue
		}
		data, err := f.Text()
		if err != nil {
			p.left(problemOf(f, errChanged))
			continue
		}
		f.Data = data
		key, value := ids.Stated(f, p.settings.Generator.Kind)
		id, isKnown := known[f.Path]
		target := p.linked(f)
		switch {
		case target != "":
			fmt.Fprintf(p.out, "%s: a link to %s, which has its own line\n", f.Path, target)
		case p.adopting && isKnown && id != value && !strings.EqualFold(key, "id"):
			p.pinOne(f, id) // it is stronger than what other keys say
		case key != "" && value == "":
			p.left(problemOf(f, fmt.Errorf("its key %q holds no id; fill it in, or take it out", key)))
		case key != "":
			p.had++
			if isKnown && id != value && id != p.Library.IDs()[f.Path].ID {
				fmt.Fprintf(p.out, "%s: keeps its id %s; the feed has %s\n",
					f.Path, report.Printable(value), report.Printable(id))
			}
		case isKnown:
			p.pinOne(f, id)
		default:
			p.without = append(p.without, f.Path)
		}
	}
}

// sweep removes temporary files that a killed run left beside the posts.
func (p *pinning) sweep() {
	dir, err := os.OpenRoot(p.Files.Root)
	if err != nil {
		return // there is nothing to write to either
	}
	defer dir.Close() //nolint:errcheck // nothing was written
	swept := map[string]bool{}
	for _, f := range p.Files.Files {
		if folder := filepath.Dir(filepath.FromSlash(f.Path)); !swept[folder] {
			swept[folder] = true
			disk.Sweep(dir, folder)
		}
	}
}

// linked returns the post that the file is a link to; empty if it is no link. Two ids cannot be
// written into one file.
func (p *pinning) linked(f source.File) string {
	name, err := disk.RealName(p.Files.Root, f.Path)
	isFile := func(other source.File) bool { return other.Path == filepath.ToSlash(name) }
	if err != nil || filepath.ToSlash(name) == f.Path || !slices.ContainsFunc(p.Files.Files, isFile) {
		return ""
	}
	return filepath.ToSlash(name)
}

func (p *pinning) pinOne(f source.File, id string) {
	data, err := edit.WithID(f.Path, f.Data, id)
	if err == nil {
		err = ids.SameBut(f, data, id, p.settings)
	}
	if err == nil && !p.dry {
		err = advise(disk.Rewrite(p.Files.Root, f.Path, f.Data, data))
	}
	if err != nil {
		p.left(problemOf(f, err))
		return
	}
	p.pinned++
	fmt.Fprintf(p.out, "%s: %s\n", f.Path, report.Printable(id))
}

// advise adds to an error of disk.Rewrite what can be done about it.
func advise(err error) error {
	switch {
	case errors.Is(err, disk.ErrChanged):
		return errChanged
	case errors.Is(err, disk.ErrReadOnly):
		return fmt.Errorf("%w; make it writable, or write the line into it", err)
	}
	return err
}

var errChanged = fmt.Errorf("%w; run pin again", disk.ErrChanged)

func problemOf(f source.File, err error) blog.Problem {
	var known blog.Problem
	if errors.As(err, &known) {
		return known
	}
	return blog.Problem{File: f.Path, Severity: blog.Error, Message: err.Error()}
}

// tellRest prints the posts that neither have an id nor got one from the feed, and the entries
// without a post.
func (p *pinning) tellRest(feed seen.Feed, matched []*blog.Post) {
	public := map[string]bool{}
	for _, post := range p.Library.Posts {
		public[post.Path] = true
	}
	for _, path := range p.without {
		if public[path] { // no feed has the others
			fmt.Fprintf(p.out, "%s: no id in the feed\n", path)
		}
	}
	for i, e := range feed.Entries {
		if matched[i] == nil {
			fmt.Fprintf(p.out, "no post for the entry %s: %s\n", report.Printable(e.Name()), report.Printable(e.Title))
		}
	}
}

// end prints the numbers.
func (p *pinning) end() error {
	done := "pinned"
	if p.dry {
		done = "to be pinned"
	}
	fmt.Fprintf(p.err, "%d %s, %d had an id, %d left alone\n", p.pinned, done, p.had, p.failed)
	if p.failed > 0 {
		return broken(nil)
	}
	return nil
}
