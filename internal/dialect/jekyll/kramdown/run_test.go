package kramdown

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"broadsheet/internal/markdown"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

func TestRun(t *testing.T) {
	name := os.Getenv("KRAM_IN")
	if name == "" {
		t.Skip()
	}
	f, _ := os.Open(name)
	s := bufio.NewScanner(f)
	s.Buffer(nil, 64<<20)
	out, _ := os.Create(os.Getenv("KRAM_OUT"))
	defer out.Close()
	g := goldmark.New(goldmark.WithRendererOptions(html.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(Default().Renderer(), 100))))
	for s.Scan() {
		var in struct {
			Text    string
			Options map[string]any
		}
		json.Unmarshal(s.Bytes(), &in)
		o := Default()
		for k, v := range in.Options {
			switch v := v.(type) {
			case string:
				o.Set(k, v)
			case bool:
				o.Set(k, map[bool]string{true: "true", false: "false"}[v])
			case nil:
				o.Set(k, "")
			}
		}
		doc, source := o.Parse([]byte(in.Text), markdown.Reading{})
		var b bytes.Buffer
		g.Renderer().Render(&b, source, doc)
		line, _ := json.Marshal(map[string]string{"html": b.String()})
		out.Write(append(line, '\n'))
	}
}
