package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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

// hasAuthority reports whether the authority of ids was chosen by somebody,
// rather than taken from the address that the service listens on.
func hasAuthority(s config.Settings, origins []config.Origin) bool {
	return s.URLConfigured || slices.ContainsFunc(origins, func(o config.Origin) bool {
		return o.Key == "id-authority" && o.From != "default"
	})
}

// begin writes the file of a new post and returns its name. Without an
// authority the post's id is a random one.
func begin(s config.Settings, title string, now time.Time) (string, error) {
	title = strings.Join(strings.Fields(strings.ToValidUTF8(title, "\ufffd")), " ")
	slug := shorten(slugOf(title))
	if slug == "" {
		return "", wrongUse(errors.New("the title must hold a letter or a digit"))
	}
	now = now.In(s.Zone).Truncate(time.Second)
	if _, err := os.Stat(s.Dir); err != nil {
		return "", wrongUse(fmt.Errorf("begin a post: %w", err))
	}
	id := newID(s, &blog.Post{Published: now, Slug: slug})
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

// newID returns the id of a new post. It is to stay for good, so that no
// stand-in will do for an authority that is not known yet.
func newID(s config.Settings, p *blog.Post) string {
	if s.Authority == "" {
		return "urn:uuid:" + randomUUID()
	}
	return library.TagURI(s.Authority, p)
}

// randomUUID returns a UUID of version 4 (RFC 9562 section 5.4).
func randomUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// shorten cuts a slug at a hyphen, so that it can be a file's name.
func shorten(slug string) string {
	const longest = 120 // bytes
	if len(slug) <= longest {
		return slug
	}
	cut := strings.ToValidUTF8(slug[:longest], "")
	if at := strings.LastIndexByte(cut, '-'); at > 0 {
		cut = cut[:at]
	}
	return cut
}

// slugOf returns the letters and digits of a title, of any script, in lower
// case, with a hyphen for each run of anything else.
func slugOf(title string) string {
	words := strings.FieldsFunc(norm.NFC.String(strings.ToLower(title)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return strings.Join(words, "-")
}
