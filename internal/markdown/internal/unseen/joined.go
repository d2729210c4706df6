package unseen

import (
	"regexp"
	"slices"
	"strings"
)

var (
	openingTag = regexp.MustCompile(`^<([a-zA-Z][\w-]*)`)
	closingTag = regexp.MustCompile(`^</([a-zA-Z][\w-]*)`)
)

// openTag is where an element of HTML opens.
type openTag struct {
	name   string
	in     int // the block that holds it
	before int // the block that it begins
}

// html joins the blocks between the tags of an element that the line closes.
func (o *outline) html(rest string) {
	in := o.open[len(o.open)-1]
	if m := openingTag.FindStringSubmatch(rest); m != nil && !strings.Contains(rest, "</"+m[1]) {
		o.tags = append(o.tags, openTag{m[1], in, o.blocks[in].last})
		o.count[m[1]]++
	}
	m := closingTag.FindStringSubmatch(rest)
	if m == nil || o.count[m[1]] == 0 {
		return
	}
	for n := len(o.tags) - 1; n >= 0; n-- {
		t := o.tags[n]
		o.tags = o.tags[:n]
		o.count[t.name]--
		if t.name == m[1] {
			if t.in == in {
				o.blocks[t.before].to = o.line + 1
				o.blocks[in].last, o.leaf = t.before, 0
			}
			return
		}
	}
}

// join makes terms one with those of the block before: what belongs to that belongs to both.
func (o *outline) join(before, id int) {
	o.blocks[id].start = o.blocks[before].start
	for _, line := range o.blocks[before].above {
		o.of[line] = append(o.of[line], id)
	}
	o.blocks[id].above = append(slices.Clip(o.blocks[before].above), o.blocks[id].above...)
}
