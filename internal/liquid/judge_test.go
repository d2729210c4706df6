//go:build judge

package liquid_test

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/internal/liquid"
)

// judge is Liquid with Jekyll's filters and tags, which Ruby runs: one process for all.
type judge struct {
	in  io.WriteCloser
	out *bufio.Reader
}

// asked is what the judge is to render, and said what it makes of it.
type asked struct {
	Template string            `json:"template"`
	Values   string            `json:"values"`
	Includes map[string]string `json:"includes"`
}

type said struct{ Out, Error string }

func newJudge(t *testing.T) *judge {
	t.Helper()
	script := os.Getenv("BROADSHEET_LIQUID")
	if script == "" {
		t.Skip("scripts/liquid.sh sets BROADSHEET_LIQUID, and needs Ruby with Jekyll")
	}
	cmd := exec.CommandContext(t.Context(), "ruby", script)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &judge{in, bufio.NewReader(out)}
}

func (j *judge) render(t *testing.T, question asked) (answer said) {
	t.Helper()
	line, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	if line, err = j.out.ReadBytes('\n'); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(line, &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// TestLiquidMakesTheBattery makes the expectations of all templates anew.
func TestLiquidMakesTheBattery(t *testing.T) {
	j := newJudge(t)
	versions := j.render(t, asked{Template: "{{ jekyll.version }}"}).Out
	for _, b := range topics(t) {
		for _, c := range b.cases {
			answer := j.render(t, asked{c.template, b.values, b.includes})
			c.out, c.err = answer.Out, answer.Error
		}
		b.about = strings.SplitAfter(b.about, "\n")[0] + "Made by Jekyll " + versions + " with its Liquid.\n"
		b.write(t)
	}
}

// write writes an archive with what was made of its templates.
func (b *topic) write(t *testing.T) {
	t.Helper()
	archive := &txtar.Archive{Comment: []byte(b.about)}
	before, err := txtar.ParseFile(b.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range before.Files {
		if f.Name == "values.yaml" || strings.HasPrefix(f.Name, "_includes/") {
			archive.Files = append(archive.Files, f)
		}
	}
	for _, c := range b.cases {
		archive.Files = append(archive.Files, txtar.File{Name: c.name + ".liquid", Data: []byte(c.template + "\n")})
		made := txtar.File{Name: c.name + ".out", Data: []byte(c.out + "\n")}
		if c.err != "" {
			made = txtar.File{Name: c.name + ".error", Data: []byte(c.err + "\n")}
		}
		archive.Files = append(archive.Files, made)
	}
	if err := os.WriteFile(b.path, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestLiquidAgreesOnRandomTemplates compares templates that are drawn from a grammar, where
// Jekyll does not stop.
func TestLiquidAgreesOnRandomTemplates(t *testing.T) {
	j, b := newJudge(t), &topic{values: randomValues}
	site, page := b.site(t)
	r, g := liquid.New(site), newTemplates(*seed)
	equal, stops := 0, 0
	for range *many {
		template := g.template()
		want := j.render(t, asked{Template: template, Values: randomValues})
		out, problems := r.Render([]byte(template), page, "post.md", 1)
		switch {
		case want.Error != "":
			stops++
		case string(out) == want.Out:
			equal++
		default:
			t.Errorf("%s\n got %q\nwant %q; %v", template, out, want.Out, problems)
		}
	}
	t.Logf("random templates of seed %d: %d of %d equal; Jekyll stops at %d others", *seed, equal, *many-stops, stops)
}
