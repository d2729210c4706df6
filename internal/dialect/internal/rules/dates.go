package rules

import (
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/paths"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// bareDates fills in when the post was published, changed and will expire. Only
// the first is needed; the others are left out, with a warning, when they
// cannot be read.
func (r *Reading) bareDates() error {
	published, err := r.published()
	if err != nil {
		return err
	}
	r.Post.Published, r.Post.Updated = published, published
	if updated := r.optionalDate(meta.Updated); updated.After(published) {
		r.Post.Updated = updated
	}
	r.Post.Extra().Expires = r.optionalDate(meta.Expires)
	r.NotBefore = r.embargo()
	return nil
}

func (r *Reading) published() (time.Time, error) {
	v, key, ok := r.Find(meta.Published)
	if !ok {
		if date, slug := paths.DateOfPath(r.File.Path); r.Name.Date == "" && date != "" {
			r.Name.Date, r.Name.Slug = date, slug
		}
		return r.PublishedByName()
	}
	d, err := dates.Parse(v.Text, r.Site.Zone)
	if err != nil {
		return time.Time{}, blog.Problem{File: r.File.Path, Line: v.Line, Severity: blog.Error, Message: key + ": " + err.Error()}
	}
	if d.Warning != "" {
		r.Warn(v.Line, key+": "+d.Warning)
	}
	return d.Time, nil
}

// PublishedByName returns the date that the file is named after. A draft may do without.
func (r *Reading) PublishedByName() (time.Time, error) {
	if r.Name.Date == "" && r.state == Draft && r.File.Modified != 0 { // it has all the time in the world
		return r.File.Modified.Time().UTC().Truncate(time.Second), nil
	}
	if r.Name.Date == "" {
		return time.Time{}, blog.Problem{File: r.File.Path, Line: 1, Severity: blog.Error,
			Message: `the post has no date: expected "date: 2006-01-02" in its front matter, or a file name that begins with 2006-01-02-`}
	}
	d, err := dates.Parse(r.Name.Date, r.Site.Zone)
	if err != nil {
		return time.Time{}, blog.Problem{File: r.File.Path, Line: 1, Severity: blog.Error, Message: "the file's name: " + err.Error()}
	}
	return d.Time, nil
}

func (r *Reading) optionalDate(f meta.Field) time.Time {
	v, key, ok := r.Find(f)
	if !ok {
		return time.Time{}
	}
	d, err := dates.Parse(v.Text, r.Site.Zone)
	if err != nil {
		r.Warn(v.Line, key+" is left out: "+err.Error())
		return time.Time{}
	}
	if d.Warning != "" {
		r.Warn(v.Line, key+": "+d.Warning)
	}
	return d.Time
}
