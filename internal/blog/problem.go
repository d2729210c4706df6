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
