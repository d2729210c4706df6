package jekyll

import (
	"regexp"
	"strings"
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
		return j.publishedByName(r)
	}
	published, err := j.date(r, v, key)
	if err != nil && r.Name.Date != "" {
		r.Warn(v.Line, key+": "+err.Error()+"; the date of the file's name is used")
		return j.publishedByName(r)
	}
	if err != nil {
		return time.Time{}, blog.Problem{File: r.File.Path, Line: v.Line, Severity: blog.Error, Message: key + ": " + err.Error()}
	}
	return published, nil
}

func (j jekyll) date(r *rules.Reading, v meta.Value, key string) (time.Time, error) {
	text := withCentury(v.Text)
	d, err := dates.ParseRolling(text, j.zone)
	if err == nil && d.HasClock && d.HasSeconds && !d.HasZone && !d.Halved && !v.Quoted && text == v.Text && isYAML(d) {
		d, err = dates.ParseRolling(text, time.UTC)
	}
	if err == nil && d.Warning != "" {
		r.Warn(v.Line, key+": "+d.Warning)
	}
	return d.Time, err
}

// isYAML reports whether a date that was read is in a form that YAML knows: nothing is odd
// about it but its day.
func isYAML(d dates.Date) bool { return d.Warning == "" || d.Rolled }

// publishedByName returns the date that the file is named after. The zone of the site is that of
// the name, too.
func (j jekyll) publishedByName(r *rules.Reading) (time.Time, error) {
	d, err := dates.ParseRolling(withCentury(r.Name.Date), j.zone)
	if err != nil {
		return r.PublishedByName()
	}
	if d.Warning != "" {
		r.Warn(0, "the file's name: "+d.Warning)
	}
	return d.Time, nil
}

// shortYear matches a date with a year of two or three digits.
var shortYear = regexp.MustCompile(`^\d{2,3}-\d{1,2}-\d{1,2}(?:\D|$)`)

// withCentury completes the year of a date as Ruby does: one of two digits is within 1969 to
// 2068, and one of three is as it stands.
func withCentury(text string) string {
	switch year, _, _ := strings.Cut(text, "-"); {
	case !shortYear.MatchString(text):
		return text
	case len(year) == 3:
		return "0" + text
	case year < "69":
		return "20" + text
	}
	return "19" + text
}
