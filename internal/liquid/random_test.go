package liquid_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"broadsheet/internal/liquid"
)

var (
	seed = flag.Uint64("seed", 1, "of the random templates")
	many = flag.Int("templates", 3000, "random templates to draw")
)

// TestRandomTemplates holds what is true of any template: it is rendered without a mistake of
// our own, twice alike. scripts/liquid.sh compares the same with Liquid itself.
func TestRandomTemplates(t *testing.T) {
	site, page := (&topic{values: randomValues}).site(t)
	r, again, g := liquid.New(site), liquid.New(site), newTemplates(*seed)
	shown := 0
	for range *many {
		template := g.template()
		out, problems := r.Render([]byte(template), page, "post.md", 1)
		if other, _ := again.Render([]byte(template), page, "post.md", 1); string(other) != string(out) {
			t.Errorf("seed %d: %s\nis %q, and then %q", *seed, template, out, other)
		}
		for _, p := range problems {
			if strings.Contains(p.Message, "cannot be rendered") {
				t.Errorf("seed %d: %s\n%v", *seed, template, p)
			}
		}
		if len(out) > 0 {
			shown++
		}
	}
	if shown < *many/2 {
		t.Errorf("seed %d: only %d of %d templates show anything", *seed, shown, *many)
	}
}

// randomValues are what random templates ask for.
const randomValues = `
page:
  t: Hello World
  e: ""
  n: 7
  z: 0
  f: 2.5
  s: "12"
  yes_it_is: true
  no_it_is: false
  nothing:
  list: [c, a, B, 3, null]
  nums: [3, 1, 2.5, 10]
  words: [pear, apple, fig]
  empty: []
  map: {b: 2, a: x, list: [1, 2]}
  items:
  - {n: one, v: 1, tags: [x, y]}
  - {n: two, v: 2}
  - {n: three, v: 1, tags: []}
  time: 2020-02-29 13:05:09
  day: 2021-03-04
`

// templates draws templates from a grammar.
type templates struct {
	*rand.Rand
	names []string // of the loops around
}

func newTemplates(seed uint64) *templates {
	return &templates{Rand: rand.New(rand.NewPCG(seed, seed))}
}

func (g *templates) one(of ...string) string { return of[g.IntN(len(of))] }

// template draws a template.
func (g *templates) template() string {
	g.names = nil
	return g.pieces(3)
}

func (g *templates) pieces(depth int) string {
	var b strings.Builder
	for range 1 + g.IntN(3) {
		b.WriteString(g.piece(depth))
	}
	return b.String()
}

func (g *templates) piece(depth int) string {
	switch n := g.IntN(14); {
	case n < 4:
		return g.one("a", " ", "\n", " b\n", "  ", "x ", ".")
	case n < 9:
		return g.mark("{{", g.filtered(), "}}")
	case n < 10:
		return g.mark("{%", "assign "+g.one("u", "v", "w")+" = "+g.filtered(), "%}")
	case depth == 0:
		return g.tag()
	}
	return g.block(depth - 1)
}

// mark writes a tag or an object, now and then with dashes.
func (g *templates) mark(open, inside, end string) string {
	return open + g.one("", "", "", "-") + " " + inside + " " + g.one("", "", "", "-") + end
}

func (g *templates) tag() string {
	return g.mark("{%", g.one("increment c", "decrement c", `cycle "a", "b"`, "cycle 1, 2, 3", "break", "continue", "comment %}x{% endcomment", "echo "+g.value(), `cycle page.n: "p", "q"`), "%}")
}

func (g *templates) block(depth int) string {
	switch g.IntN(7) {
	case 0, 1:
		otherwise := ""
		if g.IntN(2) == 0 {
			otherwise = g.mark("{%", g.one("else", "elsif "+g.condition()), "%}") + g.pieces(depth)
		}
		name := g.one("if", "if", "unless")
		return g.mark("{%", name+" "+g.condition(), "%}") + g.pieces(depth) + otherwise + g.mark("{%", "end"+name, "%}")
	case 2, 3:
		return g.loop(depth)
	case 4:
		return g.mark("{%", "capture "+g.one("u", "v", "w"), "%}") + g.pieces(depth) + "{% endcapture %}"
	case 5:
		return g.mark("{%", "case "+g.value(), "%}") + g.mark("{%", "when "+g.value()+g.one("", ", "+g.value(), " or "+g.value()), "%}") +
			g.pieces(depth) + g.one("", "{% else %}"+g.pieces(depth)) + "{% endcase %}"
	}
	return g.tag()
}

func (g *templates) loop(depth int) string {
	name := g.one("i", "j", "k")
	options := g.one("", "", " reversed") + g.one("", "", " limit: 2", " limit:"+g.one("page.n", "1", "0")) + g.one("", "", " offset: 1", " offset: continue")
	over := g.one("page.list", "page.nums", "page.items", "page.map", "page.empty", "page.t", "page.nothing", "(1..3)", "(1..page.n)", "u", "page.words")
	head := g.mark("{%", "for "+name+" in "+over+options, "%}")
	outer := g.names
	g.names = append(g.names[:len(g.names):len(g.names)], name)
	body := g.pieces(depth)
	g.names = outer
	return head + body + g.one("", "{% else %}none") + "{% endfor %}"
}

