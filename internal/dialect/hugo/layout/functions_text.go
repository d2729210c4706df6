package layout

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"broadsheet/internal/dialect/hugo/layout/internal/text"
	"broadsheet/internal/dialect/hugo/layout/internal/value"
	"broadsheet/internal/dialect/hugo/layout/internal/view"
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
				n, _ = value.Int(limit[0])
			}
			whole, from, to := value.String(s), value.String(old), value.String(by)
			if len(whole)+strings.Count(whole, from)*len(to) > maxText {
				return "", errTooMuch
			}
			return r.text(strings.Replace(whole, from, to, n))
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
			times, _ := value.Int(n)
			if times < 0 || times*len(value.String(s)) > maxText {
				return "", errTooMuch
			}
			return r.text(strings.Repeat(value.String(s), times))
		},
		"substr":   func(s any, at ...any) (string, error) { return text.Substr(value.String(s), at, false) },
		"slicestr": func(s any, at ...any) (string, error) { return text.Substr(value.String(s), at, true) },
		"truncate": text.Truncate,
		"pathjoin": func(all ...any) string {
			var parts []string
			for _, one := range all {
				parts = append(parts, value.String(one))
			}
			return path.Join(parts...)
		},
		"base64Decode": func(s any) (string, error) {
			data, err := base64.StdEncoding.DecodeString(value.String(s))
			return string(data), err
		},
		"countrunes": func(s any) int { return utf8.RuneCountInString(strings.Join(strings.Fields(value.String(s)), "")) },
		"countwords": func(s any) int { return len(strings.Fields(value.String(s))) },
	}
	for name, f := range text.OfOne {
		all[name] = func(s any) (string, error) { return r.text(f(value.String(s))) }
	}
	for name, f := range text.OfTwo {
		all[name] = func(s, other any) any { return f(value.String(s), value.String(other)) }
	}
	for _, name := range []string{"emojify", "htmlUnescape"} { // what shows as HTML
		f := text.OfOne[name]
		all[name] = func(s any) template.HTML { return template.HTML(f(value.String(s))) } //nolint:gosec // the sanitiser comes later
	}
	return all
}

// text counts a text that a function made.
func (r *Run) text(s string) (string, error) { return s, r.spend(len(s)) }

// printed is a text that holds values, unless these are too many.
func (r *Run) printed(all []any, print func() string) (string, error) {
	if err := r.check(all...); err != nil {
		return "", err
	}
	for i, one := range all {
		all[i] = view.Printable(one)
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
			b.WriteString(value.String(one))
		}
		return b.String()
	})
}

func (r *Run) replaceRE(pattern, by, s any, limit ...any) (string, error) {
	re, err := regexp.Compile(value.String(pattern))
	if err != nil {
		return "", err
	}
	from, left := value.String(s), -1
	if len(limit) > 0 {
		left, _ = value.Int(limit[0])
	}
	if (len(from)+1)*(len(value.String(by))+1) > maxShown {
		return "", errTooMuch
	}
	return r.text(text.ReplaceSome(re, from, value.String(by), left))
}

func (r *Run) findRE(pattern, s any, limit ...any) ([]string, error) {
	re, err := regexp.Compile(value.String(pattern))
	if err != nil {
		return nil, err
	}
	n := maxMembers
	if len(limit) > 0 {
		if n, _ = value.Int(limit[0]); n < 0 || n > maxMembers {
			n = maxMembers
		}
	}
	return re.FindAllString(value.String(s), n), nil
}
