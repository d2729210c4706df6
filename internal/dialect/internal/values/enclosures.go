package values

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter/meta"
	"broadsheet/internal/markdown"
	"broadsheet/internal/media"
)

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

// Enclosures takes an address, a map, the lines that WordPress keeps, or a list
// of these. What can be none of them is named, if the key has no other use.
func Enclosures(v meta.Value, key string, warn Warn) []blog.Enclosure {
	var all []blog.Enclosure
	switch {
	case v.Kind == meta.List && inParts(v.List):
		return Enclosures(meta.Value{Text: strings.Join(v.Strings(), "\n"), Line: v.Line}, key, warn)
	case v.Kind == meta.List:
		for _, one := range v.List {
			all = append(all, Enclosures(one, key, warn)...)
		}
		return all
	case v.Kind == meta.Map:
		all = enclosuresIn(v.Map, assumedType(key))
	default:
		all = enclosuresWritten(v.Text, assumedType(key))
	}
	if slices.Contains(general, strings.ToLower(key)) {
		return slices.DeleteFunc(all, func(e blog.Enclosure) bool { return !isPlayed(typeOf(e.URL)) })
	}
	if lower := strings.ToLower(key); all == nil && !IsFalse(v) && (strings.Contains(lower, "enclosure") || strings.HasPrefix(lower, "podcast_")) {
		warn(v.Line, fmt.Sprintf("%s: %q is left out, as it is no address of a file of a known type; say url and type apart if it is",
			key, cmp.Or(strings.TrimSpace(v.Text), "the mapping")))
	}
	return all
}

// general are keys that have other uses as often: only names of sound and films count there.
var general = []string{"podcast_link", "podcast_url", "file", "file_url", "media", "media_url"}

func isPlayed(kind string) bool {
	return strings.HasPrefix(kind, "audio/") || strings.HasPrefix(kind, "video/")
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
func enclosuresIn(m meta.Pairs, assumed string) []blog.Enclosure {
	e := blog.Enclosure{
		URL:      TextIn(m, "url", "src", "href", "file", "path", "uri"),
		Type:     MIMEType(TextIn(m, "type", "mime_type", "mime", "mimetype")),
		Size:     Size(TextIn(m, "length", "size", "bytes", "size_in_bytes", "filesize")),
		Duration: Duration(TextIn(m, "duration", "duration_seconds", "duration_in_seconds")),
		Title:    markdown.Plain(TextIn(m, "title"), 0),
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
