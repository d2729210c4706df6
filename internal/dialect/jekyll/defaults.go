package jekyll

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"broadsheet/internal/dialect/internal/rules"
	"broadsheet/internal/dialect/internal/settings"
	"broadsheet/internal/dialect/internal/values"
	"broadsheet/internal/frontmatter/meta"

	"golang.org/x/text/unicode/norm"
)

// defaults are front matter values for the posts within a scope.
type defaults struct {
	path   string // folder or pattern of paths; empty: all
	kind   string // type of document; empty: all
	values meta.Pairs
}

// defaultsOf reads the settings' defaults, the most specific first: those of the
// deeper path, then those that name a type, then those written later.
func defaultsOf(g settings.Site) []defaults {
	list, _ := g.Value("defaults")
	var all []defaults
	for _, one := range list.List {
		scope, _ := one.Map.Get("scope")
		given, _ := one.Map.Get("values")
		all = append(all, defaults{
			path: norm.NFC.String(strings.Trim(values.TextIn(scope.Map, "path"), "/")), kind: values.TextIn(scope.Map, "type"), values: given.Map,
		})
	}
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b defaults) int {
		if d := len(b.path) - len(a.path); d != 0 {
			return d
		}
		return len(b.kind) - len(a.kind)
	})
	return all
}

// applyDefaults adds what the front matter does not say.
func (j jekyll) applyDefaults(r *rules.Reading) {
	for _, d := range j.defaults {
		if !d.covers(r.File.Path) {
			continue
		}
		for _, pair := range d.values {
			if _, said := r.Block.Meta.Get(pair.Key); !said {
				r.SetMeta(append(slices.Clip(r.Block.Meta), pair))
			}
		}
	}
}

func (d defaults) covers(file string) bool {
	if d.kind != "" && d.kind != "posts" && d.kind != "post" {
		return false
	}
	file = norm.NFC.String(file)
	if strings.Contains(d.path, "*") {
		// What a pattern matches may be a folder, and covers all below it.
		for pattern := strings.ReplaceAll(d.path, "**", "*"); file != "."; file = path.Dir(file) {
			if matches, err := path.Match(pattern, file); err == nil && matches {
				return true
			}
		}
		return false
	}
	return d.path == "" || file == d.path || strings.HasPrefix(file, d.path+"/")
}

// contents matches a list that kramdown replaces by a table of contents, which is
// of no use away from the page.
var contents = regexp.MustCompile(`(?m)^ {0,3}(?:[*+-]|\d+\.)[ \t][^\n]*(\n\{:\s*toc[^}\n]*\})`)

// withoutAttributes takes kramdown's attribute lists out of a text, outside of
// code: {: .class}, {:toc}, {::options}. The lines stay.
func withoutAttributes(body []byte) []byte {
	if !strings.Contains(string(body), "{:") {
		return body
	}
	body = contents.ReplaceAll(body, []byte("$1"))
	var out strings.Builder
	fence := ""
	for line := range strings.Lines(string(body)) {
		trimmed := strings.TrimLeft(line, " \t>")
		switch {
		case fence != "":
			if strings.HasPrefix(trimmed, fence) {
				fence = ""
			}
		case strings.HasPrefix(trimmed, "```"), strings.HasPrefix(trimmed, "~~~"):
			fence = trimmed[:3]
		case strings.HasPrefix(line, "    "), strings.HasPrefix(line, "\t"):
			// Code, or a line of a list, where an attribute list stands alone or after a link.
			if at := strings.Index(line, "{:"); strings.HasPrefix(trimmed, "{:") || at > 0 && line[at-1] == ')' {
				line = stripAttributes(line)
			}
		default:
			line = stripAttributes(line)
		}
		out.WriteString(line)
	}
	return []byte(out.String())
}

// stripAttributes takes attribute lists out of one line, unless they stand in a
// code span.
func stripAttributes(line string) string {
	var out strings.Builder
	code, end := false, 0 // where the next list would end
	for i := 0; i < len(line); i++ {
		if line[i] == '`' {
			code = !code
		}
		if !code && strings.HasPrefix(line[i:], "{:") {
			if end < i || end == 0 {
				end = len(line)
				if n := strings.IndexByte(line[i:], '}'); n >= 0 {
					end = i + n
				}
			}
			if end < len(line) {
				i = end
				continue
			}
		}
		out.WriteByte(line[i])
	}
	return out.String()
}
