package frontmatter

import "bytes"

// ReadSimple reads the text between two fences in the quick way, if it can.
func ReadSimple(text string) (Pairs, bool) {
	return simple(cursor{[]byte(text), 2})
}

// ReadAnyYAML reads it with the YAML library. Clean means that there was
// nothing to warn of.
func ReadAnyYAML(text string) (meta Pairs, clean bool, err error) {
	p := &parser{file: "post.md", last: 2 + bytes.Count([]byte(text), []byte("\n"))}
	meta, err = p.anyYAML(cursor{[]byte(text), 2})
	return meta, len(p.problems) == 0, err
}
