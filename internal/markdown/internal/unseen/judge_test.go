//go:build judge

package unseen_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"broadsheet/internal/markdown/internal/dom"
	"broadsheet/internal/markdown/internal/unseen"

	"golang.org/x/net/html"
)

// kramdownShows returns which words of texts readers see according to kramdown, which Ruby runs
// once for all of them.
func kramdownShows(t *testing.T, texts []string) []string {
	t.Helper()
	script := os.Getenv("BROADSHEET_KRAMDOWN")
	if script == "" {
		t.Skip("scripts/kramdown.sh sets BROADSHEET_KRAMDOWN, and needs Ruby with kramdown")
	}
	var asked strings.Builder
	for _, text := range texts {
		if err := json.NewEncoder(&asked).Encode(map[string]string{"text": text}); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "ruby", script)
	cmd.Stdin, cmd.Stderr = strings.NewReader(asked.String()), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for line := range strings.Lines(string(out)) {
		var said struct{ HTML string }
		if err := json.Unmarshal([]byte(line), &said); err != nil {
			t.Fatal(err)
		}
		root, err := dom.Parse(said.HTML)
		if err != nil {
			t.Fatal(err)
		}
		unseen.Remove(root)
		var text strings.Builder
		for n := range root.Descendants() {
			if n.Type == html.TextNode {
				text.WriteString(n.Data)
			}
		}
		shown = append(shown, wordsIn(text.String()))
	}
	return shown
}

// firstOfItem matches a list that belongs to the paragraph that an item begins with. kramdown may
// write no element for that, and then forgets what its author hides: we do not.
var firstOfItem = regexp.MustCompile(`(?m)^[> ]*(?:[*:-]|1\.) W\d+\n[> ]* {2,}\{:`)

// subset reports whether all words of a text are among those of another one.
func subset(part, whole string) bool {
	for _, w := range strings.Fields(part) {
		if !strings.Contains(" "+whole+" ", " "+w+" ") {
			return false
		}
	}
	return true
}

// TestKramdownHidesTheSame draws texts of blocks and lists of attributes. BROADSHEET_SEED
// chooses others.
func TestKramdownHidesTheSame(t *testing.T) {
	seed, _ := strconv.ParseUint(cmp.Or(os.Getenv("BROADSHEET_SEED"), "1"), 10, 64)
	t.Logf("BROADSHEET_SEED=%d", seed)
	d := drawing{Rand: rand.New(rand.NewPCG(seed, seed))}
	var texts []string
	for i := range 2000 {
		d.dangling = i%2 == 1
		texts = append(texts, d.text())
	}
	wrong := 0
	for i, want := range kramdownShows(t, texts) {
		text, _ := unseen.Without(texts[i], unseen.Languages{Kramdown: true})
		got := wordsIn(text)
		if (i%2 == 1 || firstOfItem.MatchString(texts[i])) && subset(got, want) { // in doubt it is hidden
			continue
		}
		if got != want && wrong < 5 {
			wrong++
			t.Errorf("of\n%s\nreaders see %s, and with kramdown %s", texts[i], got, want)
		}
	}
}

// TestKramdownHidesWhatTheTableSays makes sure of the table.
func TestKramdownHidesWhatTheTableSays(t *testing.T) {
	var texts []string
	for _, c := range hiding {
		texts = append(texts, c.text)
	}
	for i, got := range kramdownShows(t, texts) {
		if got != hiding[i].shows {
			t.Errorf("{%q, %q},", texts[i], got)
		}
	}
}

// drawing draws texts whose words are numbered.
type drawing struct {
	*rand.Rand
	words    int
	dangling bool // items and quotes may end with lists that nothing follows
}

func (d *drawing) word() string {
	d.words++
	return fmt.Sprintf("W%d", d.words)
}

func (d *drawing) one(of ...string) string { return of[d.IntN(len(of))] }

// text draws a text, at whose end stands what a name is for.
func (d *drawing) text() string {
	d.words = 0
	return d.word() + "\n\n" + strings.Join(d.blocks(2+d.IntN(3), 0), "\n") + "\n\n" + d.word() + "\n\n{:x: hidden=\"hidden\"}\n"
}

// blocks draws the lines of some blocks and of lists of attributes between them.
func (d *drawing) blocks(n, depth int) []string {
	var lines []string
	for i := range n {
		if last := len(lines) - 1; last >= 0 && lines[last] != "" {
			if depth == 0 && strings.HasPrefix(lines[last], "{") && d.IntN(2) == 0 {
				lines = append(lines, d.word())
			}
			lines = append(lines, "")
		}
		lines = append(lines, d.block(depth)...)
		if i == n-1 && d.IntN(2) == 0 {
			break
		}
		if d.IntN(2) == 0 || i < n-1 && strings.TrimLeft(lines[len(lines)-1], " >*-1.:") != lines[len(lines)-1] {
			lines = append(lines, "")
		}
		for range d.IntN(4) {
			indent := d.one("", "", "", " ")
			if d.dangling {
				indent = d.one("", " ", "  ", "   ")
			}
			lines = append(lines, indent+d.one(`{: style="display:none"}`, `{: hidden="hidden"}`, "{: x}", "{: .a}", "{: #b .c}"))
			if d.IntN(4) == 0 {
				lines = append(lines, "")
			}
		}
	}
	if depth > 0 && !d.dangling && len(lines) > 1 {
		lines = append(lines, "", d.word())
	}
	return lines
}

// block draws the lines of a block.
func (d *drawing) block(depth int) []string {
	kinds := 12
	if depth > 1 {
		kinds = 7
	}
	switch d.IntN(kinds) {
	case 0:
		return []string{d.word(), d.word()}
	case 1:
		return []string{"## " + d.word()}
	case 2:
		return []string{"~~~", d.word(), "", d.word(), "~~~"}
	case 3:
		return []string{"| " + d.word() + " | " + d.word() + " |", "|---|---|", "| " + d.word() + " | x |"}
	case 4:
		return []string{"<div>", d.word(), "</div>"}
	case 5, 6:
		return []string{d.word()}
	case 7:
		return within("> ", "> ", d.blocks(1+d.IntN(2), depth+1))
	case 8:
		return []string{"* " + d.word(), "* " + d.word()}
	case 9:
		if !d.dangling { // kramdown forgets lists before terms
			return []string{d.word()}
		}
		return []string{d.word(), ": " + d.word()}
	default:
		var lines []string
		first := d.one("* ", "- ", "1. ")
		for range 1 + d.IntN(2) {
			inner := append([]string{d.word()}, d.tail(depth)...)
			lines = append(lines, within(first, strings.Repeat(" ", len(first)), inner)...)
		}
		return lines
	}
}

// tail draws what an item of a list holds after its first line.
func (d *drawing) tail(depth int) []string {
	if d.IntN(2) == 0 {
		return nil
	}
	lines := []string{""}
	if d.IntN(2) == 0 {
		lines = []string{d.one(`{: hidden="hidden"}`, "{: .a}"), ""}
	}
	return append(lines, d.blocks(1+d.IntN(2), depth+1)...)
}

// within puts marks before lines.
func within(first, others string, lines []string) []string {
	var all []string
	for i, line := range lines {
		mark := others
		if i == 0 {
			mark = first
		}
		all = append(all, strings.TrimRight(mark+line, " "))
	}
	return all
}
