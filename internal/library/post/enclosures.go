package post

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter"
	"broadsheet/internal/markdown"
	"broadsheet/internal/media"
)

// enclosures fills in what the post offers to be played or downloaded. The
// addresses stay as written; see attached.
func (r *reader) enclosures() {
	if !r.held.Has(frontmatter.Enclosures) {
		return
	}
	seen := map[string]bool{}
	for _, key := range r.by.keys().Names[frontmatter.Enclosures] {
		v, name, ok := r.only(frontmatter.Enclosures, key)
		if !ok {
			continue
		}
		for _, e := range r.enclosuresOf(v, name) {
			if seen[e.URL] {
				continue
			}
			if len(r.post.Enclosures) == maxNames {
				r.tooMany("enclosures")
				break
			}
			seen[e.URL] = true
			r.post.Enclosures = append(r.post.Enclosures, e)
		}
	}
	if len(r.post.Enclosures) == 0 {
		return
	}
	first := &r.post.Enclosures[0]
	first.Size = cmp.Or(first.Size, sizeOf(r.text(frontmatter.EnclosureSize)))
	first.Duration = cmp.Or(first.Duration, durationOf(r.text(frontmatter.Duration)))
	first.Type = cmp.Or(mimeOf(r.text(frontmatter.EnclosureType)), first.Type)
}

// only finds the value of one key of a field.
func (r *reader) only(f frontmatter.Field, key string) (frontmatter.Value, string, bool) {
	return frontmatter.Keys{}.Under(r.block.Meta, f, key)
}

// assumedType is what a file without a telling name is taken for, by the key
// that names it: nothing, where the address of a page is as likely as that of a
// film.
func assumedType(key string) string {
	switch key = strings.ToLower(key); {
	case strings.Contains(key, "enclosure"):
		return "application/octet-stream"
	case strings.Contains(key, "video"):
		return ""
	}
	return "audio/mpeg"
}

// enclosuresOf takes an address, a map, the lines that WordPress keeps, or a list
// of these. What can be none of them is named, if the key has no other use.
func (r *reader) enclosuresOf(v frontmatter.Value, key string) []blog.Enclosure {
	var all []blog.Enclosure
	switch {
	case v.Kind == frontmatter.List && inParts(v.List):
		return r.enclosuresOf(frontmatter.Value{Text: strings.Join(v.Strings(), "\n"), Line: v.Line}, key)
	case v.Kind == frontmatter.List:
		for _, one := range v.List {
			all = append(all, r.enclosuresOf(one, key)...)
		}
		return all
	case v.Kind == frontmatter.Map:
		all = enclosuresIn(v.Map, assumedType(key))
	default:
		all = enclosuresWritten(v.Text, assumedType(key))
	}
	if lower := strings.ToLower(key); all == nil && !isFalse(v) && (strings.Contains(lower, "enclosure") || strings.HasPrefix(lower, "podcast_")) {
		r.warn(v.Line, fmt.Sprintf("%s: %q is left out, as it is no address of a file of a known type; say url and type apart if it is",
			key, cmp.Or(strings.TrimSpace(v.Text), "the mapping")))
	}
	return all
}

// enclosuresWritten reads one address, or what WordPress keeps of a file.
func enclosuresWritten(text, assumed string) []blog.Enclosure {
	if e, ok := wordPress(text); ok {
		e.Type = cmp.Or(e.Type, typeOf(e.URL), assumed, "application/octet-stream")
		return []blog.Enclosure{e}
	}
	ref := strings.TrimSpace(text)
	if kind := cmp.Or(typeOf(ref), assumed); kind != "" && isAddress(ref) && !isPlayer(ref) {
		return []blog.Enclosure{{URL: ref, Type: kind}}
	}
	return nil
}

// players are hosts whose addresses without the name of a file are pages.
var players = []string{
	"youtube.com", "youtu.be", "vimeo.com", "soundcloud.com", "spotify.com", "podcasts.apple.com", "bandcamp.com", "mixcloud.com", "anchor.fm",
}

