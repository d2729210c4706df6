package frontmatter

import (
	"bytes"
	"regexp"
	"strings"
)

// guessed matches "key: value" and "key = value", whatever stands around the key
// and whichever width the colon has.
var guessed = regexp.MustCompile(`^[\s\pP\pS\p{Cf}]*([\pL_][\pL\pN_.-]*)[\s\pP\p{Cf}]*?[ \t]*(?:::|[:=：])[ \t]*(.*)$`)

// maxGuessed is how many lines of a file Guess looks at.
const maxGuessed = 100

// maxGuessedLine is how much of a line is looked at, in bytes.
const maxGuessedLine = 1000

// Guess returns what looks like a key with a value among the first lines of a
// file that Parse refuses. It serves to tell whether the author wants the file
// to be kept back, and nothing else.
func Guess(data []byte) Pairs {
	var meta Pairs
	c := cursor{bytes.ToValidUTF8(data[:min(len(data), maxSize)], nil), 1}
	members := bytes.HasPrefix(bytes.TrimSpace(c.rest), []byte("{"))
	for range maxGuessed {
		line := c.line
		text, ok := c.next()
		if !ok || len(meta) > 0 && endsGuess(text) {
			break
		}
		parts := [][]byte{text}
		if members { // of an object, several on a line
			parts = bytes.Split(text, []byte(","))
		}
		for _, part := range parts {
			if key, value, ok := guess(part); ok {
				meta = append(meta, Pair{key, plainScalar(value, line), line})
			}
		}
	}
	return meta
}

// guess parts a line that looks like a key with a value.
func guess(line []byte) (key, value string, ok bool) {
	m := guessed.FindSubmatch(line[:min(len(line), maxGuessedLine)])
	if m == nil {
		return "", "", false
	}
	return string(m[1]), strings.TrimRight(string(m[2]), ",;{}[] \t\x00"), true
}

// endsGuess reports whether the line seems to be the end of front matter: a row
// of marks, or nothing.
func endsGuess(line []byte) bool {
	text := strings.TrimSpace(string(line))
	return text == "" || len(text) > 1 && strings.Trim(text, " -+;.—–=~`*") == "" || strings.HasPrefix(text, "}")
}
