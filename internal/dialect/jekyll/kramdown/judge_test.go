//go:build judge

package kramdown_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// judge is kramdown itself, which Ruby runs: one process for all texts.
type judge struct {
	in  io.WriteCloser
	out *bufio.Reader
}

// newJudge starts Ruby, or skips the test where it is not asked for.
func newJudge(t *testing.T) *judge {
	t.Helper()
	script := os.Getenv("BROADSHEET_KRAMDOWN")
	if script == "" {
		t.Skip("scripts/kramdown.sh sets BROADSHEET_KRAMDOWN, and needs Ruby with kramdown")
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

// render returns what kramdown makes of a text.
func (j *judge) render(t *testing.T, c example) string {
	t.Helper()
	options := map[string]any{}
	for _, o := range c.options {
		options[o.name] = valueOf(o.value)
	}
	asked, err := json.Marshal(map[string]any{"text": c.text, "options": options})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.in.Write(append(asked, '\n')); err != nil {
		t.Fatal(err)
	}
	line, err := j.out.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var said struct{ HTML string }
	if err := json.Unmarshal(line, &said); err != nil {
		t.Fatal(err)
	}
	return said.HTML
}

func valueOf(text string) any {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	switch text {
	case "true", "false":
		return text == "true"
	case "null":
		return nil
	}
	return text
}

// TestKramdownMakesTheExamples makes the expectations of all examples anew.
func TestKramdownMakesTheExamples(t *testing.T) {
	j := newJudge(t)
	for _, name := range topics(t) {
		var all strings.Builder
		for i, c := range examplesOf(t, name) {
			if i > 0 {
				all.WriteString(separator + "\n")
			}
			all.WriteString(j.render(t, c))
		}
		before, _ := os.ReadFile(filepath.Join("testdata", name+".html")) // there is none for a new topic
		if all.String() == string(before) {
			continue
		}
		t.Logf("%s: kramdown makes something else than before", name)
		if err := os.WriteFile(filepath.Join("testdata", name+".html"), []byte(all.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKramdownAgreesOnTexts compares texts of real blogs, one JSON object a line with the
// keys path and text, in the files of a folder.
func TestKramdownAgreesOnTexts(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(cmp.Or(os.Getenv("BROADSHEET_BODIES"), "none"), "*.jsonl"))
	if len(files) == 0 {
		t.Skip("no texts in BROADSHEET_BODIES")
	}
	j := newJudge(t)
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		equal, all := 0, 0
		for line := range strings.Lines(string(data)) {
			var post struct{ Path, Text string }
			if err := json.Unmarshal([]byte(line), &post); err != nil {
				t.Fatal(err)
			}
			c := example{text: post.Text}
			all++
			if want, got := normal(t, j.render(t, c)), normal(t, c.render(t)); want == got {
				equal++
			} else {
				t.Logf("%s: %s", post.Path, parting(want, got))
			}
		}
		fmt.Printf("%-24s %5d of %5d texts equal\n", strings.TrimSuffix(filepath.Base(name), ".jsonl"), equal, all)
	}
}