func isPlayer(ref string) bool {
	u, err := url.Parse(ref)
	return err == nil && typeOf(ref) == "" && slices.ContainsFunc(players, func(host string) bool {
		return u.Hostname() == host || strings.HasSuffix(u.Hostname(), "."+host)
	})
}

// enclosuresIn reads a map that describes one file, or names one for each
// format.
func enclosuresIn(m frontmatter.Pairs, assumed string) []blog.Enclosure {
	e := blog.Enclosure{
		URL:      textIn(m, "url", "src", "href", "file", "path", "uri"),
		Type:     mimeOf(textIn(m, "type", "mime_type", "mime", "mimetype")),
		Size:     sizeOf(textIn(m, "length", "size", "bytes", "size_in_bytes", "filesize")),
		Duration: durationOf(textIn(m, "duration", "duration_seconds", "duration_in_seconds")),
		Title:    markdown.Plain(textIn(m, "title"), 0),
	}
	if e.URL != "" {
		if e.Type = cmp.Or(e.Type, typeOf(e.URL), assumed); e.Type == "" {
			return nil
		}
		return []blog.Enclosure{e}
	}
	var all []blog.Enclosure
	for _, pair := range m {
		if kind := typeOf(pair.Value.Text); kind != "" {
			all = append(all, blog.Enclosure{URL: strings.TrimSpace(pair.Value.Text), Type: kind})
		}
	}
	return all
}

// textIn returns the text of the first of the keys that has one, whatever
// their case.
func textIn(m frontmatter.Pairs, keys ...string) string {
	for _, key := range keys {
		for _, pair := range m {
			if strings.EqualFold(pair.Key, key) && !pair.Value.Empty() {
				return firstOf(pair.Value.Strings())
			}
		}
	}
	return ""
}

// isAddress tells addresses from whatever else such keys hold.
func isAddress(s string) bool {
	scheme, _, ok := strings.Cut(s, "://")
	if ok {
		return strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http")
	}
	return typeOf(s) != ""
}

// typeOf returns the type of the file that an address leads to, by its name,
// which may hold what ends the path of a URL.
func typeOf(ref string) string {
	ref = strings.TrimSpace(ref)
	before, _, _ := strings.Cut(ref, "#")
	before, _, _ = strings.Cut(before, "?")
	return cmp.Or(media.TypeOf(ref), media.TypeOf(before))
}

func mimeOf(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if kind, rest, ok := strings.Cut(s, "/"); !ok || kind == "" || rest == "" || strings.ContainsAny(s, " ,;") {
		return ""
	}
	return s
}

// sizeOf reads a number of bytes; what is none counts as unknown.
func sizeOf(s string) int64 {
	n, err := strconv.ParseInt(strings.NewReplacer(",", "", "_", "", " ", "").Replace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// unit shortens the words for units of time.
var unit = strings.NewReplacer("hours", "h", "hour", "h", "hrs", "h", "hr", "h", "minutes", "m", "minute", "m", "mins", "m", "min", "m",
	"seconds", "s", "second", "s", "secs", "s", "sec", "s")

// durationOf reads seconds, h:mm:ss or mm:ss, or a form such as 1h2m, "61 min" or
// PT1H2M (ISO 8601); what is none of these counts as unknown.
func durationOf(s string) time.Duration {
	s = unit.Replace(strings.TrimPrefix(strings.ToLower(strings.TrimSpace(s)), "pt"))
	if d, err := time.ParseDuration(strings.ReplaceAll(s, " ", "")); err == nil {
		return max(d, 0)
	}
	var seconds float64
	for i, part := range strings.Split(s, ":") {
		n, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || !(n >= 0 && n < 1e7) || i > 2 {
			return 0
		}
		seconds = seconds*60 + n
	}
	if seconds > 1e7 {
		return 0
	}
	return time.Duration(seconds * float64(time.Second)).Round(time.Millisecond)
}
