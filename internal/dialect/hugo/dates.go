package hugo

import (
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/frontmatter/dates"
	"broadsheet/internal/frontmatter/meta"
)

// publicationKeys are the keys of the date of publication alone.
func publicationKeys(g settings.Site) []string {
	return statedKeys(g, "frontmatter.publishDate", []string{"publishdate", "pubdate", "published", "date"})
}

// statedKeys are those of a setting, in which ":default" stands for Hugo's own.
func statedKeys(g settings.Site, key string, own []string) []string {
	v, ok := g.Value(key)
	if !ok {
		return own
	}
	var keys []string
	for _, name := range v.Strings() {
		if name = strings.ToLower(name); name == ":default" {
			keys = append(keys, own...)
			continue
		}
		keys = append(keys, name)
	}
	return keys
}

// dateKeysOf returns the keys that Hugo looks for a date under, by field.
func dateKeysOf(g settings.Site) map[meta.Field][]string {
	keysOf := map[meta.Field][]string{
		meta.Published: publicationKeys(g),
		meta.Updated:   keys.Names[meta.Updated],
		meta.Expires:   keys.Names[meta.Expires],
		meta.PageDate:  {"date", "publishdate", "pubdate", "published", "lastmod", "modified"},
	}
	stated := map[meta.Field]string{
		meta.PageDate: "frontmatter.date", meta.Updated: "frontmatter.lastmod",
		meta.Expires: "frontmatter.expiryDate",
	}
	for field, key := range stated {
		keysOf[field] = statedKeys(g, key, keysOf[field])
	}
	// What no key of its own says is what the page's date says.
	published := slices.Clone(keysOf[meta.Published])
	for _, key := range keysOf[meta.PageDate] {
		if !slices.Contains(published, key) {
			published = append(published, key)
		}
	}
	keysOf[meta.Published] = published
	return keysOf
}

// dates takes the first key of Hugo's order that holds a date. A page without
// one would stay in Hugo's feeds with the year 1: it is left out instead.
func (h hugo) dates(r *rules.Reading) error {
	published, ok := h.first(r, meta.Published)
	if !ok {
		return blog.Problem{File: r.File.Path, Line: 1, Severity: blog.Error, Message: `the page has no date: expected "date" in its front matter`}
	}
	r.Post.Published, r.Post.Updated = published, published
	if updated, ok := h.first(r, meta.Updated); ok && updated.After(published) {
		r.Post.Updated = updated
	}
	if expires, ok := h.first(r, meta.Expires); ok && !h.site.Is("buildExpired") {
		r.Post.Extra().Expires = expires
	}
	h.keepBack(r)
	return nil
}

func (h hugo) first(r *rules.Reading, f meta.Field) (time.Time, bool) {
	for _, key := range h.dateKeys[f] {
		if key == ":filename" && r.Name.Date != "" {
			if d, err := dates.Parse(r.Name.Date, h.zone); err == nil {
				return d.Time, true
			}
		}
		v, name, ok := r.Lookup(f, key)
		if !ok {
			continue
		}
		d, err := dates.Parse(v.Text, h.zone)
		if err != nil {
			r.Warn(v.Line, name+": "+err.Error())
			continue
		}
		return d.Time, true
	}
	return time.Time{}, false
}
