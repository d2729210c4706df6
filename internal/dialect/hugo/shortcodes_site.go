package hugo

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"
)

// siteShortcodes are those of the site's layouts that are simple: what they show
// follows from their arguments and from what they enclose.
type siteShortcodes map[string]*template.Template

// shortcodeFolders are where layouts keep shortcodes: of two with one name Hugo
// takes that of the newer folder, which is the first.
var shortcodeFolders = []string{"layouts/_shortcodes/", "layouts/shortcodes/"}

// shortcodeName returns the name of the shortcode that a file is the layout of;
// empty if it is of none.
func shortcodeName(file string) string {
	for _, folder := range shortcodeFolders {
		if below, ok := strings.CutPrefix(file, folder); ok {
			return strings.ToLower(strings.TrimSuffix(below, path.Ext(below)))
		}
	}
	return ""
}

// call is what a layout can ask for.
type call struct {
	arguments
	Inner         template.HTML
	IsNamedParams bool
}

// Get returns an argument, by name or by position.
func (c call) Get(key any) string {
	switch key := key.(type) {
	case int:
		if key >= 0 && key < len(c.list) {
			return c.list[key]
		}
	case string:
		return c.named[strings.ToLower(key)]
	}
	return ""
}

// layoutFuncs are the functions that simple layouts use, as far as they need
// nothing but their arguments.
var layoutFuncs = template.FuncMap{
	"safeHTML": func(s any) template.HTML { return template.HTML(fmt.Sprint(s)) }, //nolint:gosec // the sanitiser comes later
	"safeURL":  func(s any) template.URL { return template.URL(fmt.Sprint(s)) },   //nolint:gosec // so does the check of addresses
	"markdownify": func(s any) template.HTML {
		return template.HTML(fmt.Sprint(s)) //nolint:gosec // it stands in Markdown already
	},
	"default": func(otherwise, s any) any {
		if s == nil || s == "" {
			return otherwise
		}
		return s
	},
	"relURL": func(s any) string { return fmt.Sprint(s) },
	"absURL": func(s any) string { return fmt.Sprint(s) },
	"lower":  strings.ToLower,
	"upper":  strings.ToUpper,
}

// newSiteShortcodes reads the layouts among the data. One that is not simple is
// left out, and so unknown where it is used.
func newSiteShortcodes(data map[string][]byte) siteShortcodes {
	site := siteShortcodes{}
	known := map[string]bool{}
	for _, file := range shortcodeFiles(data) {
		name := shortcodeName(file)
		if known[name] {
			continue
		}
		known[name] = true
		t, err := template.New(name).Funcs(layoutFuncs).Parse(string(data[file]))
		if err == nil && t.Tree != nil && hasNoLoops(t.Tree.Root) && len(t.Templates()) == 1 {
			site[name] = t
		}
	}
	return site
}

// shortcodeFiles lists the layouts of shortcodes, the one to be used first: by
// folder, HTML before other formats, then by name.
func shortcodeFiles(data map[string][]byte) []string {
	rank := func(file string) int {
		folder := slices.IndexFunc(shortcodeFolders, func(folder string) bool { return strings.HasPrefix(file, folder) })
		if strings.ToLower(path.Ext(file)) != ".html" {
			return folder*2 + 1
		}
		return folder * 2
	}
	files := slices.DeleteFunc(slices.Collect(maps.Keys(data)), func(file string) bool { return shortcodeName(file) == "" })
	slices.SortFunc(files, func(a, b string) int { return cmp.Or(rank(a)-rank(b), cmp.Compare(a, b)) })
	return files
}

// hasNoLoops reports whether a layout always ends: it holds neither loops nor calls of other
// templates.
func hasNoLoops(n parse.Node) bool {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return true
		}
		for _, one := range n.Nodes {
			if !hasNoLoops(one) {
				return false
			}
		}
	case *parse.RangeNode, *parse.TemplateNode:
		return false
	case *parse.IfNode:
		return hasNoLoops(n.List) && hasNoLoops(n.ElseList)
	case *parse.WithNode:
		return hasNoLoops(n.List) && hasNoLoops(n.ElseList)
	}
	return true
}

// render shows the site's shortcodes of a text, from its beginning to its end; what
// they show is not looked at again. Those that ask for more than there is are
// left as they are.
func (site siteShortcodes) render(text string) string {
	if len(site) == 0 {
		return text
	}
	var out strings.Builder
	for {
		at := shortcode.FindStringSubmatchIndex(text)
		if at == nil {
			return out.String() + text
		}
		tag := func(i int) string { return text[at[2*i]:at[2*i+1]] }
		layout := site[strings.ToLower(tag(3))]
		if layout == nil || tag(2) != "" {
			out.WriteString(text[:at[1]])
			text = text[at[1]:]
			continue
		}
		args := argumentsOf(tag(4))
		within, rest := enclosed(text[at[1]:], tag(3))
		inner := site.render(within) // which is shorter each time
		shown := bounded{left: maxShown - out.Len()}
		err := layout.Execute(&shown, call{args, template.HTML(inner), len(args.named) > 0}) //nolint:gosec // the sanitiser comes later
		if err != nil {
			out.WriteString(text[:at[1]] + inner) // not rendered once more
			text = text[at[1]+len(within):]
			continue
		}
		out.WriteString(text[:at[0]] + strings.TrimRight(shown.String(), "\n"))
		text = rest
	}
}

// maxShown is the limit of what the shortcodes of a text show, in bytes: each of those that enclose
// one another could double it.
const maxShown = 4 << 20

// bounded is a text with a limit of bytes; writing more is an error.
type bounded struct {
	strings.Builder
	left int
}

// Write adds to the text.
func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.left {
		return 0, errors.New("it shows too much")
	}
	return b.Builder.Write(p)
}

// enclosed returns what stands before the tag that closes a shortcode, and what
// comes behind it; where none does, nothing is enclosed.
func enclosed(text, name string) (inner, rest string) {
	for from := 0; ; {
		at := shortcode.FindStringSubmatchIndex(text[from:])
		if at == nil {
			return "", text
		}
		tag := func(i int) string { return text[from+at[2*i] : from+at[2*i+1]] }
		if strings.EqualFold(tag(3), name) {
			if tag(2) == "" {
				return "", text // the next of its kind begins
			}
			return text[:from+at[0]], text[from+at[1]:]
		}
		from += at[1]
	}
}
