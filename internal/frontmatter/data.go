package frontmatter

import (
	"bytes"
	"errors"

	"broadsheet/internal/blog"
)

// ParseData reads a file that is all metadata: settings or data of a site
// generator, in YAML, of which JSON is a part. Whatever is at its top may be a
// map, a list or a scalar. Limits, warnings and errors are those of Parse.
func ParseData(file string, data []byte) (Value, []blog.Problem, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	shift := -2 // the two lines that go before
	for _, mark := range []string{"---\n", "---\r\n"} {
		if rest, ok := bytes.CutPrefix(data, []byte(mark)); ok {
			data = rest
			shift++
		}
	}
	// As the value of a key, its lines further in, it is front matter.
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
