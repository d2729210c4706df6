// Package view holds what the layouts of shortcodes see: the call of the shortcode, the page that it
// stands in, and the site. Layouts may ask for every exported field and method of these types, and
// for nothing else.
package view

import (
	"fmt"
	"html/template"
	"strings"

	"broadsheet/internal/dialect/hugo/layout/internal/value"
)

// Args are the arguments of a shortcode: named ones, or others by position. Those
// that are not in quotes may be numbers and booleans.
type Args struct {
	Named map[string]any // by name in lower case
	List  []any
}

// Call is one use of a shortcode, as its layout sees it.
type Call struct {
	Args    Args
	Inner   template.HTML // what it encloses
	Name    string
	Ordinal int   // how many stand before it in what holds it
	Parent  *Call // the one that encloses it; nil: none
	Page    *Page
	Site    *Site

	scratch *Scratch
}

// Get returns an argument, by name or by position; an empty text where there is none.
func (c *Call) Get(key any) (any, error) {
	switch key := key.(type) {
	case string:
		if c.IsNamedParams() {
			if v, ok := c.Args.Named[strings.ToLower(key)]; ok {
				return v, nil
			}
		}
		return "", nil
	default:
		at, err := value.Int(key)
		if err != nil {
			return nil, fmt.Errorf("%v is neither the name nor the position of an argument", key)
		}
		if at < 0 || at >= len(c.Args.List) {
			return "", nil
		}
		return c.Args.List[at], nil
	}
}

// Params are the arguments as a list, or by name.
func (c *Call) Params() any {
	if c.IsNamedParams() {
		return c.Args.Named
	}
	return c.Args.List
}

// IsNamedParams reports whether the arguments have names.
func (c *Call) IsNamedParams() bool { return len(c.Args.Named) > 0 }

// InnerDeindent is Inner without the white space that all of its lines begin with.
func (c *Call) InnerDeindent() template.HTML {
	return template.HTML(deindent(string(c.Inner))) //nolint:gosec // the sanitiser comes later
}

// Position is where the call stands; only messages ask for it.
func (c *Call) Position() string { return c.Page.File.Path }

// Scratch keeps values while the shortcode is shown.
func (c *Call) Scratch() *Scratch {
	if c.scratch == nil {
		c.scratch = &Scratch{values: map[string]any{}}
	}
	return c.scratch
}

// Store is Scratch.
func (c *Call) Store() *Scratch { return c.Scratch() }

// deindent takes away the white space that all lines begin with.
func deindent(text string) string {
	lines, common := strings.Split(text, "\n"), -1
	for _, line := range lines {
		if body := strings.TrimLeft(line, " \t"); body != "" {
			if width := len(line) - len(body); common < 0 || width < common {
				common = width
			}
		}
	}
	for i, line := range lines {
		lines[i] = line[min(max(common, 0), len(line)-len(strings.TrimLeft(line, " \t"))):]
	}
	return strings.Join(lines, "\n")
}

// Scratch is a place for values.
type Scratch struct{ values map[string]any }

// Set keeps a value.
func (s *Scratch) Set(key string, value any) string { s.values[key] = value; return "" }

// Get returns a value.
func (s *Scratch) Get(key string) any { return s.values[key] }

// Delete forgets a value.
func (s *Scratch) Delete(key string) string { delete(s.values, key); return "" }

// String is empty: what was kept is asked for by its key.
func (s Scratch) String() string { return "" }

// String names the shortcode: there is nothing of it to print.
func (c Call) String() string { return c.Name }