func (g *templates) condition() string {
	comparison := func() string {
		if g.IntN(3) == 0 {
			return g.value()
		}
		return g.value() + " " + g.one("==", "!=", "<", ">", "<=", ">=", "contains", "==", "<>") + " " + g.one(g.value(), g.value(), "empty", "blank", "nil")
	}
	s := comparison()
	for range g.IntN(3) {
		s += " " + g.one("and", "or") + " " + comparison()
	}
	return s
}

func (g *templates) value() string {
	if len(g.names) > 0 && g.IntN(3) == 0 {
		name := g.names[g.IntN(len(g.names))]
		return name + g.one("", "", "", ".n", ".v", "[0]", ".size", ".tags", ".first")
	}
	if len(g.names) > 0 && g.IntN(8) == 0 {
		return "forloop." + g.one("index", "index0", "rindex", "first", "last", "length", "parentloop.index", "rindex0")
	}
	switch g.IntN(6) {
	case 0:
		return g.one(`"a"`, `'b c'`, `""`, `"1"`, `"2.50"`, `"a,b,,c"`, `"  x y "`, `"<b>&"`, `"é漢"`, `"2020-01-02"`, `"Ab-c_d"`)
	case 1:
		return g.one("0", "1", "-2", "3.5", "10", "2.0", "true", "false", "nil", "(1..3)")
	case 2:
		return g.one("u", "v", "w", "c")
	}
	return "page" + g.one(".t", ".e", ".n", ".z", ".f", ".s", ".yes_it_is", ".no_it_is", ".nothing", ".list", ".nums", ".words", ".empty", ".map", ".items",
		".list[0]", ".list[-1]", ".list.size", ".nums.last", ".map.a", `.map["b"]`, ".map.list[1]", ".items[0].n", ".items.first.tags", ".t.size", ".map.size", ".nope", ".items[1].tags", ".list[9]")
}

// filtered draws a value with filters.
func (g *templates) filtered() string {
	if g.IntN(15) == 0 {
		return g.date()
	}
	s := g.value()
	for range g.IntN(4) {
		s += " | " + g.filter()
	}
	return s
}

func (g *templates) filter() string {
	with := func(name string, args int) string {
		for i := range args {
			name += []string{": ", ", "}[min(i, 1)] + g.value()
		}
		return name
	}
	number := func() string { return g.one("0", "1", "2", "3", "-1", `"2"`, "page.n", "2.5", "-3") }
	switch g.IntN(12) {
	case 0:
		return g.one("upcase", "downcase", "capitalize", "strip", "lstrip", "rstrip", "strip_html", "strip_newlines", "newline_to_br", "escape", "escape_once", "url_encode", "size")
	case 1:
		return with(g.one("append", "prepend", "remove", "remove_first", "remove_last", "split", "split"), 1)
	case 2:
		return with(g.one("replace", "replace_first", "replace_last"), 2)
	case 3:
		return fmt.Sprintf("%s: %s", g.one("plus", "minus", "times", "divided_by", "modulo", "at_least", "at_most"), g.one(number(), g.value()))
	case 4:
		return g.one("abs", "ceil", "floor", "round", "round: 1", "to_integer", "number_of_words", "normalize_whitespace", "first", "last", "slugify", "jsonify", "inspect")
	case 5:
		return g.one("slice: ", "truncate: ", "truncatewords: ", "pop: ", "shift: ") + number()
	case 6:
		return g.one("join", `join: ","`, "reverse", "sort", "sort_natural", "uniq", "compact", "array_to_sentence_string", `default: "d"`, "pop", "shift")
	case 7:
		return with(g.one("push", "unshift", "concat", "default", "join"), 1)
	case 8:
		return g.one(`map: "n"`, `map: "v"`, `where: "v", 1`, `where: "n", "two"`, `where: "tags", "x"`, `where: "tags", nil`, `group_by: "v"`, `sort: "v"`, `sort: "n", "last"`, `find: "n", "one"`, `sum`)
	case 9:
		return g.one(`where_exp: "q", "q.v == 1"`, `where_exp: "q", "q.n contains 'o' and q.v"`, `group_by_exp: "q", "q.v | plus: 1"`, `find_exp: "q", "q.v > 1"`, `where_exp: "q", "q"`)
	case 10:
		return g.one("upcase", "number_of_words", "size")
	}
	return g.one("xml_escape", "strip_index", "relative_url", `slugify: "pretty"`, `slugify: "latin"`, `truncate: 5, "…"`, "smartify")
}

// date draws a date as text. Others are read by the clock in part, which no post asks.
func (g *templates) date() string {
	s := g.one("page.time", "page.day", `"2020-01-02"`, `"2020-12-31 23:59:59"`, "1000000000")
	if g.IntN(2) == 0 {
		return s + " | " + g.one("date_to_string", "date_to_xmlschema", "date_to_rfc822", "date_to_long_string", `date_to_string: "ordinal"`, "jsonify", "append: page.t")
	}
	return s + ` | date: "` + g.one("%Y-%m-%d", "%-d %b %y", "%H:%M", "%A %e %B", "%j %U %s", "%I:%M %p", "%F %T %z") + `"`
}
