package blog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Severity says what a Problem did to the post it was found in.
type Severity string

const (
	// Warning means that the post is published, perhaps not as its author meant it.
	Warning Severity = "warning"
	// Error means that the post, or its newest version, is not published.
	Error Severity = "error"
)

// Problem is something wrong with one file, worded for the person who wrote
// it. It is never fatal for another file. A Problem is an error, so that the
// parsers can return it as one.
type Problem struct {
	File     string   `json:"file,omitempty"` // slash-separated, relative to the posts folder; empty when it concerns no single file
	Line     int      `json:"line,omitempty"` // counted from 1; 0 when no single line is to blame
	Severity Severity `json:"severity"`
	Message  string   `json:"message"`
	Cause    string   `json:"-"` // what problems of one cause have in common; empty: the message
}

// Error returns the problem as "file:line: message", leaving out what is not
// known.
func (p Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File + ":")
		if p.Line > 0 {
			b.WriteString(strconv.Itoa(p.Line) + ":")
		}
		b.WriteByte(' ')
	}
	b.WriteString(p.Message)
	return b.String()
}

// SortProblems orders problems by file, line and message, so that the same
// folder always gives the same report.
func SortProblems(problems []Problem) {
	slices.SortFunc(problems, CompareProblems)
}

// CompareProblems is that order.
func CompareProblems(a, b Problem) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Message, b.Message))
}

// MissingFile is the cause of a problem with a file that should be at an address:
// the folder at the top that it should be in is often missing as a whole.
func MissingFile(address string) string {
	segments := strings.SplitN(address, "/", 5) // scheme, nothing, host, folder
	return "not in the folder: " + strings.Join(segments[:min(len(segments)-1, 4)], "/")
}

// mostApart is how many problems of one cause are told apart.
const mostApart = 3

// Gather returns sorted problems with those of one cause in the place of the
// first of them, which tells how many there are: one layout or folder that is
// missing is one thing to mend, however many posts it is missing from.
func Gather(problems []Problem) []Problem {
	count := map[Problem]int{}
	cause := func(p Problem) Problem { return Problem{Severity: p.Severity, Cause: cmp.Or(p.Cause, p.Message)} }
	for _, p := range problems {
		count[cause(p)]++
	}
	var gathered []Problem
	told := map[Problem]bool{}
	for _, p := range problems {
		of := cause(p)
		if n := count[of]; n > mostApart {
			if told[of] {
				continue
			}
			told[of] = true
			p.Message += "; the same in " + strconv.Itoa(n-1) + " other places"
		}
		gathered = append(gathered, p)
	}
	return gathered
}
