package page

import (
	"html/template"
	"path"
	"regexp"
	"strconv"
	"text/template/parse"

	"broadsheet/internal/blog"
)

// useTemplates takes the templates that work. One that fails is left out, and the rest is
// tried again.
func (t *Theme) useTemplates(own, theirs files) []blog.Problem {
	var problems []blog.Problem
	fails := func(err error, files ...string) bool {
		if err == nil {
			return false
		}
		problem, name := t.problem(err)
		if _, ours := theirs[name]; !ours {
			// The mistake shows in a file that is not to blame for it.
			problem.File, problem.Line, problem.Message = path.Join(t.folder, files[0]), 0, err.Error()
			name = files[0]
		}
		problems = append(problems, problem)
		delete(theirs, name)
		return true
	}
	if base, ok := theirs[baseFile]; ok {
		for _, kind := range Kinds {
			_, err := t.try(kind, own, files{baseFile: base})
			if fails(err, baseFile) {
				break
			}
		}
	}
	for _, kind := range Kinds {
		file := string(kind) + ".html"
		set, err := t.try(kind, own, theirs)
		if _, ok := theirs[file]; ok && fails(err, file) {
			set, err = t.try(kind, own, theirs)
		}
		if err == nil {
			t.templates[kind] = set
		}
	}
	return problems
}

// try makes the template of a kind and executes it with sample values.
func (t *Theme) try(kind Kind, own, theirs files) (*template.Template, error) {
	if theirs[baseFile] == nil && theirs[string(kind)+".html"] == nil {
		return t.builtIn[kind], nil
	}
	set, err := documentOf(kind, own, theirs)
	for _, p := range []Page{sample(), {}} {
		if err == nil {
			if kind != Post {
				p.Post = nil
			} else if p.Post == nil {
				p.Post = &Entry{}
			}
			_, err = t.execute(set, kind, p)
		}
	}
	return set, err
}

// documentOf returns the template that makes whole documents of a kind: the
// kind's own file if that is one, else the base.
func documentOf(kind Kind, own, theirs files) (*template.Template, error) {
	file := string(kind) + ".html"
	set := template.New(baseFile)
	for _, from := range []files{own, theirs} {
		for _, name := range []string{baseFile, file} {
			if text, ok := from[name]; ok {
				part := set
				if name != baseFile {
					part = set.New(name)
				}
				if _, err := part.Parse(string(text)); err != nil {
					return nil, err
				}
			}
		}
	}
	if whole := set.Lookup(file); whole != nil && whole.Tree != nil && !parse.IsEmptyTree(whole.Tree.Root) {
		return whole, nil
	}
	return set, nil
}

// errorPlace is how the template packages say where a mistake is.
var errorPlace = regexp.MustCompile(`(?s)(?:html/)?template: ?([^:\s]+):(\d+)(?::\d+)?: ?(.*)`)

// problem words the error of a template for the person who wrote it, and names the file.
func (t *Theme) problem(err error) (blog.Problem, string) {
	p := blog.Problem{File: t.folder, Severity: blog.Warning, Message: err.Error()}
	found := errorPlace.FindStringSubmatch(err.Error())
	if found == nil {
		return p, ""
	}
	p.File, p.Message = path.Join(t.folder, found[1]), found[3]+"; the built-in file is used instead"
	p.Line, _ = strconv.Atoi(found[2])
	return p, found[1]
}
