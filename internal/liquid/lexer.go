package liquid

import (
	"errors"
	"regexp"
	"strings"
)

var errSyntax = errors.New("not an expression")

// lexeme is a word of an expression. Its kind is that of its first letters: a name, a number,
// a string, a comparison, or else the mark that it is.
type lexeme struct {
	kind lexemeKind
	text string
}

type lexemeKind int

const (
	endLexeme lexemeKind = iota
	nameLexeme
	numberLexeme
	stringLexeme
	comparisonLexeme
	markLexeme
)

var lexemes = regexp.MustCompile(`^\s*(?:(==|!=|<>|<=|>=|<|>|contains\b)|("[^"]*"|'[^']*')|(-?\d+(?:\.\d+)?)|([\pL_][\pL\d_-]*\??)|(\.\.|[|.:,\[\]()?-]))`)

// lexer reads an expression that is written as it should be; one that is not is read by
// what can be found in it instead (see lax.go).
type lexer struct {
	words []lexeme
	at    int
	depth int // values around the next one
}

// lexer cuts an expression into words, each of which costs steps.
func (r *run) lexer(source string) (*lexer, error) {
	l := &lexer{}
	for source = strings.TrimSpace(source); source != ""; {
		found := lexemes.FindStringSubmatch(source)
		if r.taken+wordCost > r.steps {
			r.stop(tooMuchTemplate)
		}
		if r.spend(wordCost); found == nil || r.stopped {
			return nil, errSyntax
		}
		source = strings.TrimSpace(source[len(found[0]):])
		for i, kind := range []lexemeKind{comparisonLexeme, stringLexeme, numberLexeme, nameLexeme, markLexeme} {
			if found[i+1] != "" {
				l.words = append(l.words, lexeme{kind, found[i+1]})
			}
		}
	}
	return l, nil
}

func (l *lexer) peek(ahead int) lexeme {
	if l.at+ahead < len(l.words) {
		return l.words[l.at+ahead]
	}
	return lexeme{}
}

func (l *lexer) next() lexeme {
	word := l.peek(0)
	l.at++
	return word
}

// take takes the next word if it is this one.
func (l *lexer) take(text string) bool {
	word := l.peek(0)
	if word.text != text || word.kind == stringLexeme || word.kind == endLexeme {
		return false
	}
	l.at++
	return true
}

func (l *lexer) ended() bool { return l.at >= len(l.words) }

// value takes a value, without any filter, and returns it as it is written without spaces.
func (l *lexer) value() (string, error) {
	if l.depth++; l.depth > maxInner {
		return "", errSyntax
	}
	defer func() { l.depth-- }()
	word := l.next()
	switch {
	case word.kind == stringLexeme || word.kind == numberLexeme:
		return word.text, nil
	case word.kind == nameLexeme:
		parts, err := l.parts()
		return word.text + parts, err
	case word.text == "[" && word.kind == markLexeme:
		l.at--
		return l.parts()
	case word.text == "(" && word.kind == markLexeme:
		return l.span()
	}
	return "", errSyntax
}

// span takes a range behind its opening parenthesis.
func (l *lexer) span() (string, error) {
	from, err := l.value()
	if err != nil || !l.take("..") {
		return "", errSyntax
	}
	to, err := l.value()
	if err != nil || !l.take(")") {
		return "", errSyntax
	}
	return "(" + from + ".." + to + ")", nil
}

// parts takes what a name is asked for.
func (l *lexer) parts() (string, error) {
	var b strings.Builder
	for {
		switch {
		case l.take("["):
			inner, err := l.value()
			if err != nil || !l.take("]") {
				return "", errSyntax
			}
			b.WriteString("[" + inner + "]")
		case l.peek(0).text == "." && l.peek(0).kind == markLexeme:
			l.at++
			name := l.next()
			if name.kind != nameLexeme {
				return "", errSyntax
			}
			b.WriteString("." + name.text)
		default:
			return b.String(), nil
		}
	}
}
