package config

import (
	"path/filepath"

	"broadsheet/internal/blog"
	"broadsheet/internal/dialect"
	"broadsheet/internal/markdown"
)

// generator takes from the settings of the site's generator what no other source
// states. What is wrong with them is a warning: the site was published with them.
func (l *loader) generator() {
	s := &l.settings
	kind := dialect.Kind(s.Dialect)
	if s.Dialect == "auto" {
		kind = ""
	}
	s.Generator, s.Warnings = dialect.Read(s.Dir, kind)
	if s.Dialect == "auto" {
		s.Dialect = string(s.Generator.Kind)
	}
	if s.Generator.File == "" {
		return
	}
	at := place{name: filepath.ToSlash(filepath.Join(s.Generator.Root, filepath.FromSlash(s.Generator.File)))}
	if _, stated := l.from["dialect"]; !stated {
		l.from["dialect"] = at
	}
	said := s.Generator.Publication()
	said["description"] = markdown.Written(said["description"])
	for _, w := range table {
		if _, stated := l.from[w.key]; stated || said[w.key] == "" {
			continue
		}
		if err := w.set(s, said[w.key]); err != nil {
			s.Warnings = append(s.Warnings, blog.Problem{File: at.name, Severity: blog.Warning, Message: w.key + " is left out: " + err.Error()})
			continue
		}
		l.from[w.key] = at
	}
}
