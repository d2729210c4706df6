package blog_test

import (
	"fmt"
	"testing"

	"broadsheet/internal/blog"
)

func TestProblemsOfOneCauseAreToldOnce(t *testing.T) {
	var problems []blog.Problem
	for n := range 5 {
		file := fmt.Sprintf("%d.md", n)
		problems = append(problems,
			blog.Problem{File: file, Line: n, Severity: blog.Warning, Message: "unknown shortcode"},
			blog.Problem{File: file, Severity: blog.Warning, Message: file + " is missing", Cause: blog.MissingFile("https://example.org/img/" + file)})
	}
	for n := range 3 {
		problems = append(problems, blog.Problem{File: fmt.Sprintf("%d.md", n), Severity: blog.Warning, Message: "told apart"})
	}
	problems = append(problems, blog.Problem{File: "9.md", Severity: blog.Error, Message: "unknown shortcode"})
	blog.SortProblems(problems)
	got := ""
	for _, p := range blog.Gather(problems) {
		got += p.Error() + "\n"
	}
	want := `0.md: 0.md is missing; the same in 4 other places
0.md: told apart
0.md: unknown shortcode; the same in 4 other places
1.md: told apart
2.md: told apart
9.md: unknown shortcode
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for address, want := range map[string]string{
		"https://example.org/a.png": "not in the folder: https://example.org", "https://example.org/img/x/a.png": "not in the folder: https://example.org/img", "": "not in the folder: ",
	} {
		if got := blog.MissingFile(address); got != want {
			t.Errorf("%q is missing by %q, want %q", address, got, want)
		}
	}
}
