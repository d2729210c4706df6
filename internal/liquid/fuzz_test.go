package liquid_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/internal/liquid"
)

// FuzzRender holds what no post may break: rendering comes to an end, within
// bounds, always with the same result, and without a mistake of our own.
func FuzzRender(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		f.Fatalf("no posts in testdata: %v", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.HasPrefix(file.Name, "post.") {
				f.Add(string(file.Data), `{{ include.x }}{% include a b=include %}`)
			}
		}
	}
	for _, bomb := range bombs {
		if len(bomb) > 10_000 {
			continue
		}
		f.Add(bomb, `{% for x in site.list %}{% include a %}{% endfor %}`)
	}
	f.Fuzz(func(t *testing.T, body, include string) {
		r := liquid.New(liquid.Site{
			Vars:     object(map[string]any{"list": []any{1, "two", 3.5, nil, map[string]any{"k": true, "l": []any{}}}, "name": "A name"}),
			Includes: map[string]string{"a": include},
		})
		r.Hurry()
		page := object(map[string]any{"title": "T", "tags": []string{"x", "y"}})
		out, problems := r.Render([]byte(body), page, "p.md", 1)
		if len(out) > 4<<20+len(body) {
			t.Errorf("%d bytes", len(out))
		}
		if !hasTemplate(body) && string(out) != body {
			t.Errorf("changed a body without template text")
		}
		lines := 1 + strings.Count(body, "\n")
		for _, p := range problems {
			if strings.Contains(p.Message, "the template text cannot be rendered") || strings.Contains(p.Message, "makes the evaluation fail") {
				t.Error(p)
			}
			if p.Line < 1 || p.Line > lines {
				t.Errorf("no such line: %v", p)
			}
		}
		again, others := r.Render([]byte(body), page, "p.md", 1)
		if !bytes.Equal(out, again) || !slices.Equal(problems, others) {
			t.Errorf("two results:\n%q %v\n%q %v", out, problems, again, others)
		}
	})
}

func hasTemplate(body string) bool {
	return strings.Contains(body, "{{") || strings.Contains(body, "{%")
}
