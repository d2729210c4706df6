// Package text reads what the text of a file says, before it is Markdown.
package text

import (
	"bytes"
	"strings"
)

// Unmerged returns the line on which a file holds both sides of a merge, with the marks
// that git, Mercurial, Subversion and Jujutsu put around them; 0 if it holds none.
func Unmerged(data []byte) int {
	if !bytes.Contains(data, []byte("<<<<<<<")) {
		return 0
	}
	if bytes.IndexByte(data, '\n') < 0 {
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	line, began, parted, code := 0, 0, false, ""
	for text := range bytes.Lines(data) {
		line++
		text = bytes.TrimRight(text, "\r\n")
		switch {
		case code == "" && mergeMark(text, '<'):
			began, parted = line, false
		case began > 0 && (mergeMark(text, '=') || mergeMark(text, '%') || mergeMark(text, '+')):
			parted = true
		case parted && mergeMark(text, '>'):
			return began
		}
		code = codeBehind(code, string(text))
	}
	return 0
}

// mergeMark reports whether a line is a mark: seven times the same sign, and
// perhaps a name behind a space.
func mergeMark(line []byte, sign byte) bool {
	signs := len(line) - len(bytes.TrimLeft(line, string(sign)))
	return signs == 7 && (len(line) == 7 || line[7] == ' ')
}

// codeEnds are the beginnings of lines that open code other than a fence, in
// lower case, and of those that close it.
var codeEnds = map[string]string{
	"{% highlight": "{% endhighlight", "{%- highlight": "{%- endhighlight", "{% raw": "{% endraw", "{{< highlight": "{{< /highlight", "<pre": "</pre",
}

// codeBehind returns what closes the code that the next line stands in, given
// that of this line; empty: that is none.
func codeBehind(closing, line string) string {
	text := strings.ToLower(strings.TrimLeft(line, " \t>"))
	if closing != "" {
		if mark := closing[0]; mark == '`' || mark == '~' {
			if strings.HasPrefix(text, closing) && strings.Trim(text, string(mark)+" \t") == "" {
				return ""
			}
		} else if strings.Contains(text, closing) {
			return ""
		}
		return closing
	}
	for _, mark := range []string{"`", "~"} {
		if length := len(text) - len(strings.TrimLeft(text, mark)); length >= 3 && (mark != "`" || !strings.Contains(text[length:], mark)) {
			return text[:length]
		}
	}
	for opening, closing := range codeEnds {
		if strings.HasPrefix(text, opening) && !strings.Contains(text, closing) {
			return closing
		}
	}
	return ""
}
