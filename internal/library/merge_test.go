package library_test

import (
	"strings"
	"testing"

	"broadsheet/internal/library"
)

// TestUnfinishedMergesAreNotPublished holds which marks in a file are those of a
// merge. The version from before stays.
func TestUnfinishedMergesAreNotPublished(t *testing.T) {
	const head = "---\ntitle: x\ndate: 2026-01-02\n---\n"
	for name, c := range map[string]struct {
		text string
		line int // of the problem; 0: the post is published
	}{
		"git":             {head + "a\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\nb\n", 6},
		"diff3":           {head + "<<<<<<< HEAD\nours\n||||||| 123\nbase\n=======\ntheirs\n>>>>>>> main\n", 5},
		"without names":   {head + "<<<<<<<\nours\n=======\ntheirs\n>>>>>>>\n", 5},
		"CR LF":           {strings.ReplaceAll(head+"<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n", "\n", "\r\n"), 5},
		"Subversion":      {head + "<<<<<<< .mine\nours\n=======\ntheirs\n>>>>>>> .r12\n", 5},
		"Jujutsu":         {head + "<<<<<<< Conflict 1 of 1\n%%%%%%% Changes\n-a\n+++++++ Contents\nb\n>>>>>>> Conflict 1 of 1 ends\n", 5},
		"front matter":    {"---\ntitle: x\n<<<<<<< HEAD\ndate: 2026-01-02\n=======\ndate: 2026-01-03\n>>>>>>> main\n---\na\n", 3},
		"at the top":      {"<<<<<<< HEAD\n---\ntitle: x\ndate: 2026-01-02\n=======\n---\ntitle: y\n>>>>>>> main\n---\na\n", 1},
		"around a fence":  {head + "<<<<<<< HEAD\n```\n=======\n~~~\n>>>>>>> main\n", 5},
		"behind code":     {head + "```\n<<<<<<< x\n```\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n", 9},
		"in code":         {head + "```\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n```\n", 0},
		"in tildes":       {head + "~~~~ text\n<<<<<<< HEAD\n=======\n~~~\n>>>>>>> main\n~~~~\n", 0},
		"in a pre":        {head + "<pre>\n<<<<<<< HEAD\n=======\n>>>>>>> main\n</pre>\n", 0},
		"in a highlight":  {head + "{% highlight text %}\n<<<<<<< HEAD\n=======\n>>>>>>> main\n{% endhighlight %}\n", 0},
		"indented":        {head + "    <<<<<<< HEAD\n    =======\n    >>>>>>> main\n", 0},
		"within a line":   {head + "The marks <<<<<<< and ======= and >>>>>>> are git's.\n", 0},
		"headings":        {head + "Title\n=======\n\n>>>>>>> deep\n", 0},
		"one mark":        {head + "<<<<<<< x\n", 0},
		"in wrong order":  {head + ">>>>>>> a\n=======\n<<<<<<< b\n", 0},
		"eight signs":     {head + "<<<<<<<< a\n========\n>>>>>>>> b\n", 0},
		"only two marks":  {head + "<<<<<<< a\n>>>>>>> b\n", 0},
		"a word attached": {head + "<<<<<<<a\n=======\n>>>>>>>b\n", 0},
	} {
		before := library.Build(nil, folder(map[string]string{"a.md": head + "Good.\n"}), options())
		for _, prev := range []*library.Library{nil, before} {
			l := library.Build(prev, folder(map[string]string{"a.md": c.text}), options())
			body := ""
			if len(l.Posts) == 1 {
				body = string(l.Posts[0].Body)
			}
			want := map[bool]string{true: "", false: "Good.\n"}[prev == nil]
			if c.line == 0 && body == "" || c.line > 0 && body != want {
				t.Errorf("%s (after a good version: %v): published %q; %v", name, prev != nil, body, l.Problems)
			}
			if c.line > 0 && (len(l.Problems) != 1 || l.Problems[0].Line != c.line || !strings.Contains(l.Problems[0].Message, "merge")) {
				t.Errorf("%s: want a problem on line %d, got %v", name, c.line, l.Problems)
			}
		}
	}
}
