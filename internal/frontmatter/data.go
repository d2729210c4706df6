package frontmatter

import (
	"bytes"
	"errors"

	"broadsheet/internal/blog"
	"broadsheet/internal/frontmatter/meta"
)

// ParseData reads a file that is all metadata: settings or data of a site generator, in YAML or in
// JSON, which is a part of it. Its top may be a map, a list or a scalar. Limits, warnings and
// errors are those of Parse.
func ParseData(file string, data []byte) (meta.Value, []blog.Problem, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	shift := -2 // for the two lines that are put in front
	for _, mark := range []string{"---\n", "---\r\n"} {
		if rest, ok := bytes.CutPrefix(data, []byte(mark)); ok {
			data = rest
			shift++
		}
	}
	// As the indented value of a key it is front matter.
	var text bytes.Buffer
	text.WriteString("---\nvalue:\n")
	for line := range bytes.Lines(data) {
		text.WriteByte(' ')
		text.Write(line)
	}
	text.WriteString("\n---\n")
	block, err := Parse(file, text.Bytes())
	problems := block.Problems
	var p blog.Problem
	if errors.As(err, &p) {
		p.Line = max(p.Line+shift, 1)
		err = p
	}
	for i := range problems {
		problems[i].Line = max(problems[i].Line+shift, 1)
	}
	v, _ := block.Meta.Get("value")
	return v, problems, err
}
