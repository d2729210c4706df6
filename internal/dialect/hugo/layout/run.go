package layout

import (
	"errors"
	"fmt"
	"html/template"
	"strings"
	"time"
)

const (
	// maxSteps is how many rounds of loops, partials and shortcodes a page may take.
	maxSteps = 20_000
	// maxShown is how many bytes its shortcodes and functions may make: those that enclose each
	// other could double them each time.
	maxShown = 8 << 20
	// maxText is how many bytes one function may make.
	maxText = 1 << 20
	// maxDepth is how deep partials may call each other.
	maxDepth = 16
)

var errTooMuch = errors.New("it does too much")

// Env is what layouts may ask for besides their arguments.
type Env struct {
	Page     *Page
	Site     *Site
	Now      time.Time                                  // what stands for the present moment
	Markdown func(text string) (html string, err error) // converts Markdown
	AsksNow  func()                                     // told when a layout asks for the moment
}

// Run shows the shortcodes of one page. It is not safe for concurrent use.
type Run struct {
	set   *Set
	env   Env
	funcs template.FuncMap
	made  map[*layout]*template.Template
	steps int
	shown int
	work  int
	depth int
}

// NewRun returns a run with layouts of a set.
func (s *Set) NewRun(env Env) *Run {
	r := &Run{set: s, env: env, made: map[*layout]*template.Template{}}
	return r
}

// Shortcode shows a shortcode, by its name in lower case. The error says what its layout asks
// for that there is not.
func (r *Run) Shortcode(name string, c *Call) (string, error) {
	l := r.set.shortcodes[name]
	if l == nil {
		return "", errors.New("there is no layout for it")
	}
	c.Page, c.Site = r.env.Page, r.env.Site
	return r.execute(l, c)
}

func (r *Run) execute(l *layout, data any) (string, error) {
	if l.err != nil {
		return "", l.err
	}
	if _, err := r.step(); err != nil {
		return "", err
	}
	t, err := r.template(l)
	if err != nil {
		return "", err
	}
	out := bounded{run: r}
	if err := t.Execute(&out, data); err != nil {
		return "", plainError(err)
	}
	return out.String(), nil
}

// template returns the template of a layout, whose functions know this page.
func (r *Run) template(l *layout) (*template.Template, error) {
	if t := r.made[l]; t != nil {
		return t, nil
	}
	if r.funcs == nil {
		r.funcs = r.functions()
	}
	t := template.New(l.name).Funcs(r.funcs)
	for _, name := range l.unknown {
		t.Funcs(template.FuncMap{name: func(...any) (any, error) { return nil, unknownFunc(name) }})
	}
	for name, tree := range l.trees {
		if _, err := t.AddParseTree(name, tree.Copy()); err != nil {
			return nil, fmt.Errorf("its layout is no template: %w", err)
		}
	}
	r.made[l] = t.Lookup(l.name)
	return r.made[l], nil
}

func unknownFunc(name string) error {
	return fmt.Errorf("it asks for %q, which only Hugo has", strings.ReplaceAll(name, "__", "."))
}

// step counts a round of a loop, or a call.
func (r *Run) step() (bool, error) {
	if r.steps++; r.steps > maxSteps {
		return false, errTooMuch
	}
	return true, nil
}

// spend counts bytes that are made.
func (r *Run) spend(n int) error {
	if r.shown += n; r.shown > maxShown || n > maxText {
		return errTooMuch
	}
	return nil
}

// bounded is a text that takes no more than its run may make.
type bounded struct {
	strings.Builder
	run *Run
}

// Write adds to the text.
func (b *bounded) Write(p []byte) (int, error) {
	if err := b.run.spend(len(p)); err != nil {
		return 0, err
	}
	return b.Builder.Write(p)
}

// plainError is what went wrong, without where in the template.
func plainError(err error) error {
	message := err.Error()
	if i := strings.LastIndex(message, ">: "); i >= 0 {
		message = message[i+len(">: "):]
	}
	if i := strings.LastIndex(message, "error calling "); i >= 0 {
		if _, why, ok := strings.Cut(message[i:], ": "); ok {
			message = why
		}
	}
	if _, rest, ok := strings.Cut(message, "can't evaluate field "); ok {
		field, _, _ := strings.Cut(rest, " ")
		return unknownFunc("." + field)
	}
	return errors.New(message)
}
