// Package report writes problems for people and for programs.
package report

import (
	"encoding/json"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"
	"unicode"

	"broadsheet/internal/blog"
)

// Format writes problems of the posts folder dir in one form.
type Format func(w io.Writer, dir string, problems []blog.Problem) error

// Formats are the forms by name.
var Formats = map[string]Format{
	"text": func(w io.Writer, _ string, problems []blog.Problem) error {
		Text(w, problems)
		return nil
	},
	"json":   writeJSON,
	"github": writeGitHub,
}

// Text writes a line for each problem.
func Text(w io.Writer, problems []blog.Problem) {
	for _, p := range problems {
		name := p.File
		if p.Line > 0 {
			name = fmt.Sprintf("%s:%d", p.File, p.Line)
		}
		if name != "" {
			name += ": "
		}
		fmt.Fprintf(w, "%s%s: %s\n", name, p.Severity, p.Message)
	}
}

func writeJSON(w io.Writer, _ string, problems []blog.Problem) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(append([]blog.Problem{}, problems...))
}

// writeGitHub writes annotations (GitHub Actions workflow commands). Their
// files are named from the working directory, which is where a workflow runs.
func writeGitHub(w io.Writer, dir string, problems []blog.Problem) error {
	for _, p := range problems {
		file := path.Join(filepath.ToSlash(dir), p.File)
		_, err := fmt.Fprintf(w, "::%s file=%s,line=%d::%s\n",
			p.Severity, property.Replace(file), max(p.Line, 1), message.Replace(p.Message))
		if err != nil {
			return err
		}
	}
	return nil
}

// What the values of workflow commands must escape.
var (
	message  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// Errors returns the problems that keep a post from being published, in order.
func Errors(problems []blog.Problem) []blog.Problem {
	var found []blog.Problem
	for _, p := range problems {
		if p.Severity == blog.Error {
			found = append(found, p)
		}
	}
	blog.SortProblems(found)
	return found
}

// Printable returns a text from elsewhere on one line, without anything that a terminal would take
// for a command.
func Printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}
