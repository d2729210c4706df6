package rules

import (
	"strconv"
	"strings"

	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/markdown"
)

// episode fills in what the post says of itself as part of a podcast. The
// addresses stay as written; see attached.
func (r *Reading) episode() {
	e := &r.Post.Episode
	e.Number, e.Season = r.count(frontmatter.Episode), r.count(frontmatter.Season)
	if v, _, ok := r.Find(frontmatter.Season); ok && v.Kind == frontmatter.Map && e.Season > 0 {
		e.SeasonName = markdown.Written(values.TextIn(v.Map, "name", "title"))
	}
	e.Title = markdown.Plain(r.Text(frontmatter.EpisodeTitle), 0)
	e.Image, e.Chapters = r.Text(frontmatter.EpisodeImage), r.Text(frontmatter.Chapters)
	r.unread(frontmatter.Chapters, e.Chapters, "the address of a file in JSON")
	e.Location = markdown.Plain(r.Text(frontmatter.Location), 0)
	switch kind := strings.ToLower(r.Text(frontmatter.EpisodeType)); kind {
	case "full", "trailer", "bonus":
		e.Kind = kind
	}
	switch strings.ToLower(r.Text(frontmatter.Explicit)) {
	case "true", "yes", "on", "explicit":
		e.Explicit = "true"
	case "false", "no", "off", "clean", "none":
		e.Explicit = "false"
	}
	if v, _, ok := r.Find(frontmatter.Transcripts); ok {
		e.Transcripts = values.Transcripts(v)
	}
	for _, cast := range []struct {
		field frontmatter.Field
		role  string
	}{{frontmatter.Hosts, "host"}, {frontmatter.Guests, "guest"}, {frontmatter.People, ""}} {
		if v, _, ok := r.Find(cast.field); ok {
			e.People = append(e.People, values.People(v, cast.role)...)
		}
	}
}

// unread warns where a field is written and nothing was read from it.
func (r *Reading) unread(f frontmatter.Field, read, wanted string) {
	if v, key, ok := r.Find(f); ok && read == "" {
		r.Warn(v.Line, key+" is left out: it must be "+wanted)
	}
}

// count reads a number from 1 on, which may be part of a map with a name; 0 is
// none.
func (r *Reading) count(f frontmatter.Field) int {
	v, _, ok := r.Find(f)
	if !ok {
		return 0
	}
	text := values.First(v.Strings())
	if v.Kind == frontmatter.Map {
		text = values.TextIn(v.Map, "number", "no", "value")
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1e6 {
		return 0
	}
	return n
}
