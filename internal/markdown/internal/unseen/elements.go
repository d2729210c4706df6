package unseen

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// tag reads the tag at a place. None goes on after a blank line, unless all is HTML.
func (s *scanner) tag(at int) (tag, bool) {
	end := len(s.text)
	if !s.html {
		end = s.paragraph(at)
	}
	t, ok := tagAt(s.text[at:min(end, at+maxTag+s.spare)])
	s.spare = max(0, s.spare-max(0, t.size-maxTag))
	return t, ok
}

// element looks at the tag that begins here. It drops a hidden element when its end
// has come, and passes over one whose content is no HTML.
func (s *scanner) element() bool {
	if s.at < s.tagEnd {
		return false
	}
	t, ok := s.tag(s.at)
	if !ok {
		return false
	}
	s.tagEnd = s.at + t.size
	if s.code.depth > 0 && s.code.count(t) {
		s.code = open{}
	}
	switch element := atom.Lookup([]byte(strings.ToLower(t.name))); {
	case s.hidden.depth > 0:
		return s.within(t, element)
	case t.closing:
		return false
	case s.hides(t, element) && t.alone(element):
		s.drop(s.at, s.tagEnd, "")
		return true
	case s.hides(t, element):
		s.hidden = open{t.name, s.at, 1}
	case raw[element]:
		return s.skip(t)
	case (element == atom.Pre || element == atom.Code) && s.code.depth == 0 && s.lastOf(t.name) > s.at:
		s.code = open{t.name, s.at, 1}
	default:
		return false // there may be comments in the tag
	}
	s.at = s.tagEnd
	return true
}

// within looks at a tag within a hidden element.
func (s *scanner) within(t tag, element atom.Atom) bool {
	if raw[element] && !t.closing && s.skip(t) {
		return true
	}
	s.at += t.size
	if s.hidden.count(t) {
		from := s.hidden.from
		s.hidden = open{}
		s.drop(from, s.at, s.instead)
	}
	return true
}

// count takes account of a tag, and reports whether it closes the element.
func (o *open) count(t tag) bool {
	if !strings.EqualFold(t.name, o.name) {
		return false
	}
	if o.depth++; t.closing {
		o.depth -= 2
	}
	return o.depth <= 0
}

// hides reports whether a tag hides its element. In a field, what no page knows
// may be the name of a type, as in Vec<Template>.
func (s *scanner) hides(t tag, element atom.Atom) bool {
	if s.field && (!t.attrs || element == 0) {
		return false
	}
	token := t.token(s.text[s.at:])
	return Hidden(element, token.Attr)
}

// skip passes over an element whose content is text, unless nothing closes it.
func (s *scanner) skip(t tag) bool {
	if s.lastOf(t.name) <= s.at {
		return false
	}
	for at := s.at + t.size; ; {
		next := strings.Index(s.text[at:], "</")
		if next < 0 {
			return false
		}
		at += next + 2
		if end := at + len(t.name); end <= len(s.text) && strings.EqualFold(s.text[at:end], t.name) {
			s.at = end
			return true
		}
	}
}

// lastOf returns where the last closing tag of a name begins; -1: there is none.
func (s *scanner) lastOf(name string) int {
	name = strings.ToLower(name)
	if at, known := s.last[name]; known {
		return at
	}
	found := -1
	for at := len(s.text); found < 0; {
		if at = strings.LastIndex(s.text[:at], "</"); at < 0 {
			break
		}
		if end := at + 2 + len(name); end <= len(s.text) && strings.EqualFold(s.text[at+2:end], name) {
			found = at
		}
	}
	if s.last == nil {
		s.last = map[string]int{}
	}
	s.last[name] = found
	return found
}

// opensBlock reports whether a line begins a block of HTML (CommonMark 0.31 section
// 4.6): with the tag of a block, or with any tag alone after a blank line. One that
// asks for Markdown does not.
func (s *scanner) opensBlock(line string, first bool) bool {
	if !strings.HasPrefix(line, "<") {
		return false
	}
	name := strings.TrimLeft(line[1:], "/")
	name = strings.ToLower(name[:length(name, " \t\r/>")])
	element := atom.Lookup([]byte(name))
	t, whole := tagAt(line)
	if strings.Contains(line[:max(t.size, 0)], "markdown") {
		return false
	}
	return blocks[element] || first && whole && strings.TrimSpace(line[t.size:]) == ""
}

// blocks are the elements that begin a block wherever a line begins with them.
var blocks = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Base: true, atom.Basefont: true, atom.Blockquote: true, atom.Body: true,
	atom.Caption: true, atom.Center: true, atom.Col: true, atom.Colgroup: true, atom.Dd: true, atom.Details: true, atom.Dialog: true,
	atom.Dir: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true,
	atom.Footer: true, atom.Form: true, atom.Frame: true, atom.Frameset: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true,
	atom.H5: true, atom.H6: true, atom.Head: true, atom.Header: true, atom.Hr: true, atom.Html: true, atom.Iframe: true, atom.Legend: true,
	atom.Li: true, atom.Link: true, atom.Main: true, atom.Menu: true, atom.Menuitem: true, atom.Nav: true, atom.Noframes: true,
	atom.Ol: true, atom.Optgroup: true, atom.Option: true, atom.P: true, atom.Param: true, atom.Pre: true, atom.Script: true, atom.Search: true,
	atom.Section: true, atom.Style: true, atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Textarea: true,
	atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Title: true, atom.Tr: true, atom.Track: true, atom.Ul: true,
}
