package page

import "bytes"

// literalPlus writes each "+" of a page as it stands. html/template escapes it,
// which browsers undo; but programs that look for feeds compare the type of a
// link letter by letter. Scripts and styles are left alone: in them a reference
// is none.
func literalPlus(document []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(document))
	for rest := document; len(rest) > 0; {
		text, raw := untilRaw(rest)
		out.Write(bytes.ReplaceAll(text, []byte("&#43;"), []byte("+")))
		out.Write(raw)
		rest = rest[len(text)+len(raw):]
	}
	return out.Bytes()
}

// untilRaw parts a document into what comes before its first script or style and
// that element without its end tag.
func untilRaw(document []byte) (text, raw []byte) {
	start, end := len(document), []byte(nil)
	for _, name := range []string{"script", "style"} {
		if i := bytes.Index(document[:start], []byte("<"+name)); i >= 0 {
			start, end = i, []byte("</"+name)
		}
	}
	text, raw = document[:start], document[start:]
	if i := bytes.Index(raw, end); i >= 0 && end != nil {
		raw = raw[:i]
	}
	return text, raw
}
