package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"broadsheet/internal/blog"
	"broadsheet/internal/config"
	"broadsheet/internal/library"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"
)

func newNew() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new TITLE",
		Short: "Begin a new post",
		Long: `New makes a file for a post, named after today's date and the title, with a date
and an id in its front matter, and prints its name. It never overwrites a file.`,
		Example: `  broadsheet new "A fine day" --dir posts`,
		Args:    cobra.ExactArgs(1),
	}
	var dir string
	cmd.Flags().StringVar(&dir, "dir", defaultDir, "the posts folder")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		settings, _, err := load(cmd, dir)
		if err != nil {
			return err
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

// begin writes the file of a new post and returns its name.
func begin(s config.Settings, title string, now time.Time) (string, error) {
	title = strings.Join(strings.Fields(title), " ")
	slug := slugOf(title)
	if slug == "" {
		return "", wrongUse(errors.New("the title must hold a letter or a digit"))
	}
	now = now.In(s.Zone).Truncate(time.Second)
	id := library.TagURI(s.Authority, &blog.Post{Published: now, Slug: slug})
	text := fmt.Sprintf("---\ntitle: %s\ndate: %s\nid: %s\n---\n\n", strconv.Quote(title), now.Format(time.RFC3339), strconv.Quote(id))
	name := filepath.Join(s.Dir, now.Format(time.DateOnly)+"-"+slug+".md")
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", broken(fmt.Errorf("begin a post: %w", err))
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return "", broken(fmt.Errorf("begin a post: %w", err))
	}
	return name, nil
}

// slugOf returns the letters and digits of a title, of any script, in lower
// case, with a hyphen for each run of anything else.
func slugOf(title string) string {
	words := strings.FieldsFunc(norm.NFC.String(strings.ToLower(title)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return strings.Join(words, "-")
}
