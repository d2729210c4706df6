package seen

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/blog"

	"golang.org/x/text/unicode/norm"
)

// Match returns the post of each entry of the feed, or nil. No post belongs to two entries.
//
// They are matched by id, by link, and by title and day. If one of these fits several posts or
// entries, the next one decides; nothing is guessed.
func Match(feed Feed, posts []*blog.Post) []*blog.Post {
	m := matching{posts: posts, of: make([]*blog.Post, len(feed.Entries)), taken: make([]bool, len(posts))}
	for _, e := range feed.Entries {
		m.entrySide = append(m.entrySide, marksOf(e))
	}
	for _, p := range posts {
		m.postSide = append(m.postSide, marksOfPost(p))
	}
	for _, keys := range rounds {
		m.round(keys)
	}
	return m.of
}

// marks are the properties by which an entry and a post are matched.
type marks struct {
	id, link, target string
	titleDays        []string // the title with each day that the date may mean
}

func marksOf(e Entry) marks {
	link := plainLink(e.Link)
	return marks{id: e.ID, link: link, target: link, titleDays: titleDays(e.Title, e.Published)}
}

func marksOfPost(p *blog.Post) marks {
	return marks{id: p.ID, link: plainLink(p.URL), target: plainLink(p.ExternalURL()), titleDays: titleDays(p.Title, p.Published)}
}

// rounds are the ways to match, the surest first. Each returns keys; both sides must have one of
// them in common.
var rounds = []func(marks) []string{
	func(m marks) []string { return []string{m.id} },
	func(m marks) []string {
		var both []string
		for _, title := range m.titleDays {
			if m.link != "" {
				both = append(both, m.link+"\n"+title)
			}
		}
		return both
	},
	func(m marks) []string { return []string{m.link} },
	func(m marks) []string { return m.titleDays },
	func(m marks) []string { return []string{m.target} }, // the feed led where a link post points
}

type matching struct {
	posts               []*blog.Post
	entrySide, postSide []marks
	of                  []*blog.Post // by entry
	taken               []bool       // by post
}

// round matches the remaining entries and posts that have only one counterpart.
func (m *matching) round(keys func(marks) []string) {
	byKey := map[string][]int{}
	for i, marks := range m.postSide {
		for _, key := range keys(marks) {
			if key != "" && !m.taken[i] {
				byKey[key] = append(byKey[key], i)
			}
		}
	}
	candidates, claims := make([][]int, len(m.of)), make([]int, len(m.posts))
	for e, marks := range m.entrySide {
		if m.of[e] != nil {
			continue
		}
		for _, key := range keys(marks) {
			candidates[e] = append(candidates[e], byKey[key]...)
		}
		slices.Sort(candidates[e])
		candidates[e] = slices.Compact(candidates[e])
		for _, p := range candidates[e] {
			claims[p]++
		}
	}
	for e, posts := range candidates {
		if len(posts) == 1 && claims[posts[0]] == 1 {
			m.of[e], m.taken[posts[0]] = m.posts[posts[0]], true
		}
	}
}

// titleDays joins a title and the days of a date, in its own zone and in UTC: RSS is often written
// in another zone than its posts. The result is empty without a title or a date.
func titleDays(title string, date time.Time) []string {
	title = plainTitle(title)
	if title == "" || date.IsZero() {
		return nil
	}
	title = strings.ToLower(title) + "\n"
	days := []string{title + date.Format(time.DateOnly), title + date.UTC().Format(time.DateOnly)}
	return slices.Compact(days)
}

var (
	tag         = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)
	hyphens     = regexp.MustCompile(`-{2,}`)
	typographic = strings.NewReplacer(
		"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "‚", "'", "‛", "'", "‹", "'", "›", "'",
		"‐", "-", "‑", "-", "‒", "-", "–", "-", "—", "-", "―", "-", "−", "-", "…", "...", "``", `"`, "''", `"`, "\u00ad", "", "\u200b", "",
	)
)

// plainTitle folds differences that the reader of a title does not notice: escapes (RSS may have
// them twice), tags, white space, and the forms of quotation marks and dashes.
func plainTitle(title string) string {
	for range 2 {
		title = html.UnescapeString(title)
	}
	title = typographic.Replace(norm.NFC.String(tag.ReplaceAllString(title, "")))
	return strings.Join(strings.Fields(hyphens.ReplaceAllString(title, "-")), " ")
}

// plainLink folds differences that rarely change the target of a link: http or https, the case of
// the host, the escapes of the path, and an ending of a slash, .html or neither.
func plainLink(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Host == "" {
		return strings.TrimSpace(link)
	}
	path := strings.TrimSuffix(strings.TrimSuffix(u.Path, "/index.html"), ".html")
	return hostOf(u) + escaped(u, strings.TrimRight(path, "/"))
}

// sameLink reports whether two links differ in nothing but how they are written.
func sameLink(a, b string) bool {
	x, errX := url.Parse(strings.TrimSpace(a))
	y, errY := url.Parse(strings.TrimSpace(b))
	if errX != nil || errY != nil {
		return a == b
	}
	return strings.EqualFold(x.Scheme, y.Scheme) && hostOf(x) == hostOf(y) && escaped(x, x.Path) == escaped(y, y.Path)
}

// hostOf returns host and port, without the default port.
func hostOf(u *url.URL) string {
	host, port := strings.ToLower(u.Hostname()), u.Port()
	if port == "" || port == "443" || port == "80" {
		return host
	}
	return host + ":" + port
}

// escaped returns the part behind the host, with the path escaped in the usual way.
func escaped(u *url.URL, path string) string {
	rest := url.URL{Path: "/" + strings.TrimLeft(path, "/"), RawQuery: u.RawQuery, Fragment: u.Fragment}
	return rest.String()
}

// IDs returns, by path, the id that the feed gives to a post. The posts are those that Match
// returned.
func IDs(feed Feed, matched []*blog.Post) map[string]string {
	ids := map[string]string{}
	for i, post := range matched {
		if post != nil && feed.Entries[i].ID != "" {
			ids[post.Path] = feed.Entries[i].ID
		}
	}
	return ids
}
