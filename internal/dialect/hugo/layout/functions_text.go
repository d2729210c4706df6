package layout

import (
	"crypto/md5"  //nolint:gosec // layouts name things by it
	"crypto/sha1" //nolint:gosec // so they do by this
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// texts are functions of texts.
func (r *Run) texts() template.FuncMap {
	all := template.FuncMap{
		"print":   func(all ...any) (string, error) { return r.printed(all, func() string { return fmt.Sprint(all...) }) },
		"println": func(all ...any) (string, error) { return r.printed(all, func() string { return fmt.Sprintln(all...) }) },
		"printf":  r.printf,
		"replace": func(s, old, by any, limit ...any) (string, error) {
			n := -1
			if len(limit) > 0 {
				n, _ = toInt(limit[0])
			}
			text, from, to := toString(s), toString(old), toString(by)
			if len(text)+strings.Count(text, from)*len(to) > maxText {
				return "", errTooMuch
			}
			return r.text(strings.Replace(text, from, to, n))
		},
		"replaceRE": r.replaceRE,
		"findRE":    r.findRE,
		"jsonify": func(args ...any) (template.HTML, error) {
			if err := r.check(args...); err != nil || len(args) == 0 {
				return "", err
			}
			data, err := json.Marshal(args[len(args)-1])
			return template.HTML(data), err //nolint:gosec // the sanitiser comes later
		},
		"repeat": func(n, s any) (string, error) {
			times, _ := toInt(n)
			if times < 0 || times*len(toString(s)) > maxText {
				return "", errTooMuch
			}
			return r.text(strings.Repeat(toString(s), times))
		},
		"substr":   func(s any, at ...any) (string, error) { return substr(toString(s), at, false) },
		"slicestr": func(s any, at ...any) (string, error) { return substr(toString(s), at, true) },
		"truncate": truncate,
		"pathjoin": func(all ...any) string {
			var parts []string
			for _, one := range all {
				parts = append(parts, toString(one))
			}
			return path.Join(parts...)
		},
		"base64Decode": func(s any) (string, error) {
			data, err := base64.StdEncoding.DecodeString(toString(s))
			return string(data), err
		},
		"countrunes": func(s any) int { return utf8.RuneCountInString(strings.Join(strings.Fields(toString(s)), "")) },
		"countwords": func(s any) int { return len(strings.Fields(toString(s))) },
	}
	for name, f := range texts1 {
		all[name] = func(s any) (string, error) { return r.text(f(toString(s))) }
	}
	for name, f := range texts2 {
		all[name] = func(s, other any) any { return f(toString(s), toString(other)) }
	}
	for _, name := range []string{"emojify", "htmlUnescape"} { // what shows as HTML
		f := texts1[name]
		all[name] = func(s any) template.HTML { return template.HTML(f(toString(s))) } //nolint:gosec // the sanitiser comes later
	}
	return all
}

// texts1 make a text of a text.
var texts1 = map[string]func(string) string{
	"lower": strings.ToLower, "upper": strings.ToUpper, "title": title, "humanize": humanize, "firstupper": firstUpper,
	"chomp":      func(s string) string { return strings.TrimRight(s, "\r\n") },
	"trimspace":  strings.TrimSpace,
	"urlize":     func(s string) string { return strings.ToLower(words(s, "-")) },
	"anchorize":  func(s string) string { return strings.ToLower(strings.Map(anchorRune, strings.TrimSpace(s))) },
	"plainify":   func(s string) string { return html.UnescapeString(tags.ReplaceAllString(s, "")) },
	"emojify":    func(s string) string { return s },
	"htmlEscape": html.EscapeString, "htmlUnescape": html.UnescapeString,
	"md5":          func(s string) string { sum := md5.Sum([]byte(s)); return hex.EncodeToString(sum[:]) },  //nolint:gosec // see above
	"sha1":         func(s string) string { sum := sha1.Sum([]byte(s)); return hex.EncodeToString(sum[:]) }, //nolint:gosec // see above
	"sha256":       func(s string) string { sum := sha256.Sum256([]byte(s)); return hex.EncodeToString(sum[:]) },
	"base64Encode": func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"pathbase":     path.Base, "pathext": path.Ext, "pathdir": path.Dir, "pathclean": path.Clean,
	"pathbasename": func(s string) string { return strings.TrimSuffix(path.Base(s), path.Ext(s)) },
}

// texts2 make something of a text and another.
var texts2 = map[string]func(s, other string) any{
	"trim":        func(s, cut string) any { return strings.Trim(s, cut) },
	"trimLeft":    func(cut, s string) any { return strings.TrimLeft(s, cut) },
	"trimRight":   func(cut, s string) any { return strings.TrimRight(s, cut) },
	"trimPrefix":  func(cut, s string) any { return strings.TrimPrefix(s, cut) },
	"trimSuffix":  func(cut, s string) any { return strings.TrimSuffix(s, cut) },
	"hasPrefix":   func(s, begin string) any { return strings.HasPrefix(s, begin) },
	"hasSuffix":   func(s, end string) any { return strings.HasSuffix(s, end) },
	"contains":    func(s, part string) any { return strings.Contains(s, part) },
	"containsany": func(s, any string) any { return strings.ContainsAny(s, any) },
	"countof":     func(part, s string) any { return strings.Count(s, part) },
	"split":       func(s, by string) any { return strings.Split(s, by) },
}

var tags = regexp.MustCompile(`<[^<>]*>`)

// text counts a text that a function made.
func (r *Run) text(s string) (string, error) { return s, r.spend(len(s)) }

// printed is a text that holds values, unless these are too many.
func (r *Run) printed(all []any, print func() string) (string, error) {
	if err := r.check(all...); err != nil {
		return "", err
	}
	for i, one := range all {
		all[i] = plain(one)
	}
	return r.text(print())
}

// printf is a text made by a format, whose widths are bounded.
func (r *Run) printf(format string, all ...any) (string, error) {
	if wide.MatchString(format) {
		return "", errTooMuch
	}
	return r.printed(all, func() string { return fmt.Sprintf(format, all...) })
}

func (r *Run) joined(all []any) (string, error) {
	return r.printed(all, func() string {
		var b strings.Builder
		for _, one := range all {
			b.WriteString(toString(one))
		}
		return b.String()
	})
}

func (r *Run) replaceRE(pattern, by, s any, limit ...any) (string, error) {
	re, err := regexp.Compile(toString(pattern))
	if err != nil {
		return "", err
	}
	text, left := toString(s), -1
	if len(limit) > 0 {
		left, _ = toInt(limit[0])
	}
	if (len(text)+1)*(len(toString(by))+1) > maxShown {
		return "", errTooMuch
	}
	return r.text(replaceSome(re, text, toString(by), left))
}

// replaceSome replaces the first so many matches; all below 0.
func replaceSome(re *regexp.Regexp, text, by string, left int) string {
	var out []byte
	last := 0
	for _, at := range re.FindAllStringSubmatchIndex(text, left) {
		out = append(out, text[last:at[0]]...)
		out = re.ExpandString(out, by, text, at)
		last = at[1]
	}
	return string(append(out, text[last:]...))
}

func (r *Run) findRE(pattern, s any, limit ...any) ([]string, error) {
	re, err := regexp.Compile(toString(pattern))
	if err != nil {
		return nil, err
	}
	n := maxMembers
	if len(limit) > 0 {
		if n, _ = toInt(limit[0]); n < 0 || n > maxMembers {
			n = maxMembers
		}
	}
	return re.FindAllString(toString(s), n), nil
}

// substr is a part of a text: from a position on, of a length, or to an end.
func substr(s string, at []any, toEnd bool) (string, error) {
	runes := []rune(s)
	from, length := 0, len(runes)
	if len(at) > 0 {
		from, _ = toInt(at[0])
	}
	if from < 0 {
		from = max(len(runes)+from, 0)
	}
	from = min(from, len(runes))
	if len(at) > 1 {
		length, _ = toInt(at[1])
		if toEnd {
			length -= from
		}
	}
	end := min(from+length, len(runes))
	if length < 0 {
		end = len(runes) + length
	}
	return string(runes[from:max(end, from)]), nil
}

// truncate cuts a text between two words, and marks it.
func truncate(n any, args ...any) (string, error) {
	limit, err := toInt(n)
	if err != nil || len(args) == 0 {
		return "", err
	}
	mark, text := "…", []rune(toString(args[len(args)-1]))
	if len(args) > 1 {
		mark = toString(args[0])
	}
	if len(text) <= limit {
		return string(text), nil
	}
	cut := string(text[:max(limit, 0)])
	if i := strings.LastIndexFunc(cut, unicode.IsSpace); i > 0 && !unicode.IsSpace(text[limit]) {
		cut = cut[:i]
	}
	return strings.TrimRightFunc(cut, unicode.IsSpace) + mark, nil
}

// title writes the words of a title with capitals.
func title(s string) string {
	all := strings.Fields(s)
	for i, word := range all {
		if i == 0 || i == len(all)-1 || !smallWords[strings.ToLower(word)] {
			all[i] = firstUpper(word)
		}
	}
	return strings.Join(all, " ")
}

// smallWords are those that the style of the Associated Press writes small.
var smallWords = map[string]bool{
	"a": true, "an": true, "and": true, "as": true, "at": true, "but": true, "by": true, "for": true, "in": true, "nor": true,
	"of": true, "on": true, "or": true, "so": true, "the": true, "to": true, "up": true, "yet": true,
}

func firstUpper(s string) string {
	c, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(c)) + s[size:]
}

// humanize makes words of a name.
func humanize(s string) string { return firstUpper(strings.Join(strings.FieldsFunc(s, isJoint), " ")) }

func isJoint(c rune) bool { return c == '-' || c == '_' || unicode.IsSpace(c) }

// words joins the words of a text, without marks that addresses do not have.
func words(s, by string) string {
	keep := func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || unicode.IsSpace(c) || strings.ContainsRune("._~/\\#+-@", c) {
			return c
		}
		return -1
	}
	return strings.Join(strings.Fields(strings.Map(keep, s)), by)
}

func anchorRune(c rune) rune {
	switch {
	case unicode.IsLetter(c), unicode.IsNumber(c), c == '_', c == '-':
		return c
	case unicode.IsSpace(c):
		return '-'
	}
	return -1
}
