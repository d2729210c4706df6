package liquid

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"broadsheet/internal/blog"
)

// run is the rendering of one post.
type run struct {
	*Renderer
	file     string
	problems []blog.Problem
	where    []place // the includes being rendered, outermost first

	given  map[string]any // what the page and the site bring along
	vars   map[string]any // what was assigned or captured
	locals map[string]any // of the loops and includes around, and of the expressions of filters

	out     *bytes.Buffer // of the post, or of what is being captured
	taken   int           // steps so far
	stopped bool          // nothing more is rendered
	inner   int           // expressions around that which a filter evaluates
	loops   int           // around the tag being rendered
	jump    string        // "break" or "continue", out of the innermost loop, or empty

	parsed   map[string][]node // includes
	cycles   map[string]int
	counters map[string]int
	reached  map[string]int // where loops stopped, by name and list
	readings readings
	changed  string // what ifchanged saw last
	line     int    // of what is being rendered
}

// place is an include, and the line that asked for it.
type place struct {
	name string
	line int
}

func newRun(r *Renderer, page Object, file string) *run {
	c := converter{zone: r.site.Zone}
	return &run{
		Renderer: r, file: file, out: &bytes.Buffer{},
		given: map[string]any{"site": r.vars, "page": c.object(page), "jekyll": jekyllVars},
		vars:  map[string]any{}, locals: map[string]any{},
		parsed: map[string][]node{}, cycles: map[string]int{}, counters: map[string]int{}, reached: map[string]int{},
		readings: newReadings(),
	}
}

// jekyllVars is what templates find under jekyll: the version whose Liquid this is.
var jekyllVars = newHash([]Pair{{"version", "4.3.1"}, {"environment", "production"}})

// render renders the whole post. A panic, which can only be a mistake of this
// package or of the one that evaluates expressions, loses the template text but
// not the post.
func (r *run) render(source string, line int) (out []byte) {
	defer func() {
		if why := recover(); why != nil {
			r.where = nil
			r.problem(line, fmt.Sprintf("the template text cannot be rendered and was left out: %v", why))
			out = []byte(textIn(scan(source, 1, func(int, string) {})))
		}
	}()
	r.line = line
	tokens := scan(source, line, r.problem)
	nodes := r.parseTokens(tokens)
	if r.stopped { // there is more of it than can be read, let alone rendered
		return []byte(textIn(tokens))
	}
	r.sequence(nodes)
	return r.out.Bytes()
}

// textIn returns the text between the tags of a template.
func textIn(tokens []token) string {
	var b strings.Builder
	for _, t := range tokens {
		if t.kind == text {
			b.WriteString(t.args)
		}
	}
	return b.String()
}

// sequence renders nodes in their order until something stops or leaves them.
func (r *run) sequence(nodes []node) {
	for _, n := range nodes {
		if r.spend(nodeCost); r.stopped {
			return
		}
		n.render(r)
		// A tag that is left ends what is around it; what is only shown does not look.
		if r.jump != "" && !isShown(n) {
			return
		}
	}
}

func isShown(n node) bool {
	switch n.(type) {
	case literal, *output:
		return true
	}
	return false
}

// capture renders nodes to a string of their own.
func (r *run) capture(nodes []node) string {
	outer := r.out
	r.out = &bytes.Buffer{}
	r.sequence(nodes)
	captured := r.out.String()
	r.out = outer
	return captured
}

func (r *run) write(s string) {
	r.spend(len(s))
	if r.out.Len()+len(s) > maxText {
		r.stop(tooMuchText)
	}
	if !r.stopped {
		r.out.WriteString(s)
	}
}

const tooMuchText = "it makes more than 4 MiB of text"

// print writes what {{ value }} shows.
func (r *run) print(value any) { r.write(r.textBy(value, shown)) }

// asText returns what a filter is given as text. A string was paid for when it was given.
func (r *run) asText(value any) string {
	if s, ok := value.(string); ok {
		return s
	}
	return r.textBy(value, toText)
}

// textBy returns the text of a value, unless no steps are left. That of a list or a map is
// made anew each time, and costs its length.
func (r *run) textBy(value any, form func(any) string) string {
	if r.weigh(value); r.stopped {
		return ""
	}
	if isScalar(value) {
		text := form(value)
		r.spend(textCost(text))
		return text
	}
	length := 0
	if addLength(value, &length); length > maxText {
		r.stop(tooMuchText)
		return ""
	}
	text := form(value)
	r.spend(len(text))
	return text
}

// spend takes steps, and stops the post when none are left.
func (r *run) spend(n int) {
	if r.taken += n; r.taken > r.steps {
		r.stop("it does not come to an end")
	}
}

func (r *run) stop(why string) {
	if !r.stopped {
		r.stopped = true
		r.problem(r.line, "the rest of the template is left out: "+why)
	}
}

// bind gives a name a value in a block, until the returned function is called.
func (r *run) bind(name string, value any) (restore func()) {
	before, had := r.locals[name]
	r.locals[name] = value
	return func() {
		if had {
			r.locals[name] = before
		} else {
			delete(r.locals, name)
		}
	}
}

// problem notes a warning, once. In an include the line is that of the tag in
// the post, and the message says where in the include it is.
func (r *run) problem(line int, message string) {
	p := blog.Problem{File: r.file, Line: line, Severity: blog.Warning, Message: message}
	if len(r.where) > 0 {
		p.Line = r.where[0].line
		p.Message = fmt.Sprintf("_includes/%s:%d: %s", r.where[len(r.where)-1].name, line, message)
	}
	r.spend(problemCost)
	if len(r.problems) < maxProblems && !slices.Contains(r.problems, p) {
		r.problems = append(r.problems, p)
	}
}

// quote shows a piece of a template in a problem.
func quote(s string) string {
	const most = 60
	s = s[:min(len(s), 8*most)]
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most-1]) + "…"
	}
	return `"` + s + `"`
}
