package jekyll

import (
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// dates follows what YAML and Ruby make of a date together: one with seconds
// that names no zone is UTC, unless it is quoted; any other is local.
func (j jekyll) dates(r *rules.Reading) error {
	published, err := j.published(r)
	if err != nil {
		return err
	}
	r.Post.Published, r.Post.Updated = published, published
	if v, key, ok := r.Find(meta.Updated); ok {
		switch updated, err := j.date(r, v, key); {
		case err != nil:
			r.Warn(v.Line, key+" is left out: "+err.Error())
		case updated.After(published):
			r.Post.Updated = updated
		}
	}
	return nil
}

func (j jekyll) published(r *rules.Reading) (time.Time, error) {
	v, key, ok := r.Find(meta.Published)
	if !ok {
		return r.PublishedByName()
	}
	published, err := j.date(r, v, key)
	if err != nil && r.Name.Date != "" {
		r.Warn(v.Line, key+": "+err.Error()+"; the date of the file's name is used")
		return r.PublishedByName()
	}
	if err != nil {
		return time.Time{}, blog.Problem{File: r.File.Path, Line: v.Line, Severity: blog.Error, Message: key + ": " + err.Error()}
	}
	return published, nil
}

func (j jekyll) date(r *rules.Reading, v meta.Value, key string) (time.Time, error) {
	d, err := dates.Parse(v.Text, j.zone)
	if err == nil && d.HasClock && d.HasSeconds && !d.HasZone && !d.Halved && !v.Quoted && d.Warning == "" {
		d, err = dates.Parse(v.Text, time.UTC)
	}
	if err == nil && d.Warning != "" {
		r.Warn(v.Line, key+": "+d.Warning)
	}
	return d.Time, err
}
