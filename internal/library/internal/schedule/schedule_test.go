package schedule_test

import (
	"reflect"
	"testing"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/library/internal/parse"
	"broadsheet/internal/library/internal/schedule"
)

var (
	now       = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	yesterday = now.AddDate(0, 0, -1)
	tomorrow  = now.AddDate(0, 0, 1)
	in2Days   = now.AddDate(0, 0, 2)
	never     time.Time
)

func file(state dialect.State, published, expires time.Time) *parse.File {
	p := &blog.Post{Published: published, Terms: []blog.Term{{Kind: blog.Tag, Name: "Notes"}}}
	p.Extra().Expires = expires
	return &parse.File{State: state, Post: p}
}

func TestClassFollowsFromStateMomentAndSettings(t *testing.T) {
	drafts, future := schedule.Rules{Drafts: true}, schedule.Rules{Future: true}
	notes := schedule.Rules{Exclude: []blog.Term{{Name: "notes"}}}
	for name, c := range map[string]struct {
		rules schedule.Rules
		file  *parse.File
		want  schedule.Class
		until time.Time
		mark  blog.Mark
	}{
		"public":                      {file: file(dialect.Public, yesterday, never), want: schedule.Listed},
		"public from this second":     {file: file(dialect.Public, now, never), want: schedule.Listed},
		"public until tomorrow":       {file: file(dialect.Public, yesterday, tomorrow), want: schedule.Listed, until: tomorrow},
		"expired at this second":      {file: file(dialect.Public, yesterday, now), want: schedule.Expired},
		"expired":                     {file: file(dialect.Public, yesterday.AddDate(0, 0, -1), yesterday), want: schedule.Expired},
		"due tomorrow":                {file: file(dialect.Public, tomorrow, in2Days), want: schedule.Scheduled, until: tomorrow},
		"due, and asked for":          {future, file(dialect.Public, tomorrow, never), schedule.Listed, tomorrow, blog.Scheduled},
		"expires before it is due":    {future, file(dialect.Public, in2Days, tomorrow), schedule.Listed, tomorrow, blog.Scheduled},
		"due after it expires":        {future, file(dialect.Public, tomorrow, yesterday), schedule.Expired, never, blog.Scheduled},
		"due, where that is no rule":  {schedule.Rules{Early: true}, file(dialect.Public, tomorrow, never), schedule.Listed, never, ""},
		"draft":                       {file: file(dialect.Draft, yesterday, never), want: schedule.Draft},
		"draft, due tomorrow":         {file: file(dialect.Draft, tomorrow, never), want: schedule.Draft},
		"draft, asked for":            {drafts, file(dialect.Draft, yesterday, never), schedule.Listed, never, blog.Draft},
		"draft, asked for, and due":   {drafts, file(dialect.Draft, tomorrow, never), schedule.Scheduled, tomorrow, blog.Draft},
		"draft, future asked for":     {future, file(dialect.Draft, tomorrow, never), schedule.Draft, never, blog.Scheduled},
		"unlisted":                    {file: file(dialect.Unlisted, yesterday, tomorrow), want: schedule.Unlisted, until: tomorrow},
		"unlisted, due tomorrow":      {file: file(dialect.Unlisted, tomorrow, never), want: schedule.Scheduled, until: tomorrow},
		"unlisted, expired":           {file: file(dialect.Unlisted, yesterday, now), want: schedule.Expired},
		"excluded, due tomorrow":      {notes, file(dialect.Public, tomorrow, never), schedule.Scheduled, tomorrow, ""},
		"excluded, asked for":         {schedule.Rules{Exclude: notes.Exclude, Future: true}, file(dialect.Public, tomorrow, never), schedule.Unlisted, tomorrow, blog.Scheduled},
		"of an excluded term":         {notes, file(dialect.Public, yesterday, never), schedule.Unlisted, never, ""},
		"a draft of an excluded term": {notes, file(dialect.Draft, yesterday, never), schedule.Draft, never, ""},
		"no post":                     {file: &parse.File{State: dialect.Other}, want: schedule.Other},
		"broken":                      {file: parse.Broken([32]byte{}), want: schedule.Broken},
	} {
		c.rules.Now = now
		got, until := c.rules.Class(c.file)
		if got != c.want || !until.Equal(c.until) {
			t.Errorf("%s: class %d until %v, want %d until %v", name, got, until, c.want, c.until)
		}
		if c.file.Post == nil {
			continue
		}
		if mark := c.rules.Mark(c.file); mark != c.mark && c.want == schedule.Listed {
			t.Errorf("%s: marked %q, want %q", name, mark, c.mark)
		}
	}
}

// A class never changes before the moment that Class names, and does change at it.
func TestClassHoldsUntilTheMomentNamed(t *testing.T) {
	for _, f := range []*parse.File{
		file(dialect.Public, tomorrow, in2Days), file(dialect.Public, yesterday, tomorrow), file(dialect.Draft, tomorrow, never),
	} {
		for at := yesterday; at.Before(in2Days); {
			class, until := schedule.Rules{Now: at}.Class(f)
			if until.IsZero() {
				break
			}
			before, _ := schedule.Rules{Now: until.Add(-1)}.Class(f)
			after, _ := schedule.Rules{Now: until}.Class(f)
			if before != class || after == class {
				t.Errorf("%v: class %d, %d just before %v, then %d", at, class, before, until, after)
			}
			at = until
		}
	}
}

func TestPublicClasses(t *testing.T) {
	for class := schedule.Listed; class <= schedule.Other; class++ {
		if want := class == schedule.Listed || class == schedule.Unlisted; class.IsPublic() != want {
			t.Errorf("class %d: public %v", class, !want)
		}
	}
}

// Each class has a number of its own, and all but Files is the number of one.
func TestCountsHaveANumberForEachClass(t *testing.T) {
	var c schedule.Counts
	for class := schedule.Listed; class <= schedule.Other; class++ {
		*c.Of(class) += int(class) + 1
	}
	want := schedule.Counts{Posts: 1, Unlisted: 2, Scheduled: 3, Expired: 4, Drafts: 5, Broken: 6, Other: 7}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("%+v, want %+v", c, want)
	}
}

func TestEarlierTakesZeroForNever(t *testing.T) {
	for _, c := range [][3]time.Time{
		{never, never, never}, {now, never, now}, {never, now, now}, {now, tomorrow, now}, {tomorrow, now, now}, {now, now, now},
	} {
		if got := schedule.Earlier(c[0], c[1]); !got.Equal(c[2]) {
			t.Errorf("of %v and %v: %v", c[0], c[1], got)
		}
	}
}
