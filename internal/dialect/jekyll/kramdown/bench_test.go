package kramdown_test

import (
	"os"
	"path/filepath"
	"testing"

	"broadsheet/internal/dialect/jekyll/kramdown"
	"broadsheet/internal/markdown"
)

// BenchmarkRender renders the posts of real blogs, if they lie beside the tree, as kramdown
// and as CommonMark.
func BenchmarkRender(b *testing.B) {
	files, _ := filepath.Glob("../../../../../shared/corpus/*/site/_posts/*.md")
	var texts [][]byte
	size := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, text)
		size += len(text)
	}
	if size == 0 {
		b.Skip("no real blogs beside the tree")
	}
	for name, syntax := range map[string]markdown.Syntax{"kramdown": kramdown.Default(), "CommonMark": nil} {
		r := markdown.New(markdown.Options{Syntax: syntax})
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				for _, text := range texts {
					if _, err := r.Render(markdown.Source{Text: text, Base: "https://example.org/"}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
