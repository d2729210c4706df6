package clean

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"broadsheet/internal/blog"
)

// Post returns a copy of p in which all that feeds show is fit for them:
// Updated is never before Published, every author has a name, no author and no
// term comes twice. It is an error when the id is blank, when there is no date
// of publication, and when a date lies outside the years 1 to 9999: those
// cannot be mended without inventing an identity or a date.
func Post(p *blog.Post) (*blog.Post, error) {
	out := p.Copy()
	extras := out.Extra()
	out.ID, out.Title, out.URL = Line(p.ID), Line(p.Title), URL(p.URL)
	extras.Language, extras.ExternalURL = Language(p.Language()), URL(p.ExternalURL())
	i := p.Image()
	extras.Image = blog.Image{URL: URL(i.URL), Alt: Line(i.Alt), Type: MIME(i.Type), Size: max(i.Size, 0)}
	extras.Enclosures = enclosures(p.Enclosures())
	if extras.Episode != nil {
		e := episode(*extras.Episode)
		extras.Episode = &e
	}
	out.Authors, out.Terms = People(p.Authors), terms(p.Terms)
	if out.ID == "" {
		return nil, errors.New("no id")
	}
	if p.Published.IsZero() {
		return nil, errors.New("no date of publication")
	}
	var err error
	if out.Published, err = Moment(p.Published); err != nil {
		return nil, err
	}
	if out.Updated, err = Moment(p.Updated); err != nil {
		return nil, err
	}
	if out.Updated.Before(out.Published) {
		out.Updated = out.Published
	}
	return out, nil
}

// Moment returns t as feeds give dates: in UTC, because odd zones are flagged
// by validators, and to the second, which is all that RSS can say. A year that
// does not fit into four digits is an error.
func Moment(t time.Time) (time.Time, error) {
	t = t.UTC().Truncate(time.Second)
	if year := t.Year(); year < 1 || year > 9999 {
		return t, fmt.Errorf("the year %d lies outside 1 to 9999", year)
	}
	return t, nil
}

// People returns the authors fit to print, without repeats. One who gave no
// name is known by the e-mail address or the URL; one who gave nothing is left
// out.
func People(authors []blog.Author) []blog.Author {
	var out []blog.Author
	for _, a := range authors {
		a = blog.Author{Name: Line(a.Name), Email: Email(a.Email), URL: URL(a.URL)}
		if a = a.Named(); a.Name != "" && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

func terms(named []blog.Term) []blog.Term {
	var out []blog.Term
	for _, t := range named {
		t.Name = Line(t.Name)
		if t.Name != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// Names returns the terms' names without repeats, for the formats that
// know no kinds of term.
func Names(terms []blog.Term) []string {
	var out []string
	for _, t := range terms {
		if !slices.Contains(out, t.Name) {
			out = append(out, t.Name)
		}
	}
	return out
}
