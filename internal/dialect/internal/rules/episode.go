package rules

import (
	"reflect"
	"strconv"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
)

// episode fills in what the post says of itself as part of a podcast. The
// addresses stay as written; see attached.
func (r *Reading) episode() {
	e := &blog.Episode{}
	e.Number, e.Season = r.count(meta.Episode), r.count(meta.Season)
	if v, _, ok := r.Find(meta.Season); ok && v.Kind == meta.Map && e.Season > 0 {
		e.SeasonName = markdown.Written(values.TextIn(v.Map, "name", "title"))
	}
	e.Title = markdown.Plain(r.Text(meta.EpisodeTitle), 0)
	e.Image, e.Chapters = r.Text(meta.EpisodeImage), r.Text(meta.Chapters)
	r.unread(meta.Chapters, e.Chapters, "the address of a file in JSON")
	e.Location = markdown.Plain(r.Text(meta.Location), 0)
	switch kind := strings.ToLower(r.Text(meta.EpisodeType)); kind {
	case "full", "trailer", "bonus":
		e.Kind = kind
	}
	switch strings.ToLower(r.Text(meta.Explicit)) {
	case "true", "yes", "on", "explicit":
		e.Explicit = "true"
	case "false", "no", "off", "clean", "none":
		e.Explicit = "false"
	}
	if v, _, ok := r.Find(meta.Transcripts); ok {
		e.Transcripts = values.Transcripts(v)
	}
	for _, cast := range []struct {
		field meta.Field
		role  string
	}{{meta.Hosts, "host"}, {meta.Guests, "guest"}, {meta.People, ""}} {
		if v, _, ok := r.Find(cast.field); ok {
			e.People = append(e.People, values.People(v, cast.role)...)
		}
	}
	if !reflect.ValueOf(*e).IsZero() {
		r.Post.Extra().Episode = e
	}
}

// unread warns where a field is written and nothing was read from it.
func (r *Reading) unread(f meta.Field, read, wanted string) {
	if v, key, ok := r.Find(f); ok && read == "" {
		r.Warn(v.Line, key+" is left out: it must be "+wanted)
	}
}

// count reads a number from 1 on, which may be part of a map with a name; 0 is
// none.
func (r *Reading) count(f meta.Field) int {
	v, _, ok := r.Find(f)
	if !ok {
		return 0
	}
	text := values.First(v.Strings())
	if v.Kind == meta.Map {
		text = values.TextIn(v.Map, "number", "no", "value")
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1e6 {
		return 0
	}
	return n
}
